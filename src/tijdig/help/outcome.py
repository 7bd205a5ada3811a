"""What came of help: was it taken, what was owed after three and six months, was it paid, and did it come back.

Decides how one piece of help counts, and how many of them are told together. Help is *accepted* when it began or was done
(a referral), when the municipality answers that help or an arrangement came (a signal), when a settlement was agreed (debt
help). *After* is what was overdue 91 and 182 days on; before that day it is not known yet and counts in nothing. *Paid* is
the first day from then on on which nothing was overdue any more; it *came back* when a new case began within a year of
that, and counts only once that year is over. Who owed nothing when it began counts in *accepted* alone.

Units: whole cents, days. Errors: none. Worked example: referred on 2 January with € 1.200 overdue, € 300 on 3 April, paid
on 20 May, behind again in October: accepted, after three months a quarter, paid, and came back.

Left out: what would have happened without help. Of fewer than `FEW` no share is told: people could be known by it, and it
means nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median_low

FEW = 5
QUARTER, HALF_YEAR, YEAR = timedelta(days=91), timedelta(days=182), timedelta(days=365)


class Way(StrEnum):
    """By which way help came."""

    REFERRAL = "referral"
    SIGNAL = "signal"
    DEBT_HELP = "debt_help"


WAY_LABEL = {
    Way.REFERRAL: "verwijzing",
    Way.SIGNAL: "vroegsignaal",
    Way.DEBT_HELP: "schuldregeling",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """One piece of help. `accepted` is None while nobody knows; the amounts after are None before their day."""

    way: Way
    to: str
    tenancy_id: int
    by: str  # the actor who decided it
    began_on: date
    accepted: bool | None
    before_cents: int
    quarter_cents: int | None
    half_year_cents: int | None
    settled_on: date | None
    came_back: bool | None


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; no percentage of a few."""

    part: int
    of: int

    @property
    def pct(self) -> int | None:
        return round(100 * self.part / self.of) if self.of >= FEW else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Many together. The medians are of those whose quarter is over, before and after."""

    to: str
    number: int
    accepted: Share
    less: Share
    before_cents: int | None
    quarter_cents: int | None
    settled: Share
    came_back: Share


def days_to_know(began_on: date, on: date) -> list[date]:
    """The days of which the arrears are asked."""
    return [day for day in (began_on, began_on + QUARTER, began_on + HALF_YEAR) if day <= on]


def came_back(settled_on: date | None, opened_after: date | None, on: date) -> bool | None:
    """Did it come back within a year? None where it was not paid, or before that year is over."""
    if settled_on is None or on <= settled_on + YEAR:
        return None
    return opened_after is not None and opened_after <= settled_on + YEAR


def summary(to: str, helped: Sequence[Helped]) -> Summary:
    """Those of one helper, one way, or all."""
    known = [one for one in helped if one.accepted is not None]
    owed = [one for one in helped if one.before_cents > 0]
    later = [(one.before_cents, one.quarter_cents) for one in owed if one.quarter_cents is not None]
    over = [one for one in owed if one.quarter_cents is not None]
    back = [one.came_back for one in helped if one.came_back is not None]
    return Summary(
        to=to,
        number=len(helped),
        accepted=Share(sum(1 for one in known if one.accepted), len(known)),
        less=Share(sum(1 for before, after in later if after < before), len(later)),
        before_cents=_median(before for before, _ in later),
        quarter_cents=_median(after for _, after in later),
        settled=Share(sum(1 for one in over if one.settled_on is not None), len(over)),
        came_back=Share(sum(back), len(back)),
    )


def _median(cents: Iterable[int]) -> int | None:
    known = list(cents)
    return median_low(known) if len(known) >= FEW else None
