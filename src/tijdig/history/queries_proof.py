"""Proof that the history is whole: every link recomputed, every text held against its digest, one event at a time.

Decides whether anything of a corporation's history was changed, removed or put in between since it was sealed, and which
link shows it first. Detected: any column of a sealed event, an event that is gone or came in between, a link that is gone or
says something else, a text or its salt that is not what was digested, a text of no event.

The last link is held by none after it. Where it is gone its events are unsealed again, and events that stay unsealed for
more than `UNSEALED_FOR` are told as suspicious: either nothing was sealed meanwhile, or a link was removed. Whoever can
change everything can also make the whole chain anew; only what was kept outside the database shows that: give `kept`, a link
as it was told earlier, which must still stand.

Units: ids of events, moments in UTC. Errors: none; what does not hold is a value. Left out: text that is gone, because a
person's text may be erased; it is counted. Nothing is held in memory but the links.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from tijdig.base.days import AMSTERDAM
from tijdig.history.broken import UNSEALED_FOR, Break, Broken, Of
from tijdig.history.chain import Digest, Head, Kept, Link, text_digest
from tijdig.history.models import Seal
from tijdig.history.queries_looks import prove_looks
from tijdig.history.queries_stream import stream

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


def links_after(organisation_id: int, event_id: int, until: int | None = None) -> Iterator[Link]:
    """Events after one, and up to another where one is named, in order and a few at a time."""
    rows = stream(
        """SELECT id, actor, verb, subject, effective_on, recorded_at, facts::text, text_digest FROM history_event
            WHERE organisation_id = %s AND id > %s AND (%s::bigint IS NULL OR id <= %s) ORDER BY id""",
        [organisation_id, event_id, until, until],
    )
    for pk, actor, verb, subject, effective, recorded, facts, text in rows:
        yield Link(pk, actor, verb, subject, effective, recorded, json.loads(facts), text)


def prove(organisation_id: int, *, now: datetime, kept: Kept | None = None) -> Proof:
    """Recompute everything; inside the scope of the corporation."""
    seals = list(Seal.objects.filter(organisation_id=organisation_id).order_by("last_event_id", "id"))
    walk = _Walk(organisation_id)
    for position, seal in enumerate(seals, 1):
        if (fault := walk.through(seal, position)) is not None:
            walk.broken.append(fault)
            break
    sealed, reached = walk.events, seals[-1].last_event_id if seals else 0
    tail = walk.tail(reached, now)
    looked = prove_looks(organisation_id, now=now)
    walk.broken += looked.broken
    for of in (Of.EVENTS, Of.LOOKS):
        if (text := _changed_text(organisation_id, of)) is not None:
            walk.broken.append(text)
    if kept is not None and not kept.stands([one.digest for one in seals]):
        walk.broken.append(Broken(Break.KEPT, kept.links, 0, reached))
    return Proof(
        links=len(seals),
        sealed=sealed,
        unsealed=tail,
        erased=_erased(organisation_id),
        first_on=walk.first_at.astimezone(AMSTERDAM).date() if walk.first_at else None,
        last_on=walk.last_at.astimezone(AMSTERDAM).date() if walk.last_at else None,
        last_link=seals[-1].digest if seals else "",
        looks=looked.sealed,
        looks_unsealed=looked.unsealed,
        broken=tuple(walk.broken),
    )


class _Walk:
    """One pass over the events of a corporation, beside its links."""

    def __init__(self, organisation_id: int) -> None:
        self._events = links_after(organisation_id, 0)
        self._next = next(self._events, None)
        self._previous, self._after, self._total = "", 0, 0
        self._numbered = False
        self.events = 0
        self.first_at: datetime | None = None
        self.last_at: datetime | None = None
        self.broken: list[Broken] = []

    def _take(self) -> Link:
        link = self._next
        assert link is not None
        self._next = next(self._events, None)
        self.first_at = min(self.first_at or link.recorded_at, link.recorded_at)
        self.last_at = max(self.last_at or link.recorded_at, link.recorded_at)
        return link

    def through(self, seal: Seal, position: int) -> Broken | None:
        """The events of one link; what does not hold of it."""
        made, first_at, last_at = Digest(self._previous), None, None
        while self._next is not None and self._next.id <= seal.last_event_id:
            link = self._take()
            made.add(link)
            first_at, last_at = first_at or link.recorded_at, link.recorded_at
        self.events += made.events
        self._total += seal.events
        fault = self._fault(seal, position, made)
        after, self._after, self._previous = self._after, seal.last_event_id, seal.digest
        if fault is None:
            return None
        return Broken(fault, position, after, seal.last_event_id, first_at, last_at or seal.sealed_at)

    def _fault(self, seal: Seal, position: int, made: Digest) -> Break | None:
        """A link without a number counts from before numbers were kept: after the first that has one, none may lack it."""
        head = None
        if seal.number is not None:
            self._numbered = True
            head = Head(seal.number, seal.total or 0, seal.sealed_at)
        if self._numbered and seal.number != position:
            return Break.LINK
        if made.events != seal.events:
            return Break.REMOVED if made.events < seal.events else Break.ADDED
        if seal.number is not None and seal.total != self._total:
            return Break.CHANGED
        return None if made.close(head) == seal.digest else Break.CHANGED

    def tail(self, reached: int, now: datetime) -> int:
        """How many events are in no link yet; those that wait too long are told."""
        count, oldest, last = 0, None, None
        while self._next is not None:
            link = self._take()
            if link.id > reached:
                count += 1
                last = link
                oldest = min(oldest or link.recorded_at, link.recorded_at)
            else:
                self.events += 1  # of a link after the one that broke
        if last is not None and oldest is not None and oldest < now - UNSEALED_FOR:
            self.broken.append(Broken(Break.UNSEALED, 0, reached, last.id, oldest, last.recorded_at))
        return count


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
