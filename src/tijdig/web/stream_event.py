"""One event of the live stream as it goes over the line, and whether whoever listens is still signed in."""

from __future__ import annotations

import json

from asgiref.sync import sync_to_async

from tijdig.access.queries_sessions import who_is_here
from tijdig.web.scope import now


def event(kind: str, subject: int, event_id: int | None = None, **more: int) -> bytes:
    """An event with ids only; `event_id` is that of the outbox, from which a stream can go on."""
    head = f"id: {event_id}\n" if event_id is not None else ""
    return f"{head}event: {kind}\ndata: {json.dumps({'id': subject} | more)}\n\n".encode()


@sync_to_async(thread_sensitive=False)
def still_here(user_id: int, session_id: int) -> bool:
    """Is this session not over?"""
    from django.db import connection

    try:
        return who_is_here(user_id=user_id, session_id=session_id, at=now()) is not None
    finally:
        connection.close()
