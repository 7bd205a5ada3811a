"""A partner with an agreement, and tenancies that may be handed over, for the tests of the room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.help import neighbours
from tests.letters import offices

from tijdig.access.actions import create_partner, create_partner_user
from tijdig.access.scope import acting, organisation_scope
from tijdig.bailiff.actions_agreement import approve, propose
from tijdig.bailiff.actions_file import ask, end_file
from tijdig.bailiff.actions_household import note_household
from tijdig.bailiff.actions_track import DeedDraft, write
from tijdig.bailiff.agreement import Target, Tariff, Terms
from tijdig.bailiff.kinds import Direction as Way
from tijdig.bailiff.kinds import End, Kpi, Lives, May, Shown, Side, Start
from tijdig.bailiff.track import Deed, Judgment
from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.values import ContactDraft
from tijdig.rulings.actions import rule
from tijdig.rulings.kinds import Kind as Ruled
from tijdig.rulings.values import Draft as RulingDraft
from tijdig.steps.actions import Draft, note
from tijdig.steps.kinds import Kind, LetterFacts

TODAY = offices.TODAY
BY: dict[str, Any] = {"actor": "user:1", "name": "An de Boer", "on": TODAY}
SECOND: dict[str, Any] = {"actor": "user:2", "name": "Bea Bos", "on": TODAY}
TERMS = Terms(
    vision="Wie achterloopt wil eruit: zo snel en zo goedkoop als het kan.",
    targets=(
        Target(Kpi.AMICABLE, Way.AT_LEAST, 93, 12),
        Target(Kpi.CONTACT, Way.AT_MOST, 5, 6),
    ),
    tariffs=(Tariff("per dossier", 4_500),),
    from_minute=8 * 60,
    until_minute=19 * 60,
    may=tuple(May),
    shows=(Shown.PHONE, Shown.CONTACTS, Shown.LETTERS),
)


def partner(code: str = "") -> tuple[int, int, str]:
    """A partner with somebody who leads it: both ids, and its code."""
    code = code or f"maas-{uuid4().hex[:8]}"
    pk = create_partner(name="Gerechtsdeurwaarders Maas", code=code)
    who = create_partner_user(
        partner_id=pk, email=f"{code}@maas.example", name="Piet Maas", role="partner_lead", password="x"
    )
    return pk, who, code


JUDGED = Judgment(
    on=TODAY, principal_cents=130_020, through_on=TODAY, interest_cents=1_000, collection_cents=0, costs_cents=60_000,
    dissolved=True, eviction=True, vacate_days=14,
)  # fmt: skip


def proposed(organisation: int, code: str, terms: Terms = TERMS, begin_on: date = TODAY, **by: Any) -> int:
    return propose(
        organisation_id=organisation,
        partner_code=code,
        terms=terms,
        begin_on=begin_on,
        asked_as=uuid4(),
        **(BY | by),
    )


def agreed(organisation: int, who: tuple[int, int, str], **more: Any) -> int:
    """An agreement that both sides approved."""
    pk = proposed(organisation, who[2], **more)
    approve(organisation_id=organisation, agreement_id=pk, side=Side.CORPORATION, **BY)
    with at_partner(organisation, who):
        approve(
            organisation_id=organisation,
            agreement_id=pk,
            side=Side.PARTNER,
            actor=f"user:{who[1]}",
            name="Piet Maas",
            on=TODAY,
        )
    return pk


@contextmanager
def at_partner(organisation: int, who: tuple[int, int, str]) -> Iterator[None]:
    """As somebody of the partner. A test is one transaction, in which the wall would stand on after it."""
    with acting(who[0], who[1]):
        yield
    with organisation_scope(organisation):
        pass


def ready(
    organisation: int,
    number: int = 1,
    *,
    visited: bool = True,
    signalled: bool = True,
    asked: bool = True,
    **person: object,
) -> int:
    """A tenancy of which everything is in order, but for what was not done."""
    tenancy = offices.tenant(organisation, number, **person)
    neighbours.step(
        organisation, tenancy, Kind.LETTER_SENT, TODAY - timedelta(days=30), letter="early_signal"
    )
    facts = LetterFacts(
        letter_id=7,
        letter_kind="fourteen_day",
        channel="print",
        reference="B-7",
        digest="x",
        fee_from_on="2026-10-25",
    )
    with organisation_scope(organisation):
        drafts = [Draft(tenancy, f"letter:{tenancy}", facts.plain())]
        note(
            organisation_id=organisation,
            actor="test",
            kind=Kind.LETTER_SENT,
            on=TODAY - timedelta(days=25),
            steps=drafts,
        )
    if signalled:
        neighbours.step(organisation, tenancy, Kind.SIGNAL_SENT, TODAY - timedelta(days=10))
    tried(organisation, tenancy, Channel.PHONE)
    if visited:
        tried(organisation, tenancy, Channel.VISIT)
    if asked:
        note_household(organisation_id=organisation, tenancy_id=tenancy, lives=Lives.ADULTS, **BY)
    decided(organisation, tenancy)
    return tenancy


def tried(organisation: int, tenancy: int, channel: Channel) -> None:
    draft = ContactDraft(
        tenancy_id=tenancy,
        channel=channel,
        direction=Direction.OUT,
        reached=Reached.NONE,
        who=Who.TENANT,
        outcome=Outcome.NOT_HOME,
        at=datetime(2026, 10, 20, 10, 0, tzinfo=UTC),
    )
    log(
        organisation_id=organisation,
        actor="user:1",
        draft=draft,
        asked_as=uuid4(),
        on=TODAY,
        now=offices.NOON,
    )


def decided(organisation: int, tenancy: int) -> None:
    rule(
        organisation_id=organisation,
        tenancy_id=tenancy,
        draft=RulingDraft(kind=Ruled.HAND_OVER, until_on=TODAY + timedelta(days=30), reason="Niets hielp."),
        codes=(),
        asked_as=uuid4(),
        now=offices.NOON,
        **BY,
    )


def handed(organisation: int, tenancy: int, partner_id: int, **more: Any) -> int | None:
    given: dict[str, Any] = {"start": Start.ARREARS, "reason": "", "asked_as": uuid4()} | BY | more
    return ask(organisation_id=organisation, tenancy_id=tenancy, partner_id=partner_id, **given)


def judge(organisation: int, number: int, judgment: Judgment = JUDGED) -> None:
    """Write a judgment down, in a file that began with one."""
    draft = DeedDraft(deed=Deed.JUDGMENT, on=judgment.on, reason="Het vonnis.", judgment=judgment)
    write(
        organisation_id=organisation,
        file_id=number,
        draft=draft,
        asked_as=uuid4(),
        side=Side.CORPORATION,
        **BY,
    )


def taken_back(organisation: int, number: int) -> None:
    end_file(organisation_id=organisation, file_id=number, side=Side.CORPORATION, end=End.TAKEN_BACK, **BY)


def left_costs(organisation: int, tenancy: int, partner_id: int) -> int:
    """A file with a judgment of € 610 beside the rent, that went back."""
    made = handed(organisation, tenancy, partner_id, start=Start.JUDGMENT)
    assert made is not None
    judge(organisation, made)
    taken_back(organisation, made)
    return made


def went_outside(organisation: int, tenancy: int, on: date = TODAY - timedelta(days=7)) -> None:
    """It went to a bailiff outside the program on that day."""
    neighbours.step(organisation, tenancy, Kind.HANDED_OVER, on)
