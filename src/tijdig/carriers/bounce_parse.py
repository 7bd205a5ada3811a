"""Reading a mail of a stranger into its parts, within bounds.

Anybody can put a mail in the folder of reports. Python's parser goes one call deeper for each mail within a mail,
raises for some names of a character set, and takes time by the square for a header of a certain form. Decides what is
still looked at: the first 1,000,000 bytes (a report stands at the beginning), at most 50 parts, and no header
`Content-Type` above 4,000 bytes; whoever reads answers asks for more bytes and parts. A mail beyond that, or one that the
parser stumbles over, is no mail: None.

Errors: none, whatever the bytes. Left out: what a report says (`bounce`).
"""

from __future__ import annotations

import email
import re
from email.message import Message as Mail
from typing import Any

_MOST_BYTES = 1_000_000
_MOST_PARTS = 50
_LONGEST_TYPE = 4_000
_TYPE = re.compile(rb"content-type:[^\r\n]*(?:[\r\n]+[ \t][^\r\n]*)*", re.IGNORECASE)


class _TooManyError(Exception):
    """The mail has more parts than are looked at."""


def parse_mail(raw: bytes, *, most_bytes: int = _MOST_BYTES, most_parts: int = _MOST_PARTS) -> Mail | None:
    """The mail in its parts, or None where it cannot be read safely."""
    head = raw[:most_bytes]
    if any(hit.end() - hit.start() > _LONGEST_TYPE for hit in _TYPE.finditer(head)):
        return None
    made = 0

    def part(*args: Any, **more: Any) -> Mail:
        nonlocal made
        made += 1
        if made > most_parts:
            raise _TooManyError
        return Mail(*args, **more)

    try:
        return email.message_from_bytes(head, part)
    except Exception:  # of the parser, or ours: no mail that can be told of
        return None
