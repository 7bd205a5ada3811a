"""Who is away on a day, until when, and who works in his place.

Decides: whoever has a report that covers the day is away. Reports may overlap; the newest says who stands in. One that
follows on another without a day between is the same absence, so that it ends on the first day that no report covers. A
stand-in who is away himself passes it on to his own; where nobody is left in that line, or it comes back to where it
began, the work stays with whose it was.

Units: days; the last day of a report is a day away, the day of coming back is not. Errors: none. Worked example: A away
from 2 to 6 November with B standing in, B away on the 4th with C: what is A's is with B on the 3rd, with C on the 4th.

Left out: why somebody is away, which is nobody's business here, and holidays that everybody has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Absence:
    """One report. `until_on` is the last day, None where nobody knows; `back_on` the day of coming back before that.

    `stand_in_id` is None where the work is spread over the team.
    """

    id: int
    user_id: int
    from_on: date
    until_on: date | None
    stand_in_id: int | None = None
    back_on: date | None = None

    def covers(self, day: date) -> bool:
        ended = self.back_on is not None and self.back_on <= day
        return self.from_on <= day and not ended and (self.until_on is None or day <= self.until_on)

    @property
    def last_on(self) -> date | None:
        """The last day away, as it went; None where nobody knows."""
        ends = [day for day in (self.until_on, self.back_on and self.back_on - _DAY) if day is not None]
        return min(ends, default=None)


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who is away on a day: until when (`back_on` is the first day that he is there) and who stands in."""

    user_id: int
    back_on: date | None
    stand_in_id: int | None

    def back_within(self, days: int, on: date) -> bool:
        """Is he back at most so many days later?"""
        return self.back_on is not None and (self.back_on - on).days <= days


def away_on(absences: Iterable[Absence], day: date) -> dict[int, Away]:
    """Who is away on a day, by user."""
    reports: dict[int, list[Absence]] = {}
    for one in sorted(absences, key=lambda one: one.id):
        reports.setdefault(one.user_id, []).append(one)
    found = {}
    for user, theirs in reports.items():
        covering = [one for one in theirs if one.covers(day)]
        if covering:
            found[user] = Away(user, _back_on(theirs, day), covering[-1].stand_in_id)
    return found


def _back_on(theirs: list[Absence], day: date) -> date | None:
    """The first day that no report covers; None where nobody knows."""
    while covering := [one.last_on for one in theirs if one.covers(day)]:
        known = [last for last in covering if last is not None]
        if len(known) < len(covering):
            return None
        day = max(known) + _DAY
    return day


def in_place_of(user_id: int, away: Mapping[int, Away]) -> int:
    """Who works what is this user's: himself, or who stands in."""
    seen, at = {user_id}, user_id
    while at in away:
        following = away[at].stand_in_id
        if following is None or following in seen:
            return user_id
        seen.add(following)
        at = following
    return at
