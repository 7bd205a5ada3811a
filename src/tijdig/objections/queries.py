"""Reads of objections, in the scope of one organisation.

`as_of` hides what was not true yet, `known_at` what was not known yet: also that one was answered, or the ledger put right.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Q

from tijdig.access.reading import read_once
from tijdig.ledger.kinds import Kind
from tijdig.objections import models
from tijdig.objections.kinds import About, Outcome, Way
from tijdig.objections.objection import Answer, Objection, Pause
from tijdig.objections.objection import pausing as cases_of
from tijdig.tenancies.queries import any_of

Whole = npt.NDArray[np.int64]
_CORRECTS = (Kind.CORRECTION, Kind.WRITE_OFF)


def objections_of(tenancy_id: int, as_of: date, known_at: datetime | None = None) -> list[Objection]:
    """The objections of a tenancy up to a day, the newest first; an answer of a later day is not there yet."""
    if not any_of(models.Objection, tenancy_id):
        return []
    return _read(Q(tenancy_id=tenancy_id), ("-received_on", "-id"), as_of, known_at)


def open_objections(as_of: date) -> list[Objection]:
    """What a person still has to answer, the nearest term first."""
    unanswered = Q(answer=None) | Q(answer__answered_on__gt=as_of)
    return _read(unanswered, ("answer_by_on", "id"), as_of, None)


def objection(objection_id: int) -> Objection | None:
    """One objection as it is now; None where this organisation has none of that id."""
    return next(iter(_read(Q(pk=objection_id), ("id",), None, None)), None)


_STANDING = """
  FROM objections_objection o
  LEFT JOIN objections_answer a ON a.objection_id = o.id AND a.answered_on <= %(as_of)s
            AND (%(known_at)s::timestamptz IS NULL OR a.recorded_at <= %(known_at)s)
  {more}
 WHERE o.received_on <= %(as_of)s AND (%(known_at)s::timestamptz IS NULL OR o.recorded_at <= %(known_at)s)
   AND (%(ids)s::integer[] IS NULL OR o.tenancy_id = ANY(%(ids)s))
   AND o.about || '/' || coalesce(a.outcome, '') = ANY(%(cases)s)
"""
_PAUSING = "SELECT DISTINCT o.tenancy_id " + _STANDING.format(more="") + " ORDER BY o.tenancy_id"
_DISPUTED = (
    "SELECT o.tenancy_id, array_agg(DISTINCT one.entry ORDER BY one.entry) "
    + _STANDING.format(more="CROSS JOIN LATERAL unnest(o.entries) AS one(entry)")
    + """
   AND NOT (a.outcome IS NOT NULL AND EXISTS (
            SELECT 1 FROM ledger_entry c
             WHERE c.target_id = one.entry AND c.kind = ANY(%(corrects)s) AND c.amount_cents < 0
               AND c.recorded_at > o.recorded_at AND c.effective_on <= %(as_of)s
               AND (%(known_at)s::timestamptz IS NULL OR c.recorded_at <= %(known_at)s)))
 GROUP BY o.tenancy_id ORDER BY o.tenancy_id"""
)


def pausing(as_of: date, ids: Sequence[int] | None, known_at: datetime | None = None) -> Whole:
    """The tenancies, in order, that get no automatic step and none with legal effect; of all where none is named."""
    if _none(ids):
        return np.empty(0, np.int64)
    with connection.cursor() as cursor:
        cursor.execute(_PAUSING, _named(Pause.STEPS, as_of, ids, known_at))
        return np.array([row[0] for row in cursor.fetchall()], np.int64)


def disputing(as_of: date, ids: Sequence[int] | None) -> Whole:
    """The tenancies, in order, of which an objection to certain months or items waits for its answer; of all where none is
    named."""
    if _none(ids):
        return np.empty(0, np.int64)
    named = _named(Pause.ENTRIES, as_of, ids, None)
    waits = [f"{about}/" for about, outcome in cases_of(Pause.ENTRIES) if outcome is None]
    with connection.cursor() as cursor:
        cursor.execute(_PAUSING, named | {"cases": waits})
        return np.array([row[0] for row in cursor.fetchall()], np.int64)


@read_once
def disputed_entries(
    as_of: date, ids: Sequence[int] | None, known_at: datetime | None = None
) -> dict[int, tuple[int, ...]]:
    """By tenancy, the ledger entries that are left out of what is asked; of all where none are named.

    Those of an unanswered objection, and those about which the tenant was right until a correction or write-off points to
    them that the ledger learned after the objection.
    """
    if _none(ids):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_DISPUTED, _named(Pause.ENTRIES, as_of, ids, known_at))
        return {tenancy: tuple(entries) for tenancy, entries in cursor.fetchall()}


def _none(ids: Sequence[int] | None) -> bool:
    """Is it one tenancy, that never objected?"""
    return ids is not None and len(ids) == 1 and not any_of(models.Objection, int(ids[0]))


def are_charges(tenancy_id: int, entries: Sequence[int]) -> bool:
    """Are all of these something that this tenancy owes or owed?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tijdig_are_charges(%s::integer, %s::bigint[])", [tenancy_id, list(entries)])
        return bool(cursor.fetchone()[0])


def touches_from(entries: Sequence[int], on: date) -> date:
    """From which day the account reads differently when these entries are left out, or not any more: the first of theirs."""
    if not entries:
        return on
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(effective_on) FROM ledger_entry WHERE id = ANY(%s)", [list(entries)])
        first = cursor.fetchone()[0]
    return min(on, first) if first else on


def _named(
    wanted: Pause, as_of: date, ids: Sequence[int] | None, known_at: datetime | None
) -> dict[str, Any]:
    return {
        "as_of": as_of,
        "ids": None if ids is None else [int(one) for one in ids],
        "known_at": known_at,
        "cases": [f"{about}/{outcome or ''}" for about, outcome in cases_of(wanted)],
        "corrects": [kind.value for kind in _CORRECTS],
    }


def _read(which: Q, order: Sequence[str], as_of: date | None, known_at: datetime | None) -> list[Objection]:
    rows = models.Objection.objects.filter(which)
    if as_of is not None:
        rows = rows.filter(received_on__lte=as_of)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    rows = rows.select_related("objectiontext", "answer__answertext").order_by(*order)
    return [_objection(row, as_of, known_at) for row in rows]


def _objection(row: models.Objection, as_of: date | None, known_at: datetime | None) -> Objection:
    return Objection(
        id=row.pk,
        tenancy_id=row.tenancy_id,
        about=About(row.about),
        entries=tuple(row.entries),
        received_on=row.received_on,
        way=Way(row.way),
        answer_by_on=row.answer_by_on,
        wants_person=row.wants_person,
        actor=row.actor,
        recorded_at=row.recorded_at,
        text=row.objectiontext.text if hasattr(row, "objectiontext") else "",
        answer=_answer(row, as_of, known_at),
    )


def _answer(row: models.Objection, as_of: date | None, known_at: datetime | None) -> Answer | None:
    if not hasattr(row, "answer"):
        return None
    given = row.answer
    if as_of is not None and given.answered_on > as_of:
        return None
    if known_at is not None and given.recorded_at > known_at:
        return None
    return Answer(
        outcome=Outcome(given.outcome),
        answered_on=given.answered_on,
        actor=given.actor,
        name=given.name,
        recorded_at=given.recorded_at,
        text=given.answertext.text if hasattr(given, "answertext") else "",
    )
