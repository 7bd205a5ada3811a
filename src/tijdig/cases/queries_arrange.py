"""What an arrangement with a tenant would be about, and how it would look: for the page, before anything is agreed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from tijdig.arrangements.advice import warnings
from tijdig.arrangements.avoided import Avoided, avoided
from tijdig.arrangements.plan import Ask, Fault, Instalment, ask_faults, plan
from tijdig.arrangements.queries import arrangements_of, before, watched
from tijdig.arrangements.values import Arrangement, Draft
from tijdig.arrangements.watch import Watched
from tijdig.cases.account import bears_costs, label
from tijdig.cases.queries_account import account
from tijdig.cases.queries_policy import policy_on
from tijdig.tenancies.queries import Lease, lease


@dataclass(frozen=True, slots=True)
class Item:
    """Something overdue that an arrangement may be about. `lease`: costs may be asked over it."""

    entry: int
    label: str
    due_on: date
    open_cents: int
    lease: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """A tenant, what may be asked of him today, and the arrangements there were, the newest first."""

    who: Lease
    on: date
    items: tuple[Item, ...]
    costs_due: bool  # collection costs are due by a letter already
    arrangements: tuple[Arrangement, ...]
    watched: dict[int, Watched]  # of those that run

    @property
    def overdue_cents(self) -> int:
        return sum(one.open_cents for one in self.items)

    @property
    def runs(self) -> Arrangement | None:
        """The one that is asked for, runs, or is frozen."""
        return next((one for one in self.arrangements if one.ended_on is None), None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan as it would be agreed: what keeps it from being one, what policy thinks of it, and what it keeps away."""

    draft: Draft
    plan: tuple[Instalment, ...]
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    avoided: Avoided | None

    @property
    def last_on(self) -> date | None:
        return self.plan[-1].due_on if self.plan else None


def ground(tenancy_id: int, on: date) -> Ground | None:
    """What an arrangement with this tenant would stand on; None where there is no such tenancy."""
    who = lease(tenancy_id, on)
    if who is None:
        return None
    known = account(tenancy_id, on)
    told, asked = known.asked()
    items = tuple(
        Item(one.entry, label(entry), one.due_on, one.open_cents, bears_costs(entry))
        for one in asked.instalments
        for entry in [known.entries[one.entry]]
    )
    made = tuple(arrangements_of([tenancy_id]))
    running = [one for one in made if one.ended_on is None]
    return Ground(who, on, items, any(one.total_cents for one in told.costs), made, watched(running, on))


def propose(
    stands_on: Ground, ask: Ask, entries: Collection[int], reason: str = "", *, requested: bool = False
) -> Proposal:
    """How this would look. The debt is what is open on the chosen entries, whatever `ask` says of it."""
    chosen = [one for one in stands_on.items if one.entry in entries]
    debt_cents = sum(one.open_cents for one in chosen)
    asked = Ask(debt_cents, ask.instalment_cents, ask.first_on, ask.rhythm, ask.extras)
    draft = Draft(
        tenancy_id=stands_on.who.id,
        ask=asked,
        entries=tuple(one.entry for one in chosen),
        left_out_cents=stands_on.overdue_cents - debt_cents,
        reason=reason,
        requested=requested,
    )
    faults = tuple(ask_faults(asked, stands_on.on))
    if faults:
        return Proposal(draft, (), faults, (), None)
    rows = plan(asked)
    thinks = warnings(rows, policy_on(stands_on.on).arrangements, before(draft), stands_on.on)
    return Proposal(draft, rows, (), tuple(thinks), _avoided(chosen, stands_on))


def _avoided(chosen: Sequence[Item], stands_on: Ground) -> Avoided | None:
    principals = [one.open_cents for one in chosen if one.lease]
    return avoided(principals, stands_on.on, costs_due=stands_on.costs_due) if principals else None
