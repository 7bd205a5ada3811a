"""What was agreed and said changes the next step at once: no alert while it is kept, one on the day on which it breaks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.db import connection
from tests.help import neighbours
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.arrangements.actions import agree, end
from tijdig.arrangements.kinds import EndReason
from tijdig.arrangements.plan import Ask
from tijdig.arrangements.values import Draft
from tijdig.arrears.imputation import NONE
from tijdig.base.days import day_number
from tijdig.cases.actions import evaluate, evaluate_dirty
from tijdig.cases.queries import WorkFilter, recent_alerts, worklist
from tijdig.cases.queries_dealings import dealings
from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.values import ContactDraft
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.policy.document import default_policy
from tijdig.policy.words import Feature

TODAY = offices.TODAY  # 2 November 2026, a Monday
FIRST = date(2026, 11, 10)


def _step(organisation: int, on: date, by: str = "due") -> str:
    """The step of the only tenancy after an evaluation of that day."""
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id) FROM tenancies_tenancy")
        ids = np.array(cursor.fetchone()[0], np.int64)
        found = evaluate(organisation_id=organisation, ids=ids, on=on, by=by)
        return found.decisions.code(0)


def _agree(organisation: int, tenancy: int) -> int:
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id) FROM ledger_entry")
        entries = tuple(cursor.fetchone()[0])
    return agree(
        organisation_id=organisation,
        actor="user:1",
        draft=Draft(tenancy_id=tenancy, ask=Ask(offices.RENT_CENTS, 35_000, FIRST), entries=entries),
        terms=default_policy().arrangements,
        policy_version="v2",
        asked_as=uuid4(),
        on=TODAY,
    )


def _promise(organisation: int, tenancy: int, due_on: date) -> None:
    draft = ContactDraft(
        tenancy_id=tenancy,
        channel=Channel.PHONE,
        direction=Direction.OUT,
        reached=Reached.TALKED,
        who=Who.TENANT,
        outcome=Outcome.PROMISE,
        at=datetime(2026, 11, 2, 10, 0, tzinfo=UTC),
        promise_cents=offices.RENT_CENTS,
        promise_on=due_on,
    )
    log(
        organisation_id=organisation,
        actor="user:1",
        draft=draft,
        asked_as=uuid4(),
        now=datetime(2026, 11, 2, 11, 0, tzinfo=UTC),
        on=TODAY,
    )


def _talk(organisation: int, tenancy: int, day: date) -> None:
    at = datetime(day.year, day.month, day.day, 10, 0, tzinfo=UTC)
    draft = ContactDraft(
        tenancy_id=tenancy,
        channel=Channel.PHONE,
        direction=Direction.OUT,
        reached=Reached.TALKED,
        who=Who.TENANT,
        outcome=Outcome.NO_AGREEMENT,
        at=at,
    )
    log(organisation_id=organisation, actor="user:1", draft=draft, asked_as=uuid4(), now=at, on=day)


def _alerts(organisation: int) -> list[tuple[str, str]]:
    with organisation_scope(organisation):
        return [(one.cause_label, one.sentence) for one in recent_alerts(9)]


def test_an_arrangement_ends_the_alert_and_a_break_raises_one_that_day_with_what_came(
    organisation: int,
) -> None:
    tenancy = offices.tenant(organisation, months=1)
    assert _step(organisation, TODAY) == "call_before_letter"
    _agree(organisation, tenancy)
    assert evaluate_dirty(organisation_id=organisation, on=TODAY) == 1
    assert _alerts(organisation) == [
        ("Afgesproken", "Over de achterstand sinds 01-10-2026: er is een regeling.")
    ]
    offices.pay(organisation, 1, 20_000, date(2026, 11, 9))
    assert _step(organisation, date(2026, 11, 10)) == "arrangement_kept"
    assert _step(organisation, date(2026, 11, 13)) == "arrangement_late"
    assert _step(organisation, date(2026, 11, 14)) == "arrangement_broken"
    assert _alerts(organisation)[0][0] == "Regeling gebroken"
    with organisation_scope(organisation):
        (row,) = worklist(WorkFilter(), [], date(2026, 11, 14)).rows
    assert "€ 350,00 had moeten komen" in row.why.replace("\u00a0", " ")
    assert "€ 200,00 kwam" in row.why.replace("\u00a0", " ")


def test_a_break_that_is_repaired_ends_its_alert(organisation: int) -> None:
    tenancy = offices.tenant(organisation, months=1)
    _agree(organisation, tenancy)
    assert _step(organisation, date(2026, 11, 14)) == "arrangement_broken"
    offices.pay(organisation, 1, 35_000, date(2026, 11, 15))
    assert _step(organisation, date(2026, 11, 15)) == "arrangement_kept"
    assert _alerts(organisation)[0][0] == "Afgesproken"


def test_an_arrangement_that_ended_gives_the_ordinary_steps_back(organisation: int) -> None:
    tenancy = offices.tenant(organisation, months=1)
    pk = _agree(organisation, tenancy)
    end(
        organisation_id=organisation,
        actor="user:1",
        arrangement_id=pk,
        end_reason=EndReason.NOT_KEPT,
        reason="Kwam niet.",
        on=date(2026, 11, 20),
    )
    assert _step(organisation, date(2026, 11, 20)) == "call_before_letter"
    assert _step(organisation, date(2026, 11, 12)) == "arrangement_late"  # as it stood on that day


def test_a_promise_waits_until_its_day_and_is_told_when_it_is_not_kept(organisation: int) -> None:
    tenancy = offices.tenant(organisation, months=1)
    _promise(organisation, tenancy, date(2026, 11, 6))
    assert evaluate_dirty(organisation_id=organisation, on=TODAY) == 1
    assert _step(organisation, date(2026, 11, 9)) == "promise_open"
    assert _step(organisation, date(2026, 11, 10)) == "promise_broken"
    assert _alerts(organisation)[0] == (
        "Toezegging niet nagekomen",
        "De huurder zei te betalen, en het kwam niet. Oudste open: 01-10-2026.",
    )


def test_after_a_talk_about_a_broken_promise_the_ordinary_steps_go_on(organisation: int) -> None:
    tenancy = offices.tenant(organisation, months=1)
    _promise(organisation, tenancy, date(2026, 11, 6))
    assert _step(organisation, date(2026, 11, 11)) == "promise_broken"
    _talk(organisation, tenancy, date(2026, 11, 10))
    assert _step(organisation, date(2026, 11, 9)) == "promise_open"
    assert _step(organisation, date(2026, 11, 11)) not in ("promise_open", "promise_broken")


def test_a_promise_that_was_kept_asks_nothing(organisation: int) -> None:
    tenancy = offices.tenant(organisation, months=2)
    _promise(organisation, tenancy, date(2026, 11, 6))
    offices.pay(organisation, 1, offices.RENT_CENTS, date(2026, 11, 5))
    assert _step(organisation, date(2026, 11, 10)) not in ("promise_open", "promise_broken")


@pytest.mark.parametrize(("day", "talked"), [(date(2026, 11, 2), 1), (date(2026, 11, 1), 0)])
def test_a_talk_since_the_due_day_is_seen(organisation: int, day: date, talked: int) -> None:
    tenancy = offices.tenant(organisation, months=1)
    _promise(organisation, tenancy, date(2026, 11, 6))
    with organisation_scope(organisation):
        found = evaluate(
            organisation_id=organisation, ids=np.array([tenancy], np.int64), on=day, by="due", write=False
        )
    assert found.decisions.features[0, Feature.TALKED_SINCE_DUE] == talked
    assert found.decisions.features[0, Feature.DAYS_SINCE_TALK] == (0 if talked else -1)


def test_who_owes_nothing_needs_no_step_though_there_is_an_arrangement(organisation: int) -> None:
    tenancy = offices.tenant(organisation, months=1)
    _agree(organisation, tenancy)
    offices.pay(organisation, 1, offices.RENT_CENTS)
    assert _step(organisation, TODAY) == "nothing_open"
    offices.charge(organisation, "100001", EntryKind.RENT, offices.RENT_CENTS, date(2026, 12, 1))
    assert _step(organisation, date(2026, 12, 1)) == "not_due"


def test_attempts_of_before_everything_was_paid_are_not_counted_with_those_after(organisation: int) -> None:
    """Two calls, everything paid, one call: that is one call about what is owed now."""
    tenancy = offices.tenant(organisation)
    paid_on = offices.TODAY - timedelta(days=10)
    for days, reached in ((20, True), (15, False), (12, False), (5, False)):
        neighbours.call(
            organisation,
            tenancy,
            offices.TODAY - timedelta(days=days),
            reached=reached,
            outcome=_OUTCOME[reached],
        )
    one, none = np.array([tenancy], np.int64), np.array([NONE], np.int64)
    with organisation_scope(organisation), connection.cursor() as cursor:
        before = dealings(offices.TODAY, one, none)
        assert (before.phone_attempts[0], before.talk_day[0]) == (
            3,
            day_number(offices.TODAY - timedelta(days=20)),
        )
        cursor.execute(
            """INSERT INTO cases_case (organisation_id, tenancy_id, opened_on, opened_at, stage, stage_since_on,
                                       policy_version, closed_on, closed_at, closed_by)
               VALUES (%s, %s, %s, now(), 'contact', %s, 'v5', %s, now(), 'nothing_open')""",
            [organisation, tenancy, paid_on, paid_on, paid_on],
        )
        after = dealings(offices.TODAY, one, none)
    assert after.phone_attempts[0] == 1
    assert after.talk_day[0] == NONE
    assert after.attempt_day[0] == day_number(offices.TODAY - timedelta(days=5))


_OUTCOME = {True: Outcome.PAYS_NOW, False: Outcome.NOT_HOME}
