"""The spreadsheet for a municipality: its columns, and the closed list of what may stand in them.

Decides which columns are lawful: contact data and the amount of the arrears may leave, with our own number of the signal,
its day and our name, so that an answer finds its way back. Nothing else has a name here, so nothing else can be chosen: no
day of birth, no number of a person, no cause, no household.

Source: article 2 Besluit gemeentelijke schuldhulpverlening (Stb. 2020, 240). The layouts of the platforms are not public:
the columns are the corporation's own, per municipality, and `STANDARD` is where one begins.

Units: euros with two decimals in `amount`, whole euros (upwards) in `whole_amount`. Errors: a Dutch sentence per column that
cannot be. Example: `Achternaam = achternaam` is one column. Left out: writing the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

_MOST, _LONGEST = 30, 60


class Field(StrEnum):
    """What may leave."""

    REFERENCE = "reference"
    SIGNAL_ON = "signal_on"
    LANDLORD = "landlord"
    INITIALS = "initials"
    PREFIX = "prefix"
    SURNAME = "surname"
    NAME = "name"
    STREET = "street"
    HOUSE_NUMBER = "house_number"
    POSTCODE = "postcode"
    CITY = "city"
    PHONE = "phone"
    EMAIL = "email"
    AMOUNT = "amount"
    WHOLE_AMOUNT = "whole_amount"


FIELD_LABEL = {
    Field.REFERENCE: "ons nummer van het signaal",
    Field.SIGNAL_ON: "de dag van het signaal",
    Field.LANDLORD: "de naam van de corporatie",
    Field.INITIALS: "voorletters",
    Field.PREFIX: "tussenvoegsel",
    Field.SURNAME: "achternaam",
    Field.NAME: "volledige naam",
    Field.STREET: "straat",
    Field.HOUSE_NUMBER: "huisnummer",
    Field.POSTCODE: "postcode",
    Field.CITY: "woonplaats",
    Field.PHONE: "telefoonnummer",
    Field.EMAIL: "e-mailadres",
    Field.AMOUNT: "de achterstand in euro en cent",
    Field.WHOLE_AMOUNT: "de achterstand in hele euro's",
}


WORD = {
    Field.REFERENCE: "kenmerk",
    Field.SIGNAL_ON: "signaaldag",
    Field.LANDLORD: "corporatie",
    Field.INITIALS: "voorletters",
    Field.PREFIX: "tussenvoegsel",
    Field.SURNAME: "achternaam",
    Field.NAME: "naam",
    Field.STREET: "straat",
    Field.HOUSE_NUMBER: "huisnummer",
    Field.POSTCODE: "postcode",
    Field.CITY: "woonplaats",
    Field.PHONE: "telefoon",
    Field.EMAIL: "e-mail",
    Field.AMOUNT: "bedrag",
    Field.WHOLE_AMOUNT: "bedrag-heel",
}
_OF_WORD = {word: field for field, word in WORD.items()}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and what stands under it."""

    heading: str
    field: Field


STANDARD = (
    Column("Kenmerk", Field.REFERENCE),
    Column("Signaaldatum", Field.SIGNAL_ON),
    Column("Aanleverende organisatie", Field.LANDLORD),
    Column("Voorletters", Field.INITIALS),
    Column("Tussenvoegsel", Field.PREFIX),
    Column("Achternaam", Field.SURNAME),
    Column("Straat", Field.STREET),
    Column("Huisnummer", Field.HOUSE_NUMBER),
    Column("Postcode", Field.POSTCODE),
    Column("Woonplaats", Field.CITY),
    Column("Telefoonnummer", Field.PHONE),
    Column("E-mailadres", Field.EMAIL),
    Column("Bedrag achterstand", Field.AMOUNT),
)


def written(columns: Sequence[Column]) -> str:
    """As a person edits it: `Kop = veld`, one a line."""
    return "\n".join(f"{one.heading} = {WORD[one.field]}" for one in columns)


def read(text: str) -> tuple[list[Column], list[str]]:
    """The columns that a person wrote, and what is wrong with them."""
    columns: list[Column] = []
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        heading, _, name = (part.strip() for part in line.rpartition("="))
        if not heading or name not in _OF_WORD:
            wrong.append(
                f"Regel {number}: schrijf 'Kop = veld'; '{name or line.strip()}' is geen veld dat naar de gemeente mag."
            )
        elif len(heading) > _LONGEST:
            wrong.append(f"Regel {number}: een kop heeft ten hoogste {_LONGEST} tekens.")
        else:
            columns.append(Column(heading, _OF_WORD[name]))
    wrong.extend(_as_a_whole(columns))
    return columns, wrong


def _as_a_whole(columns: Sequence[Column]) -> Iterator[str]:
    headings = [one.heading.casefold() for one in columns]
    fields = {one.field for one in columns}
    if len(columns) > _MOST:
        yield f"Een blad heeft ten hoogste {_MOST} kolommen."
    if len(set(headings)) < len(headings):
        yield "Twee kolommen hebben dezelfde kop."
    if Field.REFERENCE not in fields:
        yield "Zonder ons nummer (kenmerk) vindt een antwoord de weg niet terug."
    if not fields & {Field.AMOUNT, Field.WHOLE_AMOUNT}:
        yield "De hoogte van de achterstand (bedrag of bedrag-heel) ontbreekt."
    if not fields & {Field.SURNAME, Field.NAME} or not fields & {Field.POSTCODE, Field.STREET}:
        yield "Naam of adres ontbreekt."
