"""Calls and visits of a made-up year: who was reached, what was said, and what was agreed on the spot."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tijdig.access.queries import Colleague
from tijdig.cases.actions_flags import raise_flag
from tijdig.cli.lived.desk import Case, Desk
from tijdig.cli.lived.plans import agree, give_up
from tijdig.cli.lived.referring import refers
from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Channel, Direction, NextStep, Outcome, Reached, Who
from tijdig.contacts.values import ContactDraft
from tijdig.lab.scripted import Asked, Said, Topic, reached, says
from tijdig.lab.scripted_pay import promised
from tijdig.lab.scripted_work import circumstance
from tijdig.objections.actions import object_to
from tijdig.objections.kinds import About, Way
from tijdig.objections.values import ObjectionDraft
from tijdig.tenancies.flag_draft import FlagDraft, NotFlagged
from tijdig.tenancies.flags import LearnedFrom

_NEXT = {
    Outcome.PAYS_NOW: NextStep.WAIT_PAYMENT,
    Outcome.PROMISE: NextStep.WAIT_PAYMENT,
    Outcome.ARRANGEMENT_WANTED: NextStep.ARRANGEMENT,
    Outcome.HELP_WANTED: NextStep.HELP,
    Outcome.NO_AGREEMENT: NextStep.LETTER,
}


def seek(desk: Desk, case: Case, by: Colleague, now: datetime, channel: Channel, who: Who) -> bool:
    """Call, or go to the door; True where it came to a talk."""
    visit = channel is Channel.VISIT
    desk.count("visits" if visit else "calls")
    minute, office = now.hour * 60 + now.minute, who is Who.REPRESENTATIVE
    if reached(desk.tenant(case.tenancy), desk.on, minute, at_door=visit, office=office):
        talk(desk, case, by, now, channel, who)
        return True
    desk.count("attempts")
    missed = ContactDraft(
        tenancy_id=case.tenancy,
        channel=channel,
        direction=Direction.OUT,
        reached=Reached.NONE,
        who=who,
        outcome=Outcome.NOT_HOME,
        at=now,
        next_step=NextStep.VISIT if visit else NextStep.CALL_AGAIN,
        next_on=desk.on + timedelta(days=1),
        minutes=20 if visit else 1,
    )
    _log(desk, by, missed, now)
    return False


def talk(desk: Desk, case: Case, by: Colleague, now: datetime, channel: Channel, who: Who) -> None:
    """A talk, and what comes of it."""
    tenant = desk.tenant(case.tenancy)
    asked = Asked(
        overdue_cents=case.overdue_cents,
        rent_cents=case.rent_cents,
        broke=case.rule in ("arrangement_broken", "promise_broken"),
        departed=case.departed,
        objected=(case.tenancy, "objected") in desk.tried,
    )
    said = says(tenant, asked, desk.on)
    if said.outcome is Outcome.ARRANGEMENT_WANTED and case.overdue_cents < said.term_cents * 2:
        said = Said(Outcome.PROMISE, said.cause, case.overdue_cents, 14)
    if desk.books.ahead:
        said = desk.books.ahead.foreseen(desk.lease(case.tenancy), said, desk.on)
    desk.count("talks")
    _log(desk, by, _draft(desk, case, said, now, channel, who), now)
    purse = desk.purse(case.tenancy)
    if said.cents:
        desk.count("promises")
        due_on = desk.on + timedelta(days=said.days)
        purse.payments += promised(tenant, said.cents, due_on, desk.on)
        desk.may_break(due_on)
    agreed = said.outcome is Outcome.ARRANGEMENT_WANTED and agree(desk, case, by, said.term_cents, now)
    if not agreed and case.rule == "arrangement_broken":
        give_up(desk, case, by)
    if said.outcome is Outcome.DISPUTES:
        objects(desk, case.tenancy, by, Way.PHONE)
    if said.outcome is Outcome.HELP_WANTED:
        desk.tried[case.tenancy, "help"] = desk.on
        refers(desk, case, by, now, said.cause)
    _circumstance(desk, case, by)


def _draft(desk: Desk, case: Case, said: Said, now: datetime, channel: Channel, who: Who) -> ContactDraft:
    draft = ContactDraft(
        tenancy_id=case.tenancy,
        channel=channel,
        direction=Direction.OUT,
        reached=Reached.TALKED,
        who=who,
        outcome=said.outcome,
        at=now,
        causes=(said.cause.value,),
        next_step=_NEXT.get(said.outcome, NextStep.CALL_AGAIN),
        minutes=35 if channel is Channel.VISIT else 7,
    )
    if not said.cents:
        return draft
    return replace(draft, promise_cents=said.cents, promise_on=desk.on + timedelta(days=said.days))


def _log(desk: Desk, by: Colleague, draft: ContactDraft, now: datetime) -> None:
    asked_as = desk.form(f"contact:{draft.tenancy_id}:{desk.on}")
    log(
        organisation_id=desk.organisation,
        actor=f"user:{by.id}",
        draft=draft,
        asked_as=asked_as,
        now=now,
        on=desk.on,
    )


def objects(desk: Desk, tenancy: int, by: Colleague, way: Way) -> None:
    """An objection is written down; somebody answers it later. One at a time."""
    if desk.rests(tenancy, "objected", 120):
        return
    about = About.TREATMENT if desk.tenant(tenancy).happens(150, Topic.OBJECTS, 0, 1) else About.ARREARS
    draft = ObjectionDraft(
        tenancy_id=tenancy, about=about, received_on=desk.on, way=way, words="Dit klopt niet volgens mij."
    )
    object_to(
        organisation_id=desk.organisation,
        actor=f"user:{by.id}",
        draft=draft,
        asked_as=desk.form(f"objection:{tenancy}"),
        on=desk.on,
    )
    desk.count("objections")


def _circumstance(desk: Desk, case: Case, by: Colleague) -> None:
    flag = circumstance(desk.tenant(case.tenancy), desk.on)
    if flag is None or (case.tenancy, "flag") in desk.tried:
        return
    draft = FlagDraft(tenancy_id=case.tenancy, kind=flag, begin_on=desk.on, learned_from=LearnedFrom.TENANT)
    desk.tried[case.tenancy, "flag"] = desk.on
    try:
        raise_flag(
            organisation_id=desk.organisation,
            actor=f"user:{by.id}",
            draft=draft,
            asked_as=desk.form(f"flag:{case.tenancy}"),
            on=desk.on,
        )
        desk.count(f"flag_{flag}")
    except NotFlagged as refused:
        desk.refuse("flag", [one.code for one in refused.faults])
