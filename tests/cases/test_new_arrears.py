"""The account since a debt procedure began: read for the few of whom one runs, kept in the standing, with its own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.one_lease import RENT, Ledger
from tests.tenancies.flagged import ended, flagged

from tijdig.access.actions import create_organisation, go_live
from tijdig.access.scope import organisation_scope
from tijdig.cases.actions import evaluate
from tijdig.cases.actions_flags import end_flag
from tijdig.cases.deadlines import Deadline, State
from tijdig.cases.queries import WorkFilter, worklist
from tijdig.cases.queries_day import order_on
from tijdig.cases.queries_deadlines import deadlines
from tijdig.cases.queries_engine import all_ids, load, traits
from tijdig.cases.queries_policy import table_on
from tijdig.cases.queries_redo import redo
from tijdig.cases.values import Apart
from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.values import ContactDraft
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.ledger.kinds import Kind
from tijdig.policy.words import Feature
from tijdig.rulings.actions import rule
from tijdig.rulings.kinds import Kind as Ruled
from tijdig.rulings.queries import in_force
from tijdig.rulings.values import Draft
from tijdig.tenancies.flag_draft import EndDraft
from tijdig.tenancies.flags import Flag, LearnedFrom
from tijdig.tenancies.queries import tenancy_ids_by_contract

BEGAN = date(2026, 3, 10)
MONTHS = [date(2026, month, 1) for month in range(1, 13)]
LATE = [Feature.NEW_OVERDUE_CENTS, Feature.DAYS_NEW_OVERDUE, Feature.FROZEN_CENTS]


@pytest.fixture
def ledger(organisation: int) -> Ledger:
    told = Ledger(organisation)
    told.lease()
    told.rent(*MONTHS[:2])
    return told


def _tenancy(ledger: Ledger, contract: str = "1") -> int:
    with organisation_scope(ledger.organisation):
        return tenancy_ids_by_contract([contract])[contract]


def _flag(ledger: Ledger, kind: Flag = Flag.WSNP, begin: date = BEGAN, contract: str = "1") -> int:
    tenancy = _tenancy(ledger, contract)
    number = flagged(ledger.organisation, tenancy, kind, begin, on=date(2026, 12, 1))
    with organisation_scope(ledger.organisation):
        mark_dirty(organisation_id=ledger.organisation, tenancy_ids=[tenancy], on=begin)
    return number


def _talk(ledger: Ledger, day: date, who: Who = Who.REPRESENTATIVE) -> None:
    at = datetime(day.year, day.month, day.day, 10, 0, tzinfo=UTC)
    draft = ContactDraft(
        tenancy_id=_tenancy(ledger),
        channel=Channel.PHONE,
        direction=Direction.OUT,
        reached=Reached.TALKED,
        who=who,
        outcome=Outcome.OTHER,
        at=at,
    )
    told = {"organisation_id": ledger.organisation, "actor": "user:1", "asked_as": uuid4()}
    log(draft=draft, now=at + timedelta(hours=1), on=day, **told)  # type: ignore[arg-type]


def _step(ledger: Ledger, on: date) -> str:
    with organisation_scope(ledger.organisation):
        return evaluate(organisation_id=ledger.organisation, ids=all_ids(), on=on, by="due").decisions.code(0)


def _seen(ledger: Ledger, on: date) -> list[int]:
    with organisation_scope(ledger.organisation):
        found = evaluate(organisation_id=ledger.organisation, ids=all_ids(), on=on, by="due", write=False)
    return [int(found.decisions.features[0, feature]) for feature in LATE]


def _stands(ledger: Ledger) -> tuple[object, ...]:
    (row,) = ledger.rows("SELECT rule, overdue_cents, new_overdue_cents, new_since_on FROM cases_standing")
    return row


def test_the_page_tells_both_accounts_to_the_cent(ledger: Ledger) -> None:
    ledger.rent(date(2026, 4, 1), date(2026, 5, 1))
    ledger.paid(date(2026, 4, 2))
    ledger.paid(date(2026, 5, 4), cents=12_345)
    assert ledger.file(date(2026, 5, 20)).apart is None
    _flag(ledger)
    day = date(2026, 5, 20)
    assert ledger.file(day).apart == Apart(BEGAN, 2 * RENT, RENT - 12_345, date(2026, 5, 1), 0)
    assert ledger.file(day).overdue_cents == 3 * RENT - 12_345
    assert ledger.file(BEGAN).apart == Apart(BEGAN, 2 * RENT, 0, None, 0)
    assert ledger.file(BEGAN - timedelta(days=1)).apart is None


def test_rent_that_is_paid_ahead_pays_no_old_debt(ledger: Ledger) -> None:
    ledger.paid(date(2026, 3, 28))
    _flag(ledger)
    found = ledger.file(date(2026, 3, 30))
    assert (found.overdue_cents, found.apart) == (RENT, Apart(BEGAN, 2 * RENT, 0, None, RENT))
    ledger.paid(date(2026, 3, 29))
    found = ledger.file(date(2026, 3, 30))
    assert (found.overdue_cents, found.step_code) == (0, "frozen_ahead")
    assert "staat stil en is daarmee niet betaald" in found.why


def test_steps_of_a_procedure_and_what_stands_in_the_table(ledger: Ledger) -> None:
    _flag(ledger)
    assert _step(ledger, date(2026, 3, 12)) == "debt_procedure"
    assert _stands(ledger) == ("debt_procedure", 2 * RENT, 0, None)
    _talk(ledger, date(2026, 3, 12))
    assert _step(ledger, date(2026, 3, 13)) == "frozen_wsnp"
    ledger.rent(date(2026, 4, 1))
    assert _step(ledger, date(2026, 4, 6)) == "new_arrears"
    assert _stands(ledger) == ("new_arrears", 3 * RENT, RENT, date(2026, 4, 1))
    ledger.paid(date(2026, 4, 7))
    assert _step(ledger, date(2026, 4, 7)) == "frozen_wsnp"
    assert _stands(ledger) == ("frozen_wsnp", 2 * RENT, 0, None)


def test_a_talk_of_long_ago_still_counts_in_a_procedure_of_eighteen_months(ledger: Ledger) -> None:
    _flag(ledger)
    _talk(ledger, date(2026, 3, 12), Who.TENANT)
    assert _step(ledger, date(2027, 6, 1)) == "frozen_wsnp"  # 446 days later; other talks are seen for 400


def test_a_checkpoint_changes_nothing(ledger: Ledger) -> None:
    for month in MONTHS[2:10]:
        ledger.rent(month)
        ledger.paid(month + timedelta(days=2))
    ledger.rent(MONTHS[10])
    _flag(ledger)
    day = date(2026, 11, 20)
    before = _seen(ledger, day)
    assert before == [RENT, 19, 2 * RENT]
    ledger.night(day)
    assert ledger.rows("SELECT count(*) FROM cases_checkpoint") == [(1,)]
    assert _seen(ledger, day) == before
    assert _seen(ledger, date(2026, 11, 25)) == [RENT, 24, 2 * RENT]


def test_nothing_more_is_read_where_no_procedure_runs(ledger: Ledger) -> None:
    """And three small questions more where one does, however many tenancies there are."""
    for number in range(2, 6):
        ledger.lease(str(number))

    def queries() -> int:
        with organisation_scope(ledger.organisation), CaptureQueriesContext(connection) as found:
            loaded = load(date(2026, 5, 1), all_ids(), narrow=False)
            traits(date(2026, 5, 1), loaded.portfolio, table_on(date(2026, 5, 1)), narrow=False)
        return len(found)

    ledger.evaluate(date(2026, 5, 1))
    queries()
    none = queries()
    _flag(ledger)
    one = queries()
    _flag(ledger, Flag.AMICABLE, contract="2")
    assert none < one == queries() <= none + 4


def test_of_two_procedures_the_latest_begins_the_account(ledger: Ledger) -> None:
    ledger.rent(date(2026, 4, 1), date(2026, 5, 1))
    _flag(ledger, Flag.DEBT_PROCEDURE)
    assert _seen(ledger, date(2026, 5, 20)) == [2 * RENT, 49, 2 * RENT]
    _flag(ledger, Flag.AMICABLE, date(2026, 4, 20))
    assert _seen(ledger, date(2026, 5, 20)) == [RENT, 19, 3 * RENT]
    assert _seen(ledger, date(2026, 4, 19)) == [RENT, 18, 2 * RENT]


def test_what_was_not_known_yet_is_not_in_the_account_apart(fresh_database: str) -> None:
    ledger = Ledger(create_organisation(name="Proef", slug="proef"))
    ledger.lease()
    go_live(organisation_id=ledger.organisation, at=datetime.now(UTC))
    ledger.rent(MONTHS[1], date(2026, 4, 1))
    before = datetime.now(UTC)
    _flag(ledger)
    flag_known = datetime.now(UTC)
    ledger.paid(date(2026, 4, 2))
    day = date(2026, 4, 20)
    assert ledger.file(day).apart == Apart(BEGAN, RENT, 0, None, 0)
    assert ledger.file(day, flag_known).apart == Apart(BEGAN, RENT, RENT, date(2026, 4, 1), 0)
    assert ledger.file(day, before).apart is None
    assert ledger.file(day, before).step_code != ledger.file(day, flag_known).step_code


def test_the_old_debt_misses_no_term_and_new_arrears_do(ledger: Ledger) -> None:
    def states(on: date) -> list[tuple[Deadline, State]]:
        with organisation_scope(ledger.organisation):
            return [(one.deadline, one.state) for one in deadlines(on)]

    _step(ledger, date(2026, 1, 10))  # the case opens
    assert (Deadline.DECISION, State.MISSED) in states(date(2026, 3, 30))
    flag = _flag(ledger)
    assert _step(ledger, date(2026, 3, 30)) == "debt_procedure"
    assert states(date(2026, 3, 30)) == [] == states(date(2026, 9, 1))
    ledger.rent(date(2026, 4, 1))
    assert _step(ledger, date(2026, 4, 25)) == "debt_procedure"
    assert states(date(2026, 4, 25)) == [(Deadline.TALK, State.MISSED)]
    _talk(ledger, date(2026, 4, 25))
    assert _step(ledger, date(2026, 5, 28)) == "decide_new_arrears"
    assert states(date(2026, 5, 28)) == [(Deadline.DECISION, State.NEAR)]
    assert states(date(2026, 6, 2)) == [(Deadline.DECISION, State.MISSED)]
    assert _urgent(ledger, date(2026, 6, 2)) == 0
    ended(ledger.organisation, flag, date(2026, 6, 2), on=date(2026, 6, 2))
    _step(ledger, date(2026, 6, 2))
    assert states(date(2026, 6, 2)) == []  # the old debt is asked again from this day on
    assert (Deadline.DECISION, State.MISSED) in states(date(2026, 6, 24))


def _urgent(ledger: Ledger, on: date) -> int:
    with organisation_scope(ledger.organisation), connection.cursor() as cursor:
        order = order_on(on)
        cursor.execute(f"SELECT {order.urgent} FROM cases_standing s {order.joins}", order.params)
        return int(cursor.fetchone()[0])


def test_the_list_tells_the_new_arrears_of_today_and_when_the_procedure_began(ledger: Ledger) -> None:
    _flag(ledger)
    ledger.rent(date(2026, 4, 1))
    _talk(ledger, date(2026, 3, 12))
    assert _step(ledger, date(2026, 4, 10)) == "new_arrears"
    ledger.paid(date(2026, 4, 12), cents=10_000)
    assert _step(ledger, date(2026, 4, 14)) == "new_arrears"
    assert ledger.rows("SELECT count(*) FROM cases_decision WHERE rule = 'new_arrears'") == [(1,)]
    with organisation_scope(ledger.organisation):
        (row,) = worklist(WorkFilter(), [], date(2026, 4, 14)).rows
    assert row.why.replace("\u00a0", " ").startswith(
        "Naast de oude schuld is er € 500,00 nieuwe achterstand, van 10-03-2026 of later."
    )


def test_a_reversal_of_before_opens_old_debt_and_one_of_since_new_arrears(ledger: Ledger) -> None:
    ledger.paid(date(2026, 3, 2))
    _flag(ledger)
    ledger.rent(date(2026, 4, 1))
    ledger.paid(date(2026, 4, 2))
    assert _seen(ledger, date(2026, 4, 20)) == [0, 0, RENT]
    ledger.post(Kind.REVERSAL, RENT, date(2026, 4, 6), to="1-PAYMENT-2026-03-02")
    assert _seen(ledger, date(2026, 4, 20)) == [0, 0, 2 * RENT]
    ledger.post(Kind.REVERSAL, RENT, date(2026, 4, 7), to="1-PAYMENT-2026-04-02")
    assert _seen(ledger, date(2026, 4, 20)) == [RENT, 19, 2 * RENT]


def test_a_decision_of_a_procedure_and_one_of_before_there_was_an_account_apart_can_be_taken_again(
    ledger: Ledger,
) -> None:
    _flag(ledger)
    ledger.rent(date(2026, 4, 1))
    _talk(ledger, date(2026, 3, 12))
    assert _step(ledger, date(2026, 5, 3)) == "decide_new_arrears"
    ((now, saw),) = ledger.rows("SELECT id, saw FROM cases_decision")
    short = ledger.rows(
        """INSERT INTO cases_decision (organisation_id, tenancy_id, as_of, policy_version, rule, step_due_on, alert, actor,
                                       saw)
           SELECT organisation_id, tenancy_id, as_of, policy_version, 'frozen_ahead', as_of, false, 'test', %s
             FROM cases_decision RETURNING id""",
        saw[: Feature.NEW_OVERDUE_CENTS],
    )
    with organisation_scope(ledger.organisation):
        again, older = redo(now), redo(short[0][0])
    assert again is not None and again.same and again.rule_again == "decide_new_arrears"
    assert older is not None and older.rule_again == "frozen_wsnp"  # what it did not look at is unknown to it


def test_a_decision_of_before_does_not_answer_for_new_arrears(ledger: Ledger) -> None:
    """Nor does it come to life when the procedure ends: somebody decides anew."""
    tenancy, today = _tenancy(ledger), date(2026, 6, 5)
    _step(ledger, date(2026, 1, 10))  # the case opens
    given = {"organisation_id": ledger.organisation, "actor": "user:1", "name": "An de Boer"}
    noon = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
    draft = Draft(kind=Ruled.GO_ON, until_on=date(2026, 8, 30), reason="Zelf door.")
    rule(tenancy_id=tenancy, draft=draft, codes=(), asked_as=uuid4(), now=noon, on=date(2026, 3, 5), **given)  # type: ignore[arg-type]
    flag = _flag(ledger)
    ledger.rent(date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1))
    assert _step(ledger, today) == "decide_new_arrears"
    with organisation_scope(ledger.organisation):
        (term,) = [one for one in deadlines(today, [tenancy]) if one.deadline is Deadline.DECISION]
    assert term.state is State.MISSED
    end = EndDraft(flag_id=flag, end_on=today, learned_from=LearnedFrom.REPRESENTATIVE)
    end_flag(draft=end, now=datetime(2026, 6, 5, 12, 0, tzinfo=UTC), on=today, **given)  # type: ignore[arg-type]
    with organisation_scope(ledger.organisation):
        assert [one.kind for one in in_force(today, [tenancy])] == [Ruled.PAUSE]
