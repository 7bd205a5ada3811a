"""What the way of working lets the program write itself: once, when it is due, and never what a person decides."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from django.db import connection
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.base.days import AMSTERDAM
from tijdig.carriers.chosen import Carriers
from tijdig.cases.actions import evaluate, evaluate_dirty
from tijdig.cases.planned import State
from tijdig.cases.queries_planned import cases_of, planned_of
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.letters.actions_automatic import Carried, carry_out
from tijdig.letters.actions_mailbox import Mailbox
from tijdig.letters.actions_print import take_back_overtaken
from tijdig.letters.actions_sending import Round, send_next
from tijdig.policy.words import Stage

FIRST = date(2026, 11, 1)
NOON = offices.NOON.astimezone(AMSTERDAM)


def _night(organisation: int, on: date) -> None:
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id ORDER BY id) FROM tenancies_tenancy")
        evaluate(organisation_id=organisation, ids=np.array(cursor.fetchone()[0], np.int64), on=on, by="due")


def _behind(organisation: int, **person: object) -> int:
    """A tenant who is behind since yesterday, 1 November."""
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=0, **person)
    offices.charge(organisation, "100001", EntryKind.RENT, offices.RENT_CENTS, FIRST)
    _night(organisation, offices.TODAY)
    return tenancy


def _carry(organisation: int, on: date) -> Carried:
    now = NOON + (on - offices.TODAY)
    return carry_out(organisation_id=organisation, on=on, now=now)


def test_a_friendly_message_is_written_once_on_the_day_it_is_due(organisation: int) -> None:
    tenancy = _behind(organisation)
    with organisation_scope(organisation):
        (planned,) = planned_of(tenancy, as_of=offices.TODAY)
        assert (planned.rule, planned.automatic, planned.about_on) == ("message", True, FIRST)
        assert cases_of(tenancy)[0].stage is Stage.NOTICE
    assert _carry(organisation, offices.TODAY) == Carried(0, 0)  # two days of patience
    due = planned.due_on
    assert _carry(organisation, due) == Carried(1, 0)
    assert _carry(organisation, due) == Carried(0, 0)
    with organisation_scope(organisation):
        (done,) = planned_of(tenancy, as_of=due)
        assert done.state is State.TAKEN
        assert done.subject.startswith("letter:")


def test_what_cannot_be_written_waits_a_day_with_its_reason(organisation: int) -> None:
    tenancy = offices.tenant(organisation, months=0)
    offices.charge(organisation, "100001", EntryKind.RENT, offices.RENT_CENTS, FIRST)  # and no letterhead
    _night(organisation, offices.TODAY)
    due = offices.TODAY + timedelta(days=2)
    assert _carry(organisation, due) == Carried(0, 1)
    with organisation_scope(organisation):
        (waits,) = planned_of(tenancy, as_of=due)
        assert (waits.state, waits.due_on) == (State.PLANNED, due + timedelta(days=1))
        assert waits.note


def test_who_pays_first_gets_nothing_and_the_case_closes(organisation: int) -> None:
    tenancy = _behind(organisation)
    offices.pay(organisation, 1, offices.RENT_CENTS)
    evaluate_dirty(organisation_id=organisation, on=offices.TODAY)
    assert _carry(organisation, offices.TODAY + timedelta(days=2)) == Carried(0, 0)
    with organisation_scope(organisation):
        (gone,) = planned_of(tenancy, as_of=offices.TODAY)
        assert (gone.state, gone.ended_by) == (State.WITHDRAWN, "nothing_open")
        assert cases_of(tenancy)[0].closed_on == offices.TODAY


def test_what_the_program_wrote_is_taken_back_when_the_tenant_pays_before_it_goes(organisation: int) -> None:
    tenancy = _behind(organisation)
    due = offices.TODAY + timedelta(days=2)
    assert _carry(organisation, due) == Carried(1, 0)
    offices.pay(organisation, 1, offices.RENT_CENTS)
    evaluate_dirty(organisation_id=organisation, on=due)
    carriers = Carriers(email=Mailbox(organisation))
    while (
        send_next(organisation_id=organisation, carriers=carriers, now=NOON + timedelta(days=2)) is Round.DONE
    ):
        pass
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT state, why FROM letters_sending")
        assert cursor.fetchall() == [("cancelled", "paid_since")]
        cursor.execute("SELECT facts ->> 'why' FROM history_event WHERE verb = 'message_cancelled'")
        assert cursor.fetchall() == [("paid_since",)]
        assert [one.closed_on for one in cases_of(tenancy)] == [due]
    assert _carry(organisation, due + timedelta(days=1)) == Carried(0, 0)


def test_on_paper_too_it_is_taken_back_before_it_is_printed(organisation: int) -> None:
    _behind(organisation, email="")
    due = offices.TODAY + timedelta(days=2)
    assert _carry(organisation, due) == Carried(1, 0)
    assert take_back_overtaken(organisation_id=organisation, on=due) == 0
    offices.pay(organisation, 1, offices.RENT_CENTS)
    assert take_back_overtaken(organisation_id=organisation, on=due) == 1
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT channel, state, why FROM letters_sending")
        assert cursor.fetchall() == [("print", "cancelled", "paid_since")]
    assert take_back_overtaken(organisation_id=organisation, on=due) == 0
