"""Proof that the history is whole: every link recomputed, every text held against its digest, one event at a time.

Decides whether anything of a corporation's history was changed, removed or put in between since it was sealed, and which
link shows it first. Detected: any column of a sealed event, an event that is gone or came in between, a link that is gone or
says something else, a text or its salt that is not what was digested, a text of no event.

The last link is held by none after it. Where it is gone its events are unsealed again, and events that stay unsealed for
more than a day (`broken.UNSEALED_FOR`) are told as suspicious: nothing was sealed meanwhile, or a link was removed. Who can
change everything can also make the whole chain anew; only what was kept outside the database shows that: give `kept`, a link
as it was told earlier, which must still stand.

Units: ids of events, moments in UTC. Errors: none; what does not hold is a value. Left out: text that is gone, because a
person's text may be erased; it is counted. Nothing is held in memory but the links.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection

from tijdig.base.days import AMSTERDAM
from tijdig.history.broken import Break, Broken, Of
from tijdig.history.chain import Head, Kept, Row, in_order, text_digest
from tijdig.history.models import Seal
from tijdig.history.queries_looks import prove_looks
from tijdig.history.queries_stream import stream
from tijdig.history.sealed import Sealed, check

_SALT = 32  # signs: with a shorter salt its end could pass for text


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found of one corporation."""

    links: int
    sealed: int
    unsealed: int
    erased: int  # events of which the text was erased
    first_on: date | None
    last_on: date | None
    last_link: str  # the digest of the last link
    looks: int  # that were sealed
    looks_unsealed: int
    broken: tuple[Broken, ...]

    @property
    def holds(self) -> bool:
        return not self.broken


def newest(organisation_id: int) -> int:
    """The highest event id that is there to be seen; 0 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM history_event WHERE organisation_id = %s", [organisation_id])
        return int(cursor.fetchone()[0] or 0)


def being_written(table: str) -> set[str]:
    """The other transactions that write rows here now. Each holds a lock on the table from before it draws an id until its
    end, so an id below one that was seen before is either there or of one of these."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT virtualtransaction FROM pg_locks
                WHERE relation = %s::regclass AND mode = 'RowExclusiveLock' AND granted
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND pid <> pg_backend_pid()""",
            [table],
        )
        return {row[0] for row in cursor.fetchall()}


def events_after(organisation_id: int, event_id: int, until: int | None = None) -> Iterator[Row]:
    """Events after one, and up to another where one is named, in order and a few at a time; personal text by its digest."""
    rows = stream(
        """SELECT id, actor, verb, subject, effective_on, recorded_at, facts::text, text_digest FROM history_event
            WHERE organisation_id = %s AND id > %s AND (%s::bigint IS NULL OR id <= %s) ORDER BY id""",
        [organisation_id, event_id, until, until],
    )
    for pk, actor, verb, subject, effective, recorded, facts, text in rows:
        at = recorded.astimezone(UTC).isoformat(timespec="microseconds")
        said = [pk, actor, verb, subject, effective.isoformat(), at, json.loads(facts), text]
        yield Row(pk, recorded, in_order(said))


def seals_of_events(organisation_id: int) -> list[Sealed]:
    """In order."""
    found, after = [], 0
    for one in Seal.objects.filter(organisation_id=organisation_id).order_by("last_event_id", "id"):
        head = None if one.number is None else Head(one.number, one.total or 0, one.sealed_at)
        found.append(Sealed(after, one.last_event_id, one.events, one.digest, head, one.sealed_at))
        after = one.last_event_id
    return found


def prove(organisation_id: int, *, now: datetime, kept: Kept | None = None) -> Proof:
    """Recompute everything; inside the scope of the corporation."""
    seals = seals_of_events(organisation_id)
    events = check(Of.EVENTS, seals, events_after(organisation_id, 0), now)
    looks = prove_looks(organisation_id, now=now)
    texts = [_changed_text(organisation_id, of) for of in (Of.EVENTS, Of.LOOKS)]
    broken = [*events.broken, *looks.broken, *(one for one in texts if one is not None)]
    if kept is not None and not kept.stands([one.digest for one in seals]):
        broken.append(Broken(Break.KEPT, kept.links, 0, seals[-1].until if seals else 0))
    return Proof(
        links=len(seals),
        sealed=events.sealed,
        unsealed=events.unsealed,
        erased=_erased(organisation_id),
        first_on=events.first_at.astimezone(AMSTERDAM).date() if events.first_at else None,
        last_on=events.last_at.astimezone(AMSTERDAM).date() if events.last_at else None,
        last_link=seals[-1].digest if seals else "",
        looks=looks.sealed,
        looks_unsealed=looks.unsealed,
        broken=tuple(broken),
    )


_TEXTS = """SELECT x.{of}_id, x.salt, x.text, e.text_digest, e.{at} FROM {table}text x
              LEFT JOIN {table} e ON e.id = x.{of}_id AND e.organisation_id = x.organisation_id
             WHERE x.organisation_id = %s ORDER BY x.{of}_id"""
_TEXTS_OF = {
    Of.EVENTS: _TEXTS.format(of="event", table="history_event", at="recorded_at"),
    Of.LOOKS: _TEXTS.format(of="reading", table="history_reading", at="at"),
}


def _changed_text(organisation_id: int, of: Of) -> Broken | None:
    """The first row of which the text is not what was digested, or a text without its row."""
    for row_id, salt, text, digested, at in stream(_TEXTS_OF[of], [organisation_id]):
        if len(salt) != _SALT or text_digest(salt, text) != digested:
            return Broken(Break.TEXT, 0, row_id - 1, row_id, at, at, of)
    return None


def _erased(organisation_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM history_event e WHERE organisation_id = %s AND text_digest <> ''
                  AND NOT EXISTS (SELECT 1 FROM history_eventtext x WHERE x.event_id = e.id)""",
            [organisation_id],
        )
        return int(cursor.fetchone()[0])


def verify(organisation_id: int) -> int | None:
    """None when the chain is whole, else the last event id of the first link that does not hold."""
    found = prove(
        organisation_id, now=datetime(1970, 1, 1, tzinfo=AMSTERDAM)
    )  # how long something waits is not asked
    return next((one.until_id for one in found.broken), None)
