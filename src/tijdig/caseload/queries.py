"""Reads of the caseload, in the scope of one organisation: who works what, who is away, who has how much in hand.

`as_of` hides what was not true yet, `known_at` what was not known yet. Who is a consultant is not dated: it is as of now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from tijdig.access.models import User
from tijdig.access.reading import read_once
from tijdig.access.roles import Role
from tijdig.caseload.absence import Absence, Away, away_on, in_place_of
from tijdig.caseload.assign import Consultant, Wanted, holding, lender, previous
from tijdig.caseload.habits import habits
from tijdig.caseload.kinds import Why
from tijdig.caseload.values import Given

_NEWEST = """
SELECT DISTINCT ON (tenancy_id) tenancy_id, user_id FROM caseload_assignment
 WHERE from_on <= %(as_of)s AND (%(ids)s::integer[] IS NULL OR tenancy_id = ANY(%(ids)s))
   AND (%(known_at)s::timestamptz IS NULL OR recorded_at <= %(known_at)s)
 ORDER BY tenancy_id, id DESC
"""


def assigned(
    as_of: date, ids: Iterable[int] | None = None, *, known_at: datetime | None = None
) -> dict[int, int]:
    """Whose each tenancy is, whether that person is there or not; whoever is nobody's yet is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, _named(as_of, ids, known_at))
        return dict(cursor.fetchall())


def owners(
    as_of: date, ids: Iterable[int] | None = None, *, known_at: datetime | None = None
) -> dict[int, int]:
    """Who works each tenancy on a day: whose it is, or who stands in. Of every tenancy where none are named."""
    away = away_at(as_of, known_at=known_at)
    return {
        tenancy: in_place_of(user, away) for tenancy, user in assigned(as_of, ids, known_at=known_at).items()
    }


@read_once
def given_of(tenancy_id: int, as_of: date, *, known_at: datetime | None = None) -> list[Given]:
    """Every assignment of a tenancy up to a day, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT a.id, a.tenancy_id, a.user_id, a.from_on, a.why, a.actor, a.recorded_at, coalesce(x.text, '')
                 FROM caseload_assignment a LEFT JOIN caseload_assignmenttext x ON x.assignment_id = a.id
                WHERE a.tenancy_id = %s AND a.from_on <= %s AND (%s::timestamptz IS NULL OR a.recorded_at <= %s)
                ORDER BY a.id DESC""",
            [tenancy_id, as_of, known_at, known_at],
        )
        return [
            Given(pk, tenancy, user, on, Why(why), actor, at, text)
            for pk, tenancy, user, on, why, actor, at, text in cursor.fetchall()
        ]


# A stand-in who works no tenancies any more stands in for nobody.
_ABSENCES = """
SELECT a.id, a.user_id, a.from_on, a.until_on, s.id, e.back_on
  FROM caseload_absence a
  LEFT JOIN access_user s ON s.id = a.stand_in_id AND s.is_active AND s.role = %(role)s
  LEFT JOIN caseload_absenceend e
         ON e.absence_id = a.id AND (%(known_at)s::timestamptz IS NULL OR e.recorded_at <= %(known_at)s)
 WHERE (a.until_on IS NULL OR a.until_on >= %(as_of)s) AND (e.back_on IS NULL OR e.back_on > %(as_of)s)
   AND (e.back_on IS NULL OR e.back_on > a.from_on)
   AND (%(ids)s::integer[] IS NULL OR a.user_id = ANY(%(ids)s))
   AND (%(known_at)s::timestamptz IS NULL OR a.recorded_at <= %(known_at)s)
 ORDER BY a.from_on, a.id
"""


def absences(
    as_of: date, user_ids: Iterable[int] | None = None, *, known_at: datetime | None = None
) -> list[Absence]:
    """Reports that cover a day or a later one, and were not called off; in the order of their days."""
    with connection.cursor() as cursor:
        cursor.execute(_ABSENCES, _named(as_of, user_ids, known_at) | {"role": Role.CONSULTANT.value})
        return [Absence(*row) for row in cursor.fetchall()]


@read_once
def away_at(as_of: date, *, known_at: datetime | None = None) -> dict[int, Away]:
    """Who is away on a day, by user."""
    return away_on(absences(as_of, known_at=known_at), as_of)


def _named(as_of: date, ids: Iterable[int] | None, known_at: datetime | None) -> dict[str, Any]:
    return {"as_of": as_of, "ids": None if ids is None else [int(one) for one in ids], "known_at": known_at}


def weeks(user_ids: Sequence[int], day: date) -> dict[int, tuple[int, ...]]:
    """The minutes for tenants on Monday to Sunday, as they hold on a day; what the habits say where nobody said it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT user_id, minutes FROM caseload_workday WHERE user_id = ANY(%s) AND from_on <= %s ORDER BY from_on, id",
            [list(user_ids), day],
        )
        said = {user: tuple(minutes) for user, minutes in cursor.fetchall()}
    return {user: said.get(user, habits(day).day_minutes) for user in user_ids}


def minutes_on(user_ids: Sequence[int], day: date) -> dict[int, int]:
    """The minutes for tenants on one day; nothing for who is away. A holiday counts as any day."""
    away = away_at(day)
    return {user: 0 if user in away else week[day.weekday()] for user, week in weeks(user_ids, day).items()}


def _consultants() -> QuerySet[User]:
    return User.objects.filter(is_active=True, role=Role.CONSULTANT.value)


def consultants(as_of: date) -> list[Consultant]:
    """Who works tenancies, by name, with the time of a week and whether they are away; without work in hand."""
    people = list(_consultants().order_by("name", "id").values_list("id", "name", "region"))
    time, away = weeks([one[0] for one in people], as_of), away_at(as_of)
    return [Consultant(pk, name, region, sum(time[pk]), away=away.get(pk)) for pk, name, region in people]


def load(as_of: date, at_work: Mapping[int, int]) -> list[Consultant]:
    """The same with what each has in hand. `at_work` is the minutes of every tenancy that asks for work, as `cases` knows.

    A stand-in has what he stands in for in hand.
    """
    number: dict[int, int] = defaultdict(int)
    minutes: dict[int, int] = defaultdict(int)
    for tenancy, user in owners(as_of, at_work).items():
        number[user] += 1
        minutes[user] += at_work[tenancy]
    return [
        replace(one, hand_minutes=minutes[one.id], tenancies=number[one.id]) for one in consultants(as_of)
    ]


_BEFORE = """
SELECT tenancy_id, user_id, why FROM caseload_assignment WHERE tenancy_id = ANY(%s) AND from_on <= %s ORDER BY id DESC
"""


def unheld(asked: Sequence[Wanted], team: Sequence[Consultant], on: date) -> list[Wanted]:
    """Those that are in nobody's hands, each with who should have it again where there is somebody."""
    keep_days = habits(on).keep_days
    held_by = holding(team, on, keep_days)
    whose = assigned(on, [one.tenancy_id for one in asked])
    loose = [one for one in asked if whose.get(one.tenancy_id) not in held_by]
    rows: dict[int, list[tuple[int, Why]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, [[one.tenancy_id for one in loose], on])
        for tenancy, user, why in cursor.fetchall():
            rows[tenancy].append((user, Why(why)))
    by_id = {one.id: one for one in team}
    return [replace(one, previous_id=previous(rows[one.tenancy_id], by_id, on, keep_days)) for one in loose]


def regions_of(tenancy_ids: Sequence[int]) -> dict[int, str]:
    """The region of the home of each, empty where there is none; a tenancy that is not ours is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT t.id, coalesce(h.region, '') FROM tenancies_tenancy t
                 LEFT JOIN tenancies_home h ON h.id = t.home_id WHERE t.id = ANY(%s)""",
            [list(tenancy_ids)],
        )
        return dict(cursor.fetchall())


_LENT = """
SELECT a.tenancy_id, a.user_id, a.why FROM caseload_assignment a
 WHERE a.from_on <= %(as_of)s AND a.tenancy_id IN (
       SELECT l.tenancy_id FROM caseload_assignment l
        WHERE l.why = %(absence)s AND l.from_on <= %(as_of)s
          AND NOT EXISTS (SELECT 1 FROM caseload_assignment n
                           WHERE n.tenancy_id = l.tenancy_id AND n.id > l.id AND n.from_on <= %(as_of)s))
 ORDER BY a.tenancy_id, a.id DESC
"""


def lent(user_id: int, as_of: date) -> list[int]:
    """Tenancies of somebody that a colleague took over because of an absence, and still has; also through another one."""
    with connection.cursor() as cursor:
        cursor.execute(_LENT, {"as_of": as_of, "absence": Why.ABSENCE.value})
        rows = cursor.fetchall()
    if not rows:
        return []
    here = frozenset(_consultants().values_list("id", flat=True))
    line = {
        tenancy: [(user, Why(why)) for _, user, why in given]
        for tenancy, given in groupby(rows, key=lambda row: row[0])
    }
    return [tenancy for tenancy, given in line.items() if lender(given, here) == user_id]
