"""Reading ahead: a file is told on a thread of its own while what was told before waits for the database.

The order stays, an error arrives where it happened, and never more than a few thousand values wait in between.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import TypeVar

_T = TypeVar("_T")
_BATCH = 256
_WAITING = 24  # batches


def ahead(values: Iterator[_T]) -> Iterator[_T]:
    """The same values, read ahead. Stopping early stops the reader."""
    batches: queue.Queue[list[_T] | BaseException | None] = queue.Queue(_WAITING)
    stopped = threading.Event()

    def put(item: list[_T] | BaseException | None) -> None:
        while not stopped.is_set():
            try:
                batches.put(item, timeout=0.2)
                return
            except queue.Full:
                continue

    def read() -> None:
        batch: list[_T] = []
        try:
            for value in values:
                batch.append(value)
                if len(batch) >= _BATCH:
                    put(batch)
                    batch = []
                if stopped.is_set():
                    return
            put(batch)
            put(None)
        except BaseException as error:  # it belongs to whoever asked for the values
            put(batch)
            put(error)

    reader = threading.Thread(target=read, name="tijdig-read-ahead", daemon=True)
    reader.start()
    try:
        while (item := batches.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield from item
    finally:
        stopped.set()
        reader.join()
