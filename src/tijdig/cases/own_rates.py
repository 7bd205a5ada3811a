"""What an hour of work and a letter cost the corporation, as dated numbers of its own. They stand in `own_rates.yaml`.

Decides which entry counts on a day: the last one that had begun; before the first entry, the first. These are the
corporation's own figures, for no law or carrier says them: each carries the source `eigen afspraak`.

Units: whole cents for an hour and for a letter. Errors: `TypeError` where an entry lacks a number or has one too many; a
channel that has no price is a `KeyError`. Example: `own_rates(date(2026, 11, 2)).letter_cents["sms"]` is 9.

Left out: what a letter cost in truth, which the carrier's invoice says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tijdig.base.money import euro
from tijdig.law.answer import short_day


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRates:
    """The rates from a day on."""

    from_on: date
    source: str
    hour_cents: int
    letter_cents: Mapping[str, int]

    def work_source(self) -> str:
        """`eigen afspraak vanaf 01-01-2026: € 60,00 per uur`."""
        return f"{self.source} vanaf {short_day(self.from_on)}: {euro(self.hour_cents)} per uur"

    def letter_source(self, channel: str) -> str:
        return f"{self.source} vanaf {short_day(self.from_on)}: {euro(self.letter_cents[channel])} per stuk"


@cache
def _all() -> tuple[OwnRates, ...]:
    text = Path(__file__).with_name("own_rates.yaml").read_text(encoding="utf-8")
    raw: list[dict[str, Any]] = yaml.safe_load(text)
    return tuple(OwnRates(from_on=one.pop("from"), **one) for one in raw)


def own_rates(on: date) -> OwnRates:
    """The rates of a day."""
    found = [one for one in _all() if one.from_on <= on]
    return found[-1] if found else _all()[0]
