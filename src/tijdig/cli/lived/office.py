"""What an office does beside its lists in a made-up year: answers, the group, missed terms, what is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tijdig.access.queries import Colleague
from tijdig.access.scope import organisation_scope
from tijdig.cases.actions_answer import NotAnswered, answer_for
from tijdig.cases.actions_conference import close, decide
from tijdig.cases.deadlines import State
from tijdig.cases.queries_deadlines import deadlines
from tijdig.cli.lived.acts import REASONS, act
from tijdig.cli.lived.desk import Case, Desk
from tijdig.cli.lived.talk import objects
from tijdig.conferences.actions_meeting import begin
from tijdig.conferences.agenda import Item
from tijdig.conferences.kinds import DONE_BY, Decision
from tijdig.conferences.queries import agenda
from tijdig.conferences.values import NotConferred, OutcomeDraft, Presence
from tijdig.lab.scripted import objects as writes_objection
from tijdig.lab.scripted_work import Known, answers, decides
from tijdig.objections.actions import answer
from tijdig.objections.kinds import Outcome as Answered
from tijdig.objections.kinds import Way
from tijdig.objections.queries import open_objections
from tijdig.objections.values import AnswerDraft
from tijdig.policy.words import Act
from tijdig.rulings.kinds import Kind
from tijdig.steps.kinds import Kind as StepKind

_WEDNESDAY = 2
_BAILIFF_DAYS = 150  # after that the file comes back without a result
_DECISIONS = {
    Kind.HAND_OVER: Decision.HAND_OVER,
    Kind.ARRANGE: Decision.ARRANGE,
    Kind.HELP: Decision.HELP,
    Kind.PAUSE: Decision.PAUSE,
    Kind.GO_ON: Decision.GO_ON,
}


def letters_of_objection(desk: Desk, behind: list[int]) -> None:
    """What came in by letter or mail from those who are behind."""
    for tenancy in behind:
        if writes_objection(desk.tenant(tenancy), desk.on):
            objects(desk, tenancy, desk.people[0], Way.EMAIL)


def answer_objections(desk: Desk, by: Colleague) -> None:
    with organisation_scope(desk.organisation):
        waiting = open_objections(desk.on)
    for one in waiting:
        outcome, days = answers(desk.tenant(one.tenancy_id), one.received_on)
        if desk.on < one.received_on + timedelta(days=days):
            continue
        words = "" if outcome is Answered.WITHDRAWN else "Wij hebben de rekening nagekeken, samen met u."
        draft = AnswerDraft(
            objection_id=one.id, outcome=outcome, answered_on=desk.on, name=by.name, words=words
        )
        answer(organisation_id=desk.organisation, actor=f"user:{by.id}", draft=draft, on=desk.on)
        desk.count("objections_answered")


def confer(desk: Desk, now: datetime) -> None:
    """On Wednesday, or the first day of work after it, the group decides what is on its agenda."""
    if desk.on < desk.confers_on:
        return
    desk.confers_on = desk.on + timedelta(days=1 + (_WEDNESDAY - desk.on.weekday() - 1) % 7)
    with organisation_scope(desk.organisation):
        items = agenda(desk.on)
    if not items:
        return
    chair = desk.people[0]
    common: dict[str, Any] = {
        "organisation_id": desk.organisation,
        "actor": f"user:{chair.id}",
        "name": chair.name,
        "on": desk.on,
    }
    there = Presence(chair=chair.name, present=tuple(one.id for one in desk.people))
    held = begin(held_on=desk.on, there=there, asked_as=desk.form("conference"), **common)
    for item in items:
        try:
            decide(
                draft=_outcome(desk, item, held),
                codes=desk.steps.keys(),
                asked_as=desk.form(f"conference:{item.tenancy_id}"),
                now=now,
                **common,
            )
            desk.count("conference_decisions")
        except NotConferred as refused:
            desk.refuse("confer", [one.code for one in refused.faults])
    desk.to_group.clear()
    close(conference_id=held, **common)
    desk.count("conferences")


def _outcome(desk: Desk, item: Item, held: int) -> OutcomeDraft:
    known = Known(talked=True, departed=False, tried=desk.decided[item.tenancy_id] > 1)
    choice = decides(desk.tenant(item.tenancy_id), known, desk.on)
    desk.decided[item.tenancy_id] += 1
    decision = _DECISIONS[choice.kind]
    done_by = decision in DONE_BY
    return OutcomeDraft(
        item_id=item.id,
        conference_id=held,
        seen=item.last.id if item.last else None,
        decision=decision,
        reason=REASONS[choice.kind],
        until_on=desk.on + timedelta(days=choice.days),
        who_id=desk.people[0].id if done_by else None,
        do_by_on=desk.on + timedelta(days=7) if done_by else None,
    )


def answer_missed(desk: Desk, by: Colleague) -> None:
    """Whoever leads the team answers by name for what was missed."""
    with organisation_scope(desk.organisation):
        missed = deadlines(desk.on, states=[State.MISSED])
    for one in missed:
        try:
            answer_for(
                organisation_id=desk.organisation,
                actor=f"user:{by.id}",
                name=by.name,
                tenancy_id=one.tenancy_id,
                deadline=one.deadline,
                reason="Te laat gezien. Deze week wordt dit opgepakt.",
                on=desk.on,
            )
            desk.count(f"answered_{one.deadline}")
        except NotAnswered:
            desk.refuse("answer", ["not_missed"])


def files_back(desk: Desk, by: Colleague, with_bailiff: list[int], now: datetime) -> None:
    """Files that come back from the bailiff: paid, or without a result."""
    for tenancy in with_bailiff:
        since = desk.handed.setdefault(tenancy, desk.on)
        paid = not desk.books.sums[desk.lease(tenancy)].overdue_cents
        if not paid and desk.on < since + timedelta(days=_BAILIFF_DAYS):
            continue
        case = Case(tenancy, "with_bailiff", Act.NONE, 0, 0, False, None, None)
        if act(desk, case, by, now, StepKind.HANDED_BACK):
            desk.count("handed_back")
            desk.decided[tenancy] = 0
            del desk.handed[tenancy]
