"""Alerts: raised at once, one open at a time, cured by payment, raised again by a reversal; nothing is written twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from tests.cases.one_lease import RENT, Ledger

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.cases.queries import WorkFilter, outbox_after, recent_alerts, worklist
from tijdig.cases.wording import alert_sentence, ended_label
from tijdig.ledger.kinds import Kind
from tijdig.policy.document import Step, default_policy
from tijdig.policy.words import Bucket
from tijdig.rulings.actions import rule
from tijdig.rulings.kinds import Kind as Pause
from tijdig.rulings.values import Draft

SEP, OCT, NOV = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
TODAY = date(2026, 11, 12)
ALERTS = "SELECT cause, since_on, overdue_cents, due_months, raised_on, cured_on FROM cases_alert ORDER BY id"
_WRITTEN = (
    "SELECT to_jsonb(s)::text FROM cases_standing s ORDER BY tenancy_id",
    "SELECT count(*) FROM cases_decision",
    "SELECT to_jsonb(a)::text FROM cases_alert a ORDER BY id",
    "SELECT count(*) FROM cases_outbox",
    "SELECT to_jsonb(c)::text FROM cases_checkpoint c ORDER BY tenancy_id",
)


@pytest.fixture
def ledger(organisation: int) -> Ledger:
    told = Ledger(organisation)
    told.lease()
    return told


def test_a_posted_fact_raises_an_alert_at_once(ledger: Ledger) -> None:
    ledger.rent(OCT)
    assert ledger.evaluate(TODAY) == 1
    assert ledger.rows(ALERTS) == [("fact", OCT, RENT, 1, TODAY, None)]
    assert ledger.rows("SELECT count(*) FROM ledger_dirty") == [(0,)]
    entries = ledger.rows("SELECT entries FROM cases_alert")
    assert str(entries[0][0]) == str(ledger.rows("SELECT jsonb_agg(id) FROM ledger_entry")[0][0])


def test_nothing_dirty_evaluates_nothing(ledger: Ledger) -> None:
    ledger.rent(OCT)
    ledger.evaluate(TODAY)
    assert ledger.evaluate(TODAY) == 0


def test_what_is_due_today_raises_no_alert(ledger: Ledger) -> None:
    ledger.rent(NOV)
    ledger.evaluate(NOV)
    assert ledger.rows(ALERTS) == []
    ledger.night(NOV + timedelta(days=1))
    assert ledger.rows(ALERTS) == [("due", NOV, RENT, 1, NOV + timedelta(days=1), None)]


def test_a_payment_cures_the_alert(ledger: Ledger) -> None:
    ledger.rent(OCT)
    ledger.evaluate(TODAY)
    ledger.paid(TODAY)
    ledger.evaluate(TODAY)
    assert ledger.rows(ALERTS) == [("fact", OCT, RENT, 1, TODAY, TODAY)]
    assert [kind for _, kind, _ in outbox_after(0)][-2:] == ["alert", "cure"]


def test_a_part_payment_keeps_the_alert_open(ledger: Ledger) -> None:
    ledger.rent(OCT)
    ledger.evaluate(TODAY)
    ledger.paid(TODAY, cents=10_000)
    ledger.evaluate(TODAY)
    assert [cured for *_, cured in ledger.rows(ALERTS)] == [None]
    assert ledger.rows("SELECT overdue_cents FROM cases_standing") == [(RENT - 10_000,)]


def test_a_reversal_raises_a_new_alert_with_the_old_due_day(ledger: Ledger) -> None:
    ledger.rent(OCT)
    ledger.evaluate(TODAY)
    ledger.paid(TODAY)
    ledger.evaluate(TODAY)
    later = TODAY + timedelta(days=2)
    ledger.post(Kind.REVERSAL, RENT, later, to=f"1-PAYMENT-{TODAY}")
    ledger.evaluate(later)
    assert ledger.rows(ALERTS) == [
        ("fact", OCT, RENT, 1, TODAY, TODAY),
        ("reversal", OCT, RENT, 1, later, None),
    ]


def test_there_is_one_open_alert_however_often_it_becomes_worse(ledger: Ledger) -> None:
    for day in (SEP, OCT, NOV):
        ledger.rent(day)
        ledger.evaluate(day + timedelta(days=3))
    assert ledger.rows(ALERTS) == [("fact", SEP, 3 * RENT, 3, NOV + timedelta(days=3), None)]


def test_the_database_refuses_a_second_open_alert(ledger: Ledger) -> None:
    ledger.rent(OCT)
    ledger.evaluate(TODAY)
    with pytest.raises(Exception, match="cases_alert_one_open"):
        ledger.rows(
            """INSERT INTO cases_alert (organisation_id, tenancy_id, cause, raised_on, since_on, overdue_cents, due_months,
                      rule, entries) SELECT organisation_id, tenancy_id, cause, raised_on, since_on, overdue_cents,
                      due_months, rule, entries FROM cases_alert RETURNING id"""
        )


def test_evaluating_again_writes_nothing(ledger: Ledger) -> None:
    ledger.rent(SEP, OCT)
    ledger.evaluate(TODAY)
    before = [ledger.rows(query) for query in _WRITTEN]
    ledger.rows("INSERT INTO ledger_dirty (organisation_id, tenancy_id, earliest_on, marks) "
                "SELECT organisation_id, id, '2026-11-12', 1 FROM tenancies_tenancy RETURNING 1")  # fmt: skip
    assert ledger.evaluate(TODAY) == 1
    assert [ledger.rows(query) for query in _WRITTEN] == before


def test_a_night_run_twice_writes_nothing_the_second_time(ledger: Ledger) -> None:
    ledger.lease("2")
    ledger.rent(SEP, OCT)
    ledger.rent(OCT, contract="2")
    ledger.paid(OCT, contract="2")
    first = ledger.night(TODAY)
    before = [ledger.rows(query) for query in _WRITTEN]
    second = ledger.night(TODAY)
    assert (first.tenancies, first.changed, first.alerts, first.error) == (2, 2, 1, "")
    assert (second.tenancies, second.changed, second.alerts, second.cures) == (2, 0, 0, 0)
    assert [ledger.rows(query) for query in _WRITTEN] == before


def test_a_step_keeps_the_day_it_was_first_due(ledger: Ledger) -> None:
    ledger.rent(NOV)
    due = []
    for days in (9, 10, 12):
        ledger.night(NOV + timedelta(days=days))
        due.append(ledger.rows("SELECT rule, step_due_on FROM cases_standing")[0])
    assert due == [("call", NOV + timedelta(days=11))] * 3


def test_no_alert_while_the_debit_still_has_to_run(ledger: Ledger) -> None:
    ledger.lease("2", debit_day=25)
    ledger.rent(NOV, contract="2")
    ledger.night(TODAY)
    file = ledger.file(TODAY, contract="2")
    assert (file.alert, file.why) == (False, "De automatische incasso loopt op de 25e.")
    ledger.night(date(2026, 11, 26))
    assert [row[0] for row in ledger.rows(ALERTS)] == ["due"]


def test_an_alert_that_is_held_is_not_cured(ledger: Ledger) -> None:
    """The bank is incomplete: no step goes out, but what stands open is not paid."""
    ledger.rent(OCT)
    ledger.evaluate(TODAY)
    account = ledger.rows(
        """INSERT INTO ledger_bankaccount (organisation_id, iban, name, incomplete_since)
           SELECT organisation_id, 'NL91ABNA0417164300', '', '2026-11-10' FROM tenancies_tenancy RETURNING id"""
    )[0][0]
    ledger.rows(
        """INSERT INTO ledger_route (organisation_id, tenancy_id, bank_account_id)
           SELECT organisation_id, id, %s FROM tenancies_tenancy RETURNING 1""",
        account,
    )
    ledger.night(TODAY)
    assert ledger.rows("SELECT rule, alert FROM cases_standing") == [("bank_incomplete", False)]
    assert [cured for *_, cured in ledger.rows(ALERTS)] == [None]
    ledger.paid(TODAY)
    ledger.evaluate(TODAY)
    assert [cured for *_, cured in ledger.rows(ALERTS)] == [TODAY]


def test_the_worklist_shows_whoever_has_an_alert(ledger: Ledger) -> None:
    for number in ("2", "3"):
        ledger.lease(number)
    ledger.rent(NOV)
    ledger.rent(SEP, OCT, NOV, contract="2")
    ledger.night(TODAY)
    shown = worklist(WorkFilter(), [], TODAY)
    assert {row.contract_number: row.overdue_cents for row in shown.rows} == {"1": RENT, "2": 3 * RENT}
    assert (shown.total, shown.overdue_cents) == (2, 4 * RENT)
    assert [row.contract_number for row in shown.rows] == ["2", "1"]  # by the day the step is due


def test_alerts_are_told_newest_first_with_a_sentence(ledger: Ledger) -> None:
    ledger.rent(OCT)
    ledger.evaluate(TODAY)
    (told,) = recent_alerts(5)
    assert (told.cause_label, told.overdue_cents) == ("Achterstand", RENT)
    assert told.sentence.endswith("Oudste open: 01-10-2026.")


def test_an_alert_of_another_organisation_is_not_told(ledger: Ledger) -> None:
    ledger.rent(OCT)
    ledger.evaluate(TODAY)
    with organisation_scope(create_organisation(name="Andere", slug="andere")):
        assert (recent_alerts(5), outbox_after(0), worklist(WorkFilter(), [], TODAY).total) == ([], [], 0)


@pytest.mark.parametrize(
    "step", [step for step in default_policy().steps if not step.alert], ids=lambda step: step.code
)
def test_an_alert_that_ends_is_called_paid_only_where_nothing_is_asked_because_it_was(step: Step) -> None:
    label = ended_label(step.code)
    sentence = alert_sentence("due", NOV, 1, TODAY, step.code)
    assert (
        (label == "Voldaan") == (step.bucket in (Bucket.NOTHING, Bucket.BELOW)) == ("is voldaan" in sentence)
    )
    assert sentence.startswith(("De achterstand sinds 01-11-2026", "Over de achterstand sinds 01-11-2026: "))


def test_a_pause_ends_an_alert_without_saying_that_it_was_paid(ledger: Ledger) -> None:
    ledger.rent(OCT)
    ledger.evaluate(TODAY)
    ((tenancy,),) = ledger.rows("SELECT tenancy_id FROM cases_alert")
    rule(
        organisation_id=ledger.organisation,
        actor="user:1",
        name="Samira de Boer",
        tenancy_id=tenancy,
        draft=Draft(kind=Pause.PAUSE, until_on=TODAY + timedelta(days=9), reason="Ligt in het ziekenhuis."),
        codes=(),
        asked_as=uuid4(),
        now=datetime.now(UTC),
        on=TODAY,
    )
    ledger.evaluate(TODAY)
    (told,) = recent_alerts(5)
    assert (told.cause_label, told.sentence) == (
        "Rust",
        "Over de achterstand sinds 01-10-2026: een medewerker heeft de zaak gepauzeerd.",
    )
    ledger.night(TODAY + timedelta(days=10))
    assert [cured for *_, cured in ledger.rows(ALERTS)] == [TODAY, None]
