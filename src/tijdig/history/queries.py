"""Reads of events; the chain over them is read in `queries_proof`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from tijdig.history.models import Event
from tijdig.history.seen import REMEMBERED, Seen, of_ids


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as a screen shows it."""

    id: int
    actor: str
    verb: str
    subject: str
    effective_on: date
    recorded_at: datetime
    facts: dict[str, Any]
    text: str


def of_subject(subject: str, limit: int = 100) -> list[Happening]:
    rows = Event.objects.filter(subject=subject).select_related("eventtext").order_by("-id")[:limit]
    return [_happening(row) for row in rows]


def _happening(row: Event) -> Happening:
    """With its personal text, where that was not erased."""
    return Happening(
        row.pk,
        row.actor,
        row.verb,
        row.subject,
        row.effective_on,
        row.recorded_at,
        row.facts,
        row.eventtext.text if hasattr(row, "eventtext") else "",
    )


def event(event_id: int) -> Happening | None:
    """One event of this organisation."""
    row = Event.objects.filter(pk=event_id).select_related("eventtext").first()
    return None if row is None else _happening(row)


def last_of(subject: str, verb: str) -> list[Happening]:
    """The newest event of a subject by this verb; nothing where there is none."""
    row = Event.objects.filter(subject=subject, verb=verb).select_related("eventtext").order_by("-id").first()
    return [] if row is None else [_happening(row)]


def seen(subject: str, verbs: Sequence[str]) -> Seen:
    """What whoever looks now has seen of this subject, by these verbs."""
    rows = Event.objects.filter(subject=subject, verb__in=verbs).order_by("-id")
    return of_ids(rows.values_list("pk", flat=True)[:REMEMBERED])


def since(subject: str, verbs: Sequence[str], had: Seen) -> list[Happening]:
    """What was written by these verbs and not seen, oldest first, with its personal text."""
    rows = Event.objects.filter(subject=subject, verb__in=verbs, pk__gte=had.floor)
    found = rows.select_related("eventtext").order_by("id")
    return [_happening(row) for row in found if not had.has(row.pk)]


def told_of(
    subject: str, verbs: Sequence[str], *, as_of: date, known_at: datetime | None = None
) -> list[Happening]:
    """What was done to a subject up to a day, as known at a moment, by these verbs; oldest first, with its personal text
    where that was not erased."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT e.id, e.actor, e.verb, e.subject, e.effective_on, e.recorded_at, e.facts::text, coalesce(x.text, '')
                 FROM history_event e LEFT JOIN history_eventtext x ON x.event_id = e.id
                WHERE e.subject = %s AND e.verb = ANY(%s) AND e.effective_on <= %s
                  AND (%s::timestamptz IS NULL OR e.recorded_at <= %s) ORDER BY e.id""",
            [subject, list(verbs), as_of, known_at, known_at],
        )
        return [
            Happening(pk, actor, verb, about, on, at, json.loads(facts), text)
            for pk, actor, verb, about, on, at, facts, text in cursor.fetchall()
        ]


def last_actors(verb: str, subjects: Sequence[str], fact: str, values: Sequence[int]) -> dict[int, str]:
    """Who did this last, by the number in that fact: of these subjects and of these numbers alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (number) number, actor
                 FROM (SELECT id, actor, (facts->>%s)::bigint AS number FROM history_event
                        WHERE subject = ANY(%s) AND verb = %s) told
                WHERE number = ANY(%s) ORDER BY number, id DESC""",
            [fact, list(subjects), verb, list(values)],
        )
        return dict(cursor.fetchall())
