"""How we deal with objections, as dated numbers (`habits.yaml`), and the day by which a person answers.

Decides which entry counts on a day: the last one that had begun; before the first entry, the first. Decides too the last day
of the term: so many calendar days after the day of receipt, and where that is a Saturday, Sunday or holiday the first
business day after it (`law.holidays`).

Source: our own promise; article 1 Algemene termijnenwet is followed for the last day, though it does not bind here. Units:
days. Errors: `NotKnown` before 1999, where no holidays are known. Worked example: received on Friday 20 March 2026, fourteen
days end on Good Friday 3 April, so it is answered by Tuesday 7 April.

Left out: who answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tijdig.law.holidays import extended


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What holds on a day; what each is for stands beside it in the file."""

    term_days: int
    back_days: int
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


def answer_by(received_on: date) -> date:
    """The last day on which a person answers."""
    return extended(received_on + timedelta(days=habits(received_on).term_days))
