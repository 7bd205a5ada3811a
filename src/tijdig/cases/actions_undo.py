"""Undoing what somebody did a moment ago, each by the way that its room has and that keeps history. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any

from tijdig.access.scope import organisation_scope
from tijdig.arrangements import actions as arrangements
from tijdig.arrangements.values import NotAgreed
from tijdig.cases.actions_flags import lower_flag
from tijdig.cases.actions_pickup import hand_back, put_down
from tijdig.cases.together import WRITTEN
from tijdig.cases.undo import REASON, Act, NotUndone, fault, undo_fault
from tijdig.contacts import actions as contacts
from tijdig.history.queries import Happening, event, since
from tijdig.history.seen import of_ids
from tijdig.objections import actions as objections
from tijdig.objections.kinds import Outcome
from tijdig.objections.values import AnswerDraft, NotHeard
from tijdig.rulings import actions as rulings
from tijdig.tenancies.actions_lock import lock_tenancy
from tijdig.tenancies.flag_draft import EndDraft, NotFlagged
from tijdig.tenancies.flags import LearnedFrom

_REFUSALS = (contacts.NotLogged, rulings.NotRuled, NotFlagged, NotAgreed, NotHeard)


def undo(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    tenancy_id: int,
    event_ids: Sequence[int],
    now: datetime,
    on: date,
    besides: Collection[str] = (),
) -> None:
    """Undo what these events of one press wrote, the last first. `name` is of the person who does it.

    `besides` are verbs that may have been written since, because the caller takes those back itself. Raises `NotUndone`
    with what can be done instead.
    """
    subject = f"tenancy:{tenancy_id}"
    with organisation_scope(organisation_id):
        lock_tenancy(tenancy_id)
        found = [one for one in map(event, event_ids) if one and one.subject == subject]
        if wrong := undo_fault(_act(found), actor, now, _since(subject, found, besides)):
            raise NotUndone(wrong)
        try:
            for one in reversed(found):
                _WAYS[one.verb](one, organisation_id, actor, name, now, on)
        except _REFUSALS as refused:
            raise NotUndone(fault("undone")) from refused


def _act(found: Sequence[Happening]) -> Act | None:
    if not found:
        return None
    return Act(tuple(one.verb for one in found), found[-1].actor, found[-1].recorded_at)


def _since(subject: str, found: Sequence[Happening], besides: Collection[str]) -> list[str]:
    """The verbs of what was written after the act."""
    if not found:
        return []
    after = since(subject, list(WRITTEN), of_ids(one.id for one in found))
    return [one.verb for one in after if one.id > found[-1].id and one.verb not in besides]


Way = Callable[[Happening, int, str, str, datetime, date], None]


def _contact(one: Happening, organisation_id: int, actor: str, name: str, now: datetime, on: date) -> None:
    contacts.withdraw(
        organisation_id=organisation_id,
        actor=actor,
        contact_id=one.facts["contact"],
        reason=REASON,
        now=now,
        on=on,
    )


def _ruling(one: Happening, organisation_id: int, actor: str, name: str, now: datetime, on: date) -> None:
    rulings.end(
        organisation_id=organisation_id,
        actor=actor,
        ruling_id=one.facts["ruling"],
        reason=REASON,
        now=now,
        on=on,
    )


def _arrangement(
    one: Happening, organisation_id: int, actor: str, name: str, now: datetime, on: date
) -> None:
    arrangements.cancel(
        organisation_id=organisation_id,
        actor=actor,
        arrangement_id=one.facts["arrangement"],
        reason=REASON,
        on=on,
    )


def _flag(one: Happening, organisation_id: int, actor: str, name: str, now: datetime, on: date) -> None:
    """On the day of its beginning: it never was so."""
    draft = EndDraft(
        flag_id=one.facts["flag"],
        end_on=one.effective_on,
        learned_from=LearnedFrom(one.facts["learned_from"]),
        note=REASON,
    )
    lower_flag(organisation_id=organisation_id, actor=actor, draft=draft, on=on)


def _objection(one: Happening, organisation_id: int, actor: str, name: str, now: datetime, on: date) -> None:
    draft = AnswerDraft(
        objection_id=one.facts["objection"],
        outcome=Outcome.WITHDRAWN,
        answered_on=on,
        name=name,
        words=REASON,
    )
    objections.answer(organisation_id=organisation_id, actor=actor, draft=draft, on=on)


def _pickup(one: Happening, organisation_id: int, actor: str, name: str, now: datetime, on: date) -> None:
    """Put down; where it was taken over, the colleague is busy again."""
    given: dict[str, Any] = {
        "organisation_id": organisation_id,
        "actor": actor,
        "tenancy_id": int(one.subject.split(":")[1]),
        "user_id": one.facts["user"],
        "now": now,
        "on": on,
    }
    before = one.facts["instead_of"]
    was = hand_back(**given, to_user=before) if before else put_down(**given)
    if not was:
        raise NotUndone(fault("undone"))


_WAYS: dict[str, Way] = {
    "contact_logged": _contact,
    "ruling_made": _ruling,
    "arrangement_active": _arrangement,
    "arrangement_requested": _arrangement,
    "flag_set": _flag,
    "objection_received": _objection,
    "tenancy_picked_up": _pickup,
}
