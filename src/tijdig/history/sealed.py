"""Rows that were sealed by their numbers: how many there were after one and up to another, and their digest.

Decides whether rows that are only added to are still what they were when they were sealed, and which seal shows first that
they are not. Each seal goes on where the one before ended and takes its digest in, so none can be left out.

Units: numbers of rows, aware moments. Errors: none; what does not hold is a value. Worked example: rows 3, 5 and 9 are
sealed as "after 0 up to 9, three rows"; with 5 gone there are two, with a new 4 there are four. Left out: that the seals
themselves are whole, which is for where they stand (an event of the history, or a link with its own number).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tijdig.history.broken import UNSEALED_FOR, Break, Broken, Of
from tijdig.history.chain import Digest, Head, Row


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one seal tells. `head` is there where its digest is also over what it says of itself; from before that was kept
    it is not, and `at` may tell when it was made. After the first with a head none may lack it."""

    after: int
    until: int
    rows: int
    digest: str
    head: Head | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    sealed: int
    unsealed: int
    broken: tuple[Broken, ...]
    first_at: datetime | None
    last_at: datetime | None


def check(of: Of, seals: Sequence[Sealed], rows: Iterable[Row], now: datetime) -> Found:
    """Go through the rows once, beside their seals."""
    walk = _Walk(of, iter(rows))
    for number, seal in enumerate(seals, 1):
        walk.through(number, seal)
    sealed = walk.count
    walk.tail(now)
    return Found(sealed, walk.count - sealed, tuple(walk.broken), walk.first_at, walk.last_at)


class _Walk:
    def __init__(self, of: Of, rows: Iterator[Row]) -> None:
        self._of, self._rows = of, rows
        self._next = next(rows, None)
        self._after, self._previous, self._total = 0, "", 0
        self._headed = False
        self.count = 0
        self.first_at: datetime | None = None
        self.last_at: datetime | None = None
        self.broken: list[Broken] = []

    def _up_to(self, until: int | None) -> Iterator[Row]:
        while self._next is not None and (until is None or self._next.id <= until):
            row = self._next
            self.count += 1
            self.first_at = min(self.first_at or row.at, row.at)
            self.last_at = max(self.last_at or row.at, row.at)
            yield row
            self._next = next(self._rows, None)

    def through(self, number: int, seal: Sealed) -> None:
        """The rows of one seal; only the first that does not hold is told, because those after it follow from it."""
        made, first_at, last_at = Digest(self._previous), None, None
        for row in self._up_to(seal.until):
            made.add(row)
            first_at, last_at = first_at or row.at, row.at
        self._total += seal.rows
        fault = self._fault(number, seal, made)
        if fault is not None and not self.broken:
            last_at = last_at or seal.at
            self.broken.append(Broken(fault, number, self._after, seal.until, first_at, last_at, self._of))
        self._after, self._previous = seal.until, seal.digest

    def _fault(self, number: int, seal: Sealed, made: Digest) -> Break | None:
        self._headed |= seal.head is not None
        numbered = seal.head.number if seal.head is not None else 0
        if seal.after != self._after or (self._headed and numbered != number):
            return Break.LINK
        if made.rows != seal.rows:
            return Break.REMOVED if made.rows < seal.rows else Break.ADDED
        if seal.head is not None and seal.head.total != self._total:
            return Break.CHANGED
        return None if made.close(seal.head) == seal.digest else Break.CHANGED

    def tail(self, now: datetime) -> None:
        """What no seal holds yet; what waits too long is told."""
        last, oldest = None, None
        for row in self._up_to(None):
            last, oldest = row, min(oldest or row.at, row.at)
        if last is not None and oldest is not None and oldest < now - UNSEALED_FOR:
            self.broken.append(Broken(Break.UNSEALED, 0, self._after, last.id, oldest, last.at, self._of))
