"""The scale of collection costs: a percentage per slice of the principal, with a minimum and a maximum.

Source: article 2 Besluit vergoeding voor buitengerechtelijke incassokosten (Stb. 2012, 141; BWBR0031432). Units: whole
cents. Example: € 8,400 gives 375.00 + 250.00 + 170.00 = € 795.00; € 100 gives 15.00 + 25.00 to the minimum of € 40.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from tijdig.base.money import euro
from tijdig.law.answer import Step
from tijdig.law.conventions import Rounding, rounded
from tijdig.law.dated import Quantity
from tijdig.law.quantity import percent, percent_text, quantity


@dataclass(frozen=True, slots=True)
class Slice:
    """`width_cents` is None for the last one, which has no end."""

    width_cents: int | None
    rate_pct: Fraction


@dataclass(frozen=True, slots=True)
class Scale:
    slices: tuple[Slice, ...]
    minimum_cents: int
    maximum_cents: int


def _scale(raw: Any) -> Scale:
    slices = tuple(Slice(row["width_cents"], percent(row["percent"])) for row in raw["slices"])
    return Scale(slices, raw["minimum_cents"], raw["maximum_cents"])


@cache
def scales() -> Quantity[Scale]:
    """The scale through time."""
    return quantity("collection_cost_scale", _scale)


def scale_steps(principal_cents: int, scale: Scale, rounding: Rounding) -> tuple[Step, ...]:
    """The fee as steps: every slice, then what brings it to the minimum or down to the maximum."""
    steps, left = [], principal_cents
    for one in scale.slices:
        inside = left if one.width_cents is None else min(left, one.width_cents)
        if inside == 0:
            break
        cents = rounded(inside * one.rate_pct.numerator, 100 * one.rate_pct.denominator, rounding)
        steps.append(Step(f"{percent_text(one.rate_pct)} procent over {euro(inside)}.", cents))
        left -= inside
    return (*steps, *_limits(sum(step.cents or 0 for step in steps), scale))


def _limits(fee_cents: int, scale: Scale) -> tuple[Step, ...]:
    if fee_cents < scale.minimum_cents:
        sentence = f"De kosten zijn ten minste {euro(scale.minimum_cents)}."
        return (Step(sentence, scale.minimum_cents - fee_cents),)
    if fee_cents > scale.maximum_cents:
        sentence = f"De kosten zijn ten hoogste {euro(scale.maximum_cents)}."
        return (Step(sentence, scale.maximum_cents - fee_cents),)
    return ()
