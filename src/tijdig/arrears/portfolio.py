"""The ledger rows of many tenancies as columns, sorted for the walk. A pure value; one tenancy is a portfolio
of one.

Amounts are `int64` cents (positive raises the debt), days are `int32` (`base.days.day_number`), roles are
`ledger.kinds.Role`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from tijdig.arrears.order import equal_neighbours, ranked, sorted_rows, stable_order, targets_as_rows
from tijdig.ledger.kinds import Role

Whole = npt.NDArray[np.int64]
DISPUTED_DAY = 400_000  # due day of what a tenant disputes: far beyond any other, and small enough for the keys of a heap
Column = npt.ArrayLike
_TYPES: dict[str, type[np.generic]] = {
    "tenancy": np.int64,
    "start": np.int64,
    "day": np.int32,
    "due": np.int32,
    "amount": np.int64,
    "role": np.int8,
    "target": np.int32,
    "entry": np.int64,
}


@dataclass(frozen=True, slots=True, eq=False)
class Portfolio:
    """Columns sorted by tenancy, then day, then rank; `build` makes one. The columns cannot be written to.

    `start[t]` to `start[t + 1]` are the rows of tenancy `t`. `target` counts from `start[t]`: the charge a
    credit designates, the credit an undo takes back, or the undo that a credit takes back; -1 none. `entry`
    is the ledger's own number, for explaining; it may be empty in bulk runs.
    """

    tenancy: Whole
    start: Whole
    day: npt.NDArray[np.int32]
    due: npt.NDArray[np.int32]
    amount: Whole
    role: npt.NDArray[np.int8]
    target: npt.NDArray[np.int32]
    entry: Whole

    def __post_init__(self) -> None:
        for field in fields(self):
            column = np.ascontiguousarray(getattr(self, field.name), _TYPES[field.name]).view()
            column.flags.writeable = False
            object.__setattr__(self, field.name, column)
        rows = {len(c) for c in (self.day, self.due, self.amount, self.role, self.target)}
        if len(rows) != 1 or len(self.entry) not in (0, *rows):
            raise ValueError("columns of different length")
        if len(self.start) != len(self.tenancy) + 1 or self.start[0] != 0 or self.start[-1] not in rows:
            raise ValueError("start does not fit the tenancies and rows")

    def __len__(self) -> int:
        """The number of tenancies."""
        return len(self.tenancy)

    @property
    def rows(self) -> int:
        return len(self.day)

    def slice(self, one: int, stop: int) -> Portfolio:
        """The tenancies from place `one` up to `stop`, without copying a row."""
        first, last = int(self.start[one]), int(self.start[stop])
        cut = slice(first, last)
        entry = self.entry[cut] if len(self.entry) else self.entry
        return Portfolio(
            self.tenancy[one:stop],
            self.start[one : stop + 1] - first,
            self.day[cut],
            self.due[cut],
            self.amount[cut],
            self.role[cut],
            self.target[cut],
            entry,
        )

    def lowered(self, amounts: Mapping[int, int]) -> Portfolio:
        """The same rows with some brought down: by row what is left of it, in cents above zero. None is ever raised."""
        if not amounts:
            return self
        amount = np.array(self.amount)
        for row, cents in amounts.items():
            sign = -1 if amount[row] < 0 else 1
            amount[row] = sign * min(abs(int(amount[row])), max(0, cents))
        return replace(self, amount=amount)

    def only(self, tenancy: int) -> Portfolio:
        """The portfolio of one tenancy, by its id. KeyError when it is not here."""
        place = int(np.searchsorted(self.tenancy, tenancy))
        if place == len(self) or self.tenancy[place] != tenancy:
            raise KeyError(tenancy)
        return self.slice(place, place + 1)


def build(
    tenancy: Column,
    day: Column,
    due: Column,
    amount: Column,
    role: Column,
    target: Column,
    entry: Column,
    tie: Column | None = None,
    *,
    tenancies: Column | None = None,
) -> Portfolio:
    """Sort columns that come in any order.

    `target` is the entry id that a row points back to, 0 for none; `tie` orders rows of one tenancy, day and
    rank (the place of the source reference in text order; only the rows named by `ambiguous` need one).
    `tenancies` adds tenancies without rows. Raises ValueError where an amount has the wrong sign for its
    role, a row belongs to no listed tenancy, or entries point back to each other in a circle.
    """
    house, number = np.asarray(tenancy, np.int64), np.asarray(entry, np.int64)
    days, kind = np.asarray(day, np.int32), np.asarray(role, np.int8)
    cents = np.asarray(amount, np.int64)
    ids = _ids(house, tenancies)
    _check_signs(cents, kind)
    if len(house) == 0:
        return Portfolio(ids, np.zeros(len(ids) + 1, np.int64), days, days, cents, kind, days, number)
    to = targets_as_rows(house, kind, np.asarray(target, np.int64), number)
    order = sorted_rows(ranked(house, days, kind, to).key, None if tie is None else np.asarray(tie, np.int64))
    start = np.searchsorted(house[order], np.append(ids, np.iinfo(np.int64).max))
    free = (kind < Role.CREDIT) | ((kind == Role.UNDO) & (to < 0))
    dues = np.where(free, np.asarray(due, np.int32), days)
    return Portfolio(
        ids,
        start,
        days[order],
        dues[order],
        cents[order],
        kind[order],
        _relative(to, order, start),
        number[order],
    )


def ambiguous(tenancy: Column, day: Column, role: Column, target: Column, entry: Column) -> Whole:
    """The rows (by place in the columns given) that share tenancy, day and rank: only these need a `tie`."""
    house, kind = np.asarray(tenancy, np.int64), np.asarray(role, np.int8)
    if len(house) == 0:
        return np.empty(0, np.int64)
    to = targets_as_rows(house, kind, np.asarray(target, np.int64), np.asarray(entry, np.int64))
    key = ranked(house, np.asarray(day, np.int32), kind, to).key
    order = stable_order(key)
    return np.sort(order[equal_neighbours(key[order])])


def _ids(tenancy: Whole, listed: Column | None) -> Whole:
    present = np.unique(tenancy)
    if listed is None:
        return present
    ids = np.unique(np.asarray(listed, np.int64))
    if not np.isin(present, ids).all():
        raise ValueError("rows of a tenancy that is not listed")
    return ids


def _check_signs(amount: Whole, role: npt.NDArray[np.int8]) -> None:
    if ((role < Role.COSTS) | (role > Role.UNDO)).any():
        raise ValueError("unknown role")
    if (np.where(role == Role.CREDIT, -amount, amount) <= 0).any():
        raise ValueError("a credit must be negative, a charge or an undo positive")


def _relative(to: Whole, order: Whole, start: Whole) -> npt.NDArray[np.int32]:
    """Pointers by place in the columns given, as places within the sorted tenancy."""
    sorted_to = to[order]
    pointing = np.flatnonzero(sorted_to >= 0)
    target = np.full(len(order), -1, np.int32)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    own_start = start[np.searchsorted(start, pointing, side="right") - 1]
    target[pointing] = place[sorted_to[pointing]] - own_start
    return target
