"""Arrangements of a made-up year: agreed, confirmed, gone about by the tenant, ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tijdig.access.queries import Colleague
from tijdig.access.scope import organisation_scope
from tijdig.arrangements import actions
from tijdig.arrangements.kinds import EndReason, Kept
from tijdig.arrangements.plan import Ask
from tijdig.arrangements.queries import running, watched
from tijdig.arrangements.values import NotAgreed
from tijdig.cases.actions_arrange import arrange
from tijdig.cases.queries_arrange import ground
from tijdig.cli.lived.desk import Case, Desk
from tijdig.lab.scripted import Topic
from tijdig.lab.scripted_pay import Payment, going
from tijdig.letters.actions import write
from tijdig.letters.letter import Kind as LetterKind
from tijdig.letters.values import NotRight
from tijdig.letters.wish import Wish

_THINKS_IT_OVER = 120  # of a thousand who want a plan
_SAYS_YES = 850  # of a thousand of those


def agree(desk: Desk, case: Case, by: Colleague, term_cents: int, now: datetime) -> bool:
    """A plan over all that is overdue now, with its letter; False where it cannot be one."""
    with organisation_scope(desk.organisation):
        stands_on = ground(case.tenancy, desk.on)
    if stands_on is None or not stands_on.items:
        return False
    tenant = desk.tenant(case.tenancy)
    requested = tenant.happens(_THINKS_IT_OVER, Topic.COURSE, desk.on.toordinal(), 2)
    debt_cents = stands_on.overdue_cents
    try:
        made = arrange(
            organisation_id=desk.organisation,
            actor=f"user:{by.id}",
            tenancy_id=case.tenancy,
            ask=Ask(debt_cents, max(term_cents, -(-debt_cents // 12)), _first_term(desk.on)),
            entries=[one.entry for one in stands_on.items],
            reason="Zo lukt het naast de huur.",
            asked_as=desk.form(f"arrangement:{case.tenancy}"),
            on=desk.on,
            requested=requested,
            replace=stands_on.runs is not None,
        )
    except NotAgreed as refused:
        desk.refuse("arrange", [one.code for one in refused.faults])
        return False
    if made is None:
        return False
    desk.count("arrangements_requested" if requested else "arrangements_made")
    if not requested:
        begins(desk, case.tenancy)
        _confirm(desk, case, by, now)
    return True


def _first_term(on: date) -> date:
    """The 25th, this month where that is a week away."""
    this = on.replace(day=25)
    return (
        this if on + timedelta(days=7) <= this else (on.replace(day=28) + timedelta(days=4)).replace(day=25)
    )


def begins(desk: Desk, tenancy: int) -> None:
    """The tenant has a plan from now on, and goes about it in his own way."""
    with organisation_scope(desk.organisation):
        (plan,) = running([tenancy])
    purse = desk.purse(tenancy)
    terms = [Payment(one.due_on, one.cents) for one in plan.instalments]
    for one in terms:
        desk.may_break(one.on)
    purse.going, purse.payments = going(desk.tenant(tenancy), terms, desk.on), []
    purse.before_cents, purse.rents_cents = desk.books.sums[desk.lease(tenancy)].came_cents, 0


def _confirm(desk: Desk, case: Case, by: Colleague, now: datetime) -> None:
    wish = Wish(tenancy_id=case.tenancy, kind=LetterKind.ARRANGEMENT_CONFIRMED, on=desk.on)
    try:
        write(organisation_id=desk.organisation, actor=f"user:{by.id}", wish=wish, now=now, by=by.name)
        desk.count("letters_written")
    except NotRight as refused:
        desk.refuse("confirm", [one.code for one in refused.faults])


def give_up(desk: Desk, case: Case, by: Colleague) -> None:
    """An arrangement that was not kept is over."""
    with organisation_scope(desk.organisation):
        plans = running([case.tenancy])
    for plan in plans:
        actions.end(
            organisation_id=desk.organisation,
            actor=f"user:{by.id}",
            arrangement_id=plan.id,
            end_reason=EndReason.NOT_KEPT,
            reason="De huurder komt de regeling niet na.",
            on=desk.on,
        )
        desk.count("arrangements_broken_ended")
        desk.purse(case.tenancy).going = None


def finish(desk: Desk, case: Case, by: Colleague, now: datetime) -> None:
    """The tenant thought it over: yes or no."""
    with organisation_scope(desk.organisation):
        stands_on = ground(case.tenancy, desk.on)
    if stands_on is None or stands_on.runs is None or desk.rests(case.tenancy, "thinks", 3):
        return
    asked: dict[str, Any] = {"organisation_id": desk.organisation, "actor": f"user:{by.id}", "on": desk.on}
    if desk.tenant(case.tenancy).happens(_SAYS_YES, Topic.COURSE, desk.on.toordinal(), 3):
        actions.activate(arrangement_id=stands_on.runs.id, **asked)
        desk.count("arrangements_made")
        begins(desk, case.tenancy)
        _confirm(desk, case, by, now)
    else:
        actions.cancel(arrangement_id=stands_on.runs.id, reason="De huurder wil toch geen regeling.", **asked)


def end_paid_off(desk: Desk, by: Colleague) -> None:
    """What was paid in full is over."""
    with organisation_scope(desk.organisation):
        plans = running()
        stands = watched(plans, desk.on)
    for plan in plans:
        if stands[plan.id].kept is Kept.DONE:
            actions.end(
                organisation_id=desk.organisation,
                actor=f"user:{by.id}",
                arrangement_id=plan.id,
                end_reason=EndReason.PAID_OFF,
                on=desk.on,
            )
            desk.count("arrangements_kept")
            desk.purse(plan.tenancy_id).going = None
