"""The program as a web server sees it: the pages and the API, and with them the worker that evaluates and reads."""

from __future__ import annotations

import os
import warnings
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

# Static files are streamed by a synchronous iterator; they are small and few.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tijdig.project.settings")

from django.core.asgi import get_asgi_application  # noqa: E402 - reads the settings named above

_django = get_asgi_application()

from tijdig.jobs.worker import Worker  # noqa: E402 - needs Django to be loaded

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Django for requests; the worker lives as long as the server does."""
    if scope["type"] != "lifespan":
        await _django(scope, receive, send)  # type: ignore[arg-type]
        return
    worker = Worker()
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            if os.environ.get("TIJDIG_WORKER", "1") == "1":
                worker.start()
            await send({"type": "lifespan.startup.complete"})
        else:
            worker.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
