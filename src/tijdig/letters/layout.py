"""With what a letter was laid out: the template, the small words around it, and the typesetter.

Decides nothing. The exact paper of every letter is kept; this short digest tells whether making it again now would give
the same bytes. Example: `made_with()` has 16 hexadecimal digits.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tijdig.letters.render import STANDARDS

_FILES = ("letter.typ", "labels.yaml")


@cache
def made_with() -> str:
    """The digest of what this release lays letters out with."""
    total = hashlib.sha256(" ".join([version("typst"), *STANDARDS]).encode())
    for name in _FILES:
        total.update((Path(__file__).parent / name).read_bytes())
    return total.hexdigest()[:16]
