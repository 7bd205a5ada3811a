"""Days as whole numbers, months as whole months and by name, Easter, and the Amsterdam day of a moment.

The engine counts days since 1970-01-01 (`int32`), so that a column of days is a column of small numbers.
A bank or ERP that sends a moment means the day it was in Amsterdam, not in UTC: a rent that starts at
`2026-10-31T23:00:00Z` starts on 1 November.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Days since 1970-01-01. `day_number(date(1970, 1, 2)) == 1`."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The inverse of `day_number`."""
    return date.fromordinal(number + _EPOCH)


def amsterdam_day(moment: datetime) -> date:
    """The calendar day in Amsterdam of an aware moment; a naive moment is taken as Amsterdam time already."""
    return moment.date() if moment.tzinfo is None else moment.astimezone(AMSTERDAM).date()


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """The same day `months` later; the last day of the month where that day does not exist."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_months(start: date, end: date) -> int:
    """Whole months from `start` to `end`; 0 when `end` is not later. 31 January to 28 February is 0."""
    if end <= start:
        return 0
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the anonymous method of 1876. `easter(2026)` is 5 April."""
    golden, century, rest = year % 19, year // 100, year % 100
    moved = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + moved + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)
