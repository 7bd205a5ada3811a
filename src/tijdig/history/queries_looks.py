"""Looks and their seals: every night one event says how many looks there were since the last, and their digest.

The event stands in the chain of the corporation, so who takes a look away must also change that; and the boundary is the
number of a row, so only what came since the last seal is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db import connection

from tijdig.history.broken import Of
from tijdig.history.chain import Row, in_order
from tijdig.history.models import Event
from tijdig.history.queries_stream import stream
from tijdig.history.sealed import Found, Sealed, check

VERB, SUBJECT = "looks_sealed", "looks"


def looks_after(organisation_id: int, reading_id: int, until: int | None = None) -> Iterator[Row]:
    """Looks after one, and up to another where one is named, in order and a few at a time."""
    rows = stream(
        """SELECT id, at, actor, what, subject, "on", slot, why, text_digest FROM history_reading
            WHERE organisation_id = %s AND id > %s AND (%s::bigint IS NULL OR id <= %s) ORDER BY id""",
        [organisation_id, reading_id, until, until],
    )
    for pk, at, actor, what, subject, on, slot, why, text in rows:
        moment = at.astimezone(UTC).isoformat(timespec="microseconds")
        yield Row(pk, at, in_order([pk, moment, actor, what, subject, on.isoformat(), slot, why, text]))


def newest_look(organisation_id: int) -> int:
    """The highest number that is there to be seen; 0 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM history_reading WHERE organisation_id = %s ORDER BY id DESC LIMIT 1",
            [organisation_id],
        )
        row = cursor.fetchone()
        return int(row[0]) if row else 0


def seals_of_looks(organisation_id: int, last: int | None = None) -> list[Sealed]:
    """In order; or only the last so many."""
    found = Event.objects.filter(organisation_id=organisation_id, subject=SUBJECT, verb=VERB).order_by("-id")
    facts = list(found.values_list("facts", flat=True)[:last])
    return [Sealed(one["after"], one["until"], one["looks"], one["digest"]) for one in reversed(facts)]


def prove_looks(organisation_id: int, *, now: datetime) -> Found:
    """Recompute every seal; inside the scope of the corporation."""
    return check(Of.LOOKS, seals_of_looks(organisation_id), looks_after(organisation_id, 0), now)
