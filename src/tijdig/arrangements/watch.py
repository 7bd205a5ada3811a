"""Is an arrangement kept? What should have come beside what came, as of any day.

Decides by sums, because an undesignated payment settles the oldest debt whatever it was meant for (article 6:43 BW): the
tenant promised an amount per term **and** the current rent beside it, so until a day the whole of both must have come. Who
pays the rent and not the term, or the term and not the rent, lacks the same money.

A duty is met when all that was asked up to and including its day has come by then. Not in time is *late*; not by the end of
the days of grace is *broken*, from the day after. Money that goes back (a reversal) counts as not come. A break is repaired
on the day on which what was asked has come after all; it is still a break, told with both days.

While an arrangement is frozen no term is asked: terms that fall due then are asked the day after; the rent goes on.

Units: whole cents. Errors: none. Worked example: rent € 700 on the 1st, term € 50 on the 25th, three days of grace, agreed
on 20 October. By 25 November € 50 + € 700 + € 50 is asked. With € 750 come by then it is late on the 26th and broken on the
29th.

Left out: which payment settles which debt (`arrears`), and what follows a break (`policy`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tijdig.arrangements.kinds import Kept

_DAY = timedelta(days=1)


class Duty(NamedTuple):
    """What was to come on a day: a term of the plan, or the current rent."""

    due_on: date
    cents: int
    term: int = 0  # its number; 0 is the rent and what else is charged


class Money(NamedTuple):
    """What came in (more than zero) or went back on a day, from the day of the agreement on."""

    on: date
    cents: int


class Pause(NamedTuple):
    """Frozen on these days, the last one included."""

    first_on: date
    last_on: date


class Break(NamedTuple):
    """A break: since which day, what should have come by the day of the duty and what came, and when it was repaired."""

    broken_on: date
    duty: Duty
    asked_cents: int
    came_cents: int
    repaired_on: date | None = None

    @property
    def short_cents(self) -> int:
        return self.asked_cents - self.came_cents


class TermStands(NamedTuple):
    """A term of the plan as of a day: what of it has not come, and the day on which the last of it came."""

    number: int
    due_on: date
    cents: int
    open_cents: int
    met_on: date | None


@dataclass(frozen=True, slots=True)
class Watched:
    """How it stands as of a day. `short_cents` is what should have come by then and did not."""

    kept: Kept
    asked_cents: int
    came_cents: int
    next: Duty | None
    late_since: date | None
    breaks: tuple[Break, ...]

    @property
    def short_cents(self) -> int:
        return max(0, self.asked_cents - self.came_cents)

    @property
    def broken_on(self) -> date | None:
        """The day of the break that is not repaired."""
        return self.breaks[-1].broken_on if self.breaks and self.breaks[-1].repaired_on is None else None


def watch(
    duties: Iterable[Duty],
    money: Iterable[Money],
    as_of: date,
    grace_days: int,
    pauses: Sequence[Pause] = (),
) -> Watched:
    """How an arrangement stands at the end of a day."""
    asked = sorted(_after(duty, pauses) for duty in duties)
    came = sorted(one for one in money if one.on <= as_of)
    due = [one for one in asked if one.due_on < as_of]
    asked_cents, came_cents = sum(one.cents for one in due), sum(one.cents for one in came)
    late = _first_unmet(due, came_cents)
    breaks = _breaks(asked, came, as_of, timedelta(days=grace_days))
    broken = bool(breaks) and breaks[-1].repaired_on is None
    whole = sum(one.cents for one in asked if one.term or one.due_on <= as_of)
    done = came_cents >= whole
    kept = Kept.BROKEN if broken else Kept.LATE if late else Kept.DONE if done else Kept.KEPT
    following = next((one for one in asked if one.due_on >= as_of), None)
    return Watched(kept, asked_cents, came_cents, following, late.due_on if late else None, breaks)


def terms(
    duties: Iterable[Duty], money: Iterable[Money], as_of: date, pauses: Sequence[Pause] = ()
) -> tuple[TermStands, ...]:
    """Each term as it stands at the end of a day, by its number: money goes to what was due first, rent and terms alike.

    What went back is taken off what came last.
    """
    asked = sorted(_after(duty, pauses) for duty in duties)
    came = sorted(one for one in money if one.on <= as_of)
    found, until, total = [], 0, sum(one.cents for one in came)
    for duty in asked:
        until += duty.cents
        if not duty.term:
            continue
        open_cents = min(max(0, until - total), duty.cents)
        met_on = None if open_cents else _reached(came, until)
        found.append(TermStands(duty.term, duty.due_on, duty.cents, open_cents, met_on))
    return tuple(sorted(found))


def _reached(came: Sequence[Money], cents: int) -> date | None:
    """From which day on so much had come, and stayed."""
    since, had = None, 0
    for one in came:
        had += one.cents
        since = None if had < cents else since or one.on
    return since


def _after(duty: Duty, pauses: Sequence[Pause]) -> Duty:
    """A term that falls in a pause is asked on the day after it; the rent is not paused."""
    for pause in sorted(pauses):
        if duty.term and pause.first_on <= duty.due_on <= pause.last_on:
            duty = duty._replace(due_on=pause.last_on + _DAY)
    return duty


def _first_unmet(due: Sequence[Duty], came_cents: int) -> Duty | None:
    """The first duty that the money does not reach."""
    for duty in due:
        came_cents -= duty.cents
        if came_cents < 0:
            return duty
    return None


def _breaks(asked: Sequence[Duty], came: Sequence[Money], as_of: date, grace: timedelta) -> tuple[Break, ...]:
    """Every break up to a day, oldest first: looked at on each day on which something could change.

    On such a day twice: as it begins, for the grace ended the evening before, and as it ends.
    """
    ends = {one.due_on + grace + _DAY for one in asked}
    found: list[Break] = []
    for day in sorted(day for day in ends | {one.on for one in came} if day <= as_of):
        due = [one for one in asked if one.due_on + grace < day]
        for until in (day - _DAY, day):
            have = sum(one.cents for one in came if one.on <= until)
            _note(found, day, due, have)
    return tuple(found)


def _note(found: list[Break], day: date, due: Sequence[Duty], have: int) -> None:
    """A new break, or the end of the last one, where this day shows it."""
    unmet = _first_unmet(due, have)
    open_break = bool(found) and found[-1].repaired_on is None
    if unmet and not open_break:
        found.append(Break(day, unmet, sum(one.cents for one in due), have))
    elif open_break and not unmet:
        found[-1] = found[-1]._replace(repaired_on=day)
