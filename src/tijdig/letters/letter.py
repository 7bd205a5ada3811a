"""A letter as a value: which kind, to whom, from whom, with which facts, and what is asked.

Decides nothing. Everything a letter says stands in this value, so that the same value gives the same bytes years later.
The sentences stand apart (`texts`), by kind and version. A fact is printed by the last word of its name: `_cents` as
money, `_on` as a day, other text and numbers as they are; true or false only chooses between sentences.

Left out: how a letter is sent, and who may send it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Fact = str | int | date | bool


class Kind(StrEnum):
    """What the letter is for."""

    FRIENDLY_REMINDER = "friendly_reminder"
    REMINDER = "reminder"
    INVITATION = "invitation"
    FOURTEEN_DAY = "fourteen_day"
    ARRANGEMENT_CONFIRMED = "arrangement_confirmed"
    INSTALMENT_MISSED = "instalment_missed"
    EARLY_SIGNAL = "early_signal"
    HANDOVER_ANNOUNCED = "handover_announced"
    SETTLED = "settled"


class Language(StrEnum):
    """The language that the tenant chose."""

    NL = "nl"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Person:
    """Who gets the letter. `salutation` is the whole line without its comma: "Beste mevrouw Jansen"."""

    name: str
    salutation: str
    address_lines: tuple[str, ...]
    language: Language = Language.NL
    large_print: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The corporation, and the person in it whom the tenant can reach.

    `help_line` is where help is that costs nothing: a name with its number, as the tenant can use it.
    """

    name: str
    address_lines: tuple[str, ...]
    contact_name: str
    contact_number: str
    contact_email: str
    opening_hours: str
    help_line: str
    iban: str
    creditor_name: str
    bic: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """What is asked: one amount, on one account, with one reference."""

    amount_cents: int
    reference: str
    iban: str
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: an instalment. Without `label` it is the rent of the month in which it was due."""

    due_on: date
    open_cents: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Override:
    """Who took an amount that is not sure upon himself, and why."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter. `version` is that of its text; `on` is the day of the letter and of its PDF."""

    kind: Kind
    version: int
    on: date
    sender: Sender
    to: Person
    reference: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    payment: Payment | None = None
    override: Override | None = None
