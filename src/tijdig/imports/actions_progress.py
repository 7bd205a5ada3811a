"""How far a file is, while its own transaction is still under way."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection

_PAUSE = 0.25  # seconds between two words about how far a file is


class Progress:
    """Writes how far a file is outside its transaction, at most a few times a second, so that a screen can watch."""

    def __init__(self, organisation_id: int, file_id: int) -> None:
        self._organisation_id = organisation_id
        self._file_id = file_id
        self._connection: psycopg.Connection[Any] | None = None
        self._written = 0.0

    def __enter__(self) -> Callable[[int], None]:
        return self._write

    def _write(self, done: int) -> None:
        if time.monotonic() - self._written < _PAUSE:
            return
        if self._connection is None:
            params = connection.get_connection_params()
            params.pop("pool", None)
            keep = ("dbname", "host", "port", "user", "password")
            self._connection = psycopg.connect(
                **{k: params[k] for k in keep if params.get(k)}, autocommit=True
            )
            self._connection.execute(
                "SELECT set_config('tijdig.organisation', %s, false)", [str(self._organisation_id)]
            )
        self._connection.execute(
            """INSERT INTO imports_progress (file_id, organisation_id, done, total) VALUES (%s, %s, %s, 0)
               ON CONFLICT (file_id) DO UPDATE SET done = EXCLUDED.done""",
            [self._file_id, self._organisation_id, done],
        )
        self._written = time.monotonic()

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            self._connection.close()
