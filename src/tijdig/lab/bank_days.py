"""Days on which euro banks settle: no weekends, no TARGET holidays.

TARGET holidays: 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December (European Central Bank,
long-term calendar, in force since 2002). A debit or transfer on another day is booked on the next bank day.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np

from tijdig.base.days import day_number, day_of, easter
from tijdig.lab.draws import Ints


@cache
def _holidays(year: int) -> frozenset[date]:
    sunday = easter(year)
    fixed = {date(year, 1, 1), date(year, 5, 1), date(year, 12, 25), date(year, 12, 26)}
    return frozenset(fixed | {sunday - timedelta(days=2), sunday + timedelta(days=1)})


def is_bank_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _holidays(day.year)


class BankDays:
    """A table of the next bank day for every day from `first` to `last` (and a margin behind it)."""

    def __init__(self, first: date, last: date) -> None:
        self._start = day_number(first)
        size = day_number(last) - self._start + 400
        table = np.empty(size, dtype=np.int64)
        following = self._start + size
        for offset in range(size - 1, -1, -1):
            if is_bank_day(day_of(self._start + offset)):
                following = self._start + offset
            table[offset] = following
        self._table = table

    def roll(self, days: Ints) -> Ints:
        """The day itself when banks are open, else the next day they are."""
        rolled: Ints = self._table[days - self._start]
        return rolled
