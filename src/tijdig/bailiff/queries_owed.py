"""What is owed in a file at this moment, for whoever decides: the live account, the costs, and what is still to come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tijdig.arrangements.avoided import avoided
from tijdig.arrears.imputation import positions, settle
from tijdig.bailiff.costs import Act, Sums, sums
from tijdig.bailiff.proportion import Owed
from tijdig.bailiff.queries import files_of
from tijdig.bailiff.queries_in_file import costs_by_file, costs_of, deeds_of
from tijdig.bailiff.track import Stage, Track, tell
from tijdig.base.days import day_number
from tijdig.base.money import euro
from tijdig.cases.account import Entry, open_items
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
    return _account(tenancy_id, on)[0]


def overdue_of(tenancy_ids: Iterable[int], on: date) -> dict[int, int]:
    """What is overdue of each of these on a day, by the engine."""
    wanted = sorted(set(tenancy_ids))
    if not wanted:
        return {}
    found = positions(load_full(on, wanted).portfolio, day_number(on))
    return dict(zip(wanted, found.overdue.tolist(), strict=True))


def _account(tenancy_id: int, on: date) -> tuple[tuple[OpenItem, ...], list[Entry]]:
    portfolio = load_full(on, [tenancy_id]).portfolio
    entries = entries_of(tenancy_id, on, None)
    found = open_items(entries, portfolio.entry.tolist(), settle(portfolio, day_number(on)), on)
    return tuple(found), entries


def owed_in(file_id: int, tenancy_id: int, track: Track, on: date) -> tuple[Owed, Sums]:
    """What is owed in a file as of a day, and what its costs come to."""
    found = sums(costs_of(file_id), track.judgment.on if track.judgment else None)
    items, entries = _account(tenancy_id, on)
    return owed_of(items, entries, found, track, on), found


def owed_before(tenancy_id: int, on: date) -> Owed:
    """What is owed before a file goes, or of the one that is open: the account, what earlier files left, what may come."""
    files = files_of(tenancy_id)
    done, costs = deeds_of(one.id for one in files), costs_by_file(one.id for one in files)
    tracks = {one.id: tell(done[one.id]) for one in files}
    sides = [sums(costs[pk], track.judgment.on if track.judgment else None) for pk, track in tracks.items()]
    there = next((tracks[one.id] for one in files if one.ended_on is None), tell([]))
    total = Sums(
        sum(one.owed_cents for one in sides),
        sum(one.may_come_cents for one in sides),
        sum(one.own_cents for one in sides),
    )
    items, entries = _account(tenancy_id, on)
    return owed_of(items, entries, total, there, on)


def owed_of(items: Sequence[OpenItem], entries: Sequence[Entry], costs: Sums, track: Track, on: date) -> Owed:
    """The same, of an account that is there already.

    Costs that the corporation put on the rent account itself are not counted twice: what was put there and is paid is no
    longer owed, and of what is left there and in the file the larger counts.
    """
    judged = track.judgment
    apart = _BOOKED_COSTS | (_BOOKED_WITH_JUDGMENT if judged else frozenset())
    late = [one for one in items if one.overdue]
    rent = [one for one in late if one.kind not in apart]
    booked_cents = sum(one.open_cents for one in items if one.kind in apart)
    paid_cents = _posted(entries, track) - booked_cents
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
        costs_cents=max(costs.owed_cents - max(paid_cents, 0), booked_cents),
        may_come_cents=costs.may_come_cents,
        to_come=steps,
        unknown=unknown,
    )


def _posted(entries: Sequence[Entry], track: Track) -> int:
    """What the corporation put on the account of the costs that a file counts: of court and bailiff, and since a judgment
    collection costs and interest too."""
    judged_on = track.judgment.on if track.judgment else None
    return sum(
        one.amount_cents
        for one in entries
        if (kind := one.kind.name.lower()) in _BOOKED_COSTS
        or (judged_on is not None and kind in _BOOKED_WITH_JUDGMENT and one.effective_on >= judged_on)
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
