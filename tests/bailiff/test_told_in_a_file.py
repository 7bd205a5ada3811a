"""What happens in a file is told to the open screens of both sides, and to nobody else; a break of the night too, once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from tests.bailiff import partners
from tests.bailiff.partners import BY, TODAY
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.arrangements.plan import Ask
from tijdig.bailiff import actions_in_file as actions
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.kinds import End, Side
from tijdig.cases.actions_arrange import arrange
from tijdig.cases.actions_night import run_night
from tijdig.cases.queries import outbox_after
from tijdig.cases.queries_arrange import ground

Place = tuple[int, int, int, tuple[int, int, str]]
ANSWERED = {"side": Side.CORPORATION} | BY


@pytest.fixture
def place(organisation: int) -> Place:
    """Organisation, tenancy, file and partner; all that was to be told is told."""
    who = partners.partner()
    partners.agreed(organisation, who)
    tenancy = partners.ready(organisation)
    made = partners.handed(organisation, tenancy, who[0])
    assert made is not None
    run_night(organisation_id=organisation, on=TODAY, actor="test")
    _told(organisation)
    return organisation, tenancy, made, who


def _told(organisation: int) -> list[tuple[str, int]]:
    """What is told when this commits; and forgotten, so that the next question asks what came after it."""
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        found = [(kind, tenancy) for _, kind, tenancy in outbox_after(0)]
        cursor.execute("DELETE FROM cases_outbox")
    return found


def _ask(place: Place) -> None:
    organisation, _tenancy, number, _who = place
    actions.ask_question(
        organisation_id=organisation, file_id=number, text="Is er al gebeld?", asked_as=uuid4(), **ANSWERED
    )


def test_what_is_written_in_a_file_is_told_to_its_partner_and_to_no_other(place: Place) -> None:
    organisation, tenancy, _number, who = place
    _ask(place)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for at, seen in ((who, [("in_file", tenancy)]), (partners.partner(), [])):
        with partners.at_partner(organisation, at), organisation_scope(organisation):
            assert [(kind, subject) for _, kind, subject in outbox_after(0)] == seen


def test_what_is_written_about_who_is_with_no_partner_is_told_to_nobody(place: Place) -> None:
    organisation, _tenancy, _number, _who = place
    alone = offices.tenant(organisation, 2)
    _told(organisation)
    with organisation_scope(organisation):
        from tests.bailiff.partners import Channel, tried

        tried(organisation, alone, Channel.PHONE)
    assert _told(organisation) == []


def test_the_corporation_hears_that_a_file_closed(place: Place) -> None:
    organisation, tenancy, number, _who = place
    end_file(organisation_id=organisation, file_id=number, side=Side.CORPORATION, end=End.TAKEN_BACK, **BY)
    assert ("in_file", tenancy) in _told(organisation)


def test_a_break_that_the_night_finds_is_told_once(place: Place) -> None:
    organisation, tenancy, _number, _who = place
    with organisation_scope(organisation):
        stands_on = ground(tenancy, TODAY)
        assert stands_on is not None
    arrange(
        organisation_id=organisation, actor="user:1", tenancy_id=tenancy, reason="Zo kan het.", asked_as=uuid4(),
        ask=Ask(stands_on.overdue_cents, 20_000, TODAY + timedelta(days=5)), on=TODAY,
        entries=[one.entry for one in stands_on.items],
    )  # fmt: skip
    assert _told(organisation) == [("in_file", tenancy)]
    told = {}
    for day in (8, 9, 10):  # three days of grace after the fifth
        run_night(organisation_id=organisation, on=TODAY + timedelta(days=day), actor="test")
        told[day] = [one for one in _told(organisation) if one[0] == "in_file"]
    assert told == {8: [], 9: [("in_file", tenancy)], 10: []}
