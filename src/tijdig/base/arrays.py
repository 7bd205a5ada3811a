"""Columns as PostgreSQL array literals, so that many rows go in one statement without a call per value.

`literal("integer", [1, None, 3])` is `{1,NULL,3}`. Text is always quoted; a NUL, which PostgreSQL cannot keep, becomes
the replacement character.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

_QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"', "\x00": "\ufffd"})

_BETWEEN = "\x1f"  # stands in no text that people or banks write; where it does, the slow way is taken


def _numbers(values: Iterable[Any]) -> Iterable[str]:
    return ["NULL" if value is None else str(value) for value in values]


def _days(values: Iterable[date | str | None]) -> Iterable[str]:
    """A column has few different days."""
    written: dict[date | str | None, str] = {None: "NULL"}
    return [written.get(value) or written.setdefault(value, str(value)) for value in values]


def _booleans(values: Iterable[Any]) -> Iterable[str]:
    return ["NULL" if value is None else ("t" if value else "f") for value in values]


def _texts(values: Iterable[str | None]) -> Iterable[str]:
    return ["NULL" if value is None else f'"{value.translate(_QUOTED)}"' for value in values]


def _plain_texts(values: Sequence[str | None]) -> str | None:
    """The whole literal at once where no text holds anything that must be escaped, which is nearly always."""
    try:
        whole = _BETWEEN.join(values)  # type: ignore[arg-type]
    except TypeError:
        return None  # there is a NULL
    if '"' in whole or "\\" in whole or "\x00" in whole or whole.count(_BETWEEN) != len(values) - 1:
        return None
    return '{"' + whole.replace(_BETWEEN, '","') + '"}'


_KINDS: dict[str, Callable[[Iterable[Any]], Iterable[str]]] = {
    "integer": _numbers,
    "bigint": _numbers,
    "smallint": _numbers,
    "date": _days,
    "boolean": _booleans,
    "text": _texts,
}


def literal(kind: str, values: Sequence[Any]) -> str:
    """One column as text for `%s::<kind>[]`. Raises KeyError for a kind that is not listed."""
    if kind == "text" and values and (whole := _plain_texts(values)) is not None:
        return whole
    return "{" + ",".join(_KINDS[kind](values)) + "}"


def literals(kinds: str, columns: Sequence[Sequence[Any]]) -> list[str]:
    """Several columns; `kinds` names the kind of each, separated by spaces."""
    return [literal(kind, column) for kind, column in zip(kinds.split(), columns, strict=True)]
