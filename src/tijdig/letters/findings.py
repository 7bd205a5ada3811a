"""One thing that was found in a text of a letter, and how much it matters.

Decides nothing. What a text must have, it cannot be saved without; what it should have is advice. Example: a long sentence
is a `Finding` with `Severity.SHOULD`, the code `long_sentence`, and the sentence itself as its excerpt.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tijdig.letters.letter import Language


class Severity(StrEnum):
    """`MUST` stops a text, `SHOULD` does not."""

    MUST = "must"
    SHOULD = "should"


@dataclass(frozen=True, slots=True)
class Finding:
    """`part` is one of the parts of a text, or empty for all of it; `sentence` says what to do (Dutch)."""

    language: Language
    part: str
    severity: Severity
    code: str
    sentence: str
    excerpt: str = ""
