"""One listening connection per process: what the database says reaches whoever in this process asked for it.

Payloads are ids only. A lost connection is made anew; every subscriber is then called once with an empty payload, so
that it can look for what it missed.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection

log = logging.getLogger(__name__)
CHANNELS = ("tijdig_dirty", "tijdig_file", "tijdig_letter", "tijdig_outbox")
Heard = Callable[[str], None]


class Hub:
    """Listens on a thread of its own. `subscribe` returns the way to stop hearing."""

    def __init__(self) -> None:
        self._subscribers: dict[str, list[Heard]] = defaultdict(list)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def subscribe(self, channel: str, heard: Heard) -> Callable[[], None]:
        with self._lock:
            self._subscribers[channel].append(heard)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="tijdig-listen", daemon=True)
                self._thread.start()

        def stop() -> None:
            with self._lock:
                self._subscribers[channel].remove(heard)

        return stop

    def _run(self) -> None:
        while True:
            try:
                self._listen()
            except psycopg.Error as error:
                log.warning("listening stopped, trying again: %s", error)
                time.sleep(1)

    def _listen(self) -> None:
        with connect() as listening:
            for channel in CHANNELS:
                listening.execute(f"LISTEN {channel}")
            for channel in CHANNELS:
                self._tell(channel, "")
            for notice in listening.notifies():
                self._tell(notice.channel, notice.payload)

    def _tell(self, channel: str, payload: str) -> None:
        with self._lock:
            hearing = list(self._subscribers[channel])
        for heard in hearing:
            try:
                heard(payload)
            except Exception:
                log.exception("a subscriber of %s failed", channel)


def connect() -> psycopg.Connection[Any]:
    """A connection of the app role beside Django's own, with its statements committed one by one."""
    params = connection.get_connection_params()
    keep = ("dbname", "host", "port", "user", "password", "sslmode")
    return psycopg.connect(**{key: params[key] for key in keep if params.get(key)}, autocommit=True)


_HUB = Hub()


def hub() -> Hub:
    """The one hub of this process."""
    return _HUB
