"""The live stream: what happened since, and then what happens, as server-sent events.

Alerts and cures come from the outbox, so a stream that was cut resumes after the last id that it saw and loses none.
Events carry ids only; the page fetches what it may see.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from asgiref.sync import sync_to_async
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    StreamingHttpResponse,
)

from tijdig.access.listen import hub
from tijdig.access.people import Person
from tijdig.access.roles import Right, may
from tijdig.access.scope import organisation_scope
from tijdig.cases.queries import outbox_after, outbox_last
from tijdig.web.stream_event import event, still_here
from tijdig.web.stream_partner import partner_events

_BEAT_SECONDS = 15.0


async def stream(request: HttpRequest) -> HttpResponseBase:
    """`text/event-stream` for whoever may see the worklist or the imports."""
    person: Person | None = await sync_to_async(lambda: getattr(request, "person", None))()
    if person is None:
        return HttpResponse(status=401)
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    theirs = may(person.role, Right.SEE_FILES)
    if not (theirs or may(person.role, Right.SEE_WORKLIST) or may(person.role, Right.IMPORT)):
        return HttpResponse(status=403)
    session_id = int(request.session["session"])  # read by whoever said who this is
    last = request.headers.get("Last-Event-ID") or request.GET.get("last_event_id") or ""
    after = int(last) if last.isdecimal() and len(last) < 19 else None
    if theirs:
        events = partner_events(person, session_id, away=after is not None)
    else:
        events = _events(person, session_id, after)
    response = StreamingHttpResponse(events, content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


async def _events(person: Person, session_id: int, after: int | None) -> AsyncIterator[bytes]:
    """Until the page goes, or the session is over: that is looked at every beat."""
    loop = asyncio.get_running_loop()
    organisation_id, alerts = person.organisation_id, may(person.role, Right.SEE_WORKLIST)
    looked = loop.time()
    heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue(maxsize=1000)

    def put(channel: str, payload: str) -> None:
        mine = not payload or payload.split(":", 1)[0] == str(organisation_id)
        if mine and not heard.full():
            heard.put_nowait((channel, payload))

    def heard_on(channel: str) -> Callable[[str], None]:
        def tell(payload: str) -> None:
            loop.call_soon_threadsafe(put, channel, payload)

        return tell

    stops = [hub().subscribe(channel, heard_on(channel)) for channel in ("tijdig_outbox", "tijdig_file")]
    try:
        seen = after if after is not None else await _last(organisation_id)
        yield b": tijdig\nretry: 2000\n\n"
        heard.put_nowait(("tijdig_outbox", ""))  # first what happened while this stream was not there
        while True:
            if loop.time() - looked >= _BEAT_SECONDS:
                looked = loop.time()
                if not await still_here(person.id, session_id):
                    return
            try:
                channel, payload = await asyncio.wait_for(heard.get(), _BEAT_SECONDS)
            except TimeoutError:
                yield b": nog hier\n\n"
                continue
            if channel == "tijdig_file" and payload:
                yield event("file", int(payload.split(":")[1]))
            elif channel == "tijdig_outbox" and alerts:
                while news := await _after(organisation_id, seen):
                    for outbox_id, kind, subject in news:
                        seen = max(seen, outbox_id)
                        yield event(kind, subject, outbox_id)
    finally:
        for stop in stops:
            stop()


@sync_to_async(thread_sensitive=False)
def _after(organisation_id: int, seen: int) -> list[tuple[int, str, int]]:
    from django.db import connection

    try:
        with organisation_scope(organisation_id):
            return outbox_after(seen)
    finally:
        connection.close()


@sync_to_async(thread_sensitive=False)
def _last(organisation_id: int) -> int:
    from django.db import connection

    try:
        with organisation_scope(organisation_id):
            return outbox_last()
    finally:
        connection.close()
