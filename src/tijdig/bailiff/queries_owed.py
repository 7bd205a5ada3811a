"""What is owed in a file at this moment, for whoever decides: the live account, the costs, and what is still to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tijdig.arrangements.avoided import avoided
from tijdig.arrears.imputation import settle
from tijdig.bailiff.costs import Act, Sums, sums
from tijdig.bailiff.proportion import Owed
from tijdig.bailiff.queries_in_file import costs_of
from tijdig.bailiff.track import Stage, Track
from tijdig.base.days import day_number
from tijdig.base.money import euro
from tijdig.cases.account import open_items
from tijdig.cases.queries_engine import load_full
from tijdig.cases.queries_file import entries_of
from tijdig.cases.values import OpenItem
from tijdig.law.answer import NotKnown, Step
from tijdig.law.court_costs import bailiff_act
from tijdig.law.dissolution import RentMonth, dissolution_norm

_BOOKED_COSTS = frozenset({"court_costs", "bailiff_costs"})
_BOOKED_WITH_JUDGMENT = frozenset({"collection_costs", "interest"})


def items_of(tenancy_id: int, on: date) -> tuple[OpenItem, ...]:
    """What is open on a day, by the engine."""
    portfolio = load_full(on, [tenancy_id]).portfolio
    entries = entries_of(tenancy_id, on, None)
    return tuple(open_items(entries, portfolio.entry.tolist(), settle(portfolio, day_number(on)), on))


def owed_in(file_id: int, tenancy_id: int, track: Track, on: date) -> tuple[Owed, Sums]:
    """What is owed now in a file, and what its costs come to."""
    found = sums(costs_of(file_id), judged=track.judgment is not None)
    return owed_of(items_of(tenancy_id, on), found, track, on), found


def owed_of(items: Sequence[OpenItem], costs: Sums, track: Track, on: date) -> Owed:
    """The same, of an account that is there already.

    Costs that the corporation put on the rent account itself are not counted twice: of those and the costs of the file the
    larger counts.
    """
    judged = track.judgment
    apart = _BOOKED_COSTS | (_BOOKED_WITH_JUDGMENT if judged else frozenset())
    late = [one for one in items if one.overdue]
    rent = [one for one in late if one.kind not in apart]
    booked_cents = sum(one.open_cents for one in late if one.kind in apart)
    months = [
        RentMonth(one.due_on, one.amount_cents, min(one.open_cents, one.amount_cents))
        for one in rent
        if one.kind == "rent" and one.amount_cents > 0
    ]
    steps, unknown = _to_come([one.open_cents for one in rent if one.open_cents > 0], track.stage, on)
    return Owed(
        overdue_cents=sum(one.open_cents for one in rent),
        norm=dissolution_norm(months, on),
        judged_cents=sum(
            one.open_cents for one in items if one.due_on <= judged.through_on and one.kind not in apart
        )
        if judged
        else None,
        costs_cents=max(costs.owed_cents, booked_cents),
        may_come_cents=costs.may_come_cents,
        to_come=steps,
        unknown=unknown,
    )


def _to_come(principals: Sequence[int], stage: Stage, on: date) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """What a tenant gets on top of it if it goes on to the end, as far as the law's figures of today are known."""
    steps: list[Step] = []
    unknown: list[str] = []
    if stage in (Stage.NONE, Stage.SUMMONS_PROPOSED, Stage.SUMMONS_AGREED) and principals:
        court = avoided(principals, on, costs_due=True)
        steps += court.parts
        unknown += [one.sentence for one in court.doubts]
    for act in _acts_after(stage):
        try:
            charge = bailiff_act(act.value, on)
        except NotKnown as not_known:
            unknown.append(str(not_known))
            continue
        steps.append(Step(f"{charge.sentence} {euro(charge.total_cents)}.", charge.total_cents))
        unknown += [one.sentence for one in charge.doubts]
    return tuple(steps), tuple(dict.fromkeys(unknown))


def _acts_after(stage: Stage) -> tuple[Act, ...]:
    if stage is Stage.EVICTED:
        return ()
    served = stage not in (
        Stage.NONE, Stage.SUMMONS_PROPOSED, Stage.SUMMONS_AGREED, Stage.SUMMONED, Stage.JUDGED,
    )  # fmt: skip
    return (Act.EVICTION,) if served else (Act.JUDGMENT_SERVED, Act.EVICTION)
