"""Is a promise to pay kept? What was promised beside what came, as of any day.

Decides for each promise of one tenancy whether it is open, kept, broken, or replaced by a newer one. All money that
comes from the day of a promise on counts for it, whatever was written with it. Each cent counts for one promise: first
for the newest that had been made when the money came, because a new talk makes a new promise; what that one does not
need goes to the one made before it, and so on back.

A promise is kept when its amount had come by the end of its term: its day and the days of grace. Money that went back
within the term did not come. If it is short at the end of the term, it is broken from the day after; what comes later
repairs it, and it stays broken. If it was still short at the start of the day on which a newer promise was made, within
its term, the newer one replaces it, unless its own money comes all the same. After the term this stays as it is.

Units: whole cents, calendar days. Errors: `ValueError` for days of grace below zero. Worked example: € 100 promised on
2 November for 10 November, two days of grace; € 60 comes on 6 November and € 40 on 12 November: open through 11
November, kept on the 12th. Had the € 40 come on the 13th, it would be broken on the 13th and repaired on the same day.

Left out: which debt the money settles (`arrears`), money that goes back after the term (a reversal has its own alert),
and what follows a break (policy).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)


class State(StrEnum):
    """Where a promise stands."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    REPLACED = "replaced"


STATE_LABEL = {
    State.OPEN: "loopt",
    State.KEPT: "nagekomen",
    State.BROKEN: "niet nagekomen",
    State.REPLACED: "vervangen door een nieuwe toezegging",
}


@dataclass(frozen=True, slots=True)
class Promise:
    """An amount that was promised on a day, to come by another day. `id` puts two of one day in order."""

    id: int
    made_on: date
    amount_cents: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Money:
    """What came in (above zero) or went back (below zero) on a day.

    `came_on` is the day on which the money that went back had come in, where that is known; otherwise the newest goes back
    first. With it, the reversal of a collection from before a promise takes nothing from that promise.
    """

    on: date
    cents: int
    came_on: date | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """A promise as of a day. `came_cents` counts for it now, at most its amount.

    `kept_on` is the day on which the last part came, `broken_on` the day after its term, `repaired_on` the day on which the
    whole amount had come after all, `replaced_by` the newer promise.
    """

    promise: Promise
    state: State
    came_cents: int
    kept_on: date | None = None
    broken_on: date | None = None
    repaired_on: date | None = None
    replaced_by: int | None = None


def watch(
    promises: Sequence[Promise], money: Sequence[Money], as_of: date, grace_days: int
) -> tuple[Watched, ...]:
    """Every promise that had been made by a day, in the order of making. All of one tenancy."""
    if grace_days < 0:
        raise ValueError("days of grace below zero")
    made = sorted((one for one in promises if one.made_on <= as_of), key=lambda one: (one.made_on, one.id))
    if not made:
        return ()
    course = _Course(made, money)
    newer: list[Promise | None] = [*made[1:], None]
    return tuple(
        _watched(course, place, newer[place], min(as_of, one.due_on + timedelta(days=grace_days)), as_of)
        for place, one in enumerate(made)
    )


def _watched(course: _Course, place: int, newer: Promise | None, until: date, as_of: date) -> Watched:
    """How the promise at this place stands; `until` is the last day of its term, or the day itself if that is earlier."""
    promise, came_cents = course.made[place], course.came(as_of)[place]
    if kept_on := course.whole_since(place, until):
        return Watched(promise, State.KEPT, came_cents, kept_on=kept_on)
    if newer and newer.made_on <= until and not course.is_whole(place, newer.made_on - _DAY):
        return Watched(promise, State.REPLACED, came_cents, replaced_by=newer.id)
    if until == as_of:
        return Watched(promise, State.OPEN, came_cents)
    repaired_on = course.whole_since(place, as_of)
    return Watched(promise, State.BROKEN, came_cents, broken_on=until + _DAY, repaired_on=repaired_on)


class _Course:
    """What had come for each promise by the end of any day."""

    def __init__(self, made: Sequence[Promise], money: Sequence[Money]) -> None:
        self.made = made
        self._money = sorted(
            money, key=lambda one: (one.on, one.cents < 0)
        )  # on a day, what came before what went
        self._days = sorted({one.on for one in self._money}, reverse=True)
        self._known: dict[date, list[int]] = {}

    def came(self, day: date) -> list[int]:
        """Cents for each promise, in the order of making."""
        if day not in self._known:
            self._known[day] = self._shared(day)
        return self._known[day]

    def is_whole(self, place: int, day: date) -> bool:
        return self.came(day)[place] >= self.made[place].amount_cents

    def whole_since(self, place: int, day: date) -> date | None:
        """Since which day the whole amount is there without a break, as of a day; None where it is not there."""
        first = None
        for moved_on in self._days:
            if moved_on <= day:
                if not self.is_whole(place, moved_on):
                    return first
                first = moved_on
        return first

    def _shared(self, day: date) -> list[int]:
        """Each sum that is there goes to the promises of its day or before, the newest first."""
        came = [0] * len(self.made)
        for came_on, cents in _there(self._money, day):
            for place in range(len(came) - 1, -1, -1):
                if self.made[place].made_on <= came_on:
                    taken = min(cents, self.made[place].amount_cents - came[place])
                    came[place] += taken
                    cents -= taken
        return came


def _there(money: Sequence[Money], day: date) -> list[tuple[date, int]]:
    """What came by the end of a day and did not go back, with the day on which it came. `money` stands in order of days."""
    days: list[date] = []
    left: list[int] = []
    for one in money:
        if one.on > day:
            break
        if one.cents > 0:
            days.append(one.on)
            left.append(one.cents)
            continue
        back = -one.cents
        for place in range(len(left) - 1, -1, -1):
            if one.came_on in (None, days[place]):
                taken = min(back, left[place])
                left[place] -= taken
                back -= taken
    return list(zip(days, left, strict=True))
