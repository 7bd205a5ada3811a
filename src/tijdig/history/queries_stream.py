"""Rows of a query, a few at a time, so that a history of years costs no memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

_AT_ONCE = 2_000


def stream(query: str, params: list[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, params)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows
