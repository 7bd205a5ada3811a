"""A paid link is a promise: it holds back reminders until the bank should have shown the money, and settles nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from tests.letters import offices

from tijdig.carriers.channel import Channel
from tijdig.carriers.chosen import Carriers
from tijdig.carriers.payment_link import Link, LinkError, LinkState, LinkStatus
from tijdig.ledger.models import Entry
from tijdig.letters import models
from tijdig.letters.actions import write
from tijdig.letters.actions_link import hinted, look_at_links
from tijdig.letters.actions_mailbox import Mailbox
from tijdig.letters.actions_sending import send_next
from tijdig.letters.holds import promise_until
from tijdig.letters.letter import Kind
from tijdig.letters.queries_seen import seen
from tijdig.letters.wish import Wish
from tijdig.steps.models import Step


class Counter:
    """A provider that counts what it was asked, and says of a link what it was told to say."""

    name, live = "proef", False

    def __init__(self) -> None:
        self.made: dict[str, Link] = {}
        self.says = LinkStatus(LinkState.OPEN)
        self.silent, self.refuses = False, False

    def create(
        self,
        *,
        amount_cents: int,
        description: str,
        key: str,
        expires_on: date,
        return_url: str,
        hint_url: str,
    ) -> Link:
        if self.silent:
            raise LinkError("Geen antwoord.", again=True)
        if self.refuses:
            raise LinkError("Dit bedrag mag niet.", again=False)
        return self.made.setdefault(
            key, Link(f"pl_{len(self.made)}", f"https://betaal.example/{amount_cents}")
        )

    def status(self, provider_id: str) -> LinkStatus:
        if self.silent:
            raise LinkError("Geen antwoord.", again=True)
        return self.says


@pytest.fixture
def asked(organisation: int) -> tuple[int, int, Counter]:
    """A corporation, its tenant, and a reminder by SMS with a link that waits to go."""
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    wish = Wish(
        tenancy_id=tenancy,
        kind=Kind.FRIENDLY_REMINDER,
        on=offices.TODAY,
        channel=Channel.SMS,
        link=True,
    )
    write(organisation_id=organisation, actor="user:1", by="Sanne Kuiper", wish=wish, now=offices.NOON)
    return organisation, tenancy, Counter()


def _send(organisation: int, provider: Counter, now: datetime = offices.NOON) -> None:
    box = Mailbox(organisation)
    send_next(organisation_id=organisation, carriers=Carriers(email=box, sms=box, links=provider), now=now)


def _paid(organisation: int, provider: Counter) -> None:
    _send(organisation, provider)
    provider.says = LinkStatus(LinkState.PAID, 140_000, offices.TODAY)
    assert look_at_links(organisation_id=organisation, provider=provider, now=offices.LATER) == 1


def test_the_link_is_in_the_message_for_the_amount_of_the_letter(asked: tuple[int, int, Counter]) -> None:
    organisation, _, provider = asked
    _send(organisation, provider)
    assert "https://betaal.example/140000" in models.Mail.objects.get().body
    row = models.Link.objects.get()
    assert (row.state, row.provider, row.amount_cents) == ("open", "proef", 140_000)


def test_a_provider_that_is_silent_makes_the_message_wait(asked: tuple[int, int, Counter]) -> None:
    organisation, _, provider = asked
    provider.silent = True
    _send(organisation, provider)
    assert (models.Sending.objects.get().state, models.Mail.objects.count()) == ("queued", 0)
    provider.silent = False
    _send(organisation, provider, offices.LATER)
    assert (models.Mail.objects.count(), len(provider.made)) == (1, 1)


def test_a_link_that_can_never_be_made_keeps_no_message_back(asked: tuple[int, int, Counter]) -> None:
    organisation, _, provider = asked
    provider.refuses = True
    _send(organisation, provider)
    assert models.Sending.objects.get().state == "sent"
    assert "https" not in models.Mail.objects.get().body


def test_a_paid_link_is_a_fact_and_settles_nothing(asked: tuple[int, int, Counter]) -> None:
    organisation, tenancy, provider = asked
    entries = Entry.objects.count()
    _paid(organisation, provider)
    step = Step.objects.get(kind="link_paid")
    assert (step.tenancy_id, step.effective_on, step.facts["paid_cents"]) == (tenancy, offices.TODAY, 140_000)
    assert Entry.objects.count() == entries
    assert look_at_links(organisation_id=organisation, provider=provider, now=offices.LATER) == 0


def test_a_paid_link_holds_the_next_reminder_back(asked: tuple[int, int, Counter]) -> None:
    organisation, tenancy, provider = asked
    _paid(organisation, provider)
    wish = Wish(
        tenancy_id=tenancy,
        kind=Kind.REMINDER,
        on=offices.TODAY,
        given={"pay_before_on": date(2026, 11, 9)},
    )
    write(organisation_id=organisation, actor="user:1", wish=wish, now=offices.LATER)
    _send(organisation, provider, offices.LATER)
    row = models.Sending.objects.order_by("-id").first()
    assert row is not None
    assert (row.state, row.why) == ("held", "link_paid")
    assert seen([row.pk], offices.TODAY)[row.pk].link_paid_on == offices.TODAY


def test_a_promise_is_believed_for_three_working_days() -> None:
    """Paid on Friday 6 November 2026: Monday, Tuesday, Wednesday 11 November."""
    assert promise_until(date(2026, 11, 6)) == date(2026, 11, 11)


@pytest.mark.parametrize("state", [LinkState.EXPIRED, LinkState.FAILED])
def test_a_link_that_is_over_promises_nothing(asked: tuple[int, int, Counter], state: LinkState) -> None:
    organisation, _, provider = asked
    _send(organisation, provider)
    provider.says = LinkStatus(state)
    look_at_links(organisation_id=organisation, provider=provider, now=offices.LATER)
    assert (models.Link.objects.get().state, Step.objects.filter(kind="link_paid").count()) == (state, 0)


def test_a_hint_is_not_believed_but_looked_into(asked: tuple[int, int, Counter]) -> None:
    organisation, _, provider = asked
    _send(organisation, provider)
    now = offices.NOON + timedelta(seconds=5)
    row = models.Link.objects.get()
    assert hinted(organisation_id=organisation, key=row.key, provider=provider, now=now) is True
    assert models.Link.objects.get().state == "open"
    assert hinted(organisation_id=organisation, key=uuid4(), provider=provider, now=now) is False


def test_a_provider_that_does_not_answer_changes_nothing(asked: tuple[int, int, Counter]) -> None:
    organisation, _, provider = asked
    _send(organisation, provider)
    provider.silent = True
    look_at_links(organisation_id=organisation, provider=provider, now=offices.LATER)
    assert models.Link.objects.get().state == "open"
