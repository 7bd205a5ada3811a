"""The only writers of events: `record` inside the action's own transaction, `seal` by a job, `erase_text` on request."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from tijdig.history.chain import digest, text_digest
from tijdig.history.models import Event, EventText, Seal
from tijdig.history.queries import links_after


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


def seal(*, organisation_id: int) -> int:
    """Add one link for the events that have none yet; returns how many. One sealer at a time.

    Ids are drawn before commit, so an event may still be under way below a later one: only events older than
    every running transaction are sealed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7461, %s)", [organisation_id])
    last = Seal.objects.filter(organisation_id=organisation_id).order_by("-last_event_id").first()
    links = links_after(organisation_id, last.last_event_id if last else 0)
    if not links:
        return 0
    Seal.objects.create(
        organisation_id=organisation_id,
        last_event_id=links[-1].id,
        events=len(links),
        digest=digest(last.digest if last else "", links),
    )
    return len(links)


def erase_text(*, organisation_id: int, event_ids: list[int]) -> int:
    """Remove personal text and its salt; the facts and the chain stay."""
    deleted, _ = EventText.objects.filter(organisation_id=organisation_id, event_id__in=event_ids).delete()
    return deleted
