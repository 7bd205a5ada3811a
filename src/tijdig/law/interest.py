"""Statutory interest on one claim: what a late payment costs, day by day, with the whole table of parts.

Decides the interest on a principal from its first day up to, not including, the last. A part ends where the rate
changes, where a year is over (then the interest of that year joins the base, article 6:119 paragraph 2 BW; the year runs
from the first day, not from 1 January), and where a payment comes. A payment takes cents off the principal from its own
day on. Each part is rounded by itself; the total is the sum of the parts.

Units: whole cents, percent per year, days. Errors: `NotKnown` before 1999, `ValueError` when the end lies before the
begin or a century after it, when the principal is negative, or when payments take off more than there is. Past the last
known rate the answer has a doubt.

Example: € 700 from 2 March 2025 to 2 November 2026: 305 days at 6 % = 35.10, 60 days at 4 % = 4.60; from 2 March 2026
on 739.70: 245 days at 4 % = 19.86. Together € 59.56.

Splitting a period that holds no anniversary makes one part into two, so the sum may differ by at most one cent a split;
a payment splits a part in the same way.

Left out: agreed interest (paragraph 3), commercial interest (6:119a), and payments that settle interest: which debt a
payment settles is for imputation, here it only says what came off the principal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from tijdig.base.money import euro
from tijdig.law.answer import Answer, Step, once, short_day
from tijdig.law.conventions import DEFAULT, Conventions, DayCount, FirstInterestDay, LeapAnniversary, rounded
from tijdig.law.dated import Piece, Quantity
from tijdig.law.quantity import percent, percent_text, quantity

_ONE_DAY = timedelta(days=1)
LONGEST_YEARS = 100  # a longer period is a slip of the pen; a judgment itself is void after twenty


class Payment(NamedTuple):
    """What came off the principal on a day."""

    day: date
    cents: int


class Part(NamedTuple):
    """One line of the table: from `first_on` up to, not including, `end_on`."""

    first_on: date
    end_on: date
    days: int
    base_cents: int
    rate_pct: Fraction
    interest_cents: int

    @property
    def sentence(self) -> str:
        period = f"{short_day(self.first_on)} tot {short_day(self.end_on)}"
        return (
            f"{period}: {self.days} dagen {percent_text(self.rate_pct)} procent over {euro(self.base_cents)}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest(Answer):
    """The interest with its parts, in order of days."""

    principal_cents: int
    total_cents: int
    parts: tuple[Part, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(Step(part.sentence, part.interest_cents) for part in self.parts)


@cache
def rates() -> Quantity[Fraction]:
    """The statutory rate through time, in percent per year."""
    return quantity("statutory_interest", percent)


def first_interest_day(due_on: date, conventions: Conventions = DEFAULT) -> date:
    """The first day that bears interest: the day after the due day, unless the lease asks for the rent before it."""
    late = conventions.first_interest_day is FirstInterestDay.DAY_AFTER_DUE
    return due_on + _ONE_DAY if late else due_on


def anniversary(start: date, years: int, convention: LeapAnniversary) -> date:
    """The day on which that many years are over."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # a 29 February, and no leap year
        in_february = convention is LeapAnniversary.FEBRUARY_28
        return date(start.year + years, 2, 28) if in_february else date(start.year + years, 3, 1)


def _anniversaries(start: date, end: date, convention: LeapAnniversary) -> Iterator[date]:
    years = 1
    while (day := anniversary(start, years, convention)) < end:
        yield day
        years += 1


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def year_fraction(first: date, end: date, day_count: DayCount) -> tuple[int, int]:
    """The part of a year between two days, as numerator and denominator; the end is not counted."""
    if day_count is DayCount.ACTUAL_365:
        return (end - first).days, 365
    leap = common = 0
    while first < end:
        until = min(end, date(first.year + 1, 1, 1))
        if _is_leap(first.year):
            leap += (until - first).days
        else:
            common += (until - first).days
        first = until
    return leap * 365 + common * 366, 365 * 366


def _checked(principal_cents: int, first: date, end: date, payments: Sequence[tuple[date, int]]) -> None:
    if end < first:
        raise ValueError("De einddatum ligt vóór de begindatum.")
    if end.year - first.year > LONGEST_YEARS:
        raise ValueError(f"Een periode is hier ten hoogste {LONGEST_YEARS} jaar.")
    if principal_cents < 0 or any(cents < 0 for _, cents in payments):
        raise ValueError("Een bedrag kan hier niet lager zijn dan nul.")
    if sum(cents for day, cents in payments if day < end) > principal_cents:
        raise ValueError("Er is meer van de hoofdsom af gegaan dan er was.")


def _parts(
    principal_cents: int,
    days: Sequence[date],
    years: frozenset[date],
    pieces: Sequence[Piece[Fraction]],
    off: dict[date, int],
    conventions: Conventions,
) -> Iterator[Part]:
    """Walk the days on which something changes; `off` says what comes off the principal on a day."""
    joined_cents = year_cents = place = 0
    for first, end in pairwise(days):
        if first in years:
            joined_cents, year_cents = joined_cents + year_cents, 0
        principal_cents -= off.get(first, 0)
        while pieces[place].last_on < first:
            place += 1
        base_cents, rate = principal_cents + joined_cents, pieces[place].found.value
        share, whole = year_fraction(first, end, conventions.day_count)
        above, below = base_cents * rate.numerator * share, 100 * rate.denominator * whole
        cents = rounded(above, below, conventions.rounding)
        year_cents += cents
        if base_cents:
            yield Part(first, end, (end - first).days, base_cents, rate, cents)


def interest(
    principal_cents: int,
    first_day: date,
    end_exclusive: date,
    payments: Sequence[tuple[date, int]] = (),
    conventions: Conventions = DEFAULT,
) -> Interest:
    """The interest on one principal; payments on or before the first day come off at once."""
    _checked(principal_cents, first_day, end_exclusive, payments)
    pieces = rates().over(first_day, end_exclusive - _ONE_DAY)
    years = frozenset(_anniversaries(first_day, end_exclusive, conventions.leap_anniversary))
    off: dict[date, int] = {}
    for day, cents in payments:
        if cents:  # nothing paid must not make two parts of one
            at = max(day, first_day)
            off[at] = off.get(at, 0) + cents
    changes = {first_day, *years, *off, *(piece.first_on for piece in pieces)}
    days = [*sorted(day for day in changes if day < end_exclusive), end_exclusive]
    parts = tuple(_parts(principal_cents, days, years, pieces, off, conventions))
    kinds = ("day_count", "rounding", "leap_anniversary")[
        : 3 if (first_day.month, first_day.day) == (2, 29) else 2
    ]
    return Interest(
        principal_cents=principal_cents,
        total_cents=sum(part.interest_cents for part in parts),
        parts=parts,
        sources=once(piece.found.source for piece in pieces),
        doubts=once(*(piece.found.doubts for piece in pieces)),
        conventions=conventions.sentences(*kinds),
    )
