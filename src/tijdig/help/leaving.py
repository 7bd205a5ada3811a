"""What of a tenant leaves for the municipality: contact data and the amount, and nothing beside it.

Decides whether a decided signal may still go, with what it would say, or why it does not go. The first living tenant is the
one whose data leave; the address is that of the home.

Source: article 2 Besluit gemeentelijke schuldhulpverlening (Stb. 2020, 240). Units: whole cents. Errors: none, a reason is a
code of `Stop` or `Duty`. Example: who paid everything on the morning that the file is made gives `no_arrears`.
Left out: the columns (`sheet`) and the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tijdig.help.answer_sheet import reference
from tijdig.help.duties import Eligible
from tijdig.help.kinds import Stop
from tijdig.help.sheet import Field
from tijdig.help.values import Municipality, Signal
from tijdig.tenancies.queries_reach import Household


@dataclass(frozen=True, slots=True)
class Leaving:
    """One line for the municipality."""

    signal_id: int
    tenancy_id: int
    amount_cents: int
    initials: str
    prefix: str
    surname: str
    street: str
    house_number: str
    postcode: str
    city: str
    phone: str
    email: str

    def field(self, field: Field, on: date, landlord: str) -> str | int | date:
        """What stands under a heading; amounts in cents and days stay what they are, for whoever writes the file."""
        match field:
            case Field.REFERENCE:
                return reference(self.signal_id)
            case Field.SIGNAL_ON:
                return on
            case Field.LANDLORD:
                return landlord
            case Field.NAME:
                return " ".join(part for part in (self.initials, self.prefix, self.surname) if part)
            case Field.AMOUNT:
                return self.amount_cents
            case Field.WHOLE_AMOUNT:
                return -(-self.amount_cents // 100)
            case _:
                return str(getattr(self, field.value))

    def plain(self, on: date) -> dict[str, str]:
        """Everything that could stand in the file, as kept for whoever asks what left about him."""
        return {
            one.value: value.isoformat() if isinstance(value, date) else str(value)
            for one in Field
            if one is not Field.LANDLORD
            for value in (self.field(one, on, ""),)
        }


def left(decided: Signal, now: Eligible, household: Household, place: Municipality) -> Leaving | str:
    """What leaves of this signal today, or the code of why it does not."""
    if now.stops:
        return now.stops[0].value
    if now.missing:
        return now.missing[0].value
    if now.facts.since_on is None or now.facts.since_on > decided.decided_on:
        return Stop.NO_ARREARS.value  # these are other arrears than those that were decided on
    if household.city.casefold() not in {town.casefold() for town in place.towns}:
        return Stop.NO_MUNICIPALITY.value
    person = next((one for one in household.residents if one.died_on is None), None)
    if person is None:
        return Stop.DEPARTED.value
    return Leaving(
        decided.id,
        decided.tenancy_id,
        now.facts.overdue_cents,
        person.initials,
        person.prefix,
        person.surname,
        household.street,
        household.house_number,
        household.postcode,
        household.city,
        person.phone,
        person.email,
    )
