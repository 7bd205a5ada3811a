"""The only writer of decisions: what the group decided of a case. Nothing is changed or deleted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from tijdig.access.queries import colleagues
from tijdig.access.scope import organisation_scope
from tijdig.conferences.actions import locked_item, take_place
from tijdig.conferences.actions_meeting import open_conference
from tijdig.conferences.agenda import Item
from tijdig.conferences.kinds import CHOOSES, OF_A_STEP, Decision
from tijdig.conferences.meeting import Conference
from tijdig.conferences.models import Outcome, OutcomeText, Place
from tijdig.conferences.values import NotConferred, OutcomeDraft, Outdated, fault, outcome_faults
from tijdig.history.actions import record


def decide(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    draft: OutcomeDraft,
    codes: Collection[str],
    asked_as: UUID,
    on: date,
) -> tuple[int, bool]:
    """Write down what the group decided of a case; returns the id, and whether it is new.

    A newer decision replaces it while the conference is open.

    `codes` are the steps of the corporation's policy; `asked_as` names the form: the same form twice is one decision. A case
    that is decided goes off the agenda, unless it goes back on it. Raises `NotConferred` with all that is wrong, and
    `Outdated` with what stands now where somebody else decided since the screen was opened. What it does to the next step
    is for whoever calls, in the same transaction.
    """
    with organisation_scope(organisation_id):
        held = open_conference(draft.conference_id)
        known = locked_item(draft.item_id)
        if known is None:
            raise NotConferred((fault("item_unknown"),))
        same = Outcome.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()
        if same is not None:
            return int(same), False
        _check(organisation_id, known, draft, codes, on)
        row = _store(organisation_id, actor, name, draft, known, held, asked_as, on)
        _move(organisation_id, known, Decision(row.decision))
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="conference_decided",
            subject=f"tenancy:{known.tenancy_id}",
            effective_on=on,
            facts=_facts(row),
            text=draft.reason.strip(),
        )
        return int(row.pk), True


def _check(organisation_id: int, known: Item, draft: OutcomeDraft, codes: Collection[str], on: date) -> None:
    """Raises where it may not be decided: not of the agenda, stale, or wrong in itself."""
    here = known.outcome_in(draft.conference_id)
    if known.withdrawn:
        raise NotConferred((fault("off_agenda"),))
    if known.last and known.last.id != draft.seen:
        raise Outdated(known.last)
    if not known.on_agenda and known.last != here:
        raise NotConferred((fault("off_agenda"),))
    faults = outcome_faults(draft, on, codes)
    if draft.who_id is not None and draft.who_id not in {one.id for one in colleagues(organisation_id)}:
        faults = (*faults, fault("colleague_unknown"))
    if faults:
        raise NotConferred(faults)


def _move(organisation_id: int, known: Item, decision: Decision) -> None:
    """Off the agenda, or back on it."""
    back = decision is Decision.LATER
    if known.on_agenda and not back:
        Place.objects.filter(item_id=known.id).delete()
    elif not known.on_agenda and back:
        take_place(organisation_id, known.tenancy_id, known.id)


def _store(
    organisation_id: int,
    actor: str,
    name: str,
    draft: OutcomeDraft,
    known: Item,
    held: Conference,
    asked_as: UUID,
    on: date,
) -> Outcome:
    assert draft.decision is not None and draft.until_on is not None, "the faults say so before"
    of_a_step, chooses = draft.decision in OF_A_STEP, draft.decision in CHOOSES
    names = {one.id: one.name for one in colleagues(organisation_id)}
    row = Outcome.objects.create(
        organisation_id=organisation_id,
        item_id=known.id,
        conference_id=held.id,
        previous_id=known.last.id if known.last else None,
        decision=draft.decision.value,
        until_on=draft.until_on,
        instead_of=draft.instead_of if of_a_step else "",
        do=draft.do if chooses else "",
        who_id=draft.who_id,
        who_name=names[draft.who_id] if draft.who_id is not None else "",
        do_by_on=draft.do_by_on,
        decided_on=on,
        decided_by=list(held.everybody),
        actor=actor,
        name=name,
        asked_as=asked_as,
    )
    OutcomeText.objects.create(outcome=row, organisation_id=organisation_id, text=draft.reason.strip())
    return row


def _facts(row: Outcome) -> dict[str, object]:
    """What history keeps: codes, ids and days, no personal text."""
    return {
        "outcome": row.pk,
        "item": row.item_id,
        "conference": row.conference_id,
        "decision": row.decision,
        "until_on": row.until_on.isoformat(),
        "instead_of": row.instead_of,
        "do": row.do,
        "who": row.who_id,
        "do_by_on": row.do_by_on and row.do_by_on.isoformat(),
        "replaces": row.previous_id,
    }
