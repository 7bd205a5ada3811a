"""What a population will pay of its own accord, for a corporation whose bank files were written beforehand.

There the payments stand in files and cannot become less because somebody paid after a talk. So a tenant promises what is on
its way, and pays at most what he owes on every day that is still to come.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tijdig.base.days import day_number, day_of
from tijdig.contacts.kinds import Outcome
from tijdig.lab.population import Corporation
from tijdig.lab.scene import TRANSFER
from tijdig.lab.scripted import Said

_AHEAD_DAYS = 25


@dataclass(slots=True)
class Foresight:
    """Of some leases: what they owe at least from each day on, and their transfers by day."""

    _days: dict[int, list[int]] = field(default_factory=dict)
    _least: dict[int, list[int]] = field(default_factory=dict)
    _transfers: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def room(self, lease: int, on: date, paid_cents: int) -> int:
        """What may still be paid from this day on besides, after so much was."""
        place = bisect_left(self._days[lease], day_number(on))
        if place == len(self._days[lease]):
            return 0
        return max(0, self._least[lease][place] - paid_cents)

    def foreseen(self, lease: int, said: Said, on: date) -> Said:
        """A promise becomes one of what is on its way, where that is near; nobody pays twice."""
        first, last = day_number(on), day_number(on + timedelta(days=_AHEAD_DAYS))
        near = next(((day, cents) for day, cents in self._transfers[lease] if first < day <= last), None)
        if not said.cents or near is None:
            return said
        day, cents = near
        return replace(
            said,
            outcome=Outcome.PROMISE,
            cents=min(said.cents, cents),
            days=(day_of(day) - on).days + said.days % 2,
        )


def foresight(corporation: Corporation, leases: Collection[int]) -> Foresight:
    """By the whole history of these leases, up to and including its last day."""
    found = Foresight()
    moves: dict[int, dict[int, int]] = {lease: defaultdict(int) for lease in leases}
    charges, payments = corporation.charges, corporation.bank.payments
    for lease, day, cents in zip(
        *(one.tolist() for one in (charges.tenancy, charges.day, charges.cents)), strict=True
    ):
        if lease in moves:
            moves[lease][day] += cents
    columns = (payments.tenancy, payments.day, payments.cents, payments.kind)
    for lease, day, cents, kind in zip(*(one.tolist() for one in columns), strict=True):
        if lease in moves:
            moves[lease][day] -= cents
            if kind == TRANSFER:
                found._transfers[lease].append((day, cents))
    for lease, by_day in moves.items():
        days = sorted({*by_day, corporation.window.last})
        balance, balances = 0, []
        for day in days:
            balance += by_day.get(day, 0)
            balances.append(balance)
        least = balances[-1]
        for place in range(len(days) - 1, -1, -1):
            least = min(least, balances[place])
            balances[place] = least
        found._days[lease], found._least[lease] = days, balances
        found._transfers[lease].sort()
    return found
