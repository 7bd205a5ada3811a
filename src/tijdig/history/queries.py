"""Reads of events and of the chain."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from tijdig.history.chain import Link, digest
from tijdig.history.models import Event, Seal
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


def links_after(organisation_id: int, event_id: int, until: int | None = None) -> list[Link]:
    """Events after `event_id` in order; without `until`, only those no running transaction can still precede."""
    settled = "xmin::text::bigint < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint & 4294967295)"
    bound = "id <= %s" if until is not None else settled
    query = f"""SELECT id, actor, verb, subject, effective_on, recorded_at, facts::text, text_digest
        FROM history_event WHERE organisation_id = %s AND id > %s AND {bound} ORDER BY id"""
    params: list[int] = [organisation_id, event_id] + ([until] if until is not None else [])
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        rows = cursor.fetchall()
    return [
        Link(pk, actor, verb, subject, effective, recorded, json.loads(facts), text)
        for pk, actor, verb, subject, effective, recorded, facts, text in rows
    ]


def verify(organisation_id: int) -> int | None:
    """Recompute the chain; None when it is whole, else the last event id of the first link that does not hold."""
    previous, after = "", 0
    for seal in Seal.objects.filter(organisation_id=organisation_id).order_by("last_event_id"):
        links = links_after(organisation_id, after, seal.last_event_id)
        if digest(previous, links) != seal.digest or len(links) != seal.events:
            return int(seal.last_event_id)
        previous, after = seal.digest, seal.last_event_id
    return None
