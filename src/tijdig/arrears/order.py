"""The order in which the rows of a tenancy are walked, and what each row points to. Many tenancies at once.

By day; within a day by rank: charges, then credits, then undos, then what points back to those. A row that
points back never comes before what it points to on that day: its rank is one more than that of its target, at
least. Rows of equal rank go by source reference (the caller's `tie`), never by arrival.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tijdig.arrears.compiled import kernel
from tijdig.ledger.kinds import Role

CREDIT, UNDO = int(Role.CREDIT), int(Role.UNDO)
Whole = npt.NDArray[np.int64]


class Ranked(NamedTuple):
    key: Whole  # tenancy, day and rank in one number: equal where only `tie` can tell
    target: Whole  # the row pointed to, in the order given; -1 none


def stable_order(values: Whole) -> Whole:
    """As `np.argsort(values, kind="stable")`. Where there is room, value and place are sorted as one number.

    Numpy sorts plain numbers several times faster than it sorts places by what they point to.
    """
    if len(values) == 0:
        return np.empty(0, np.int64)
    place_bits = len(values).bit_length()
    if _bits(values) + place_bits > 62:
        return np.argsort(values, kind="stable")
    both: Whole = (values - values.min()) << place_bits
    both |= np.arange(len(values))
    both.sort()
    both &= (1 << place_bits) - 1
    return both


def targets_as_rows(tenancy: Whole, role: npt.NDArray[np.int8], target: Whole, entry: Whole) -> Whole:
    """The row each row points to, -1 where it points to nothing that means something.

    A credit may point to a charge (it designates it) or to an undo (it takes that back); an undo to a credit;
    both only within their own tenancy. Any other pointer, and one to an entry that is not here, is dropped.
    """
    rows = np.full(len(tenancy), -1, np.int64)
    pointing = np.flatnonzero((target != 0) & (role >= CREDIT))
    if len(pointing) == 0:
        return rows
    wanted = np.unique(target[pointing])
    among = np.flatnonzero((entry >= wanted[0]) & (entry <= wanted[-1]))
    by_entry = among[stable_order(entry[among])]
    place = np.searchsorted(entry[by_entry], wanted)
    place[place == len(by_entry)] = 0
    found = by_entry[place] if len(by_entry) else np.zeros(len(wanted), np.int64)
    which = np.searchsorted(wanted, target[pointing])
    to = found[which]
    own, its = role[pointing], role[to]
    fits = np.where(own == UNDO, its == CREDIT, its != CREDIT)
    good = fits & (entry[to] == target[pointing]) & (tenancy[to] == tenancy[pointing])
    rows[pointing[good]] = to[good]
    return rows


@kernel
def _ranks(base: npt.NDArray[np.int32], target: Whole) -> bool:
    """Raise each rank above that of its target, in place; False when rows point to each other in a circle."""
    settled = np.zeros(len(base), np.bool_)
    path = np.empty(len(base), np.int64)
    for start in range(len(base)):
        length = 0
        row = start
        while target[row] >= 0 and not settled[row]:
            if length == len(base):
                return False
            path[length] = row
            length += 1
            row = target[row]
        for place in range(length - 1, -1, -1):
            base[path[place]] = max(base[path[place]], base[target[path[place]]] + 1)
            settled[path[place]] = True
    return True


def _bits(values: Whole) -> int:
    return (int(values.max()) - int(values.min())).bit_length()


def ranked(tenancy: Whole, day: npt.NDArray[np.int32], role: npt.NDArray[np.int8], target: Whole) -> Ranked:
    """The sorting key of every row. `target` as given by `targets_as_rows`. Raises ValueError on a circle."""
    rank = np.maximum(role.astype(np.int32) - 2, 0)
    if (target >= 0).any() and not _ranks(rank, target):
        raise ValueError("entries point back to each other in a circle")
    days = day.astype(np.int64)
    days -= days.min()
    rank_bits, day_bits = int(rank.max()).bit_length(), int(days.max()).bit_length()
    house = tenancy
    if _bits(tenancy) + day_bits + rank_bits > 62:
        house = np.unique(tenancy, return_inverse=True)[1].astype(np.int64)
    key = (house - house.min()) << (day_bits + rank_bits)
    key |= days << rank_bits
    key |= rank
    return Ranked(key, target)


def equal_neighbours(key: Whole) -> npt.NDArray[np.bool_]:
    """Which of these sorted keys equal the one before or after."""
    same = np.zeros(len(key) + 1, np.bool_)
    same[1:-1] = key[1:] == key[:-1]
    return same[1:] | same[:-1]


def sorted_rows(key: Whole, tie: Whole | None) -> Whole:
    """The rows in walking order; without `tie`, rows of equal rank keep the order given."""
    order = stable_order(key)
    if tie is not None:
        in_order = key[order]
        doubtful = np.flatnonzero(equal_neighbours(in_order))
        rows = order[doubtful]
        order[doubtful] = rows[np.lexsort((tie[rows], in_order[doubtful]))]
    return order
