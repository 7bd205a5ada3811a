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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from io import BytesIO
from itertools import starmap
from operator import attrgetter
from typing import Any

from tijdig.base.values import positional

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


def runs(values: Sequence[Any]) -> list[tuple[type | None, list[Any]]]:
    """Values in their order, those of one kind together as tuples of their fields: a fifth of the work."""
    found: list[tuple[type | None, list[Any]]] = []
    for value in values:
        kind: type | None = value.__class__
        fields_of = _fields(value.__class__)
        if fields_of is None:
            kind = None
        if not found or found[-1][0] is not kind:
            found.append((kind, []))
        found[-1][1].append(value if fields_of is None else fields_of(value))
    return found


def of_runs(found: Any) -> Iterator[Any]:
    """The values again. Raises `UnpicklingError` for what are no runs."""
    if not isinstance(found, list):
        raise pickle.UnpicklingError("no runs")
    for kind, parts in found:
        if kind is None:
            yield from parts
        elif isinstance(kind, type) and is_dataclass(kind) and _fields(kind) is not None:
            yield from starmap(_made(kind), parts)
        else:
            raise pickle.UnpicklingError(f"{kind} is no kind of value")


@lru_cache(maxsize=64)
def _fields(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """Reads the fields of such a value; None for what is taken as it is."""
    if not is_dataclass(kind) or "__slots__" not in kind.__dict__ or kind.__mro__[1:] != (object,):
        return None  # `positional` makes plain frozen values with slots
    names = [one.name for one in fields(kind)]
    by_place = all(one.init and not one.kw_only for one in fields(kind))
    return attrgetter(*names) if len(names) > 1 and by_place else None


@lru_cache(maxsize=64)
def _made(kind: type) -> Callable[..., Any]:
    return positional(kind)


def unpacked(body: bytes) -> Any:
    """The value of a frame's body."""
    return _Plain(BytesIO(body)).load()
