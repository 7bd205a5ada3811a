"""The chain: each link digests the events since the last and the link before it, so nothing can be changed unseen.

Personal text takes part only through its salted digest, so that erasing a person leaves the chain whole.
Worked example: link 2 = sha256(link 1 + canonical(event 11) + ... + canonical(event 20)).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """What of one event the chain holds."""

    id: int
    actor: str
    verb: str
    subject: str
    effective_on: date
    recorded_at: datetime
    facts: dict[str, Any]
    text_digest: str


def canonical(link: Link) -> bytes:
    parts = [
        link.id,
        link.actor,
        link.verb,
        link.subject,
        link.effective_on.isoformat(),
        link.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        link.facts,
        link.text_digest,
    ]
    return json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(previous: str, links: Iterable[Link]) -> str:
    """The digest of a link of the chain, from the previous one ("" for the first) and its events in order."""
    total = hashlib.sha256(previous.encode())
    for link in links:
        total.update(canonical(link))
    return total.hexdigest()


def text_digest(salt: str, text: str) -> str:
    return hashlib.sha256((salt + text).encode()).hexdigest()
