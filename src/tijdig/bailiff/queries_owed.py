"""What is owed in a file at this moment, for whoever decides: the live account, the costs, and what is still to come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tijdig.arrears.imputation import positions, settle
from tijdig.bailiff.costs import Sums
from tijdig.bailiff.earlier import OfTenancy, Posted, beside, of_tenancy
from tijdig.bailiff.proportion import Owed
from tijdig.bailiff.queries import files_of
from tijdig.bailiff.queries_earlier import COURT, LETTERS, before, earlier_of, posted
from tijdig.bailiff.queries_in_file import costs_of, deeds_of
from tijdig.bailiff.to_come import Ahead, to_come
from tijdig.bailiff.track import Deed, Stage, Track, tell
from tijdig.base.days import day_number
from tijdig.cases.account import open_items
from tijdig.cases.queries_engine import load_full
from tijdig.cases.queries_file import entries_of
from tijdig.cases.values import OpenItem
from tijdig.law.dissolution import RentMonth, dissolution_norm
from tijdig.ledger.queries import due_before
from tijdig.objections.queries import disputed_entries

_BOOKED_COSTS = frozenset(one.name.lower() for one in COURT)
_BOOKED_WITH_JUDGMENT = frozenset(one.name.lower() for one in LETTERS)


def items_of(tenancy_id: int, on: date) -> tuple[OpenItem, ...]:
    """What is open on a day, by the engine; what the tenant disputes is marked."""
    portfolio = load_full(on, [tenancy_id]).portfolio
    entries, disputed = entries_of(tenancy_id, on, None), disputed_entries(on, [tenancy_id])
    settlement = settle(portfolio, day_number(on))
    return tuple(open_items(entries, portfolio.entry.tolist(), settlement, on, disputed.get(tenancy_id, ())))


def disputed_of(tenancy_ids: Iterable[int], on: date) -> dict[int, int]:
    """By tenancy that disputes something, how much of it was due and is open."""
    some = disputed_entries(on, sorted(set(tenancy_ids)))
    if not some:
        return {}
    portfolio = load_full(on, sorted(some)).portfolio
    left, order = settle(portfolio, day_number(on)).open_items, portfolio.entry.tolist()
    open_cents = {order[one.row]: one.cents for one in left}
    due = set(due_before(on, [one for entries in some.values() for one in entries]))
    return {
        tenancy: sum(open_cents.get(one, 0) for one in entries if one in due)
        for tenancy, entries in some.items()
    }


def overdue_of(tenancy_ids: Iterable[int], on: date) -> dict[int, int]:
    """What is overdue of each of these on a day, by the engine; what the tenant disputes is not asked and left out."""
    wanted = sorted(set(tenancy_ids))
    if not wanted:
        return {}
    found = positions(load_full(on, wanted).portfolio, day_number(on))
    return dict(zip(wanted, found.overdue.tolist(), strict=True))


def owed_in(file_id: int, tenancy_id: int, track: Track, on: date) -> tuple[Owed, Sums]:
    """What is owed in a file as of a day, with what is left of files before it; and what its own costs come to."""
    earlier = before(file_id, earlier_of([tenancy_id]).get(tenancy_id, []))
    found = of_tenancy(costs_of(file_id), track.judgment, earlier)
    return _owed(tenancy_id, found, track, on), found.sums


def owed_before(tenancy_id: int, on: date) -> Owed:
    """What is owed in the file that is open, or where there is none before one begins: the account, what files left, what
    may come."""
    there = next((one for one in files_of(tenancy_id) if one.ended_on is None), None)
    if there is not None:
        return owed_in(there.id, tenancy_id, tell(deeds_of([there.id])[there.id]), on)[0]
    return _owed(tenancy_id, of_tenancy((), None, earlier_of([tenancy_id]).get(tenancy_id, [])), tell([]), on)


def _owed(tenancy_id: int, found: OfTenancy, track: Track, on: date) -> Owed:
    put = posted({tenancy_id: found.first_judged_on}, on)[tenancy_id]
    claim_cents = _rent_cents(_rent(items_of(tenancy_id, _asked_on(track, on)), found))
    ahead = Ahead(
        track=track, judgment=found.judgment, booked=found.booked, claim_cents=claim_cents, on=on
    )  # fmt: skip
    return owed_of(items_of(tenancy_id, on), found, put, ahead)


def owed_of(items: Sequence[OpenItem], costs: OfTenancy, put: Posted, ahead: Ahead) -> Owed:
    """The same, of an account that is there already.

    Costs that the corporation put on the rent account itself are not counted twice: what was put there and is paid is no
    longer owed, and of what is left there and in the files the larger counts.
    """
    judged, rent, coming = costs.judgment, _rent(items, costs), to_come(ahead)
    apart = _apart(costs)
    booked_cents = sum(one.open_cents for one in items if one.kind in apart and not one.disputed)
    months = [
        RentMonth(one.due_on, one.amount_cents, min(one.open_cents, one.amount_cents))
        for one in rent
        if one.kind == "rent" and one.amount_cents > 0
    ]
    costs_cents = booked_cents + beside(costs, put)
    own_cents = min(costs.sums.owed_cents, costs_cents)  # what is paid of costs was the oldest first
    return Owed(
        overdue_cents=_rent_cents(rent),
        norm=dissolution_norm(months, ahead.on),
        judged_cents=sum(
            one.open_cents
            for one in items
            if one.due_on <= judged.through_on and one.kind not in apart and not one.disputed
        )
        if judged
        else None,
        costs_cents=costs_cents,
        earlier_cents=min(costs.earlier_cents, costs_cents - own_cents),
        left=costs.left,
        judgment=judged,
        may_come_cents=costs.sums.may_come_cents,
        disputed_cents=_disputed_cents(items),
        to_come=coming.lines,
        unknown=coming.unknown,
    )


def _apart(costs: OfTenancy) -> frozenset[str]:
    return _BOOKED_COSTS | (_BOOKED_WITH_JUDGMENT if costs.judgment else frozenset())


def _rent(items: Sequence[OpenItem], costs: OfTenancy) -> list[OpenItem]:
    """What is overdue, without the costs that a file counts and without what the tenant disputes."""
    apart = _apart(costs)
    return [one for one in items if one.overdue and one.kind not in apart and not one.disputed]


def _disputed_cents(items: Sequence[OpenItem]) -> int:
    return sum(one.open_cents for one in items if one.disputed and one.overdue)


def _rent_cents(rent: Sequence[OpenItem]) -> int:
    return sum(one.open_cents for one in rent)


def _asked_on(track: Track, on: date) -> date:
    """The day of the claim that a court sees: that of the summons, where there is one."""
    if track.stage is not Stage.SUMMONED:
        return on
    return next((one.on for one in reversed(track.days) if one.deed is Deed.SUMMONED), on)
