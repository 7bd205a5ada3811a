"""The costs of one letter as a value: what it made due, what of that stands in the account, and how it was found.

Decides nothing; `claim_costs` fills it. Units: whole cents.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tijdig.arrears.notices import Notice
from tijdig.law.answer import Answer, Step


class State(StrEnum):
    """What became of the costs that a letter announced."""

    DUE = "due"
    NOT_YET = "not_yet"
    PAID = "paid"  # everything was paid in time
    COVERED = "covered"  # every instalment bore costs already
    CAME_BACK = "came_back"
    UNKNOWN = "unknown"


class Booked(NamedTuple):
    """Collection costs that the ledger charged: they stand in the account already.

    `cents` is without what the corporation took off them again (`taken_off_cents`).
    """

    entry: int
    on: date
    cents: int
    taken_off_cents: int = 0


class Owed(NamedTuple):
    """What counts of an instalment that a letter named. `row` is its place in the portfolio."""

    row: int
    entry: int
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeCosts(Answer):
    """The costs of one letter. The amounts of `parts` add up to `due_cents`; `booked_cents` stand in the account."""

    notice: Notice
    state: State
    due_on: date | None = None
    owed: tuple[Owed, ...] = ()
    fee_cents: int = 0
    vat_cents: int = 0
    booked: tuple[Booked, ...] = ()  # with what of each is carried by this letter
    parts: tuple[Step, ...] = ()

    @property
    def total_cents(self) -> int:
        """All that the letter made due, charged in the ledger or not."""
        return self.fee_cents + self.vat_cents

    @property
    def booked_cents(self) -> int:
        """What of the total stands in the account."""
        return sum(one.cents for one in self.booked)

    @property
    def due_cents(self) -> int:
        """What comes beside the account."""
        return self.total_cents - self.booked_cents

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.parts
