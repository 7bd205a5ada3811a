"""A tenant about whom every duty was done, in a town of which the municipality is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.base.days import amsterdam_day
from tijdig.cases.actions import evaluate_dirty
from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.values import ContactDraft
from tijdig.help.actions import decide, keep_municipality
from tijdig.help.standard import standard
from tijdig.steps.actions import Draft, note
from tijdig.steps.kinds import Kind, LetterFacts

TODAY = offices.TODAY
OFFERED_ON = TODAY - timedelta(days=20)
BY = "user:1"


def town(organisation: int, name: str = "Rotterdam", code: str = "GM0599", *towns: str) -> int:
    draft = standard(
        name, code, towns or (name,), platform="RIS Matching", agreed_on=date(2021, 1, 1), help_line="14 010"
    )
    return keep_municipality(organisation_id=organisation, actor=BY, draft=draft, pk=None, on=TODAY)


def step(organisation: int, tenancy: int, kind: Kind, on: date, subject: str = "", letter: str = "") -> None:
    facts = (
        LetterFacts(letter_id=7, letter_kind=letter, channel="print", reference="B-7", digest="x").plain()
        if letter
        else {}
    )
    with organisation_scope(organisation):
        drafts = [Draft(tenancy, subject or f"test:{uuid4()}", facts)]
        note(organisation_id=organisation, actor=BY, kind=kind, on=on, steps=drafts)


def call(
    organisation: int,
    tenancy: int,
    on: date,
    *,
    reached: bool = False,
    outcome: Outcome = Outcome.NOT_HOME,
    now: datetime | None = None,
) -> int:
    """A call at ten o'clock; `now` is when it is written down."""
    draft = ContactDraft(
        tenancy_id=tenancy,
        channel=Channel.PHONE,
        direction=Direction.OUT,
        reached=Reached.TALKED if reached else Reached.NONE,
        who=Who.TENANT,
        outcome=outcome,
        at=datetime(on.year, on.month, on.day, 10, 0, tzinfo=UTC),
    )
    moment = now or offices.NOON
    return log(
        organisation_id=organisation,
        actor=BY,
        draft=draft,
        asked_as=uuid4(),
        on=amsterdam_day(moment),
        now=moment,
    )


def evaluated(organisation: int) -> None:
    while evaluate_dirty(organisation_id=organisation, on=TODAY):
        pass


def ready(organisation: int, number: int = 1) -> int:
    """Every duty done since the arrears began."""
    tenancy = offices.tenant(organisation, number)
    call(organisation, tenancy, TODAY - timedelta(days=25))
    step(organisation, tenancy, Kind.LETTER_SENT, OFFERED_ON, letter="early_signal")
    evaluated(organisation)
    return tenancy


def decided(organisation: int, tenancy: int, on: date = TODAY) -> int:
    return decide(
        organisation_id=organisation, actor=BY, name="An de Boer", tenancy_id=tenancy, asked_as=uuid4(), on=on
    )
