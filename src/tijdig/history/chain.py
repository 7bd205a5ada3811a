"""The chain: each link digests the events since the last and the link before it, so nothing can be changed unseen.

Personal text takes part only through its salted digest, so that erasing a person leaves the chain whole.
Worked example: link 2 = sha256(link 1 + event 11 + ... + event 20 + [2, 20, the moment of sealing]).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it takes part: what is said of it stands in a fixed order."""

    id: int
    at: datetime
    said: bytes


def in_order(parts: list[Any]) -> bytes:
    """The same values are the same bytes, whoever writes them down."""
    return json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Head:
    """What a link says of itself: its number, how many events there are up to its end, and when it was made."""

    number: int
    total: int
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A link as it was told earlier, and kept where nobody who can change the database can change it."""

    links: int
    digest: str

    def stands(self, digests: Sequence[str]) -> bool:
        """Is it still there, among the digests of all links in order?"""
        return self.links <= len(digests) and (not self.links or digests[self.links - 1] == self.digest)


class Digest:
    """The digest of one link while its rows pass by in order; begins with the previous link's ("" for the first)."""

    def __init__(self, previous: str) -> None:
        self._sum = hashlib.sha256(previous.encode())
        self.rows = 0
        self.until = 0  # the number of the last row

    def add(self, row: Row) -> None:
        self._sum.update(row.said)
        self.rows += 1
        self.until = row.id

    def close(self, head: Head | None) -> str:
        """The digest, with what the link says of itself; links from before that was kept have no head."""
        if head is not None:
            at = head.sealed_at.astimezone(UTC).isoformat(timespec="microseconds")
            self._sum.update(json.dumps([head.number, head.total, at], separators=(",", ":")).encode())
        return self._sum.hexdigest()


def text_digest(salt: str, text: str) -> str:
    return hashlib.sha256((salt + text).encode()).hexdigest()
