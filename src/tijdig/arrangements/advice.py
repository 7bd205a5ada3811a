"""What a way of working thinks of a plan: it warns, and a person decides.

Decides nothing: each warning is a sentence beside the plan, and who agrees on it all the same says why. Units: whole cents,
months. Errors: none. Example: a plan of 14 months where policy says twelve warns `too_long`.

Left out: what a tenant can miss from his income; that is asked in the talk, and help goes before a plan that cannot hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tijdig.arrangements.plan import Fault, Instalment, months
from tijdig.base.days import add_months
from tijdig.base.money import euro
from tijdig.law.answer import short_day
from tijdig.policy.terms import ArrangementTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What is known of this tenancy: when its last arrangement ended, if it was kept, and what is open and left out."""

    last_ended_on: date | None = None
    last_kept: bool = True
    left_out_cents: int = 0


def warnings(
    instalments: Sequence[Instalment], terms: ArrangementTerms, before: Before, today: date
) -> Iterator[Fault]:
    """Everything that policy would rather see otherwise, in the order of weight."""
    taken = months(instalments)
    if taken > terms.longest_months:
        yield Fault(
            "too_long", f"Dit duurt {taken} maanden. De werkwijze zegt: hoogstens {terms.longest_months}."
        )
    smallest = min((one.cents for one in instalments[:-1]), default=terms.smallest_cents)
    if smallest < terms.smallest_cents:
        yield Fault(
            "too_small",
            f"Een termijn van {euro(smallest)} is laag. De werkwijze zegt: minstens {euro(terms.smallest_cents)}.",
        )
    yield from _again(terms, before, today)
    if before.left_out_cents:
        yield Fault(
            "left_out",
            f"Van de achterstand blijft {euro(before.left_out_cents)} buiten de regeling. Daarvoor gaan de gewone "
            "stappen door.",
        )


def _again(terms: ArrangementTerms, before: Before, today: date) -> Iterator[Fault]:
    ended_on = before.last_ended_on
    if ended_on is None or today >= add_months(ended_on, terms.again_after_months):
        return
    how = "afgelopen" if before.last_kept else "niet nagekomen"
    yield Fault(
        "so_soon",
        f"De vorige regeling is op {short_day(ended_on)} {how}. De werkwijze zegt: {terms.again_after_months} maanden "
        "ertussen.",
    )
