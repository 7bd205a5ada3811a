"""What an arrangement keeps away: the costs that come to a tenant when the same debt goes to the bailiff and to court.

Decides which costs are counted: collection costs (unless they are due already), the summons, the court fee, the salary for
a summons and a hearing. Each with its source from `law`; one that is not known for the day is left out and named, so that
the sum is never too high.

Units: whole cents. Errors: none. Worked example, 2026, a debt of € 1,400: collection costs € 210, court fee, salary; the
summons is not known for 2026 and is named.

Left out: interest, service of a judgment, eviction, and who pays in the end (the court decides).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tijdig.law.answer import Doubt, NotKnown, Source, Step, once
from tijdig.law.collection_costs import collection_costs
from tijdig.law.court_costs import Charge, bailiff_act, court_fee, points_of, representative_salary


@dataclass(frozen=True, slots=True)
class Avoided:
    """The costs one by one, and those of which the amount is not known."""

    parts: tuple[Step, ...]
    sources: tuple[Source, ...]
    doubts: tuple[Doubt, ...]

    @property
    def total_cents(self) -> int:
        return sum(step.cents or 0 for step in self.parts)


def avoided(principals: Sequence[int], on: date, *, costs_due: bool = False) -> Avoided:
    """What would come to the tenant over these open instalments (each above zero), by the law of a day."""
    parts: list[Step] = []
    sources: list[tuple[Source, ...]] = []
    doubts: list[tuple[Doubt, ...]] = []
    claim_cents = sum(principals)
    if not costs_due and principals:
        costs = collection_costs(principals, on)
        parts.append(
            Step("Incassokosten, als op een veertiendagenbrief niet wordt betaald.", costs.fee_cents)
        )
        sources.append(costs.sources)
        doubts.append(costs.doubts)
    for charge in _court(claim_cents, on):
        try:
            found = charge()
        except NotKnown as unknown:
            doubts.append((unknown.doubt,))
            continue
        parts += found.steps
        sources.append(found.sources)
        doubts.append(found.doubts)
    return Avoided(tuple(parts), once(*sources), once(*doubts))


def _court(claim_cents: int, on: date) -> tuple[Callable[[], Charge], ...]:
    def salary() -> Charge:
        points, _ = points_of({"summons": 1, "hearing": 1}, on)
        return representative_salary(claim_cents, on, points)

    return (lambda: bailiff_act("a", on), lambda: court_fee(claim_cents, on), salary)
