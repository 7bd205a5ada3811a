"""What is not sure about a claim, as it is kept when a person takes it on: the same doubts at the same total, one digest.

Example: a claim with the same reasons in another order has the same digest; one reason more, and it has another.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from tijdig.law.answer import Doubt


def as_plain(doubts: Iterable[Doubt]) -> list[list[str]]:
    """Code and sentence of each, in order of text."""
    return sorted([doubt.code, doubt.sentence] for doubt in doubts)


def digest(doubts: Iterable[Doubt], total_cents: int) -> str:
    """64 hexadecimal digits of the doubts at this total; nothing where nothing is in doubt."""
    plain = as_plain(doubts)
    said = json.dumps([total_cents, plain], ensure_ascii=False)
    return sha256(said.encode()).hexdigest() if plain else ""
