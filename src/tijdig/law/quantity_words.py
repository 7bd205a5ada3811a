"""A value of the law as people read it, for the page on where the law stands. Any value, also one with parts.

Example: `in_words("4", "procent per jaar", {})` is "4 procent per jaar"; a value that is unknown is "niet bekend".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tijdig.base.money import euro
from tijdig.law.answer import short_day

_ROW = "a row of a table without names"


def _plain(value: Any, key: str, labels: Mapping[str, str]) -> str:
    if value is None:
        return "geen grens" if key in ("width_cents", "up_to_cents") else "niet bekend"
    if isinstance(value, dict):
        return "; ".join(
            f"{labels.get(name, name)}: {_plain(one, name, labels)}" for name, one in value.items()
        )
    if isinstance(value, list) and key == _ROW:
        return "; ".join("geen grens" if one is None else _plain(one, "", labels) for one in value)
    if isinstance(value, list):
        key = _ROW if any(isinstance(one, list) for one in value) else key
        return " | ".join(_plain(one, key, labels) for one in value)
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, int) and key.endswith("_cents"):
        return euro(value)
    return labels.get(str(value), str(value)).replace(".", ",")


def in_words(raw: Any, unit: str, labels: Mapping[str, str]) -> str:
    """The value with its unit; the parts of a table by their Dutch names."""
    text = _plain(raw, "", labels)
    return text if raw is None or isinstance(raw, dict | list) else f"{text} {unit}"


def part_lines(raw: Any, labels: Mapping[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The parts of a value that has them: each with its name and its lines; nothing where a value is one number.

    `{"legal": [{"up_to_cents": 50000, "fee_cents": 13900}]}` is one part with the line `tot en met: € 500,00; ...`.
    """
    if not isinstance(raw, dict):
        return ()
    return tuple(
        (labels.get(name, name), tuple(_plain(one, name, labels).split(" | "))) for name, one in raw.items()
    )
