"""When a collector may seek contact: not between 20:00 and 07:00, not on Sundays and public holidays.

Source: article 4.2 Besluit kwaliteit incassodienstverlening (Stb. 2024, 44), from 1 April 2024. It binds who collects for
another; for a corporation that collects its own rent it is a sensible habit.

Units: days, and minutes since midnight in Amsterdam. Errors: `NotKnown` before 1 April 2024, `ValueError` for a minute
that a day does not have. 07:00 itself is allowed, 20:00 itself is not. Good Friday and days equated by decree count as
holidays, which is the careful reading.

Example: Saturday 2 May 2026 at 20:00 is not allowed; the next moment is Monday 4 May at 07:00.

Left out: how often contact may be sought, and contact that the tenant asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from tijdig.law.dated import Quantity
from tijdig.law.holidays import SUNDAY, is_holiday
from tijdig.law.quantity import quantity

_ONE_DAY = timedelta(days=1)
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes since midnight: from `opens_at` up to, not including, `closes_at`."""

    opens_at: int
    closes_at: int


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _hours(raw: Any) -> Hours:
    return Hours(_minutes(raw["opens_at"]), _minutes(raw["closes_at"]))


@cache
def hours() -> Quantity[Hours]:
    """The hours through time."""
    return quantity("contact_hours", _hours)


def may_contact(day: date, minutes: int) -> bool:
    """May a collector seek contact on that day at that minute?"""
    if not 0 <= minutes < DAY_MINUTES:
        raise ValueError(f"Een dag heeft geen minuut {minutes}.")
    found = hours().at(day).value
    if day.weekday() == SUNDAY or is_holiday(day):
        return False
    return found.opens_at <= minutes < found.closes_at


def next_moment(day: date, minutes: int) -> tuple[date, int]:
    """The first moment, this one or later, at which contact is allowed."""
    if may_contact(day, minutes):
        return day, minutes
    opens_at = hours().at(day).value.opens_at
    if minutes < opens_at and may_contact(day, opens_at):
        return day, opens_at
    day += _ONE_DAY
    while not may_contact(day, opens_at):
        day += _ONE_DAY
    return day, opens_at
