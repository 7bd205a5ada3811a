"""A value of the law as people read it, for the page on where the law stands. Any value, also one with parts.

Example: `in_words("4", "procent per jaar", {})` is "4 procent per jaar"; a value that is unknown is "niet bekend".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tijdig.base.money import euro
from tijdig.law.answer import short_day


def _plain(value: Any, key: str, labels: Mapping[str, str]) -> str:
    if value is None:
        return "geen grens" if key in ("width_cents", "up_to_cents") else "niet bekend"
    if isinstance(value, dict):
        return "; ".join(
            f"{labels.get(name, name)}: {_plain(one, name, labels)}" for name, one in value.items()
        )
    if isinstance(value, list):
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
