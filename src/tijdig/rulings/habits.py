"""How long a ruling may last at most, as dated numbers. They stand in `habits.yaml`.

Decides which entry counts on a day: the last one that had begun; before the first entry, the first. Units: days ahead of
the day of the ruling. Errors: `TypeError` where an entry lacks a number or has one too many. Example: `habits(date(2026,
11, 2)).deviation_days` is 92. Left out: whether it is wise to let it last so long.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """The numbers that hold on a day; what each is for stands beside it in the file."""

    deviation_days: int
    decision_days: int


@cache
def _all() -> tuple[tuple[date, Habits], ...]:
    text = Path(__file__).with_name("habits.yaml").read_text(encoding="utf-8")
    raw: list[dict[str, Any]] = yaml.safe_load(text)
    return tuple((one.pop("from"), Habits(**one)) for one in raw)


def habits(on: date) -> Habits:
    """The numbers of a day."""
    found = [numbers for first, numbers in _all() if first <= on]
    return found[-1] if found else _all()[0][1]
