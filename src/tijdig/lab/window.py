"""The months a made-up history covers: whole months, the last of them cut off after the last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from tijdig.base.days import add_months, day_number, first_of_month
from tijdig.lab.bank_days import BankDays
from tijdig.lab.draws import Ints

NO_END = day_number(date(9999, 12, 31))


@dataclass(frozen=True)
class Window:
    """`firsts[m]` is the day number of the first of month m; `firsts[months]` the month after the window."""

    months: int
    last_day: date
    firsts: Ints
    bank_days: BankDays

    def month_first(self, month: int) -> date:
        return add_months(first_of_month(self.last_day), month - self.months + 1)

    @property
    def first_day(self) -> date:
        return self.month_first(0)

    @property
    def last(self) -> int:
        return day_number(self.last_day)

    def yyyymm(self, month: int) -> str:
        return f"{self.month_first(month):%Y%m}"


def window(months: int, last_day: date) -> Window:
    if months < 1:
        raise ValueError("a history covers at least one month")
    begin = add_months(first_of_month(last_day), 1 - months)
    firsts = np.array([day_number(add_months(begin, m)) for m in range(months + 1)], dtype=np.int64)
    return Window(months, last_day, firsts, BankDays(begin, add_months(last_day, 2)))
