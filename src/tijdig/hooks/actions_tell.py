"""Telling: what happened becomes a message to each system that wants to know, and each message goes, in order per file.

What goes over the network stands in no transaction. A message may go twice, where the program ends between telling and
writing that down; its id is the same. Of one file the next message goes when the one before it was taken or given up. A
system that hangs keeps no other waiting.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from tijdig.access.queries import corporation
from tijdig.access.scope import organisation_scope, owner_scope
from tijdig.arrangements.queries import running, watched
from tijdig.bailiff.queries import open_files
from tijdig.base.days import AMSTERDAM
from tijdig.carriers.signed_hook import Told, tell
from tijdig.entrance.sealing import SealBroken, opened
from tijdig.hooks.actions import USE, local_hosts
from tijdig.hooks.kinds import ALWAYS, CLOSED_BECAUSE, Kind, State, message, next_try
from tijdig.hooks.models import Delivery, Event, Subscription, ToldBreak
from tijdig.hooks.queries import may_go, theirs_now

_A_PASS = 500  # events, and messages to one system
_SYSTEMS_AT_ONCE = 8
_A_TURN_S = 30.0  # of one system, after which the others have theirs
_BANK_IS_IN = 10  # o'clock
KEPT_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose system it is. Exactly one of the two."""

    organisation_id: int | None
    partner_id: int | None

    def scope(self) -> AbstractContextManager[None]:
        return owner_scope(self.organisation_id, self.partner_id)

    def columns(self) -> dict[str, int | None]:
        return {"organisation_id": self.organisation_id, "partner_id": self.partner_id}


def owners(organisation_ids: Sequence[int]) -> Iterator[Owner]:
    """Every corporation, and every partner."""
    yield from (Owner(one, None) for one in organisation_ids)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tijdig_partner_ids()")
        yield from (Owner(None, int(row[0])) for row in cursor.fetchall())


def gather(organisation_id: int) -> int:
    """Make messages of what happened in a corporation; gives of how many events. Done again it makes none twice."""
    with organisation_scope(organisation_id):
        events = list(Event.objects.order_by("id")[:_A_PASS])
        name = corporation(organisation_id).name if events else ""
    if not events:
        return 0
    partners = sorted({one.partner_id for one in events if one.partner_id})
    for whose in [Owner(organisation_id, None), *(Owner(None, one) for one in partners)]:
        with whose.scope():
            theirs = theirs_now() if whose.partner_id else frozenset()
            for wants in Subscription.objects.filter(removed_at=None, **whose.columns()):
                _make(wants, whose, [one for one in events if _wanted(one, whose, wants, theirs)], name)
    with organisation_scope(organisation_id):
        Event.objects.filter(id__in=[one.pk for one in events]).delete()
    return len(events)


def _wanted(event: Event, whose: Owner, wants: Subscription, files: Collection[int]) -> bool:
    """A partner hears of the files that are theirs under an agreement that holds, and that one ended."""
    theirs = whose.partner_id is None or (
        event.partner_id == whose.partner_id and (event.kind in ALWAYS or event.file_id in files)
    )
    return theirs and event.kind in wants.kinds.split()


_COLUMNS = ("bigint[]", "text[]", "integer[]", "bigint[]", "bigint[]", "timestamptz[]")
_GIVEN = ", ".join(f"%(c{number})s::{kind}" for number, kind in enumerate(_COLUMNS))
_MAKE = f"""
INSERT INTO hooks_delivery (organisation_id, partner_id, subscription_id, event_id, kind, corporation, tenancy_id,
       file_id, arrangement_id, number, at, state, tries, next_at, detail)
SELECT %(organisation_id)s, %(partner_id)s, %(wants)s, e.event, e.kind, %(name)s, e.tenancy, e.file, e.arrangement,
       coalesce((SELECT max(d.number) FROM hooks_delivery d
                  WHERE d.subscription_id = %(wants)s AND d.tenancy_id = e.tenancy), 0)
       + row_number() OVER (PARTITION BY e.tenancy ORDER BY e.event), e.at, 'waiting', 0, e.at, ''
  FROM unnest({_GIVEN}) AS e (event, kind, tenancy, file, arrangement, at)
 WHERE NOT EXISTS (SELECT 1 FROM hooks_delivery d WHERE d.subscription_id = %(wants)s AND d.event_id = e.event)
    ON CONFLICT (subscription_id, event_id) DO NOTHING
"""


def _make(wants: Subscription, whose: Owner, events: Sequence[Event], name: str) -> None:
    """A message of each that has none yet, numbered on from the last of its file."""
    given: dict[str, Any] = whose.columns() | {"wants": wants.pk, "name": name}
    columns: list[list[Any]] = [
        [one.pk for one in events],
        [one.kind for one in events],
        [one.tenancy_id for one in events],
        [one.resource_id if one.kind == Kind.PROPOSAL else one.file_id for one in events],
        [one.resource_id if one.kind.startswith("betalingsregeling") else None for one in events],
        [one.at for one in events],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, given | {f"c{number}": column for number, column in enumerate(columns)})


def note_breaks(organisation_id: int, now: datetime) -> int:
    """Arrangements that are broken and of which nobody was told; gives how many. A break of today is told from the hour on
    at which the bank of yesterday is in: before it the money may be there and not known yet."""
    today = now.astimezone(AMSTERDAM).date()
    last_on = today if now.astimezone(AMSTERDAM).hour >= _BANK_IS_IN else today - timedelta(days=1)
    with organisation_scope(organisation_id):
        runs = {one.id: one for one in running()}
        broken = {number: how.broken_on for number, how in watched(runs.values(), today).items()}
        known = set(
            ToldBreak.objects.filter(arrangement_id__in=list(runs)).values_list("arrangement_id", "broken_on")
        )
        new = [
            (runs[number], day)
            for number, day in broken.items()
            if day is not None and day <= last_on and (number, day) not in known
        ]
        files = {one.tenancy_id: one for one in open_files()} if new else {}
        for plan, day in new:
            file = files.get(plan.tenancy_id)
            ToldBreak.objects.create(organisation_id=organisation_id, arrangement_id=plan.id, broken_on=day)
            Event.objects.create(
                organisation_id=organisation_id,
                tenancy_id=plan.tenancy_id,
                file_id=file.id if file else None,
                partner_id=file.partner_id if file else None,
                kind=Kind.ARRANGEMENT_BROKEN.value,
                resource_id=plan.id,
            )
    return len(new)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A message that may go now."""

    delivery_id: int
    tries: int
    body: bytes
    message_id: str


@dataclass(frozen=True, slots=True)
class _Round:
    whose: Owner
    subscription_id: int
    url: str
    keys: tuple[str, ...]
    letters: tuple[_Letter, ...]


def send(organisation_ids: Sequence[int], clock: Callable[[], datetime]) -> int:
    """Let go what may go now; gives how many messages were tried."""
    rounds = [one for whose in owners(organisation_ids) for one in _rounds(whose, clock())]
    if not rounds:
        return 0
    local = local_hosts()

    def go(one: _Round) -> list[tuple[_Letter, Told]]:
        """No database here. A system that does not answer is left alone until the next time."""
        told: list[tuple[_Letter, Told]] = []
        until = time.monotonic() + _A_TURN_S
        for letter in one.letters:
            if time.monotonic() >= until:
                break
            at = int(clock().timestamp())
            answer = tell(
                one.url, message_id=letter.message_id, at=at, body=letter.body, keys=one.keys, local=local
            )
            told.append((letter, answer))
            if answer.status is None or answer.gone:
                break
        return told

    tried = 0
    with ThreadPoolExecutor(max_workers=_SYSTEMS_AT_ONCE, thread_name_prefix="tijdig-hook") as pool:
        turns = {pool.submit(go, one): one for one in rounds}
        for turn in as_completed(turns):  # who is quick is written down first
            told = turn.result()
            tried += len(told)
            _keep(turns[turn], told, clock())
    return tried


def _rounds(whose: Owner, now: datetime) -> list[_Round]:
    found = []
    with whose.scope():
        if whose.partner_id:
            _close(now)
        for wants in Subscription.objects.filter(removed_at=None, paused_at=None, **whose.columns()):
            letters = _next(wants.pk, now)
            if not letters:
                continue
            try:
                keys = tuple(_keys(wants, now))
            except SealBroken:
                wants.paused_at, wants.paused_because = now, "Het geheim is niet meer te lezen. Vernieuw het."
                wants.save(update_fields=["paused_at", "paused_because"])
                continue
            found.append(_Round(whose, wants.pk, wants.url, keys, letters))
    return found


def _close(now: datetime) -> None:
    """What waits and is not the partner's to hear any more goes no more; what comes after it of the same file may."""
    Delivery.objects.filter(state=State.WAITING.value).exclude(may_go()).update(
        state=State.CLOSED.value, detail=CLOSED_BECAUSE, done_at=now
    )


def _keys(wants: Subscription, now: datetime) -> Iterator[str]:
    key = str(settings.SECRET_KEY)
    yield opened(key, USE, wants.secret)
    if wants.earlier_secret and wants.earlier_until and wants.earlier_until > now:
        yield opened(key, USE, wants.earlier_secret)


def _next(subscription_id: int, now: datetime) -> tuple[_Letter, ...]:
    """Of each file the first message that waits, where its time has come."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, tries, kind, at, corporation, number, tenancy_id, file_id, arrangement_id, event_id
                 FROM (SELECT DISTINCT ON (tenancy_id, CASE WHEN tenancy_id IS NULL THEN id END) *
                         FROM hooks_delivery WHERE subscription_id = %s AND state = 'waiting'
                        ORDER BY tenancy_id, CASE WHEN tenancy_id IS NULL THEN id END, number) first
                WHERE next_at <= %s ORDER BY id LIMIT %s""",
            [subscription_id, now, _A_PASS],
        )
        rows = cursor.fetchall()
    return tuple(
        _Letter(
            pk,
            tries,
            json.dumps(
                message(
                    Kind(kind),
                    at=at,
                    corporation=name,
                    number=number,
                    tenancy_id=tenancy,
                    file_id=file,
                    arrangement_id=arrangement,
                ),
                ensure_ascii=False,
            ).encode(),
            f"tijdig-{subscription_id}-{event}",
        )
        for pk, tries, kind, at, name, number, tenancy, file, arrangement, event in rows
    )


def _keep(one: _Round, told: Sequence[tuple[_Letter, Told]], now: datetime) -> None:
    with one.whose.scope():
        for letter, answer in told:
            tries = letter.tries + 1
            again = None if answer.taken else next_try(tries, now)
            state = State.DONE if answer.taken else State.WAITING if again else State.FAILED
            Delivery.objects.filter(pk=letter.delivery_id, tries=letter.tries).update(
                state=state.value,
                tries=tries,
                next_at=again or now,
                status=answer.status,
                detail=answer.detail,
                done_at=now if answer.taken else None,
            )
            if answer.gone:
                Subscription.objects.filter(pk=one.subscription_id).update(
                    paused_at=now, paused_because="Het systeem vroeg om te stoppen (410)."
                )


def prune(whose: Owner, now: datetime) -> int:
    """Forget messages that arrived, or were given up, longer ago than anybody sends them again, and what waits for a system
    that is gone. The last of a file stays: the next counts on from it."""
    with whose.scope(), connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM hooks_delivery d USING hooks_subscription s
                WHERE s.id = d.subscription_id AND d.at < %s AND (d.state <> 'waiting' OR s.removed_at IS NOT NULL)
                  AND (s.removed_at IS NOT NULL OR EXISTS (
                       SELECT 1 FROM hooks_delivery l WHERE l.subscription_id = d.subscription_id AND l.id > d.id
                          AND l.tenancy_id IS NOT DISTINCT FROM d.tenancy_id))""",
            [now - KEPT_FOR],
        )
        return int(cursor.rowcount)
