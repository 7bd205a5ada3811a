"""Public holidays by rule: which days are none of business, and where a term ends that would end on one.

Source: article 3 Algemene termijnenwet (BWBR0002448): New Year's Day, Easter Monday, Ascension Day, Whit Monday, both
Christmas days, the day on which the monarch's birthday is celebrated, and 5 May, every year; Good Friday is equated
(paragraph 2), and so are the days that a decree names (paragraph 3). The rules with their dates are in
`public_holidays.yaml`. Easter is computed.

Errors: `NotKnown` before 1999. Equated days are known for 2023 to 2028; `doubts_between` says so for other years.

Example: in 2014 King's Day was on Saturday 26 April, because the 27th was a Sunday; in 2006 Queen's Day on 29 April.

Left out: terms that are counted backwards from a day, in hours, or longer than three months (article 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from tijdig.base.days import easter
from tijdig.law.answer import Doubt, once
from tijdig.law.dated import Quantity
from tijdig.law.quantity import mapping, quantity

SATURDAY, SUNDAY = 5, 6
_ONE_DAY = timedelta(days=1)


class Holiday(NamedTuple):
    day: date
    name: str


@cache
def rules() -> Quantity[Mapping[str, Any]]:
    """The rules for holidays through time."""
    return quantity("public_holidays", mapping)


def _fixed(year: int, month_day: str) -> date:
    return date.fromisoformat(f"{year}-{month_day}")


def _of_rules(year: int, rule: Mapping[str, Any]) -> Iterator[Holiday]:
    for name, month_day in rule["fixed"].items():
        yield Holiday(_fixed(year, month_day), name)
    for name, days in rule["easter"].items():
        yield Holiday(easter(year) + timedelta(days=days), name)
    monarch = _fixed(year, rule["monarch"]["day"])
    if monarch.weekday() == SUNDAY:
        monarch += timedelta(days=rule["monarch"]["off_sunday_days"])
    yield Holiday(monarch, rule["monarch"]["name"])
    for day in rule["equated"]:
        if day.year == year:
            yield Holiday(day, "gelijkgestelde dag")


@cache
def _names(year: int) -> Mapping[date, str]:
    found = rules().at(date(year, 1, 1)).value
    # Reversed, so that of two holidays on one day (Ascension on 5 May) the first of the list gives the name.
    return {one.day: one.name for one in reversed(tuple(_of_rules(year, found)))}


def holidays(year: int) -> tuple[Holiday, ...]:
    """The holidays of a year and the days equated with them, in order."""
    return tuple(Holiday(day, name) for day, name in sorted(_names(year).items()))


def holiday_name(day: date) -> str:
    """The name of the holiday; empty on any other day."""
    return _names(day.year).get(day, "")


def is_holiday(day: date) -> bool:
    return day in _names(day.year)


def is_rest_day(day: date) -> bool:
    """Saturday, Sunday or holiday: a day on which a term of the law does not end."""
    return day.weekday() in (SATURDAY, SUNDAY) or is_holiday(day)


def extended(day: date) -> date:
    """That day, or the first one after it that is no rest day (article 1).

    Good Friday 3 April 2026 becomes Tuesday 7 April: Saturday, Easter Sunday and Easter Monday lie between.
    """
    while is_rest_day(day):
        day += _ONE_DAY
    return day


def doubts_between(first: date, last: date) -> tuple[Doubt, ...]:
    """What is not sure about the holidays of a period: days equated by decree before 2023 and after 2028."""
    pieces = rules().over(first, last)
    return once(*(piece.found.part_doubts("equated") for piece in pieces))
