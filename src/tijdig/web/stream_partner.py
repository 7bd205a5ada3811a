"""The live stream of somebody who works for a partner: which of their files moved, over all corporations.

Every look is behind the partner's wall, so that a file that went back, or of which the agreement ended, tells nothing. A
stream that was cut shows its page anew: ids of several corporations have no common order to resume from.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async

from tijdig.access.listen import hub
from tijdig.access.people import Person
from tijdig.access.scope import acting, organisation_scope, partner_scope
from tijdig.bailiff.queries import agreements
from tijdig.cases.queries import outbox_after, outbox_last
from tijdig.web.stream_event import event, still_here

_BEAT_SECONDS = 15.0
ANY = 0  # every file may have moved


async def partner_events(person: Person, session_id: int, *, away: bool) -> AsyncIterator[bytes]:
    """`moved` with the tenancy and the corporation, until the page goes or the session is over.

    `away`: the stream was cut before, so that the page is old.
    """
    loop = asyncio.get_running_loop()
    looked = loop.time()
    heard: asyncio.Queue[str] = asyncio.Queue(maxsize=1000)

    def put(payload: str) -> None:
        if not heard.full():
            heard.put_nowait(payload)

    stop = hub().subscribe("tijdig_outbox", lambda payload: loop.call_soon_threadsafe(put, payload))  # type: ignore[arg-type]
    try:
        seen = await _begin(person, {})
        yield b": tijdig\nretry: 2000\n\n"
        if away:
            yield event("moved", ANY, organisation=ANY)
        while True:
            if loop.time() - looked >= _BEAT_SECONDS:
                looked = loop.time()
                if not await still_here(person.id, session_id):
                    return
            try:
                payload = await asyncio.wait_for(heard.get(), _BEAT_SECONDS)
            except TimeoutError:
                seen = await _begin(person, seen)
                yield b": nog hier\n\n"
                continue
            if not payload:  # the database was away
                yield event("moved", ANY, organisation=ANY)
                continue
            organisation = int(payload.split(":", 1)[0])
            if organisation not in seen:
                continue
            for outbox_id, tenancy in await _after(person, organisation, seen[organisation]):
                seen[organisation] = max(seen[organisation], outbox_id)
                yield event("moved", tenancy, outbox_id, organisation=organisation)
    finally:
        stop()


@sync_to_async(thread_sensitive=False)
def _begin(person: Person, seen: dict[int, int]) -> dict[int, int]:
    """By corporation with whom something is agreed, the last that was there when it was first looked at."""
    from django.db import connection

    try:
        with acting(person.partner_id or 0, person.id):
            with partner_scope():
                ids = {one.organisation_id for one in agreements()}
            found = {one: seen[one] for one in ids if one in seen}
            for organisation in ids - set(seen):
                with organisation_scope(organisation):
                    found[organisation] = outbox_last()
        return found
    finally:
        connection.close()


@sync_to_async(thread_sensitive=False)
def _after(person: Person, organisation: int, seen: int) -> list[tuple[int, int]]:
    from django.db import connection

    try:
        with acting(person.partner_id or 0, person.id), organisation_scope(organisation):
            return [(outbox_id, tenancy) for outbox_id, _kind, tenancy in outbox_after(seen)]
    finally:
        connection.close()
