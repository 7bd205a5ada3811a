"""Who works a tenancy and how full everybody is, as sentences and lines for the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext

from tijdig.access.queries import Colleague, colleagues, names
from tijdig.access.roles import Role
from tijdig.caseload.absence import Away, in_place_of
from tijdig.caseload.assign import Consultant
from tijdig.caseload.fullness import FULLNESS_LABEL, fullness, part_pct
from tijdig.caseload.kinds import WHY_LABEL
from tijdig.caseload.queries import away_at, given_of
from tijdig.law.answer import short_day


@dataclass(frozen=True, slots=True)
class Handler:
    """Who works a tenancy on a day. `owner_id` is whose it is (None: nobody's), `for_name` in whose place the name works."""

    owner_id: int | None
    name: str
    for_name: str
    away: str  # of whose it is; empty: is there
    region: str  # where nobody has it: the region by which it falls to the name


@dataclass(frozen=True, slots=True)
class Held:
    """One assignment of a tenancy, as its page shows it."""

    name: str
    from_on: date
    why: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Line:
    """One consultant as the team's page shows it. `bar` is the part in hundredths, never above a hundred."""

    id: int
    name: str
    region: str
    tenancies: int
    work: str
    time: str
    pct: int | None
    bar: int
    word: str
    away: str
    stand_in: str


def handler(
    tenancy_id: int, region: str, *, organisation_id: int, on: date, known_at: datetime | None = None
) -> Handler:
    """Whoever it was assigned to and is still here, or who stands in; else the consultant of the region."""
    people = {one.id: one for one in colleagues(organisation_id) if one.role == Role.CONSULTANT}
    away = away_at(on, known_at=known_at)
    given = given_of(tenancy_id, on, known_at=known_at)[:1]
    owner = given[0].user_id if given and given[0].user_id in people else None
    if owner is None:
        of_region = next((one for one in people.values() if region and one.region == region), None)
        return _falls_to(of_region, given[0].user_id if given else None, people, away, region)
    working = in_place_of(owner, away)
    for_name = people[owner].name if working != owner else ""
    return Handler(owner, _called(working, people), for_name, away_words(away.get(owner)), "")


def _falls_to(
    of_region: Colleague | None,
    owner: int | None,
    people: Mapping[int, Colleague],
    away: Mapping[int, Away],
    region: str,
) -> Handler:
    if of_region is None:
        return Handler(owner, "", "", "", "")
    working = in_place_of(of_region.id, away)
    for_name = of_region.name if working != of_region.id else ""
    return Handler(owner, _called(working, people), for_name, away_words(away.get(of_region.id)), region)


def _called(user_id: int, people: Mapping[int, Colleague]) -> str:
    return people[user_id].name if user_id in people else ""


def held(tenancy_id: int, on: date) -> list[Held]:
    """Who had a tenancy, newest first, each with why and by whom."""
    given = given_of(tenancy_id, on)
    actors = {one.actor: int(one.actor[5:]) for one in given if one.actor.startswith("user:")}
    known = names()
    return [
        Held(
            known.get(one.user_id, ""),
            one.from_on,
            WHY_LABEL[one.why],
            one.reason,
            known.get(actors.get(one.actor, 0), ""),
        )
        for one in given
    ]


def away_words(away: Away | None) -> str:
    """`afwezig tot en met 12-12-2026`; nothing for who is there."""
    if away is None:
        return ""
    if away.back_on is None:
        return gettext("afwezig, nog niet bekend tot wanneer")
    return gettext("afwezig tot en met %(day)s") % {"day": short_day(away.back_on - timedelta(days=1))}


def line(one: Consultant, team: Sequence[Consultant], on: date) -> Line:
    pct = part_pct(one.hand_minutes, one.week_minutes)
    stand_in = one.away.stand_in_id if one.away else None
    return Line(
        id=one.id,
        name=one.name,
        region=one.region,
        tenancies=one.tenancies,
        work=hours(one.hand_minutes),
        time=hours(one.week_minutes),
        pct=pct,
        bar=min(100, pct or 0),
        word=FULLNESS_LABEL[fullness(one.hand_minutes, one.week_minutes, on)],
        away=away_words(one.away),
        stand_in=next((other.name for other in team if other.id == stand_in), ""),
    )


def hours(minutes: int) -> str:
    """`750` minutes becomes `12,5 uur`."""
    tenths = minutes // 6
    text = f"{tenths // 10},{tenths % 10}" if tenths % 10 else f"{tenths // 10}"
    return gettext("%(n)s uur") % {"n": text}
