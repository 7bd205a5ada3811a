"""The program as a web server sees it: the pages and the API, and with them the worker that evaluates and reads."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
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
    if parent := os.environ.get("TIJDIG_PARENT"):
        threading.Thread(target=_end_with, args=(int(parent),), name="tijdig-parent", daemon=True).start()
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            if os.environ.get("TIJDIG_WORKER", "1") == "1":
                worker.start()
            _settle()
            await send({"type": "lifespan.startup.complete"})
        else:
            worker.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _end_with(parent: int) -> None:
    """A process for pages does not outlive the one that began it, however that one ended."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _settle() -> None:
    """What the program itself consists of is not looked through for garbage again: that took a sixth of a second, now and
    then, of somebody's page."""
    gc.collect()
    gc.freeze()
