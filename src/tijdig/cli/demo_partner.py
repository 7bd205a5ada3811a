"""The demo's bailiff: an office with an agreement that both sides approved, and some files that are with it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from tijdig.cli.demo_file import work_in_files

EMAIL, NAME = "deurwaarder@demo.tijdig", "Piet Maas"
_CODE = "rond-de-maas"
_STEPS = ("hand_over", "decide", "decide_amount", "call_before_letter", "fourteen_day_letter", "visit")
_MOST, _TRIES = 6, 60


def work_with_a_bailiff(organisation: int, password: str, now: datetime, on: date) -> None:
    """May be run again after a stop: an office that is there stays."""
    from tijdig.access.queries import colleagues
    from tijdig.access.scope import organisation_scope
    from tijdig.bailiff.queries import agreements

    with organisation_scope(organisation):
        if agreements():
            return
    lead = next(one for one in colleagues(organisation) if one.role == "team_lead")
    second = next(one for one in colleagues(organisation) if one.role == "consultant")
    partner_id, user_id = _agreed(organisation, lead.id, lead.name, password, on)
    _hand_some_over(organisation, partner_id, (lead.id, lead.name), (second.id, second.name), now, on)
    work_in_files(organisation, partner_id, user_id, (second.id, second.name), now, on)


def _agreed(organisation: int, lead_id: int, lead: str, password: str, on: date) -> tuple[int, int]:
    from tijdig.access.actions import create_partner, create_partner_user
    from tijdig.access.scope import acting
    from tijdig.bailiff.actions_agreement import approve, propose
    from tijdig.bailiff.agreement import Target, Tariff, Terms
    from tijdig.bailiff.kinds import Direction, Kpi, May, Shown, Side

    partner_id = create_partner(name="Gerechtsdeurwaarders Rond de Maas", code=_CODE)
    user_id = create_partner_user(
        partner_id=partner_id, email=EMAIL, name=NAME, role="partner_lead", password=password
    )
    terms = Terms(
        vision="Wie achterloopt wil eruit: zo snel als het kan, tegen zo laag mogelijke kosten.",
        targets=(
            Target(Kpi.AMICABLE, Direction.AT_LEAST, 93, 12),
            Target(Kpi.CONTACT, Direction.AT_MOST, 5, 6),
            Target(Kpi.KEPT, Direction.AT_LEAST, 70, 12),
            Target(Kpi.TENANT_COST, Direction.AT_MOST, 15_000, 12),
        ),
        tariffs=(Tariff("per dossier", 4_500), Tariff("huisbezoek", 3_500)),
        from_minute=8 * 60,
        until_minute=19 * 60,
        may=tuple(May),
        shows=(Shown.PHONE, Shown.EMAIL, Shown.CONTACTS, Shown.LETTERS),
    )
    by = {"organisation_id": organisation, "actor": f"user:{lead_id}", "name": lead, "on": on}
    pk = propose(
        partner_code=_CODE, terms=terms, begin_on=on, asked_as=uuid5(NAMESPACE_URL, "demo:agreement"),
        organisation_id=organisation, actor=f"user:{lead_id}", name=lead, on=on,
    )  # fmt: skip
    approve(agreement_id=pk, side=Side.CORPORATION, **by)  # type: ignore[arg-type]
    with acting(partner_id, user_id):
        approve(
            organisation_id=organisation,
            actor=f"user:{user_id}",
            name=NAME,
            agreement_id=pk,
            side=Side.PARTNER,
            on=on,
        )
    return partner_id, user_id


def _hand_some_over(
    organisation: int,
    partner_id: int,
    lead: tuple[int, str],
    second: tuple[int, str],
    now: datetime,
    on: date,
) -> None:
    """Of who stands near a decision: decided by name, and handed over where the list lets it."""
    from tijdig.access.scope import organisation_scope
    from tijdig.bailiff.actions_file import ask
    from tijdig.bailiff.checklist import Point, State, judged
    from tijdig.bailiff.kinds import Start
    from tijdig.bailiff.queries_facts import facts_of
    from tijdig.base.not_done import NotDone
    from tijdig.cases.queries import tenancies_at
    from tijdig.rulings.actions import NotRuled, rule
    from tijdig.rulings.kinds import Kind
    from tijdig.rulings.values import Draft

    with organisation_scope(organisation):
        there = tenancies_at("with_bailiff", quiet=True)
    for tenancy in there:  # handed over in the months before there was an agreement
        _take_in(organisation, partner_id, tenancy, lead, second, on)
    with organisation_scope(organisation):
        near = [one for step in _STEPS for one in tenancies_at(step)][:_TRIES]
        found = {one: facts_of(one, on) for one in near}
    asked = 0
    for tenancy, facts in found.items():
        others = [one for one in judged(facts) if one.point is not Point.DECISION] if facts else []
        if not others or any(one.state is State.STOPS for one in others) or asked == _MOST:
            continue
        draft = Draft(
            kind=Kind.HAND_OVER,
            until_on=on + timedelta(days=30),
            reason="Er kwam geen afspraak, en het loopt op.",
        )
        try:
            rule(
                organisation_id=organisation, actor=f"user:{second[0]}", name=second[1], tenancy_id=tenancy, draft=draft,
                codes=(), asked_as=uuid5(NAMESPACE_URL, f"demo:decided:{tenancy}"), now=now, on=on,
            )  # fmt: skip
            _household(organisation, tenancy, second, on)
            ask(
                organisation_id=organisation, actor=f"user:{lead[0]}", name=lead[1], tenancy_id=tenancy,
                partner_id=partner_id, start=Start.ARREARS, reason="Meer proberen helpt hier niet.",
                asked_as=uuid5(NAMESPACE_URL, f"demo:handed:{tenancy}"), on=on,
            )  # fmt: skip
            asked += 1
        except (NotRuled, NotDone):
            continue


def _household(organisation: int, tenancy: int, by: tuple[int, str], on: date) -> None:
    """Who lives there was asked."""
    from tijdig.bailiff.actions_household import note_household
    from tijdig.bailiff.kinds import Lives

    answer = (Lives.ADULTS, Lives.CHILDREN, Lives.NOT_SAID)[tenancy % 3]
    note_household(
        organisation_id=organisation, actor=f"user:{by[0]}", name=by[1], tenancy_id=tenancy, lives=answer, on=on
    )  # fmt: skip


def _take_in(
    organisation: int, partner_id: int, tenancy: int, lead: tuple[int, str], second: tuple[int, str], on: date
) -> None:
    """Where nothing stops it, with a second person where something is weak."""
    from tijdig.access.scope import organisation_scope
    from tijdig.bailiff.actions_file import agree, take_in
    from tijdig.bailiff.kinds import Start
    from tijdig.bailiff.queries import waiting_of
    from tijdig.base.not_done import NotDone

    _household(organisation, tenancy, second, on)
    try:
        made = take_in(
            organisation_id=organisation, actor=f"user:{lead[0]}", name=lead[1], tenancy_id=tenancy,
            partner_id=partner_id, start=Start.ARREARS, reason="Het dossier ligt er al; zo werken wij er samen in.",
            asked_as=uuid5(NAMESPACE_URL, f"demo:taken:{tenancy}"), on=on,
        )  # fmt: skip
    except NotDone:
        return
    with organisation_scope(organisation):
        waits = waiting_of(tenancy) if made is None else None
    if waits is not None:
        agree(
            organisation_id=organisation, actor=f"user:{second[0]}", name=second[1], hand_over_id=waits.id, on=on
        )  # fmt: skip
