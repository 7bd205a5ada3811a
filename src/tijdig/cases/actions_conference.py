"""A decision of the group comes back into the case: what the conference decided, and what that does to the next step.

Two rooms that may not see each other are written in one transaction: the decision in `conferences`, and the ruling that the
engine reads in `rulings`. Neither stands without the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from uuid import UUID

from tijdig.access.scope import organisation_scope
from tijdig.conferences import actions_decide, actions_meeting
from tijdig.conferences.kinds import CHOOSES, OF_A_STEP, Decision
from tijdig.conferences.queries import item
from tijdig.conferences.values import Fault, NotConferred, OutcomeDraft
from tijdig.rulings.actions import NotRuled, end, rule
from tijdig.rulings.kinds import Kind
from tijdig.rulings.queries import in_force
from tijdig.rulings.ruling import same_place
from tijdig.rulings.values import Draft, Ruling

KIND = {
    Decision.HAND_OVER: Kind.HAND_OVER,
    Decision.ARRANGE: Kind.ARRANGE,
    Decision.HELP: Kind.HELP,
    Decision.PAUSE: Kind.PAUSE,
    Decision.OTHER_STEP: Kind.OTHER,
    Decision.GO_ON: Kind.GO_ON,
    Decision.LATER: Kind.LATER,
}
_RESTS = (Decision.PAUSE, Decision.LATER)
_OTHERWISE = "Het overleg besloot anders."


def decide(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    draft: OutcomeDraft,
    codes: Collection[str],
    asked_as: UUID,
    now: datetime,
    on: date,
) -> int:
    """Write down what the group decided and rule so, in one transaction; returns the id of the decision.

    The same form twice is one decision. What an earlier decision of this conference ruled about the case ends, and so does
    a pause, unless the group lets the case rest. Raises `NotConferred` with all that is wrong, and `Outdated`.
    """
    with organisation_scope(organisation_id):
        made, new = actions_decide.decide(
            organisation_id=organisation_id,
            actor=actor,
            name=name,
            draft=draft,
            codes=codes,
            asked_as=asked_as,
            on=on,
        )
        known = item(draft.item_id)
        if not new or known is None:
            return made
        try:
            wish = ruling_of(draft)
            for earlier in _overtaken(known.tenancy_id, draft, wish, on):
                end(
                    organisation_id=organisation_id,
                    actor=actor,
                    ruling_id=earlier.id,
                    reason=_OTHERWISE,
                    now=now,
                    on=on,
                )
            rule(
                organisation_id=organisation_id,
                actor=actor,
                name=name,
                tenancy_id=known.tenancy_id,
                draft=wish,
                codes=codes,
                asked_as=asked_as,
                now=now,
                on=on,
            )
        except NotRuled as refused:
            faults = tuple(Fault(one.code, one.sentence) for one in refused.faults)
            raise NotConferred(faults) from refused
        return made


def close(*, organisation_id: int, actor: str, name: str, conference_id: int, on: date) -> None:
    """End a conference: what it decided is fixed, and what it did not come to stays on the agenda. Raises `NotConferred`."""
    actions_meeting.close(
        organisation_id=organisation_id, actor=actor, name=name, conference_id=conference_id, on=on
    )


def ruling_of(draft: OutcomeDraft) -> Draft:
    """The ruling that this decision is; one without a decision or a last day is refused before."""
    assert draft.decision is not None and draft.until_on is not None, "the room refuses it"
    return Draft(
        kind=KIND[draft.decision],
        until_on=draft.until_on,
        reason=draft.reason,
        instead_of=draft.instead_of if draft.decision in OF_A_STEP else "",
        do=draft.do if draft.decision in CHOOSES else "",
        about=_about(draft.conference_id),
    )


def _about(conference_id: int) -> str:
    return f"conference:{conference_id}"


def _overtaken(tenancy_id: int, draft: OutcomeDraft, wish: Draft, on: date) -> Iterator[Ruling]:
    """What holds and goes with the decision before, or would keep this one from being carried out.

    What stands in the place of the new ruling is ended by that one itself.
    """
    for earlier in in_force(on, [tenancy_id]):
        if same_place(earlier, wish):
            continue
        halts = earlier.kind is Kind.PAUSE and draft.decision not in _RESTS
        if halts or earlier.about == _about(draft.conference_id):
            yield earlier
