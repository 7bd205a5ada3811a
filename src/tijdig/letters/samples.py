"""An invented letter of each kind, for the preview of a text and for the checks on it.

Decides nothing. The tenant, the corporation and all amounts are made up; three rents of € 700 are overdue. A kind whose
text depends on a flag has a letter for each way (`variants`): the fourteen-day letter with VAT and without, the one that
announces the hand-over with collection costs and without.

Example: `sample(Kind.REMINDER, Language.NL)` asks € 2,100.00 before 9 November 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from tijdig.law.collection_costs import ALL_VAT_CONDITIONS
from tijdig.letters.basis import Basis
from tijdig.letters.fourteen_day import fourteen_day_letter
from tijdig.letters.kinds import fourteen_day_facts, letter_of, with_costs
from tijdig.letters.letter import Fact, Kind, Language, Letter, Person, Row, Sender

LINK = "https://betalen.debrug.example/link/7Kq2mX9vRt4sLwPz"  # as long as those of a payment service
_ON = date(2026, 11, 2)
_SENDER = Sender(
    name="Woonstichting De Brug",
    address_lines=("Havenkade 12", "3011 AA Rotterdam"),
    contact_name="Sanne de Boer",
    contact_number="010 123 45 67",
    contact_email="sanne.deboer@debrug.example",
    opening_hours="Maandag tot en met vrijdag, 8.30 tot 17.00 uur",
    help_line="de gemeente Rotterdam: 010 765 43 21 (gratis)",
    iban="NL13TEST0123456789",
    creditor_name="Woonstichting De Brug",
)
_OVERDUE = tuple(Row(date(2026, month, 1), 70_000) for month in (8, 9, 10))
_COSTS = (date(2026, 10, 30), 31_500)
_SENDERS = {
    Language.NL: _SENDER,
    Language.EN: replace(
        _SENDER,
        opening_hours="Monday to Friday, 8.30 to 17.00",
        help_line="the municipality of Rotterdam: 010 765 43 21 (free)",
    ),
}
_SALUTATIONS = {Language.NL: "Beste mevrouw El Amrani", Language.EN: "Dear Ms El Amrani"}
_GIVEN: Mapping[Kind, Mapping[str, Fact]] = {
    Kind.REMINDER: {"pay_before_on": date(2026, 11, 9)},
    Kind.INVITATION: {
        "meet_on": date(2026, 11, 12),
        "meet_time": "10:30",
        "meet_place": "Havenkade 12, Rotterdam",
    },
    Kind.ARRANGEMENT_CONFIRMED: {"instalment_cents": 60_000, "first_on": date(2026, 12, 1)},
    Kind.INSTALMENT_MISSED: {
        "instalment_cents": 60_000,
        "due_on": date(2026, 10, 26),
        "pay_before_on": date(2026, 11, 9),
    },
    Kind.EARLY_SIGNAL: {"municipality": "Rotterdam", "object_before_on": date(2026, 11, 16)},
    Kind.HANDOVER_ANNOUNCED: {"handover_on": date(2026, 11, 19), "bailiff_name": "Van Dam"},
    Kind.SETTLED: {"paid_cents": 70_000, "paid_on": date(2026, 10, 30)},
}


def sample(kind: Kind, language: Language, large_print: bool = False) -> Letter:
    """The invented letter of this kind; the fourteen-day letter without VAT."""
    return letter_of(kind, _basis(kind, language, large_print), _GIVEN.get(kind, {}))


@cache
def variants(kind: Kind, language: Language) -> tuple[Letter, ...]:
    """A letter for each way in which the text of this kind may read."""
    basis = _basis(kind, language, False)
    if kind is Kind.FOURTEEN_DAY:
        return sample(kind, language), fourteen_day_letter(fourteen_day_facts(basis, ALL_VAT_CONDITIONS))
    if kind is Kind.HANDOVER_ANNOUNCED:
        return sample(kind, language), letter_of(kind, with_costs(basis, (_COSTS,)), _GIVEN[kind])
    return (sample(kind, language),)


def _basis(kind: Kind, language: Language, large_print: bool) -> Basis:
    owed = () if kind is Kind.SETTLED else _OVERDUE
    return Basis(
        on=_ON,
        facts_on=_ON,
        sender=_SENDERS[language],
        to=Person(
            "Mevrouw F. El Amrani",
            _SALUTATIONS[language],
            ("Lindestraat 14 b", "3012 XZ Rotterdam"),
            language,
            large_print,
        ),
        reference="HC-104233",
        payment_reference="5000056789012345",
        overdue=owed,
        open_cents=sum(row.open_cents for row in owed),
        fee_from_on=date(2026, 10, 30),
    )
