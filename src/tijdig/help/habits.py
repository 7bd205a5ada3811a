"""How we deal with early signals, as dated numbers (`habits.yaml`).

Decides which entry counts on a day: the last one that had begun; before the first entry, the first. Units: days. Errors:
none. Worked example: an offer of 1 March 2026 may be refused through 14 March; from 15 March a signal is possible.
Left out: the terms of the law (`law.early_signal`, `law.signal_wait`).
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
    """What holds on a day; what each is for stands beside it in the file."""

    objection_days: int
    source: str


@cache
def _all() -> tuple[tuple[date, Habits], ...]:
    text = Path(__file__).with_name("habits.yaml").read_text(encoding="utf-8")
    raw: list[dict[str, Any]] = yaml.safe_load(text)
    return tuple((one.pop("from"), Habits(**one)) for one in raw)


def habits(on: date) -> Habits:
    """What holds on a day."""
    found = [one for first, one in _all() if first <= on]
    return found[-1] if found else _all()[0][1]
