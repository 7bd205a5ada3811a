"""A step is written once, with a line of history, and never changed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from tests.letters import offices

from tijdig.history.models import Event
from tijdig.steps.actions import Draft, note
from tijdig.steps.kinds import Kind, LetterFacts
from tijdig.steps.models import Step
from tijdig.steps.queries import steps_of

ON = date(2026, 11, 2)


def _note(organisation: int, tenancy: int, subject: str = "sending:1", on: date = ON) -> int:
    return note(
        organisation_id=organisation,
        actor="user:1",
        kind=Kind.LETTER_SENT,
        on=on,
        steps=[Draft(tenancy, subject, {"fee_cents": 100})],
    )


def test_the_same_step_twice_is_one(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    assert [_note(organisation, tenancy) for _ in range(2)] == [1, 0]
    assert Step.objects.count() == 1
    event = Event.objects.get(verb="letter_sent")
    assert (event.subject, event.actor, event.effective_on) == (f"tenancy:{tenancy}", "user:1", ON)


def test_steps_are_read_up_to_a_day_and_as_known(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    _note(organisation, tenancy, "sending:1", ON)
    _note(organisation, tenancy, "sending:2", date(2026, 11, 9))
    found = steps_of([tenancy], as_of=date(2026, 11, 8))
    assert [(step.subject, step.kind) for step in found] == [("sending:1", Kind.LETTER_SENT)]
    assert len(steps_of([tenancy], as_of=date(2026, 12, 1))) == 2
    assert steps_of([tenancy], as_of=date(2026, 12, 1), known_at=datetime(2026, 1, 1, tzinfo=UTC)) == []


@pytest.mark.parametrize("change", ["UPDATE steps_step SET actor = 'x'", "DELETE FROM steps_step"])
def test_a_step_is_never_changed(organisation: int, change: str) -> None:
    _note(organisation, offices.tenant(organisation))
    from django.db import ProgrammingError

    with (
        pytest.raises((IntegrityError, ProgrammingError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_what_a_letter_says_of_itself_comes_back_whole() -> None:
    said = LetterFacts(
        letter_id=3,
        letter_kind="fourteen_day",
        channel="print",
        reference="B3",
        digest="ab",
        open_cents=1,
        entries=(4, 5),
        fee_cents=2,
        fee_from_on="2026-11-24",
        proof="batch 1, brief 2",
    )
    assert LetterFacts.of(said.plain()) == said
    assert said.fee_due_on == date(2026, 11, 24)
    assert LetterFacts.of(said.plain() | {"unknown": 1, "fee_from_on": ""}).fee_due_on is None
