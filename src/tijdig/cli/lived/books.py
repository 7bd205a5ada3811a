"""The books of a made-up year: what each day charges, collects and brings in, and what scripted tenants pay besides.

The population plays its own months, whatever consultants do. Who pays after a talk pays less later: what the population
would have transferred beyond what is open by then was paid before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from tijdig.base.days import day_number, day_of
from tijdig.cli.lived.foresight import Foresight
from tijdig.lab.draws import Draws, Flags, Ints
from tijdig.lab.numbers import contract_number
from tijdig.lab.population import Corporation
from tijdig.lab.rents import COSTS, RENT, SETTLEMENT
from tijdig.lab.scene import COLLECTION, TRANSFER
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind

BANK, ERP = "bank", "erp"
_PART = 40  # of the streams of a corporation
_LOOSE, _HELD = 0, 1
_LOOSE_PERMILLE = 12  # of transfers: nobody knows whose they are
_HELD_DAYS_A_YEAR = 3  # of each account: the statement does not tie
_SLEEPS_MONTHS = 14


class Coming(NamedTuple):
    """One entry of a day: whose it is, by which account it came (-1: a charge), and whether the bank named nobody."""

    lease: int
    draft: EntryDraft
    account: int = -1
    loose: bool = False


@dataclass(slots=True)
class Sums:
    """Plain sums of one lease, kept beside the program: what was charged and due, and what came in and stayed."""

    charged_cents: int = 0  # with a due day before today
    today_cents: int = 0  # with today as due day
    came_cents: int = 0
    ahead_cents: int = 0  # paid after a talk, before the population would have

    @property
    def overdue_cents(self) -> int:
        return max(0, self.charged_cents - self.came_cents)

    @property
    def balance_cents(self) -> int:
        return self.charged_cents + self.today_cents - self.came_cents


@dataclass(slots=True)
class Books:
    """The entries of every day, in the order in which they come. `sleepers` are leases that have paid nothing for long.

    `only`: of these leases and no others. `ahead`: what is to come stands in files already, and does not become less.
    """

    corporation: Corporation
    first: date
    sleepers: frozenset[int] = frozenset()
    only: frozenset[int] | None = None
    ahead: Foresight | None = None
    sums: list[Sums] = field(default_factory=list)
    _charges: dict[int, list[int]] = field(default_factory=dict)
    _moves: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        bank, charges = self.corporation.bank, self.corporation.charges
        self.sums = [Sums() for _ in range(len(self.corporation.leases))]
        # A settlement is asked with the next rent, as the debit takes it; nobody books costs.
        next_first = self.corporation.window.firsts[charges.month + 1]
        days = np.where(charges.kind == SETTLEMENT, next_first, charges.day).tolist()
        chosen = self._chosen(charges.tenancy) & (charges.kind != COSTS)
        self._charges = _by_day((row, days[row]) for row in np.flatnonzero(chosen).tolist())
        order = bank.payments.kind.argsort(kind="stable")
        days = bank.payments.day.tolist()
        chosen = self._chosen(bank.payments.tenancy)[order]
        self._moves = _by_day((row, days[row]) for row in order[chosen].tolist())

    def _chosen(self, leases: Ints) -> Flags:
        if self.only is None:
            return np.ones(len(leases), np.bool_)
        return np.isin(leases, sorted(self.only))

    def before(self) -> Iterator[EntryDraft]:
        """Everything before the first day, day by day."""
        first = day_number(self.first)
        for day in sorted({*self._charges, *self._moves}):
            if day < first:
                yield from (one.draft for one in self.of(day_of(day)))
                self.close()

    def of(self, on: date) -> list[Coming]:
        """What the population brings on a day, after what scripted tenants paid up to then."""
        found = [self._charge(row, on) for row in self._charges.get(day_number(on), ())]
        moved = (self._move(row) for row in self._moves.get(day_number(on), ()))
        return found + [one for one in moved if one]

    def close(self) -> None:
        """The day is over: what was due today is overdue from now on."""
        for one in self.sums:
            one.charged_cents += one.today_cents
            one.today_cents = 0

    def extra(self, lease: int, cents: int, on: date) -> Coming | None:
        """What a tenant pays after a talk."""
        sums = self.sums[lease]
        if self.ahead:
            cents = min(cents, self.ahead.room(lease, on, sums.ahead_cents))
        if cents <= 0:
            return None
        sums.came_cents += cents
        sums.ahead_cents += cents
        reference = f"gesprek-{contract_number(lease)}-{on:%Y%m%d}"
        return Coming(lease, _draft(lease, Kind.PAYMENT, -cents, on, BANK, reference), self.account(lease))

    def held_days(self, first: date, last: date) -> dict[date, int]:
        """Days on which the statement of one account does not tie, and which account that is."""
        days = (last - first).days + 1
        found: dict[date, int] = {}
        for account in (0, 1):
            draws = Draws(self.corporation.seed, _PART, _HELD, account)
            for place in draws.below(days, max(1, _HELD_DAYS_A_YEAR * days // 365)).tolist():
                day = first + timedelta(days=int(place))
                if day.weekday() < 5:
                    found.setdefault(day, account)
        return found

    def collects(self, lease: int, on: date) -> bool:
        """Does the corporation collect this rent itself?"""
        ends = int(self.corporation.mandate_end[lease])
        return bool(self.corporation.debit_day[lease]) and (not ends or day_number(on) <= ends)

    def account(self, lease: int) -> int:
        return int(self.corporation.leases.region[lease] == 4)

    def _charge(self, row: int, on: date) -> Coming:
        charges = self.corporation.charges
        lease, cents, month = int(charges.tenancy[row]), int(charges.cents[row]), int(charges.month[row])
        rent = charges.kind[row] == RENT
        if cents < 0:
            self.sums[lease].came_cents -= cents
        else:
            self.sums[lease].today_cents += cents
        stamp = self.corporation.window.yyyymm(month)
        reference = f"{'huur' if rent else 'afrekening'}-{contract_number(lease)}-{stamp}"
        kind = Kind.RENT if rent else Kind.SETTLEMENT
        return Coming(lease, _draft(lease, kind, cents, on, ERP, reference))

    def _move(self, row: int) -> Coming | None:
        payments = self.corporation.bank.payments
        lease, kind = int(payments.tenancy[row]), int(payments.kind[row])
        cents, month = int(payments.cents[row]), int(payments.month[row])
        on = day_of(int(payments.day[row]))
        if lease in self.sleepers and (self.first - on).days < _SLEEPS_MONTHS * 30:
            return None
        if kind == TRANSFER:
            cents = self._not_twice(lease, cents)
        if not cents:
            return None
        self.sums[lease].came_cents += cents
        debit = f"incasso-{contract_number(lease)}-{self.corporation.window.yyyymm(month)}"
        account = self.account(lease)
        if kind == COLLECTION:
            return Coming(lease, _draft(lease, Kind.DIRECT_DEBIT, -cents, on, BANK, debit), account)
        if kind == TRANSFER:
            one = _draft(lease, Kind.PAYMENT, -cents, on, BANK, f"bij-{row}")
            return Coming(lease, one, account, on >= self.first and self._is_loose(row))
        one = _draft(lease, Kind.REVERSAL, -cents, on, BANK, f"storno-{row}", debit)
        return Coming(lease, one, account)

    def _is_loose(self, row: int) -> bool:
        return int(Draws(self.corporation.seed, _PART, _LOOSE, row).below(1_000, 1)[0]) < _LOOSE_PERMILLE

    def _not_twice(self, lease: int, cents: int) -> int:
        """What is left of a transfer of the population's once what was paid ahead is taken off."""
        if self.ahead:
            return cents
        sums = self.sums[lease]
        twice = min(sums.ahead_cents, max(0, cents - max(0, sums.balance_cents)))
        sums.ahead_cents -= twice
        return cents - twice


def _by_day(rows: Iterator[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for row, day in rows:
        found[day].append(row)
    return found


def _draft(
    lease: int, kind: Kind, cents: int, on: date, source: str, reference: str, target: str = ""
) -> EntryDraft:
    return EntryDraft(
        contract_number(lease), kind, cents, on, on, source, reference, target_reference=target,
        due_on=on if source == ERP else None,
    )  # fmt: skip
