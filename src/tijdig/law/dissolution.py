"""The three-month norm: is the arrear large enough to ask the court to end the lease.

Source: Aanbeveling Huurzaken of the cantonal judges (rechtspraak.nl); articles 6:265 and 7:231 BW; HR 28 September 2018,
ECLI:NL:HR:2018:1810. Below three monthly terms dissolution is refused in principle. Where rent is paid in advance the
unpaid current month counts. A month at an old, lower rent counts as a full one.

Units: months as exact fractions: a month counts for the part of its own rent that is open. Errors: `NotKnown` before the
decision of 2018, `ValueError` for a month without rent or with more open than its rent.

Example: on 10 March 2026 January, February and March (€ 600 each, due on the 1st) are open: three months, the norm is
reached. Had € 300 of January been paid: 2.5 months, it is not.

Left out: everything else that a judge weighs. This is a recommendation, not a right to win; the early signal to the
municipality comes first (`signal_wait`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from tijdig.base.days import add_months, first_of_month
from tijdig.law.answer import Answer, Step, short_day
from tijdig.law.dated import Quantity
from tijdig.law.quantity import quantity


@dataclass(frozen=True, slots=True)
class RentMonth:
    """One month's rent: when it was due, how much it was, how much of it is open."""

    due_on: date
    rent_cents: int
    open_cents: int

    @property
    def part_open(self) -> Fraction:
        if not 0 <= self.open_cents <= self.rent_cents or self.rent_cents == 0:
            raise ValueError(
                f"De huur van {short_day(self.due_on)} en wat ervan open staat, passen niet bij elkaar."
            )
        return Fraction(self.open_cents, self.rent_cents)


@dataclass(frozen=True, slots=True, kw_only=True)
class DissolutionNorm(Answer):
    """`months` is what counts, `norm_months` what is asked."""

    on: date
    months: Fraction
    norm_months: int
    counted: tuple[RentMonth, ...]

    @property
    def reached(self) -> bool:
        return self.months >= self.norm_months

    @property
    def steps(self) -> tuple[Step, ...]:
        tenths = self.months * 10 // 1  # down, so that what is not three months never reads as three
        months = f"{tenths // 10},{tenths % 10}"
        outcome = "wel" if self.reached else "niet"
        return (
            *(Step(f"Open van de huur van {short_day(one.due_on)}.", one.open_cents) for one in self.counted),
            Step(f"Samen {months} maandtermijnen; de norm van {self.norm_months} is {outcome} gehaald."),
        )


@cache
def norms() -> Quantity[int]:
    """The norm through time, in monthly terms."""
    return quantity("dissolution_norm", int)


def _counts(one: RentMonth, on: date, in_advance: bool) -> bool:
    """Is this month late, and over unless it is paid in advance?"""
    late = one.due_on < on and one.open_cents > 0
    return late and (in_advance or add_months(first_of_month(one.due_on), 1) <= on)


def dissolution_norm(months: Iterable[RentMonth], on: date, *, in_advance: bool = True) -> DissolutionNorm:
    """How many months count on a day, and whether that is enough."""
    found = norms().at(on)
    counted = tuple(one for one in months if _counts(one, on, in_advance))
    return DissolutionNorm(
        on=on,
        months=sum((one.part_open for one in counted), Fraction(0)),
        norm_months=found.value,
        counted=counted,
        sources=(found.source,),
        doubts=found.doubts,
    )
