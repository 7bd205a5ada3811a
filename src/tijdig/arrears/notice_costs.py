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


class TakenOff(NamedTuple):
    """What the corporation took off a charge again, by a credit that points to it: a write-off, or a correction."""

    entry: int
    cents: int
    written_off: bool


class Booked(NamedTuple):
    """Collection costs that the ledger charged: they stand in the account already."""

    entry: int
    on: date
    cents: int
    taken_off: tuple[TakenOff, ...] = ()

    @property
    def off_cents(self) -> int:
        """All that was taken off, at most the whole."""
        return min(self.cents, sum(one.cents for one in self.taken_off))

    @property
    def written_off_cents(self) -> int:
        return min(self.off_cents, sum(one.cents for one in self.taken_off if one.written_off))


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
    waived_cents: int = 0  # charged, and given up again
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
        return self.total_cents - self.booked_cents - self.waived_cents

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.parts
