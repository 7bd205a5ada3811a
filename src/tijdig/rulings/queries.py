"""Reads of rulings, in the scope of one organisation.

`as_of` hides what was not decided yet, `known_at` what was not known yet: also that a ruling was ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from tijdig.access.reading import read_once
from tijdig.base.arrays import literal
from tijdig.rulings.kinds import Kind
from tijdig.rulings.values import Ruling

_READ = """
SELECT r.id, r.tenancy_id, r.kind, r.instead_of, r."do", r.from_on, r.until_on, r.actor, r.name, coalesce(x.text, ''),
       r.recorded_at, r.about, e.ended_on, coalesce(e.actor, ''), coalesce(ex.text, '')
  FROM rulings_ruling r
  LEFT JOIN rulings_rulingtext x ON x.ruling_id = r.id
  LEFT JOIN rulings_ending e ON e.ruling_id = r.id
                            AND (%(known_at)s::timestamptz IS NULL OR e.recorded_at <= %(known_at)s)
  LEFT JOIN rulings_endingtext ex ON ex.ending_id = e.ruling_id
 WHERE (%(known_at)s::timestamptz IS NULL OR r.recorded_at <= %(known_at)s)
"""
_IN_FORCE = f"""{_READ} AND r.from_on <= %(as_of)s AND r.until_on >= %(as_of)s
   AND (%(ids)s::integer[] IS NULL OR r.tenancy_id = ANY(%(ids)s))
   AND (e.ended_on IS NULL OR e.ended_on > %(as_of)s)
 ORDER BY r.tenancy_id, r.id"""
_OF_TENANCY = f"""{_READ} AND r.tenancy_id = %(tenancy_id)s AND r.from_on <= %(as_of)s
 ORDER BY r.from_on DESC, r.id DESC"""
_ENDED = f"""{_READ} AND (e.ended_on BETWEEN %(first)s AND %(last)s
     OR (e.ended_on IS NULL AND r.until_on BETWEEN %(first)s::date - 1 AND %(last)s::date - 1))
 ORDER BY coalesce(e.ended_on, r.until_on + 1), r.tenancy_id, r.id"""


@read_once
def in_force(as_of: date, ids: Sequence[int] | None = None, known_at: datetime | None = None) -> list[Ruling]:
    """What holds on a day, in one query, by tenancy in the order of deciding; of every tenancy where none are named."""
    named = None if ids is None else literal("integer", ids)
    return _read(_IN_FORCE, as_of=as_of, ids=named, known_at=known_at)


def rulings_of(tenancy_id: int, as_of: date, known_at: datetime | None = None) -> list[Ruling]:
    """Everything that was decided about a tenancy up to a day, the newest first; where it stands: `ruling.state_on`."""
    return _read(_OF_TENANCY, tenancy_id=tenancy_id, as_of=as_of, known_at=known_at)


def ended_between(first: date, last: date, known_at: datetime | None = None) -> list[Ruling]:
    """What holds no more since one of these days, by itself or by a person, in the order of those days.

    A ruling through 30 November ended on 1 December (`ruling.over_on`).
    """
    return _read(_ENDED, first=first, last=last, known_at=known_at)


def ruling(ruling_id: int) -> Ruling | None:
    """One ruling, ended or not; None where this organisation has none of that id."""
    found = _read(f"{_READ} AND r.id = %(ruling_id)s", ruling_id=ruling_id, known_at=None)
    return found[0] if found else None


def _read(query: str, **given: Any) -> list[Ruling]:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return [_ruling(*row) for row in cursor.fetchall()]


def _ruling(
    pk: int,
    tenancy_id: int,
    kind: str,
    instead_of: str,
    do: str,
    from_on: date,
    until_on: date,
    actor: str,
    name: str,
    reason: str,
    recorded_at: datetime,
    about: str,
    ended_on: date | None,
    ended_by: str,
    ended_reason: str,
) -> Ruling:
    return Ruling(
        id=pk,
        tenancy_id=tenancy_id,
        kind=Kind(kind),
        instead_of=instead_of,
        do=do,
        from_on=from_on,
        until_on=until_on,
        actor=actor,
        name=name,
        reason=reason,
        recorded_at=recorded_at,
        about=about,
        ended_on=ended_on,
        ended_by=ended_by,
        ended_reason=ended_reason,
    )
