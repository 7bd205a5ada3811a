"""A statement as it is told, and its movements with their prints. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto

from tijdig.imports.drafts import Movement, Statement, StatementEnd
from tijdig.imports.outcome import Work
from tijdig.imports.prints import Heard, Prints

IN_HAND = 60_000  # movements kept until their statement ends


class Keeping(Enum):
    """What is done with the movements of a statement until it ends."""

    KEPT = auto()  # and it was not asked yet whether they may be taken out
    STAYS = auto()  # kept, and it was found that they may not be taken out
    FLOWS = auto()  # taken out as it is told
    AGAIN = auto()  # not kept: it must be told again


@dataclass(slots=True)
class Told:
    """One statement as told: its head, its movements while they fit, its end."""

    head: Statement
    movements: list[Movement] = field(default_factory=list)
    count: int = 0
    first: date | None = None
    last: date | None = None
    end: StatementEnd | None = None
    keeping: Keeping = Keeping.KEPT

    def add(self, movement: Movement) -> None:
        self.count += 1
        self.first = min(self.first or movement.booked_on, movement.booked_on)
        self.last = max(self.last or movement.booked_on, movement.booked_on)
        if self.count > IN_HAND and self.keeping is not Keeping.FLOWS:
            self.let_go()
        if self.keeping is not Keeping.AGAIN:
            self.movements.append(movement)

    def ripe(self, count: int) -> bool:
        """Are that many in hand, and does a new entry begin?"""
        held = self.movements
        return len(held) > count and held[-1].entry_no != held[-2].entry_no

    def take(self, *, all_of_it: bool = False) -> list[Movement]:
        """Take the movements in hand out of it; the entry that begins stays until all of it was told."""
        taken, self.movements = self.movements, [] if all_of_it else self.movements[-1:]
        return taken if all_of_it else taken[:-1]

    def let_go(self) -> None:
        """Too many to hold, or taken out already."""
        self.movements, self.keeping = [], Keeping.AGAIN


def all_heard(told: Told, known: Sequence[Heard]) -> bool:
    """Does this statement tell no amount of a day more often than was heard?"""
    parts = [one.fingerprint.rsplit("|", 3) for one in known]
    heard = Counter((part[1], part[2]) for part in parts)
    cents: dict[int, int] = {}
    days: dict[int, date] = {}
    for movement in told.movements:
        cents[movement.entry_no] = cents.get(movement.entry_no, 0) + movement.amount_cents
        days[movement.entry_no] = movement.booked_on
    mine = Counter((days[entry].isoformat(), str(total)) for entry, total in cents.items())
    return bool(mine) and not mine - heard


def fingerprinted(movements: Sequence[Movement], head: Statement, printer: Prints) -> list[Work]:
    """Works with their prints: all movements of one bank entry share the print of that entry."""
    totals: dict[int, int] = {}
    for movement in movements:
        totals[movement.entry_no] = totals.get(movement.entry_no, 0) + movement.amount_cents
    works: list[Work] = []
    entry_no, fingerprint, heard = 0, "", False
    for movement in movements:
        if movement.entry_no != entry_no:
            entry_no = movement.entry_no
            cents = totals[entry_no]
            if movement.booked and head.booked:
                fingerprint, heard = printer.of(movement.booked_on, cents, movement.bank_reference)
            else:  # not booked yet: it takes no ordinal, and hides nothing that is booked later
                fingerprint, heard = f"{head.account}|{movement.booked_on}|{cents}|0", False
        work = Work(movement, fingerprint)
        if not movement.booked or not head.booked:
            work.state = "notice"
        elif heard:
            work.state = "duplicate"
        works.append(work)
    return works
