"""The only writers of events: `record` inside the action's own transaction, `seal` by a job, `erase_text` on request."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Sum

from tijdig.base.days import AMSTERDAM
from tijdig.history.chain import Digest, Head, text_digest
from tijdig.history.models import Event, EventText, Reading, ReadingText, Seal
from tijdig.history.queries_looks import SUBJECT, VERB, looks_after, newest_look, seals_of_looks
from tijdig.history.queries_proof import being_written, events_after, newest
from tijdig.history.reading import Reason, What, slot_of
from tijdig.history.sealed import Sealed


def record(
    *,
    organisation_id: int,
    actor: str,
    verb: str,
    subject: str,
    effective_on: date,
    facts: dict[str, Any] | None = None,
    text: str = "",
) -> int:
    """Write one event, with its personal text apart. Call it in the transaction of the act itself."""
    salt = secrets.token_hex(16) if text else ""
    event = Event.objects.create(
        organisation_id=organisation_id,
        actor=actor,
        verb=verb,
        subject=subject,
        effective_on=effective_on,
        facts=facts or {},
        text_digest=text_digest(salt, text) if text else "",
    )
    if text:
        EventText.objects.create(event=event, organisation_id=organisation_id, salt=salt, text=text)
    return int(event.pk)


def record_many(
    *,
    organisation_id: int,
    actor: str,
    verb: str,
    effective_on: date,
    happened: Sequence[tuple[str, dict[str, Any]]],
) -> None:
    """The same verb for many subjects at once, each with its facts and without personal text."""
    Event.objects.bulk_create(
        [
            Event(
                organisation_id=organisation_id,
                actor=actor,
                verb=verb,
                subject=subject,
                effective_on=effective_on,
                facts=facts,
            )
            for subject, facts in happened
        ],
        batch_size=1000,
    )


def note_reading(
    *,
    organisation_id: int,
    actor: str,
    what: What,
    subject: str,
    on: date,
    at: datetime,
    reason: Reason | None = None,
) -> None:
    """Somebody looked. Within the same ten minutes it is the same look, and nothing is written; with words it is its own."""
    if reason is None or not reason.words:
        why = reason.why.value if reason else ""
        note_readings(
            organisation_id=organisation_id, actor=actor, what=what, subjects=[subject], on=on, at=at, why=why
        )
        return
    salt = secrets.token_hex(16)
    row = Reading.objects.create(
        organisation_id=organisation_id,
        actor=actor,
        what=what.value,
        subject=subject,
        on=on,
        at=at,
        slot=slot_of(at),
        why=reason.why.value,
        text_digest=text_digest(salt, reason.words),
    )
    ReadingText.objects.create(reading=row, organisation_id=organisation_id, salt=salt, text=reason.words)


def note_readings(
    *,
    organisation_id: int,
    actor: str,
    what: What,
    subjects: Iterable[str],
    on: date,
    at: datetime,
    why: str = "",
) -> None:
    """The same of many subjects at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO history_reading (organisation_id, actor, what, subject, "on", at, slot, why)
               SELECT %s, %s, %s, s, %s, %s, %s, %s FROM unnest(%s::text[]) s
               ON CONFLICT (organisation_id, actor, subject, what, slot, why, text_digest) DO NOTHING""",
            [organisation_id, actor, what.value, on, at, slot_of(at), why, sorted(set(subjects))],
        )


def seal(*, organisation_id: int, looks: int = 1) -> int:
    """Add one link for the events that have none yet; returns how many. One sealer at a time.

    First an event says what was looked at since the last time, so that the link holds that too. Ids are drawn before commit,
    so a row may still be under way below a later one. Nothing is sealed until every transaction that wrote such rows while
    this looked is over; it looks so many times, half a second apart, and otherwise leaves them for the next time.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7461, %s)", [organisation_id])
    reached = newest_look(organisation_id)
    if settled("history_reading", looks):
        _seal_looks(organisation_id, reached)
    until = newest(organisation_id)
    return _seal_until(organisation_id, until) if settled("history_event", looks) else 0


def settled(table: str, looks: int) -> bool:
    """Are all rows here that somebody was writing when this began?"""
    writing = being_written(table)
    for _ in range(looks - 1):
        if not writing:
            break
        time.sleep(0.5)
        writing &= being_written(table)
    return not writing


def _seal_looks(organisation_id: int, until: int) -> None:
    """One event for the looks since the last such event, where there are any."""
    last = next(iter(seals_of_looks(organisation_id, last=1)), Sealed(0, 0, 0, ""))
    made = Digest(last.digest)
    for one in looks_after(organisation_id, last.until, until):
        made.add(one)
    if made.rows:
        facts = {"after": last.until, "until": made.until, "looks": made.rows, "digest": made.close(None)}
        record(
            organisation_id=organisation_id,
            actor="system:seal",
            verb=VERB,
            subject=SUBJECT,
            effective_on=datetime.now(AMSTERDAM).date(),
            facts=facts,
        )


def _seal_until(organisation_id: int, until: int) -> int:
    seals = Seal.objects.filter(organisation_id=organisation_id)
    last = seals.order_by("-last_event_id").first()
    link = Digest(last.digest if last else "")
    for one in events_after(organisation_id, last.last_event_id if last else 0, until):
        link.add(one)
    if not link.rows:
        return 0
    before = seals.aggregate(links=Count("id"), events=Sum("events"))
    head = Head(before["links"] + 1, (before["events"] or 0) + link.rows, datetime.now(UTC))
    Seal.objects.create(
        organisation_id=organisation_id,
        last_event_id=link.until,
        events=link.rows,
        digest=link.close(head),
        sealed_at=head.sealed_at,
        number=head.number,
        total=head.total,
    )
    return link.rows


def erase_text(*, organisation_id: int, event_ids: list[int]) -> int:
    """Remove personal text and its salt; the facts and the chain stay."""
    deleted, _ = EventText.objects.filter(organisation_id=organisation_id, event_id__in=event_ids).delete()
    return deleted


def erase_reasons(*, organisation_id: int, subjects: Sequence[str]) -> int:
    """Remove the words, with their salt, in which somebody said why they took something of these; the looks stay."""
    theirs = ReadingText.objects.filter(organisation_id=organisation_id, reading__subject__in=subjects)
    deleted, _ = ReadingText.objects.filter(pk__in=list(theirs.values_list("pk", flat=True))).delete()
    return deleted
