"""What each month may ask when increases of the rent fall away: the net rent of an earlier day, all else as it was.

When a court strikes the clause on which increases rest, the rent falls back to what was agreed at the start, or to the last
rent that stands on its own. Only the net rent falls back; service costs and the like follow their own rules.

Of a month that asked the net rent in full, the difference goes off. Of a month that asked less (a lease that began or ended
half-way), the same share goes off, rounded in the tenant's favour. What a reduction of the rent takes off makes no month
less than whole. A month of which the rent is not known stays as it is, and is named.

Worked example: net rent € 650 from 1 July 2022, € 680 from 1 July 2023. At the rent of 1 July 2022, a month of 2024 that
asked € 730 (680 and 50 service costs) asks € 700; half a month that asked € 340 asks € 325.

Source: the judgments in docs/rules/claim.md. Left out: whether a clause is unfair, and claiming back what was paid before
the account begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

NET = "NET"


class RentPart(NamedTuple):
    """One component of the rent, from a day until a day (None: still)."""

    kind: str
    begin_on: date
    end_on: date | None
    amount_cents: int

    def holds(self, day: date) -> bool:
        return self.begin_on <= day and (self.end_on is None or self.end_on >= day)


class Asked(NamedTuple):
    """A row of the portfolio that asked rent."""

    row: int
    due_on: date
    amount_cents: int


class Fallen(NamedTuple):
    """What each row may ask, and the rows of which the rent was not known."""

    cents: dict[int, int]
    unknown: tuple[int, ...]


def net_rent(parts: Iterable[RentPart], day: date) -> int | None:
    """The net rent of a day in cents, or None where none is known."""
    found = [part.amount_cents for part in parts if part.kind == NET and part.holds(day)]
    return sum(found) if found else None


def steps(parts: Iterable[RentPart]) -> list[tuple[date, int]]:
    """Each day on which the net rent changed, with what it was from then on: the starting rent first."""
    known = list(parts)
    days = sorted({part.begin_on for part in known if part.kind == NET})
    rents = [(day, net_rent(known, day)) for day in days]
    told: list[tuple[date, int]] = []
    for day, cents in rents:
        if cents is not None and (not told or told[-1][1] != cents):
            told.append((day, cents))
    return told


def _taken_off(parts: Iterable[RentPart], day: date) -> int:
    """What a reduction takes off the rent of a day, below zero: a month with it is whole all the same."""
    return sum(part.amount_cents for part in parts if part.amount_cents < 0 and part.holds(day))


def fall_back(asked: Sequence[Asked], parts: Sequence[RentPart], day: date) -> Fallen:
    """What these rows may ask at the net rent of `day`; rows of before that day stay as they are."""
    older = net_rent(parts, day)
    cents: dict[int, int] = {}
    unknown = []
    for row, due_on, amount in asked:
        if due_on < day:
            continue
        net = net_rent(parts, due_on)
        if older is None or not net or net + _taken_off(parts, due_on) <= 0:
            unknown.append(row)
            continue
        off, whole = max(0, net - older), net + _taken_off(parts, due_on)
        cents[row] = amount - (off if amount >= whole else -(-amount * off // whole))
    return Fallen(cents, tuple(unknown))
