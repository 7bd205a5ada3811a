"""What a contact is called in one line."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tijdig.contacts.contact import Contact
from tijdig.contacts.kinds import Channel, Direction, NextStep, Outcome, Reached, Who
from tijdig.contacts.said import said
from tijdig.contacts.talk import SPOKEN

NOON = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)


def _contact(channel: Channel, direction: Direction, reached: Reached) -> Contact:
    return Contact(
        id=1,
        tenancy_id=1,
        person_id=None,
        channel=channel,
        direction=direction,
        reached=reached,
        who=Who.TENANT,
        outcome=Outcome.OTHER,
        causes=(),
        on=date(2026, 11, 2),
        at=NOON,
        minutes=None,
        next_step=NextStep.NONE,
        next_on=None,
        actor="user:1",
        recorded_at=NOON,
        note="",
        promise=None,
        withdrawn=None,
    )


@pytest.mark.parametrize(
    ("channel", "direction", "reached", "text"),
    [
        (Channel.PHONE, Direction.OUT, Reached.NONE, "Gebeld, niet bereikt"),
        (Channel.PHONE, Direction.OUT, Reached.MESSAGE, "Gebeld, bericht achtergelaten"),
        (Channel.PHONE, Direction.IN, Reached.MESSAGE, "De huurder belde, bericht gekregen"),
        (Channel.VISIT, Direction.OUT, Reached.TALKED, "Bezocht, gesproken"),
        (Channel.EMAIL, Direction.IN, Reached.MESSAGE, "E-mail gekregen"),
        (Channel.SMS, Direction.OUT, Reached.NONE, "Sms of app gestuurd, niet bereikt"),
    ],
)
def test_a_contact_is_named_by_its_way_and_whether_anybody_was_reached(
    channel: Channel, direction: Direction, reached: Reached, text: str
) -> None:
    assert said(_contact(channel, direction, reached)).text == text


def test_every_way_has_words_and_only_writing_goes_without_the_second_part() -> None:
    for channel in Channel:
        for direction in Direction:
            for reached in Reached:
                found = said(_contact(channel, direction, reached))
                assert found.how
                assert (found.got == "") == (channel not in SPOKEN and reached is Reached.MESSAGE)
