"""Agreeing on an arrangement over what is open now: the account and the policy of this moment, then the room's action."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from tijdig.access.scope import organisation_scope
from tijdig.arrangements.actions import agree
from tijdig.arrangements.plan import Ask, Fault
from tijdig.arrangements.values import NotAgreed
from tijdig.base.money import euro
from tijdig.cases.queries_arrange import ground, propose
from tijdig.cases.queries_policy import policy_on, stored_name


def arrange(
    *,
    organisation_id: int,
    actor: str,
    tenancy_id: int,
    ask: Ask,
    entries: Collection[int],
    reason: str,
    asked_as: UUID,
    on: date,
    requested: bool = False,
    replace: bool = False,
) -> int | None:
    """Agree on this plan for these open entries; `ask.debt_cents` is what the person saw.

    Gives the id of the arrangement; None where there is no such tenancy. Raises `NotAgreed` where it cannot be, also where
    what is open is another amount by now.
    """
    with organisation_scope(organisation_id):
        stands_on = ground(tenancy_id, on)
        if stands_on is None:
            return None
        proposal = propose(stands_on, ask, entries, reason, requested=requested)
        if proposal.faults:
            raise NotAgreed(proposal.faults)
        if proposal.draft.ask.debt_cents != ask.debt_cents:
            raise NotAgreed((_changed(proposal.draft.ask.debt_cents),))
        policy = policy_on(on)
        return agree(
            organisation_id=organisation_id,
            actor=actor,
            draft=proposal.draft,
            terms=policy.arrangements,
            policy_version=stored_name(policy),
            asked_as=asked_as,
            on=on,
            replace=replace,
        )


def _changed(now_cents: int) -> Fault:
    return Fault(
        "changed", f"Het openstaande bedrag is intussen {euro(now_cents)}. Kijk het plan nog eens na."
    )
