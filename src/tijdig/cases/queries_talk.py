"""What whoever is on the phone needs of one tenancy: why we talk, what is open, what was agreed and how that went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tijdig.access.queries import Colleague
from tijdig.arrangements.kinds import Kept
from tijdig.arrangements.values import Arrangement
from tijdig.arrangements.watch import Watched as WatchedArrangement
from tijdig.cases.cost_meter import CostMeter
from tijdig.cases.opening import Short, Situation
from tijdig.cases.queries import WorkFilter, rows_of, tenancy_file, worklist
from tijdig.cases.queries_cost_meter import cost_meter
from tijdig.cases.queries_day import day_of, held_of
from tijdig.cases.queries_facts import Facts
from tijdig.cases.queries_owner import owners_on
from tijdig.cases.queries_policy import steps_on
from tijdig.cases.values import OpenItem, TenancyFile, WorkRow
from tijdig.contacts.promise import State
from tijdig.contacts.promise import Watched as WatchedPromise
from tijdig.ledger.kinds import Kind
from tijdig.objections.queries import disputed_entries
from tijdig.policy.document import Step
from tijdig.policy.words import Act, Feature
from tijdig.tenancies.flags import SetFlag

_RENT, _REVERSAL, _COSTS = (kind.name.lower() for kind in (Kind.RENT, Kind.REVERSAL, Kind.COLLECTION_COSTS))
_RETURNED_DAYS = 31  # a collection that came back longer ago is no reason to talk today


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """One tenancy before the talk. `arrangement` is the newest there was, `kept` how it was kept, `promise` the newest.

    Of what is overdue, nobody is asked for `loose_cents` (collection costs that no letter made due) and `disputed_cents`.
    """

    file: TenancyFile
    situation: Situation
    flags: tuple[SetFlag, ...]
    overdue: tuple[OpenItem, ...]
    loose_cents: int
    disputed_cents: int
    arrangement: Arrangement | None
    kept: WatchedArrangement | None
    promise: WatchedPromise | None
    costs: CostMeter | None


def briefing(tenancy_id: int, on: date) -> Briefing | None:
    """None where there is no such tenancy."""
    file = tenancy_file(tenancy_id, as_of=on)
    if file is None:
        return None
    facts = Facts(file)
    newest = facts.arrangements[0] if facts.arrangements else None
    kept = facts.kept.get(newest.id) if newest else None
    promise = next(reversed(facts.promises.values()), None)
    flags = tuple(one for one in facts.circumstances if one.holds(on))
    overdue = tuple(one for one in file.open_items if one.overdue)
    left_out = disputed_entries(on, [tenancy_id]).get(tenancy_id, ())
    asked = [one for one in overdue if one.entry_id not in left_out]
    disputed_cents = sum(one.open_cents for one in overdue if one.entry_id in left_out)
    loose_cents = _loose_cents(facts, asked)
    return Briefing(
        file=file,
        situation=_situation(facts, asked, loose_cents, flags, newest, kept, promise),
        flags=flags,
        overdue=overdue,
        loose_cents=loose_cents,
        disputed_cents=disputed_cents,
        arrangement=newest,
        kept=kept,
        promise=promise,
        costs=cost_meter(facts),
    )


def _loose_cents(facts: Facts, asked: Sequence[OpenItem]) -> int:
    """Collection costs that no letter made due; asks nothing where none were charged."""
    costs_cents = sum(one.open_cents for one in asked if one.kind == _COSTS)
    return min(facts.asked[0].loose_cents, costs_cents) if costs_cents else 0


def _situation(
    facts: Facts,
    asked: Sequence[OpenItem],
    loose_cents: int,
    flags: Sequence[SetFlag],
    newest: Arrangement | None,
    kept: WatchedArrangement | None,
    promise: WatchedPromise | None,
) -> Situation:
    file, apart = facts.file, facts.file.apart
    rent = [one for one in asked if one.kind == _RENT]
    return Situation(
        overdue_cents=sum(one.open_cents for one in asked) - loose_cents,
        rent_cents=sum(one.open_cents for one in rent),
        months=tuple(sorted({one.due_on.replace(day=1) for one in rent})),
        since_on=file.since_on,
        departed=file.departed,
        flags=frozenset(one.kind for one in flags),
        arrangement=_broken(newest, kept),
        promise=_not_kept(promise),
        returned_on=_returned_on(file),
        repeats=_repeats(facts),
        talked_on=_talked_on(facts),
        begun_on=apart.begun_on if apart else None,
        new_cents=apart.new_cents if apart else 0,
        frozen_cents=apart.frozen_cents if apart else 0,
    )


def _broken(made: Arrangement | None, kept: WatchedArrangement | None) -> Short | None:
    if made is None or kept is None or made.ended_on is not None or kept.kept is not Kept.BROKEN:
        return None
    return Short(kept.asked_cents, kept.came_cents)


def _not_kept(found: WatchedPromise | None) -> Short | None:
    if found is None or found.state is not State.BROKEN or found.repaired_on is not None:
        return None
    return Short(found.promise.amount_cents, found.came_cents, found.promise.due_on)


def _returned_on(file: TenancyFile) -> date | None:
    since = max(file.since_on or file.as_of, file.as_of - timedelta(days=_RETURNED_DAYS))
    days = (line.effective_on for line in file.lines if line.kind == _REVERSAL and line.effective_on >= since)
    return max(days, default=None)


def _repeats(facts: Facts) -> int:
    """As the last decision saw it; an older way of working did not look."""
    saw = facts.decisions[-1].saw if facts.decisions else ()
    return max(saw[Feature.REPEATS], 0) if len(saw) > Feature.REPEATS else 0


def _talked_on(facts: Facts) -> date | None:
    since = facts.file.arrears_since_on
    days = [one.on for one in facts.contacts if one.talk and one.withdrawn is None]
    return max((day for day in days if since and day >= since), default=None)


def step_of(file: TenancyFile) -> Step | None:
    """The step that comes next, by the way of working of that day."""
    return steps_on(file.as_of).get(file.step_code)


def is_visit(file: TenancyFile) -> bool:
    """Is the next step a visit? Then the talk begins at the door."""
    step = step_of(file)
    return step is not None and step.do is Act.VISIT


def next_row(user_id: int, after: int, people: Sequence[Colleague], on: date) -> WorkRow | None:
    """Who is next on somebody's list when this one is done: of his own day, and of the whole list where he has none."""
    owners = owners_on(people, on)
    placed = day_of(user_id, held_of(user_id, owners), on).placed if user_id in owners.people else ()
    if not placed:
        return next((row for row in worklist(WorkFilter(), people, on).rows if row.tenancy_id != after), None)
    found = next((one.work.tenancy_id for one in placed if one.work.tenancy_id != after), None)
    return rows_of([found], people, on).get(found) if found else None
