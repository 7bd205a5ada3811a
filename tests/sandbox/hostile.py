"""Readers that misbehave, each in its own way. They run in a process with limits, never in a test."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from tijdig.base.problems import Problem
from tijdig.help.answer_sheet import NotThisFile


def says(stream: BinaryIO, *more: object) -> Iterator[Any]:
    yield (stream.read(), more)


def values(stream: BinaryIO) -> Iterator[Any]:
    yield from (Problem("code", f"regel {number}", stream.read(1).decode()) for number in range(1000))
    yield date(2026, 11, 2)


def hangs(_: BinaryIO) -> Iterator[Any]:
    signal.pause()
    yield


def says_who_it_is(_: BinaryIO) -> Iterator[Any]:
    while True:
        yield os.getpid()


def spins(_: BinaryIO) -> Iterator[Any]:
    while True:
        pass
    yield


def eats(_: BinaryIO) -> Iterator[Any]:
    hoard = []
    while True:
        hoard.append(bytearray(10_000_000))
    yield


def aborts(_: BinaryIO) -> Iterator[Any]:
    os.abort()
    yield


def leaves(_: BinaryIO) -> Iterator[Any]:
    os._exit(0)
    yield


def is_shot(_: BinaryIO) -> Iterator[Any]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield


def floods(_: BinaryIO) -> Iterator[Any]:
    while True:
        yield "x" * 10_000


def lies_about_length(_: BinaryIO) -> Iterator[Any]:
    os.write(4, b"V\xff\xff\xff\xff")
    yield


def refuses(_: BinaryIO) -> Iterator[Any]:
    raise NotThisFile("Dit bestand heeft geen koppen.")
    yield


def is_wrong(_: BinaryIO) -> Iterator[Any]:
    raise KeyError("kolom")
    yield


class _Evil:
    def __init__(self, place: str) -> None:
        self._place = place

    def __reduce__(self) -> Any:
        return (os.system, (f"touch {self._place}",))


def breaks_in(_: BinaryIO, place: str) -> Iterator[Any]:
    yield _Evil(place)


def calls_us(_: BinaryIO) -> Iterator[Any]:
    class Call:
        def __reduce__(self) -> Any:
            return (socket.create_connection, (("localhost", 1),))

    yield Call()


def writes(_: BinaryIO, place: str) -> Iterator[Any]:
    Path(place).write_text("x")
    yield


def looks_around(_: BinaryIO) -> Iterator[Any]:
    """Its settings, and what it has open."""
    yield (
        sorted(os.environ),
        sorted(int(one.name) for one in Path("/proc/self/fd").iterdir() if int(one.name) > 2),
    )
