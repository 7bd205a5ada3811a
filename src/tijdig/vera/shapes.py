"""The shape of a message as it comes in: the fields of VERA-Incasso 4.3 and their types. Nothing is required there.

A field that is empty (`null`) counts as absent, and what the standard does not know is left alone: a sender may be of a
later version. A type that is wrong is an error that names the place: an amount is a JSON number with at most two decimals, a
day is a text like 2026-11-02, a code is an object with `code`.

Source: VERA-Incasso 4.3.0+260116.26, `components/schemas`.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
)

_MOST = 10**9
_PLAIN = r"^[^\x00]*$"
_INTERVAL = re.compile(
    r"^(-?)P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)([DW]))?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$",
    re.ASCII,
)
_ISO_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$", re.ASCII)


def _number(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError("dit is een getal in JSON, zonder aanhalingstekens")
    number = Decimal(str(value))
    if not -_MOST <= number <= _MOST:
        raise ValueError("dit getal is te groot")
    return number


def _amount(value: Any) -> Any:
    number = _number(value)
    if number is None:
        return None
    cents = Decimal(number) * 100
    if cents != int(cents):
        raise ValueError("een bedrag heeft ten hoogste twee decimalen")
    return Decimal(number)


def _day(value: Any) -> Any:
    if value is None:
        return None
    if not isinstance(value, str) or not _ISO_DAY.match(value):
        raise ValueError("een dag is een tekst als 2026-11-02")
    try:
        day = date.fromisoformat(value)
    except ValueError as odd:
        raise ValueError(f"{value} is geen dag") from odd
    if not 1900 <= day.year <= 2999:
        raise ValueError("een dag ligt tussen 1900 en 2999")
    return day


def _moment(value: Any) -> Any:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError("een moment is een tekst als 2026-11-02T12:00:00Z")
    try:
        found = datetime.fromisoformat(value)
    except ValueError as odd:
        raise ValueError(f"{value[:40]} is geen moment") from odd
    if found.tzinfo is None:
        raise ValueError("een moment heeft een tijdzone, bijvoorbeeld Z aan het einde")
    return found


def _interval(value: Any) -> Any:
    if value is not None and (not isinstance(value, str) or not _INTERVAL.match(value)):
        raise ValueError("een interval is een tekst als P1M of P1W")
    return value


Text = Annotated[str, StringConstraints(strict=True, max_length=4000, pattern=_PLAIN)]
Amount = Annotated[Decimal, BeforeValidator(_amount), WithJsonSchema({"type": "number"})]
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[
    datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})
]
Interval = Annotated[
    str, BeforeValidator(_interval), WithJsonSchema({"type": "string", "format": "duration"})
]


class Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class Coded(Shape):
    """A value of a code list."""

    code: Text | None = None
    naam: Text | None = None


class Keyed(Shape):
    """What every entity may be known by."""

    id: Text | None = None
    idExtern: Text | None = None
    idGegevensbeheerder: Text | None = None
    idOrganisatie: Text | None = None
    idAdministratie: Text | None = None
    code: Text | None = None


class Role(Keyed):
    pass


class Relation(Keyed):
    soort: Coded | None = None
    detailSoort: Coded | None = None
    rollen: list[Role] | None = None


class Contract(Keyed):
    soort: Coded | None = None


class Debtor(Keyed):
    pass


class DebtorOfFile(Debtor):
    relatie: Relation | None = None


class Place(Keyed):
    naam: Text | None = None


class Account(Keyed):
    soort: Coded | None = None
    begindatum: Day | None = None
    einddatum: Day | None = None
    primair: StrictBool | None = None
    bic: Text | None = None
    iban: Text | None = None
    incassowijze: Coded | None = None
    rekeninghouder: Text | None = None
    rekeningnummer: Text | None = None
    rekeningPlaats: Place | None = None
    relatie: Relation | None = None


class Mandate(Keyed):
    soort: Coded | None = None
    status: Coded | None = None
    afgiftedatum: Day | None = None
    incassantId: Text | None = None
    kenmerkMachtiging: Text | None = None
    machtigingsnummer: Text | None = None
    maximumBedrag: Amount | None = None


class Payment(Keyed):
    soort: Coded | None = None
    begindatum: Day | None = None
    einddatum: Day | None = None
    betaalgegeven: Account | None = None
    incassomachtiging: Mandate | None = None
    incassomoment: Coded | None = None


class Booking(Keyed):
    pass


class BookingOfContract(Booking):
    overeenkomst: Contract | None = None


class Term(Keyed):
    omschrijving: Text | None = None
    status: Coded | None = None
    datum: Day | None = None
    vervaldatum: Day | None = None
    bedrag: Amount | None = None
    boekingen: list[Booking] | None = None
    saldo: Amount | None = None


class Extra(Shape):
    naam: Text | None = None
    waarde: Text | None = None


class Document(Keyed):
    """Read for its type alone: documents are not taken in here."""

    titel: Text | None = None
    beschrijving: Text | None = None
    bestandsnaam: Text | None = None


class Label(Shape):
    soort: Coded | None = None
    label: Coded | None = None
    datum: Day | None = None
    bron: Coded | None = None


class Envelope(Keyed):
    """A message: the entity, and what goes with it."""

    omschrijving: Text | None = None
    status: Coded | None = None
    begindatum: Day | None = None
    einddatum: Day | None = None
    bedrag: Amount | None = None
    saldo: Amount | None = None
    extras: list[Extra] | None = Field(None, alias="extra-attributen")
    informatieobjecten: list[Document] | None = None
    sturingslabels: list[Label] | None = None

    def told(self, name: str) -> str:
        """The value of an extra attribute; empty where it is not there."""
        found = (one.waarde for one in self.extras or [] if one.naam == name)
        return (next(found, "") or "").strip()


class ArrangementMessage(Envelope):
    afspraakdatum: Day | None = None
    betaalgegeven: Account | None = None
    betaalwijze: Payment | None = None
    boekingen: list[BookingOfContract] | None = None
    debiteur: Debtor | None = None
    eindeReden: Coded | None = None
    incassowijze: Coded | None = None
    overeenkomst: Contract | None = None
    prolongatieInterval: Interval | None = None
    termijnen: list[Term] | None = Field(None, max_length=300)
    termijnenAantal: Number | None = None


class Action(Keyed):
    soort: Coded | None = None
    omschrijving: Text | None = None
    status: Coded | None = None
    begindatum: Day | None = None
    einddatum: Day | None = None
    relatie: Relation | None = None


class FileMessage(Envelope):
    soort: Coded | None = None
    overdrachtsdatum: Day | None = None
    boekingen: list[Booking] | None = None
    debiteur: DebtorOfFile | None = None
    externeincassoacties: list[Action] | None = Field(None, max_length=300)
    overeenkomst: Contract | None = None
    overeenkomsten: list[Contract] | None = None
    relatie: Relation | None = None
