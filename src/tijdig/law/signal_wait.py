"""The time between the early signal to the municipality and the summons: not too soon, not too late.

Source: article 2 Besluit gemeentelijke schuldhulpverlening (Stb. 2020, 240) with the policy of the Rotterdam court from
1 May 2024: at least two and at most six months between signal and summons, or dissolution is refused.

Units: months. Errors: `NotKnown` before that day. Example: a signal on 15 January 2026 allows a summons from 15 March
through 15 July 2026.

Left out: other courts, which set no months (the Hague court of appeal did not follow the six months in March 2025); what
must be done before a signal may be sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from tijdig.base.days import add_months
from tijdig.law.answer import Answer, Step, long_day
from tijdig.law.dated import Quantity
from tijdig.law.quantity import mapping, quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class SummonsWindow(Answer):
    """The days on which a summons fits the signal; both are included."""

    signal_on: date
    first_on: date
    last_on: date
    court: str

    def fits(self, summons_on: date) -> bool:
        return self.first_on <= summons_on <= self.last_on

    @property
    def steps(self) -> tuple[Step, ...]:
        return (
            Step(f"Het vroegsignaal is van {long_day(self.signal_on)}."),
            Step(f"Dagvaarden kan vanaf {long_day(self.first_on)}."),
            Step(f"Dagvaarden kan tot en met {long_day(self.last_on)}; daarna is een nieuw signaal nodig."),
            Step(f"Dit is beleid van de rechtbank {self.court}."),
        )


@cache
def waits() -> Quantity[Mapping[str, Any]]:
    """The months through time."""
    return quantity("signal_to_summons", mapping)


def summons_window(signal_on: date, on: date) -> SummonsWindow:
    """The window after a signal, by the policy that holds on `on`: the day of the summons, or today."""
    found = waits().at(on)
    return SummonsWindow(
        signal_on=signal_on,
        first_on=add_months(signal_on, found.value["minimum_months"]),
        last_on=add_months(signal_on, found.value["maximum_months"]),
        court=found.value["court"],
        sources=(found.source,),
        doubts=found.doubts,
    )
