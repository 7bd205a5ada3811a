"""What providers call: nobody signs in, nobody learns anything, and what is said is looked into, never believed."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.letters import offices

from doors import Corporation
from tijdig.access.scope import organisation_scope
from tijdig.carriers.channel import Arrival, Asked, Channel, Handed, Known, Message, Outcome, Report
from tijdig.carriers.chosen import Carriers
from tijdig.letters.actions import write
from tijdig.letters.actions_sending import send_next
from tijdig.letters.letter import Kind
from tijdig.letters.models import Sending
from tijdig.letters.wish import Wish
from tijdig.web import views_hints


class Gateway:
    """An SMS gateway that says of every message that it was delivered, when it is asked by its own id."""

    name = "proef"

    def hand_over(self, message: Message) -> Handed:
        return Handed(Outcome.SENT, "gw-7")

    def ask(self, key: str, to: str) -> Asked:
        return Asked(Known.CANNOT_SAY)

    def arrival(self, provider_id: str) -> Report | None:
        return Report(Arrival.DELIVERED, provider_id=provider_id)


@pytest.fixture
def sent(corporation: Corporation, monkeypatch: pytest.MonkeyPatch) -> int:
    """A text message that went; returns the corporation."""
    organisation = corporation.organisation
    with organisation_scope(organisation):
        offices.letterhead(organisation)
        tenancy = offices.tenant(organisation)
    wish = Wish(tenancy_id=tenancy, kind=Kind.FRIENDLY_REMINDER, on=offices.TODAY, channel=Channel.SMS)
    write(organisation_id=organisation, actor="user:1", wish=wish, now=offices.NOON)
    carriers = Carriers(sms=Gateway())
    send_next(organisation_id=organisation, carriers=carriers, now=offices.NOON)
    monkeypatch.setattr(views_hints, "carriers_of", lambda _: carriers)
    return organisation


@pytest.mark.parametrize(
    ("how", "state"),
    [
        ({"data": "ID=gw-7&STATUS=20", "content_type": "application/x-www-form-urlencoded"}, "delivered"),
        ({"data": '{"id": "gw-7"}', "content_type": "application/json"}, "delivered"),
        ({"data": '{"id": "gw-8"}', "content_type": "application/json"}, "sent"),
        ({"data": "STATUS=delivered", "content_type": "application/x-www-form-urlencoded"}, "sent"),
        ({"data": b"\xff\xfe", "content_type": "application/json"}, "sent"),
    ],
)
def test_a_hint_makes_us_look(sent: int, how: dict[str, str], state: str) -> None:
    answer = Client().post(f"/hint/sms/{sent}", **how)
    assert (answer.status_code, answer.content) == (204, b"")
    with organisation_scope(sent):
        assert Sending.objects.get().state == state


def test_our_own_key_names_a_message_too(sent: int) -> None:
    with organisation_scope(sent):
        key = Sending.objects.get().key.hex
    Client().post(f"/hint/sms/{sent}?REFERENCE={key}")
    with organisation_scope(sent):
        assert Sending.objects.get().state == "delivered"


def test_a_corporation_that_is_not_there_answers_the_same(sent: int) -> None:
    assert Client().post("/hint/sms/999999?ID=gw-7").status_code == 204
