"""What goes through the pipe between a reading process and whoever asked: a mark, a length, and pickled values.

A reader may have been taken over by the file it reads, so what comes out of it is not believed: of a pickle only plain
values, days, and the values and errors of this program's own rooms are made, and nothing is imported or called for it.
Errors: `pickle.UnpicklingError` for anything else. Left out: whether the values make sense, which the actions check.
"""

from __future__ import annotations

import datetime
import pickle  # read by `_Plain` only, which makes listed kinds of values
import struct
import sys
import uuid
from collections import Counter
from dataclasses import is_dataclass
from decimal import Decimal
from enum import Enum
from io import BytesIO
from typing import Any

HEAD = struct.Struct(">cI")
VALUES, END, RAISED, FAULT, FULL = b"V", b"E", b"R", b"F", b"M"
MOST_BYTES = 64 * 1024 * 1024  # of one frame

_KNOWN = {
    (kind.__module__, kind.__name__): kind
    for kind in (
        datetime.date, datetime.datetime, datetime.timedelta, datetime.timezone, Decimal, Counter, uuid.UUID,
        uuid.SafeUUID, frozenset, set, bytearray,
    )
}  # fmt: skip


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _KNOWN:
            return _KNOWN[module, name]
        if module.startswith("tijdig.") and "." not in name:
            found = getattr(sys.modules.get(module), name, None)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, (Enum, Exception))):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is nothing that a reader gives")


def packed(mark: bytes, value: object) -> bytes:
    """A frame."""
    body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return HEAD.pack(mark, len(body)) + body


def unpacked(body: bytes) -> Any:
    """The value of a frame's body."""
    return _Plain(BytesIO(body)).load()
