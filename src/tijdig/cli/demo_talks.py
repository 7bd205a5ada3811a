"""The demo's talks: what a team agreed today with some who are behind, who was not reached, and who promised to pay."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

_ARRANGED, _PROMISED, _MISSED = 6, 4, 6
_WORDS = "Heeft minder uren gekregen. Kan vanaf volgende maand weer alles betalen."


def talk_to_some(*, organisation: int, on: date, now: datetime) -> None:
    """Once: arrangements, promises and calls that nobody answered, by the first consultant."""
    from tijdig.access.queries import colleagues
    from tijdig.access.scope import organisation_scope
    from tijdig.arrangements.queries import open_on
    from tijdig.cases.queries import tenancies_at

    with organisation_scope(organisation):
        if open_on(on):
            return
        visit = [*tenancies_at("offer_help"), *tenancies_at("visit")]
        call = [*tenancies_at("call"), *tenancies_at("visit")]
    actor = f"user:{next(one for one in colleagues(organisation) if one.role == 'consultant').id}"
    # Of a small corporation a few: most of its list is still to be worked.
    arranged, promised = min(_ARRANGED, len(visit) // 6), min(_PROMISED, len(call) // 6)
    for tenancy in visit[:arranged]:
        _arrange(organisation, actor, tenancy, on)
    for tenancy in call[:promised]:
        _promise(organisation, actor, tenancy, on, now)
    for tenancy in visit[arranged : arranged + _MISSED]:
        _missed(organisation, actor, tenancy, on, now)


def _arrange(organisation: int, actor: str, tenancy: int, on: date) -> None:
    from tijdig.access.scope import organisation_scope
    from tijdig.arrangements.plan import Ask
    from tijdig.cases.actions_arrange import arrange
    from tijdig.cases.queries_arrange import ground

    with organisation_scope(organisation):
        stands_on = ground(tenancy, on)
    if stands_on is None or not stands_on.items:
        return
    debt_cents = stands_on.overdue_cents
    arrange(
        organisation_id=organisation,
        actor=actor,
        tenancy_id=tenancy,
        ask=Ask(debt_cents, max(2_500, -(-debt_cents // 600) * 100), on + timedelta(days=5)),
        entries=[one.entry for one in stands_on.items],
        reason="Zo lukt het naast de huur.",
        asked_as=uuid5(NAMESPACE_URL, f"demo:arrangement:{tenancy}"),
        on=on,
    )


def _promise(organisation: int, actor: str, tenancy: int, on: date, now: datetime) -> None:
    from tijdig.contacts.actions import log
    from tijdig.contacts.kinds import Cause, Channel, Direction, NextStep, Outcome, Reached, Who
    from tijdig.contacts.values import ContactDraft

    draft = ContactDraft(
        tenancy_id=tenancy,
        channel=Channel.PHONE,
        direction=Direction.OUT,
        reached=Reached.TALKED,
        who=Who.TENANT,
        outcome=Outcome.PROMISE,
        at=now - timedelta(minutes=30),
        causes=(Cause.INCOME_DOWN.value,),
        note=_WORDS,
        next_step=NextStep.WAIT_PAYMENT,
        minutes=6,
        promise_cents=40_000,
        promise_on=on + timedelta(days=5),
    )
    asked_as = uuid5(NAMESPACE_URL, f"demo:promise:{tenancy}")
    log(organisation_id=organisation, actor=actor, draft=draft, asked_as=asked_as, now=now, on=on)


def _missed(organisation: int, actor: str, tenancy: int, on: date, now: datetime) -> None:
    from tijdig.contacts.actions import log
    from tijdig.contacts.kinds import Channel, Direction, NextStep, Outcome, Reached, Who
    from tijdig.contacts.values import ContactDraft

    draft = ContactDraft(
        tenancy_id=tenancy,
        channel=Channel.PHONE,
        direction=Direction.OUT,
        reached=Reached.NONE,
        who=Who.TENANT,
        outcome=Outcome.CALL_BACK,
        at=now - timedelta(minutes=20),
        next_step=NextStep.CALL_AGAIN,
        next_on=on + timedelta(days=1),
        minutes=1,
    )
    asked_as = uuid5(NAMESPACE_URL, f"demo:missed:{tenancy}")
    log(organisation_id=organisation, actor=actor, draft=draft, asked_as=asked_as, now=now, on=on)
