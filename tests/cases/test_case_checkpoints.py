"""Checkpoints: cost follows what is open, not the length of history; a fact of before voids its checkpoint."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cases.one_lease import RENT, Ledger
from tests.objections.heard import given, heard

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.arrears.imputation import positions
from tijdig.base.days import add_months, day_number, day_of
from tijdig.cases.queries_engine import all_ids, load_full
from tijdig.ledger.kinds import Kind
from tijdig.objections.actions import answer
from tijdig.objections.kinds import About, Outcome

TODAY = date(2026, 11, 12)
LAST = date(2026, 11, 1)


def _months(count: int) -> list[date]:
    return [add_months(LAST, -number) for number in reversed(range(count))]


def _history(organisation: int, months: int) -> Ledger:
    ledger = Ledger(organisation)
    ledger.lease()
    days = _months(months)
    ledger.rent(*days)
    ledger.paid(*[day + timedelta(days=3) for day in days[:-2]])
    return ledger


@pytest.fixture
def ledger(organisation: int) -> Ledger:
    """A year of history, with the checkpoint that a first night makes."""
    told = _history(organisation, 12)
    told.night(TODAY)
    return told


def _since(ledger: Ledger, on: date) -> date | None:
    """The first day of the arrears by the whole ledger."""
    with organisation_scope(ledger.organisation):
        stand = positions(load_full(on, all_ids()).portfolio, day_number(on))
    return day_of(int(stand.arrears_since[0])) if stand.overdue[0] else None


def _full(ledger: Ledger) -> int:
    return ledger.night(TODAY + timedelta(days=1)).full


def test_the_first_night_reads_everything_and_the_next_only_what_is_open(ledger: Ledger) -> None:
    night = ledger.night(TODAY + timedelta(days=1))
    assert (night.full, night.lines_read) == (0, 2)  # what was open five weeks ago, and the month since
    (day,) = ledger.rows("SELECT day FROM cases_checkpoint")  # a share moves on each night, by its number
    assert day in {(TODAY - timedelta(days=35),), (TODAY - timedelta(days=34),)}


@pytest.mark.parametrize("months", [12, 24, 48])
def test_a_longer_history_reads_no_more_lines(organisation: int, months: int) -> None:
    ledger = _history(organisation, months)
    first = ledger.night(TODAY)
    again = ledger.night(TODAY + timedelta(days=1))
    assert first.lines_read == 2 * months - 2
    assert (again.lines_read, again.full) == (2, 0)


def test_an_entry_after_the_checkpoint_keeps_it(ledger: Ledger) -> None:
    ledger.paid(TODAY)
    assert _full(ledger) == 0
    assert ledger.file(TODAY).overdue_cents == RENT


@pytest.mark.parametrize(("days", "full"), [(36, 1), (35, 1), (34, 0)])
def test_an_entry_of_before_the_checkpoint_voids_it(ledger: Ledger, days: int, full: int) -> None:
    """The checkpoint stands at the end of the day 35 days back: that day is within it."""
    ledger.post(Kind.COLLECTION_COSTS, 4_000, TODAY - timedelta(days=days))
    ledger.evaluate(TODAY)
    assert ledger.rows("SELECT count(*) FROM cases_checkpoint") == [(1 - full,)]
    assert ledger.rows("SELECT overdue_cents FROM cases_standing") == [(ledger.file(TODAY).overdue_cents,)]
    assert _full(ledger) == full


def test_a_voided_checkpoint_is_made_anew_by_the_next_night(ledger: Ledger) -> None:
    ledger.paid(date(2026, 9, 20), cents=10_000)
    ledger.night(TODAY)
    assert ledger.rows("SELECT count(*) FROM cases_checkpoint") == [(1,)]
    assert ledger.rows("SELECT sum(open_cents)::bigint FROM cases_checkpointitem") == [(RENT - 10_000,)]
    assert ledger.rows("SELECT overdue_cents FROM cases_standing") == [(2 * RENT - 10_000,)]


def test_a_late_reversal_is_walked_whole_and_reopens_the_old_instalment(ledger: Ledger) -> None:
    ledger.post(Kind.REVERSAL, RENT, TODAY, to=f"1-PAYMENT-{date(2026, 3, 4)}")
    ledger.evaluate(TODAY)
    stands = ledger.rows("SELECT overdue_cents, oldest_due_on, due_months FROM cases_standing")
    file = ledger.file(TODAY)
    assert stands == [(3 * RENT, file.since_on, 3)]
    assert _full(ledger) == 1


def test_days_carried_over_a_checkpoint_stay_known(ledger: Ledger) -> None:
    last_payment = date(2026, 9, 4)
    assert ledger.rows("SELECT last_payment_on FROM cases_checkpoint") == [(last_payment,)]


def test_a_question_about_before_the_checkpoint_is_answered_from_the_first_entry(ledger: Ledger) -> None:
    stands = ledger.rows("SELECT overdue_cents, as_of FROM cases_standing")
    march = ledger.night(date(2026, 3, 2))
    assert (march.full, march.error) == (1, "")
    assert ledger.file(date(2026, 3, 2)).overdue_cents == RENT
    # A night that looks back counts, and leaves the worklist of today as it is.
    assert ledger.rows("SELECT overdue_cents, as_of FROM cases_standing") == stands


def test_nights_of_many_months_give_the_answer_of_the_whole_ledger(organisation: int) -> None:
    """Checkpoints made, moved and voided on the way never change an answer."""
    ledger = Ledger(organisation)
    ledger.lease()
    day = date(2026, 1, 1)
    while day < TODAY:
        ledger.rent(day)
        if day.month % 3:
            ledger.paid(day + timedelta(days=5))
        if day.month == 7:
            ledger.post(Kind.REVERSAL, RENT, date(2026, 7, 20), to=f"1-PAYMENT-{date(2026, 4, 6)}")
        for night in (day + timedelta(days=6), day + timedelta(days=24)):
            ledger.night(night)
            stands = ledger.rows(
                "SELECT balance_cents, overdue_cents, oldest_due_on, due_months, credit_cents FROM cases_standing"
            )
            file = ledger.file(night)
            assert stands == [
                (file.balance_cents, file.overdue_cents, file.since_on, file.due_months, file.credit_cents)
            ]
            assert ledger.rows("SELECT arrears_since_on FROM cases_standing") == [(_since(ledger, night),)]
        day = add_months(day, 1)
    assert ledger.rows("SELECT count(*) FROM cases_checkpoint") == [(1,)]


def test_a_part_payer_stays_as_long_in_arrears_over_the_checkpoint(organisation: int) -> None:
    """A month is paid late each month: what began the arrears is paid long before the checkpoint."""
    ledger = Ledger(organisation)
    ledger.lease()
    days = _months(6)
    ledger.rent(*days)
    ledger.paid(*[day + timedelta(days=20) for day in days[1:-1]])
    ledger.night(TODAY)
    assert ledger.rows("SELECT arrears_since_on FROM cases_checkpoint") == [(days[0],)]
    again = ledger.night(TODAY + timedelta(days=1))
    assert again.full == 0
    assert ledger.rows("SELECT arrears_since_on, oldest_due_on FROM cases_standing") == [(days[0], days[-2])]


def test_a_disputed_month_of_before_the_checkpoint_is_walked_whole_while_it_is_disputed_and_after(
    organisation: int,
) -> None:
    """What a tenant disputes decides where payments of long ago went: the checkpoint was made without it, or with it."""
    ledger = Ledger(organisation)
    ledger.lease()
    days = _months(3)
    ledger.rent(*days)
    ledger.paid(days[1] + timedelta(days=4))
    ledger.night(TODAY)
    assert ledger.rows("SELECT overdue_cents FROM cases_standing") == [(2 * RENT,)]
    ((tenancy, entry),) = ledger.rows(
        "SELECT tenancy_id, min(id) FROM ledger_entry WHERE role = 2 GROUP BY 1"
    )
    number = heard(organisation, tenancy, About.ENTRY, entries=(entry,), received_on=TODAY, on=TODAY)
    ledger.evaluate(TODAY)
    assert _stands(ledger) == (RENT, days[2], _since(ledger, TODAY))
    for later in (1, 40):  # also over a checkpoint that was made meanwhile
        ledger.night(TODAY + timedelta(days=later))
        assert _stands(ledger)[0] == ledger.file(TODAY + timedelta(days=later)).overdue_cents == RENT
    day = TODAY + timedelta(days=41)
    answer(organisation_id=organisation, actor="user:1", draft=given(number, answered_on=day), on=day)
    ledger.evaluate(day)
    assert _stands(ledger) == (2 * RENT, days[1], _since(ledger, day))
    ledger.night(day + timedelta(days=1))
    assert _stands(ledger)[0] == ledger.file(day + timedelta(days=1)).overdue_cents


def _stands(ledger: Ledger) -> tuple[int, date, date]:
    """What is overdue, since when, and since when without a break."""
    (row,) = ledger.rows("SELECT overdue_cents, oldest_due_on, arrears_since_on FROM cases_standing")
    return row


def test_a_correction_that_ends_a_dispute_reaches_back_over_the_checkpoint(fresh_database: str) -> None:
    """The tenant was right about half of September: from then on that month takes payments in its own place again.

    Committed, because a correction counts when it was learned after the objection.
    """
    organisation = create_organisation(name="Proef", slug="proef")
    ledger = Ledger(organisation)
    ledger.lease()
    days = _months(3)
    ledger.rent(*days)
    ((tenancy, entry),) = ledger.rows(
        "SELECT tenancy_id, min(id) FROM ledger_entry WHERE role = 2 GROUP BY 1"
    )
    number = heard(organisation, tenancy, About.ENTRY, entries=(entry,), received_on=TODAY, on=TODAY)
    ledger.paid(TODAY)
    right = given(number, Outcome.UPHELD, answered_on=TODAY + timedelta(days=1))
    answer(organisation_id=organisation, actor="user:1", draft=right, on=TODAY + timedelta(days=1))
    late = TODAY + timedelta(days=60)
    ledger.night(late)  # a checkpoint of after the payment, made while September is left out
    ledger.post(Kind.CORRECTION, -RENT // 2, late, to=f"1-RENT-{days[0]}")
    ledger.evaluate(late)
    assert _stands(ledger)[:2] == (ledger.file(late).overdue_cents, ledger.file(late).since_on)
    ledger.night(late + timedelta(days=1))
    assert _stands(ledger)[:2] == (ledger.file(late).overdue_cents, ledger.file(late).since_on)
