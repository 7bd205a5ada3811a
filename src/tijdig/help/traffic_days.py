"""Working days of debt-help traffic: Monday to Friday without public holidays.

Decides on which day a term of working days ends: the first day is the working day after. Units: days. Errors: `NotKnown`
where the holidays are not known (`law.holidays`). Example: ten working days after Monday 2 November 2026 is Monday 16
November; five after Thursday 24 December 2026 is Monday 4 January 2027, because Christmas and New Year's Day do not
count. Left out: terms of the law, which count otherwise.
"""

from __future__ import annotations

from datetime import date, timedelta

from tijdig.law.holidays import is_rest_day

_DAY = timedelta(days=1)


def after(day: date, working_days: int) -> date:
    """The day on which a term of so many working days ends that begins after a day."""
    left = working_days
    while left:
        day += _DAY
        left -= not is_rest_day(day)
    return day


def left(on: date, due_on: date) -> int:
    """How many working days there still are from a day through a due day, that day itself not counted; below zero: late."""
    first, last, sign = (on, due_on, 1) if on <= due_on else (due_on, on, -1)
    days = (first + _DAY * step for step in range(1, (last - first).days + 1))
    return sign * sum(1 for one in days if not is_rest_day(one))
