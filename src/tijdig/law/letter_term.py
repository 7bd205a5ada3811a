"""The fourteen-day term: when a letter counts as delivered, when its term ends, and from which day costs are due.

Source: article 6:96 paragraph 6 BW; HR 25 November 2016, ECLI:NL:HR:2016:2704: the term starts on the day after
receipt (3.4); where the tenant does not appear, delivery may be assumed on the second day after sending, Sundays,
Mondays and public holidays not counted (3.5.2). HR 13 June 2014, ECLI:NL:HR:2014:1405: the fee is due once the term has
passed. The end on a rest day is a convention (article 1 Algemene termijnenwet).

Units: days. Errors: `NotKnown` before 1 July 2012, `ValueError` when delivered before it was sent.

| Sent | Counts as delivered | Last day | Costs from |
|---|---|---|---|
| Monday 2 March 2026 | Wednesday 4 March | 18 March | 19 March |
| Friday 6 March 2026 | Tuesday 10 March (Sunday and Monday skipped) | 24 March | 25 March |

Left out: proof of receipt when the tenant denies it (3.5.1); the content of the letter, except its words on the term
(`letter_wording`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from tijdig.law.answer import Answer, Step, long_day, once
from tijdig.law.conventions import DEFAULT, Conventions, Weekend
from tijdig.law.dated import Quantity
from tijdig.law.holidays import SUNDAY, doubts_between, extended, holiday_name, is_holiday, rules
from tijdig.law.quantity import mapping, quantity

_MONDAY = 0
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Answer):
    """`delivered_on` was assumed unless `received` is true; `counted_on` is the last day before any extension."""

    sent_on: date
    delivered_on: date
    received: bool
    skipped: tuple[date, ...]
    term_days: int
    first_day_on: date
    counted_on: date
    last_day_on: date
    fee_from_on: date

    @property
    def steps(self) -> tuple[Step, ...]:
        return (
            Step(f"De brief is verzonden op {long_day(self.sent_on)}."),
            *self._delivery(),
            Step(
                f"De termijn van {self.term_days} dagen begint de dag daarna: {long_day(self.first_day_on)}."
            ),
            *self._end(),
            Step(
                f"Is er dan niet betaald, dan zijn de kosten verschuldigd vanaf {long_day(self.fee_from_on)}."
            ),
        )

    def _delivery(self) -> tuple[Step, ...]:
        if self.received:
            return (Step(f"De huurder kreeg de brief op {long_day(self.delivered_on)}."),)
        names = ", ".join(f"{long_day(day)}{_why(day)}" for day in self.skipped)
        skipped = (Step(f"Voor de bezorging telt niet mee: {names}."),) if names else ()
        step = Step(
            f"De brief geldt als bezorgd op de tweede dag na verzending: {long_day(self.delivered_on)}."
        )
        return (*skipped, step)

    def _end(self) -> tuple[Step, ...]:
        if self.counted_on == self.last_day_on:
            return (Step(f"De laatste dag om te betalen is {long_day(self.last_day_on)}."),)
        return (
            Step(f"De laatste dag zou {long_day(self.counted_on)}{_why(self.counted_on)} zijn: een rustdag."),
            Step(f"De termijn loopt daarom door tot en met {long_day(self.last_day_on)}."),
        )


@cache
def terms() -> Quantity[Mapping[str, Any]]:
    """The term and the assumed delivery through time."""
    return quantity("fourteen_day_term", mapping)


def fewest_days(on: date) -> int:
    """The fewest days between sending a letter and the day on which its costs are due: delivery, term, and the day after.

    No letter can have its costs due sooner; Sundays, Mondays and holidays only make it longer. At two days for the delivery
    and fourteen for the term: 17.
    """
    rule = terms().at(on).value
    return int(rule["delivery_days"]) + int(rule["term_days"]) + 1


def _why(day: date) -> str:
    name = holiday_name(day)
    return f" ({name})" if name else ""


def _does_not_count(day: date, skipped: frozenset[str]) -> bool:
    return (
        ("sunday" in skipped and day.weekday() == SUNDAY)
        or ("monday" in skipped and day.weekday() == _MONDAY)
        or ("public_holiday" in skipped and is_holiday(day))
    )


def assumed_delivery(sent_on: date, days: int, skipped: frozenset[str]) -> tuple[date, tuple[date, ...]]:
    """The day of delivery that a court may assume, and the days that were passed over.

    Sent on Thursday 30 April 2026: Friday is the first day, Saturday 2 May the second.
    """
    day, counted, passed = sent_on, 0, []
    while counted < days:
        day += _ONE_DAY
        if _does_not_count(day, skipped):
            passed.append(day)
        else:
            counted += 1
    return day, tuple(passed)


def fourteen_days(
    sent_on: date, conventions: Conventions = DEFAULT, delivered_on: date | None = None
) -> Term:
    """The term of a letter sent on that day; `delivered_on` where the day of receipt is known."""
    if delivered_on is not None and delivered_on < sent_on:
        raise ValueError("De brief kan niet bezorgd zijn vóór hij verzonden is.")
    found = terms().at(sent_on)
    rule = found.value
    day, passed = assumed_delivery(sent_on, rule["delivery_days"], frozenset(rule["skipped"]))
    if delivered_on is not None:
        day, passed = delivered_on, ()
    counted_on = day + timedelta(days=rule["term_days"])
    last = extended(counted_on) if conventions.weekend is Weekend.EXTEND else counted_on
    return Term(
        sent_on=sent_on,
        delivered_on=day,
        received=delivered_on is not None,
        skipped=passed,
        term_days=rule["term_days"],
        first_day_on=day + _ONE_DAY,
        counted_on=counted_on,
        last_day_on=last,
        fee_from_on=last + _ONE_DAY,
        sources=once((found.source, rules().at(last).source)),
        doubts=once(found.doubts, doubts_between(sent_on, last)),
        conventions=conventions.sentences("weekend"),
    )
