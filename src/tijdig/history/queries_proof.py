"""Proof that the history is whole: every link recomputed, every text held against its digest, one event at a time.

Decides whether anything of a corporation's history was changed, removed or put in between since it was sealed, and which
link shows it first. Detected: any column of a sealed event, an event that is gone or came in between, a link that is gone or
says something else, a text or its salt that is not what was digested, a text of no event.

The last link is held by none after it. Where it is gone its events are unsealed again, and events that stay unsealed for
more than `_UNSEALED_FOR` are told as suspicious: either nothing was sealed meanwhile, or a link was removed. Whoever can
change everything can also make the whole chain anew; only what was kept outside the database shows that: give `kept`, a link
as it was told earlier, which must still stand.

Units: ids of events, moments in UTC. Errors: none; what does not hold is a value. Left out: text that is gone, because a
person's text may be erased; it is counted. Nothing is held in memory but the links.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection

from tijdig.base.days import AMSTERDAM
from tijdig.history.chain import Digest, Head, Kept, Link, text_digest
from tijdig.history.models import Seal

_AT_ONCE = 2_000
_SALT = 32  # signs: with a shorter salt its end could pass for text
_UNSEALED_FOR = timedelta(hours=25)  # sealed every night, with an hour for a night that is late


class Break(StrEnum):
    """In what way it does not hold."""

    CHANGED = "changed"  # an event of this link, or what the link says
    REMOVED = "removed"  # events of this link are gone
    ADDED = "added"  # there are more events than were sealed
    LINK = "link"  # a link before this one is gone or was put in
    TEXT = "text"  # the text of an event is not what was digested
    UNSEALED = "unsealed"  # events that should have been sealed by now
    KEPT = "kept"  # the link that was kept outside is not there any more


@dataclass(frozen=True, slots=True)
class Broken:
    """What does not hold, and where: after one event, up to another, between two moments as far as they are known."""

    kind: Break
    link: int  # its number, counted from 1; 0 where it is in none
    after_id: int
    until_id: int
    first_at: datetime | None = None
    last_at: datetime | None = None


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
    broken: tuple[Broken, ...]

    @property
    def holds(self) -> bool:
        return not self.broken


def newest(organisation_id: int) -> int:
    """The highest event id that is there to be seen; 0 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM history_event WHERE organisation_id = %s", [organisation_id])
        return int(cursor.fetchone()[0] or 0)


def being_written() -> set[str]:
    """The other transactions that write events now. Each holds a lock on the table from before it draws an id until its end,
    so an id below one that was seen before is either there or of one of these."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT virtualtransaction FROM pg_locks
                WHERE relation = 'history_event'::regclass AND mode = 'RowExclusiveLock' AND granted
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND pid <> pg_backend_pid()"""
        )
        return {row[0] for row in cursor.fetchall()}


def links_after(organisation_id: int, event_id: int, until: int | None = None) -> Iterator[Link]:
    """Events after one, and up to another where one is named, in order and a few at a time."""
    rows = _stream(
        """SELECT id, actor, verb, subject, effective_on, recorded_at, facts::text, text_digest FROM history_event
            WHERE organisation_id = %s AND id > %s AND (%s::bigint IS NULL OR id <= %s) ORDER BY id""",
        [organisation_id, event_id, until, until],
    )
    for pk, actor, verb, subject, effective, recorded, facts, text in rows:
        yield Link(pk, actor, verb, subject, effective, recorded, json.loads(facts), text)


def _stream(query: str, params: list[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, params)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows


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
    if (text := _changed_text(organisation_id)) is not None:
        walk.broken.append(text)
    if kept is not None and (
        kept.links > len(seals) or (kept.links and seals[kept.links - 1].digest != kept.digest)
    ):
        walk.broken.append(Broken(Break.KEPT, kept.links, 0, reached))
    return Proof(
        links=len(seals),
        sealed=sealed,
        unsealed=tail,
        erased=_erased(organisation_id),
        first_on=walk.first_at.astimezone(AMSTERDAM).date() if walk.first_at else None,
        last_on=walk.last_at.astimezone(AMSTERDAM).date() if walk.last_at else None,
        last_link=seals[-1].digest if seals else "",
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
        if last is not None and oldest is not None and oldest < now - _UNSEALED_FOR:
            self.broken.append(Broken(Break.UNSEALED, 0, reached, last.id, oldest, last.recorded_at))
        return count


def _changed_text(organisation_id: int) -> Broken | None:
    """The first event of which the text is not what was digested, or a text without its event."""
    rows = _stream(
        """SELECT x.event_id, x.salt, x.text, e.text_digest, e.recorded_at
             FROM history_eventtext x
             LEFT JOIN history_event e ON e.id = x.event_id AND e.organisation_id = x.organisation_id
            WHERE x.organisation_id = %s ORDER BY x.event_id""",
        [organisation_id],
    )
    for event_id, salt, text, digested, recorded_at in rows:
        if len(salt) != _SALT or text_digest(salt, text) != digested:
            return Broken(Break.TEXT, 0, event_id - 1, event_id, recorded_at, recorded_at)
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
