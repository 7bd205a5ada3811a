"""The columns that go into the walk, and those that come out of it.

Compiled code on disk knows these classes by name and their fields by place: whoever changes them must change
`walk.py` as well, so that it is compiled anew.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

NO_DAY = int(np.iinfo(np.int32).min)  # stands in a column of days where there is no such day

Days = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int32]
Cents = npt.NDArray[np.int64]


class Lines(NamedTuple):
    """The columns of all rows, as in `Portfolio`."""

    day: Days
    due: Days
    amount: Cents
    role: npt.NDArray[np.int8]
    target: npt.NDArray[np.int32]


class Measures(NamedTuple):
    """The columns of `Positions`, to be filled."""

    balance: Cents
    overdue: Cents
    not_due: Cents
    credit: Cents
    overdue_by_role: Cents
    oldest_due: Days
    next_due: Days
    arrears_since: Days
    open_items: Counts
    overdue_items: Counts
    due_months: Counts
    last_payment_day: Days
    last_reversal_day: Days
    lines: Counts


def blank_measures(count: int) -> Measures:
    """Measures of tenancies in which nothing ever happened."""

    def cents() -> Cents:
        return np.zeros(count, np.int64)

    def counts() -> Counts:
        return np.zeros(count, np.int32)

    def days() -> Days:
        return np.full(count, NO_DAY, np.int32)

    by_role = np.zeros((count, 3), np.int64)
    return Measures(
        cents(),
        cents(),
        cents(),
        cents(),
        by_role,
        days(),
        days(),
        days(),
        counts(),
        counts(),
        counts(),
        days(),
        days(),
        counts(),
    )
