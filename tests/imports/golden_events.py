"""Events as plain rows, so that a golden file can stand beside its expected values as JSON.

A row leaves out what is at its default, and of a Problem the text of the file, which is tested by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, BinaryIO

from tijdig.imports.drafts import Event

Reader = Callable[[BinaryIO], Iterator[Event]]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return dict(value) if hasattr(value, "items") else value


def row(event: Event) -> dict[str, Any]:
    found: dict[str, Any] = {"event": type(event).__name__}
    for field in fields(event):
        value = getattr(event, field.name)
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        if value != default and not (found["event"] == "Problem" and field.name == "text"):
            found[field.name] = _plain(value)
    return found


def read_file(reader: Reader, path: Path) -> list[Event]:
    with path.open("rb") as stream:
        return list(reader(stream))


def expected(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.with_name(path.name + ".json").read_text(encoding="utf-8"))
    return rows
