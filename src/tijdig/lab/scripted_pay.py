"""What made-up tenants pay after a talk: a promise that is kept, late or not, a plan that holds, stumbles or breaks.

Decides nothing about real people. A promise becomes payments with their days at once. A plan is paid by sums, as it is
watched: on the day of a term everything that was asked by then and did not come. How a plan goes is drawn when it is made.

Units: whole cents, days. Errors: none. Worked example: of € 100 promised for 10 November, whoever keeps his word pays on
the 8th, 9th or 10th; whoever is late within three days of grace, on the 11th or 12th.

Left out: the payments that come without a talk (`behaviour`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

from tijdig.base.days import day_number
from tijdig.lab.scripted import Nature, Tenant, Topic


class Course(IntEnum):
    """How a plan goes."""

    KEPT = 0
    LATE = 1  # one term a day or two late, within the days of grace
    REPAIRED = 2  # one term more than a week late
    STOPS = 3  # nothing any more from some term on


class Payment(NamedTuple):
    on: date
    cents: int


# On the day, late within the grace, too late, never: in parts of a hundred.
_PROMISES = {
    Nature.FORGOT: (88, 6, 4, 2),
    Nature.SHORT: (68, 10, 12, 10),
    Nature.DEEP: (38, 7, 15, 40),
    Nature.SILENT: (40, 5, 15, 40),
    Nature.UNWILLING: (10, 5, 10, 75),
    Nature.DISPUTES: (75, 8, 9, 8),
}
_PLANS = {
    Nature.FORGOT: (85, 8, 5, 2),
    Nature.SHORT: (68, 10, 10, 12),
    Nature.DEEP: (34, 8, 13, 45),
    Nature.SILENT: (30, 8, 12, 50),
    Nature.UNWILLING: (10, 5, 10, 75),
    Nature.DISPUTES: (75, 8, 9, 8),
}


def _one_of(who: Tenant, weights: Sequence[int], *path: int) -> int:
    luck, place = who.below(sum(weights), *path), 0
    while luck >= weights[place]:
        luck -= weights[place]
        place += 1
    return place


def promised(who: Tenant, cents: int, due_on: date, made_on: date) -> tuple[Payment, ...]:
    """What comes of a promise; nothing where it is not kept."""
    day = day_number(made_on)
    how = _one_of(who, _PROMISES[who.nature], Topic.KEPT, day)
    luck = who.below(3, Topic.KEPT, day, 1)
    if how == 0:
        return (Payment(max(made_on + timedelta(days=1), due_on - timedelta(days=luck)), cents),)
    if how == 1:
        return (Payment(due_on + timedelta(days=1 + luck % 2), cents),)
    if how == 2:
        half = cents // 2 // 500 * 500
        first = (Payment(due_on, half),) if half else ()
        return (*first, Payment(due_on + timedelta(days=6 + 4 * luck), cents - half))
    return ()


@dataclass(frozen=True, slots=True)
class Going:
    """A plan under way: its terms by day, how it goes, and at which term (from 0) it stumbles."""

    agreed_on: date
    terms: tuple[Payment, ...]
    course: Course
    stumbles_at: int

    def asked(self, until: date) -> int:
        """The terms up to and including a day."""
        return sum(cents for on, cents in self.terms if on <= until)


def going(who: Tenant, terms: Sequence[Payment], agreed_on: date) -> Going:
    """How this tenant goes about a plan."""
    day = day_number(agreed_on)
    course = Course(_one_of(who, _PLANS[who.nature], Topic.COURSE, day))
    place = who.below(min(len(terms), 5), Topic.COURSE, day, 1)
    return Going(agreed_on, tuple(terms), course, place)


def pays(plan: Going, on: date, rents_cents: int, came_cents: int) -> int:
    """What comes today for a plan. `rents_cents` is the rent that fell due beside it and that no debit collects;
    `came_cents` is what came since it was agreed. Beside a term the tenant also makes good the rent."""
    stumbled_on = plan.terms[plan.stumbles_at].on
    late = {Course.LATE: 2, Course.REPAIRED: 9}.get(plan.course, 0)
    if plan.course is Course.STOPS and on >= stumbled_on:
        return 0
    if late and stumbled_on <= on < stumbled_on + timedelta(days=late):
        return 0
    return max(0, plan.asked(on) + rents_cents - came_cents)


def trickle(who: Tenant, on: date, overdue_cents: int) -> int:
    """What comes this day of who pays a little each month."""
    return min(who.trickles_cents, overdue_cents) if on.day == who.trickle_day else 0
