"""Who gets a tenancy: the same person as before, else the least loaded of the region, else the least loaded of all.

Decides, in this order:
1. whoever worked it before gets it, when he is there or back within the days of the habits;
2. of those who are there and work in its region, the one whose work in hand would be the smallest part of his time;
3. where nobody of the region is there, the same over all who are there.

What asks most time is given first, then by number, so that the same question has the same answer. Who has no time for
tenants gets nothing while somebody else has. Whoever gets work by 2 or 3 ends with no more, relative to time, than
anybody who could have had it would have with the largest piece on top.

Units: minutes of work, minutes of a week. Errors: none; where nobody is there, a tenancy gets nobody and is left out of
the answer. Worked example: region Noord with A (300 of 1800 minutes in hand) and B (200 of 900): 15 minutes go to A,
because 315 of 1800 is less than 215 of 900.

Left out: what the work asks of whom (languages, experience), which a person says by hand, and a day's plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tijdig.caseload.absence import Away, in_place_of
from tijdig.caseload.kinds import Why
from tijdig.caseload.wording import CHOSEN


@dataclass(frozen=True, slots=True)
class Wanted:
    """A tenancy that somebody should work. `previous_id` is who worked it before."""

    tenancy_id: int
    region: str
    minutes: int
    previous_id: int | None = None


@dataclass(frozen=True, slots=True)
class Consultant:
    """Somebody who works tenancies. `week_minutes` is the time for them, `hand_minutes` and `tenancies` the work in hand."""

    id: int
    name: str
    region: str
    week_minutes: int
    hand_minutes: int = 0
    tenancies: int = 0
    away: Away | None = None

    def keeps(self, on: date, keep_days: int) -> bool:
        """Is he there, or back soon enough for a tenant to wait?"""
        return self.away is None or self.away.back_within(keep_days, on)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gets a tenancy, why, and that in a Dutch sentence."""

    tenancy_id: int
    user_id: int
    why: Why
    sentence: str


def holding(consultants: Sequence[Consultant], on: date, keep_days: int) -> frozenset[int]:
    """Whose tenancies are in somebody's hands: his own, his stand-in's, or his own again soon."""
    here = {one.id for one in consultants if one.away is None}
    away = {one.id: one.away for one in consultants if one.away}
    return frozenset(
        one.id for one in consultants if in_place_of(one.id, away) in here or one.keeps(on, keep_days)
    )


def previous(
    rows: Iterable[tuple[int, Why]], consultants: Mapping[int, Consultant], on: date, keep_days: int
) -> int | None:
    """Who should have a tenancy again, of those whose it was, newest first.

    Whoever took it over only because somebody was away does not stand in the way of that person; a person's decision and
    everything before it does. Of these the newest who keeps, else the newest who is away; None where they are all gone.
    """
    known = [consultants[user] for user in _line(rows) if user in consultants]
    keeping = [one for one in known if one.keeps(on, keep_days)]
    return next((one.id for one in [*keeping, *known]), None)


def _line(rows: Iterable[tuple[int, Why]]) -> Iterator[int]:
    for user, why in rows:
        yield user
        if why is not Why.ABSENCE:
            return


def lender(rows: Iterable[tuple[int, Why]], works_here: Collection[int]) -> int | None:
    """Whose a tenancy is that its holder only took over because of an absence; None where nobody lent it.

    The same line as `previous` looks back along, newest first: B because A was away, then C because B was: A's. Whoever
    works here no more lends nothing, and then it is the next one's in that line.
    """
    holder, *line = _line(rows)
    owner = next((user for user in reversed(line) if user in works_here), None)
    return None if owner == holder else owner


@dataclass(slots=True)
class _Hands:
    """The work in everybody's hands while it is given out."""

    minutes: dict[int, int] = field(default_factory=dict)

    def key(self, one: Consultant, more: int) -> tuple[bool, Fraction, int]:
        with_it = self.minutes[one.id] + more
        return one.week_minutes == 0, Fraction(with_it, one.week_minutes or 1), one.id


def choose(
    wanted: Iterable[Wanted], consultants: Sequence[Consultant], on: date, keep_days: int
) -> list[Choice]:
    """Who gets each of these, in the order of their numbers."""
    team = {one.id: one for one in consultants}
    hands = _Hands({one.id: one.hand_minutes for one in consultants})
    here = [one for one in consultants if one.away is None]
    found, rest = [], []
    for want in sorted(wanted, key=lambda one: (-one.minutes, one.tenancy_id)):
        before = team.get(want.previous_id or 0)
        if before and before.keeps(on, keep_days):
            hands.minutes[before.id] += want.minutes
            sentence = CHOSEN["kept" if before.away is None else "kept_away"].format(before.name)
            found.append(Choice(want.tenancy_id, before.id, Why.CONTINUITY, sentence))
        else:
            rest.append((want, before))
    if here:
        found += [_least(want, before, here, hands) for want, before in rest]
    return sorted(found, key=lambda one: one.tenancy_id)


def _least(want: Wanted, before: Consultant | None, here: Sequence[Consultant], hands: _Hands) -> Choice:
    """The least loaded of the region, else of all; who has time goes before who has none."""
    of_region = [one for one in here if want.region and one.region == want.region and one.week_minutes]
    pool = of_region or here
    chosen = min(pool, key=lambda one: hands.key(one, want.minutes))
    hands.minutes[chosen.id] += want.minutes
    why = Why.REGION if of_region else Why.LOAD
    sentence = _sentence(chosen, want, of_region)
    if before:
        why, sentence = Why.ABSENCE, CHOSEN["away"].format(before.name, sentence)
    return Choice(want.tenancy_id, chosen.id, why, sentence)


def _sentence(chosen: Consultant, want: Wanted, of_region: Sequence[Consultant]) -> str:
    if len(of_region) == 1:
        return CHOSEN["only"].format(chosen.name, want.region)
    if of_region:
        return CHOSEN["region"].format(chosen.name, want.region)
    return CHOSEN["load" if want.region else "no_region"].format(chosen.name, want.region)
