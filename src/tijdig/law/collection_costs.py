"""Collection costs: what may be charged for collecting out of court, after a correct fourteen-day letter.

Decides the fee over the principals of one letter: the scale over their sum (article 6:96 paragraph 7 BW), at least
€ 40, at most € 6,775 (article 2 Besluit vergoeding voor buitengerechtelijke incassokosten). Only the principal counts.
VAT is added under three conditions, all of them (`VatGround`). Who collects does not matter for the fee.

The rule on small instalments (article 2a, from 1 October 2024): its text was not obtained. Where an instalment of at most
€ 266.67 is in the letter the answer is provisional, and the lower reading is taken: small ones never stack. Beside larger
instalments they add nothing; on their own they give one minimum fee together, the highest fee of a single one.

Units: whole cents. Rounding by the convention, per slice; only the last slice can have a part of a cent. Errors:
`NotKnown` before 1 July 2012, `ValueError` for an amount that is not above zero.

Example: three rents of € 700 in one letter: 15 % of 2,100 = € 315.00; with VAT (21 %) € 66.15 more, € 381.15.

Left out: default that began before 1 July 2012; moderation by the court; clauses in the lease that set other costs (then
often nothing may be charged); the six months to look back when small instalments had letters of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from tijdig.base.money import euro
from tijdig.law.answer import Answer, Doubt, Source, Step, once
from tijdig.law.conventions import DEFAULT, Conventions, Rounding, rounded
from tijdig.law.cost_scale import Scale, scale_steps, scales
from tijdig.law.dated import Found, Quantity
from tijdig.law.quantity import mapping, percent, percent_text, quantity


@dataclass(frozen=True, slots=True)
class Instalment:
    """One claim in the letter: a month's rent, or what is left of it. `principal_cents` is what is unpaid."""

    principal_cents: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class VatGround:
    """The three conditions for VAT on the costs (article 2 paragraph 3 of the decree)."""

    collector_charges_vat: bool
    creditor_cannot_deduct: bool
    stated_in_letter: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """The conditions that are not met, as Dutch sentences."""
        conditions = (
            (self.collector_charges_vat, "Er is geen incassodienst van buiten die btw rekent."),
            (self.creditor_cannot_deduct, "De corporatie kan de btw aftrekken."),
            (self.stated_in_letter, "De veertiendagenbrief noemt de btw niet."),
        )
        return tuple(sentence for met, sentence in conditions if not met)


ALL_VAT_CONDITIONS = VatGround(True, True, True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs(Answer):
    """The costs of one letter; the amounts of `parts` add up to the total."""

    on: date
    principal_cents: int
    fee_cents: int
    vat_cents: int
    parts: tuple[Step, ...]

    @property
    def total_cents(self) -> int:
        return self.fee_cents + self.vat_cents

    @property
    def steps(self) -> tuple[Step, ...]:
        return (Step(f"De hoofdsom is {euro(self.principal_cents)}."), *self.parts)


@cache
def small_instalments() -> Quantity[Mapping[str, Any]]:
    """The rule against stacking through time."""
    return quantity("collection_cost_small_instalments", mapping)


@cache
def vat_rates() -> Quantity[Fraction]:
    return quantity("vat", percent)


def _instalments(principals: Iterable[Instalment | int]) -> tuple[Instalment, ...]:
    given = tuple(Instalment(one) if isinstance(one, int) else one for one in principals)
    if any(one.principal_cents <= 0 for one in given):
        raise ValueError("Elk bedrag moet hoger zijn dan nul.")
    return given


def _small_rule(given: Sequence[Instalment], on: date) -> Found[Mapping[str, Any]] | None:
    """The rule of article 2a, only where it holds that day and a small instalment is in the letter."""
    if on < small_instalments().first_on:
        return None
    found = small_instalments().at(on)
    return found if any(_is_small(one, found) for one in given) else None


def _is_small(one: Instalment, found: Found[Mapping[str, Any]]) -> bool:
    return one.principal_cents <= int(found.value["threshold_cents"])


def _fee_steps(
    given: Sequence[Instalment], small: Found[Mapping[str, Any]] | None, scale: Scale, rounding: Rounding
) -> tuple[Step, ...]:
    """The fee as steps: the scale over the sum, or the lower reading of the rule against stacking."""
    if small is None:
        return scale_steps(sum(one.principal_cents for one in given), scale, rounding)
    larger = [one.principal_cents for one in given if not _is_small(one, small)]
    limit = euro(int(small.value["threshold_cents"]))
    if larger:
        aside = Step(f"Termijnen van ten hoogste {limit} tellen niet apart mee (artikel 2a).", 0)
        return (*scale_steps(sum(larger), scale, rounding), aside)
    highest = max(
        sum(step.cents or 0 for step in scale_steps(one.principal_cents, scale, rounding)) for one in given
    )
    once_only = min(highest, int(small.value["maximum_cents"]))
    return (Step(f"Termijnen van ten hoogste {limit}: samen één keer de kosten (artikel 2a).", once_only),)


def _vat(
    fee_cents: int, on: date, ground: VatGround | None, rounding: Rounding
) -> tuple[tuple[Step, ...], tuple[Source, ...], tuple[Doubt, ...]]:
    """The VAT as steps, with where its rate stands; a ground that is not whole gives the reasons and no VAT."""
    if ground is None or fee_cents == 0:
        return (), (), ()
    if ground.missing:
        return tuple(Step(f"Geen btw: {sentence}", 0) for sentence in ground.missing), (), ()
    rate = vat_rates().at(on)
    vat_cents = rounded(fee_cents * rate.value.numerator, 100 * rate.value.denominator, rounding)
    step = Step(f"Btw van {percent_text(rate.value)} procent over {euro(fee_cents)}.", vat_cents)
    return (step,), (rate.source,), rate.doubts


def collection_costs(
    principals: Sequence[Instalment | int],
    on: date,
    vat: VatGround | None = None,
    conventions: Conventions = DEFAULT,
) -> Costs:
    """The costs of one letter with these claims, by the rules of that day. No claims at all: no costs."""
    given = _instalments(principals)
    found = scales().at(on)
    small = _small_rule(given, on)
    fee = _fee_steps(given, small, found.value, conventions.rounding) if given else ()
    fee_cents = sum(step.cents or 0 for step in fee)
    vat_steps, vat_sources, vat_doubts = _vat(fee_cents, on, vat, conventions.rounding)
    return Costs(
        on=on,
        principal_cents=sum(one.principal_cents for one in given),
        fee_cents=fee_cents,
        vat_cents=sum(step.cents or 0 for step in vat_steps),
        parts=(*fee, *vat_steps) or (Step("Alles is betaald, dus er zijn geen kosten.", 0),),
        sources=once((found.source,), (small.source,) if small else (), vat_sources),
        doubts=once(found.doubts, small.doubts if small else (), vat_doubts),
        conventions=conventions.sentences("rounding"),
    )


def unpaid(principals: Sequence[Instalment | int], paid_cents: int) -> tuple[Instalment, ...]:
    """What is left of these claims after a payment, the first one first; what is settled falls away."""
    if paid_cents < 0:
        raise ValueError("Een betaling is nul of meer.")
    left = []
    for one in _instalments(principals):
        settled = min(paid_cents, one.principal_cents)
        paid_cents -= settled
        if settled < one.principal_cents:
            left.append(replace(one, principal_cents=one.principal_cents - settled))
    return tuple(left)


def costs_at_end(
    principals: Sequence[Instalment | int],
    paid_cents: int,
    on: date,
    vat: VatGround | None = None,
    conventions: Conventions = DEFAULT,
) -> Costs:
    """The costs after a part payment within the term: over what is unpaid at its end (HR 2016:2704, 3.8).

    Three rents of € 700, € 700 paid within the term: 15 % of 1,400 = € 210.00. All paid: nothing.
    """
    return collection_costs(unpaid(principals, paid_cents), on, vat, conventions)
