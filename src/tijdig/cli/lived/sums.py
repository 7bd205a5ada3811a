"""Plain sums beside the program: what each tenancy owes, since when, and whether a plan is kept, without the engine.

Decides nothing for anybody: it is what the engine is held against. Every credit settles the oldest charge and a reversal
takes a credit back, so what is overdue is what was charged and due before today, less what came in and stayed. Units: whole
cents, days. Errors: none. Worked example: € 700 due on the 1st and € 600 in on the 3rd leave € 100 overdue since the 1st.
Which charge is open is another question than how much: money that went back opens again what it had settled, however old
(`oldest_open`).

Left out: designations, costs and interest, which a made-up year does not book.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

REVERSAL = 22  # ledger.kinds.Kind
_SATURDAY = 5
_DAY = timedelta(days=1)


class Entry(NamedTuple):
    """One row of the ledger. What lowers the debt is below zero."""

    id: int
    tenancy: int
    kind: int
    cents: int
    effective_on: date
    due_on: date
    target: int = 0  # what it takes back


@dataclass(slots=True)
class Owed:
    """One tenancy. `since` is the due day with which the arrears began that have not been broken since."""

    charges: list[tuple[date, int]] = field(default_factory=list)
    # Each the entry that came, or went back; its day; cents.
    credits: list[tuple[int, date, int]] = field(default_factory=list)
    came_cents: int = 0
    charged_cents: int = 0
    overdue_cents: int = 0
    posted: list[Entry] = field(default_factory=list)
    since: date | None = None
    back_on: date | None = None  # the last day on which money went back

    @property
    def balance_cents(self) -> int:
        return self.charged_cents - self.came_cents

    def post(self, entry: Entry) -> None:
        self.posted.append(entry)
        if entry.cents < 0 or entry.kind == REVERSAL:
            self.credits.append((entry.target or entry.id, self._day_of(entry), -entry.cents))
            self.came_cents -= entry.cents
            if entry.kind == REVERSAL:
                self.back_on = entry.effective_on
        else:
            self.charges.append((entry.due_on, entry.cents))
            self.charged_cents += entry.cents

    def _day_of(self, entry: Entry) -> date:
        """Of money that went back, the day on which it had come."""
        came = (on for number, on, _ in self.credits if number == entry.target)
        return next(came, entry.effective_on) if entry.target else entry.effective_on

    def close(self, on: date) -> None:
        """The end of a day: what is overdue now, and since when."""
        due = sum(cents for due_on, cents in self.charges if due_on < on)
        self.overdue_cents = max(0, due - self.came_cents)
        if not self.overdue_cents:
            self.since = None
        elif self.since is None:
            self.since = max(self.oldest_due(on) or on, on - _DAY)

    def new_cents(self, begun: date, on: date) -> int:
        """What is overdue of what fell due since a debt procedure began, less what came since and stayed."""
        due = sum(cents for due_on, cents in self.charges if begun <= due_on < on)
        return max(0, due - sum(cents for _, came_on, cents in self.credits if came_on >= begun))

    def oldest_due(self, on: date) -> date | None:
        """The oldest due day before today that is not whole."""
        left = self.came_cents
        for due_on, cents in sorted(self.charges):
            left -= cents
            if left < 0:
                return due_on if due_on < on else None
        return None

    def oldest_open(self, on: date) -> date | None:
        """The oldest due day before today of what is open when money that went back opens what it had settled.

        Day by day, of a day first what was charged, then what came, then what went back: a credit settles the oldest
        charge that is there, what is left waits for the next charge.
        """
        open_cents: dict[int, int] = {}
        due: dict[int, date] = {}
        left: dict[int, int] = {}  # by credit, what waits
        settled: dict[int, list[tuple[int, int]]] = {}  # by credit, which charges and how much

        def settle(credit: int) -> None:
            for charge in sorted(open_cents, key=lambda one: (due[one], one)):
                taken = min(open_cents[charge], left[credit])
                if taken > 0:
                    open_cents[charge] -= taken
                    left[credit] -= taken
                    settled[credit].append((charge, taken))

        for entry in sorted(self.posted, key=_place):
            if entry.kind == REVERSAL and entry.target in settled:
                for charge, cents in settled.pop(entry.target):
                    open_cents[charge] += cents
                left.pop(entry.target)
            elif entry.cents < 0:
                left[entry.id], settled[entry.id] = -entry.cents, []
            else:
                open_cents[entry.id], due[entry.id] = entry.cents, entry.due_on
            for credit in sorted(one for one, cents in left.items() if cents > 0):
                settle(credit)
        return min(
            (due[one] for one, cents in open_cents.items() if cents > 0 and due[one] < on), default=None
        )

    def debit_runs(self, on: date, agreed: int) -> bool:
        """Does the direct debit of the oldest month that is open still run, today or later?"""
        oldest = self.oldest_due(on)
        if oldest is None:
            return False
        back = self.back_on is not None and self.back_on >= oldest.replace(day=1)
        return collected_on(oldest, agreed) >= on and not back

    def open_months(self, on: date) -> int:
        """Calendar months of which something overdue is open."""
        left, months = self.came_cents, set()
        for due_on, cents in sorted(self.charges):
            left -= cents
            if left < 0 and due_on < on:
                months.add((due_on.year, due_on.month))
        return len(months)


def _place(entry: Entry) -> tuple[date, int, int]:
    """Where a row stands in its account: a day's charges, then its credits, then what went back."""
    rank = 2 if entry.kind == REVERSAL else 1 if entry.cents < 0 else 0
    return (entry.effective_on, rank, entry.id)


def collected_on(due_on: date, agreed: int) -> date:
    """The day on which the direct debit of a month runs; on a Monday where that is in a weekend."""
    day = due_on.replace(day=min(agreed, monthrange(due_on.year, due_on.month)[1]))
    while day.weekday() >= _SATURDAY:
        day += _DAY
    return day


class Plan(NamedTuple):
    """An arrangement that runs: its terms, and the ledger as it stood when it was agreed. `debit_day` is 0 of who pays the
    rent himself."""

    id: int
    tenancy: int
    agreed_on: date
    last_entry: int
    grace_days: int
    terms: tuple[tuple[date, int], ...]
    debit_day: int = 0


def short(plan: Plan, owed: Owed, on: date) -> int:
    """What should have come by now, with the days of grace past, and did not: a term, or rent that fell due beside it.

    More than nothing is a broken plan.
    """
    until = on - timedelta(days=plan.grace_days + 1)
    came = sum(
        cents for number, day, cents in owed.credits if number > plan.last_entry or day > plan.agreed_on
    )
    return asked(plan, owed, until) - came


def asked(plan: Plan, owed: Owed, until: date) -> int:
    """Terms and rents with a day up to and including this one; a rent that we collect is asked on the day of its debit."""
    rents = ((due_on, cents) for due_on, cents in owed.charges if due_on > plan.agreed_on)
    days = (
        (max(due_on, collected_on(due_on, plan.debit_day)) if plan.debit_day else due_on, cents)
        for due_on, cents in rents
    )
    return sum(cents for day, cents in (*plan.terms, *days) if day <= until)
