"""One event of the live stream, as it goes over the line."""

from __future__ import annotations

import json


def event(kind: str, subject: int, event_id: int | None = None, **more: int) -> bytes:
    """An event with ids only; `event_id` is that of the outbox, from which a stream can go on."""
    head = f"id: {event_id}\n" if event_id is not None else ""
    return f"{head}event: {kind}\ndata: {json.dumps({'id': subject} | more)}\n\n".encode()
