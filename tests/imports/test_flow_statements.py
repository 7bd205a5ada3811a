"""Statements: told twice they post once; what does not tie or follow waits, and nothing of it is posted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bank_files import DAY, OTHER_ACCOUNT, Day, Pay, camt, mt940
from street import JANSEN, RENT, TODAY, VRIES, Street, message

from tijdig.cases.queries import tenancy_file
from tijdig.history.queries import of_subject
from tijdig.imports.actions_queue import accept_statement
from tijdig.imports.refusal import NotPossible

PAID = Pay(RENT, name="E. de Vries", account=VRIES, text="Huur november", ref="B1")
ALSO = Pay(RENT, name="J. Jansen", account=JANSEN, text="Huur november", ref="B2")
NEXT = DAY + timedelta(days=1)
VRIES_PAID = ("104.233", "PAYMENT", -RENT)
JANSEN_PAID = ("104.240", "PAYMENT", -RENT)


def test_the_same_file_twice_is_a_duplicate_and_posts_nothing(street: Street) -> None:
    first, second = street.give(camt(Day([PAID]))), street.give(camt(Day([PAID])))
    assert (first.state, second.state, second.code) == ("done", "duplicate", "file_duplicate")
    assert "al ingelezen" in message(second)
    assert street.money() == [VRIES_PAID]


def test_the_same_statement_in_another_file_posts_nothing(street: Street) -> None:
    street.give(camt(Day([PAID])))
    again = street.give(camt(Day([PAID])) + b"\n")
    assert (again.state, again.counts["duplicate"], again.counts.get("posted", 0)) == ("done", 1, 0)
    assert (street.states(), street.money()) == (["ok", "duplicate"], [VRIES_PAID])


@pytest.mark.parametrize(("first", "second"), [(camt, mt940), (mt940, camt)], ids=["camt", "mt940"])
def test_a_day_by_camt_and_by_mt940_posts_once(street: Street, first, second) -> None:
    day = Day([PAID, ALSO, PAID])
    street.give(first(day))
    street.give(second(day))
    assert street.money() == [VRIES_PAID, JANSEN_PAID, VRIES_PAID]
    assert street.states() == ["ok", "duplicate"]


def test_overlapping_files_post_the_shared_day_once(street: Street) -> None:
    one = Day([PAID], opening=0)
    two = Day([ALSO], opening=RENT, on=NEXT, number=2)
    three = Day([PAID], opening=2 * RENT, on=NEXT + timedelta(days=1), number=3)
    street.give(camt(one, two))
    street.give(camt(two, three))
    assert street.money() == [VRIES_PAID, JANSEN_PAID, VRIES_PAID]
    assert street.states() == ["ok", "ok", "duplicate", "ok"]


def test_two_equal_payments_on_one_day_stay_two(street: Street) -> None:
    twin = Pay(10_000, account=VRIES, text="Deel")
    street.give(camt(Day([twin, twin])))
    street.give(camt(Day([twin, twin])) + b"\n")
    assert street.money() == [("104.233", "PAYMENT", -10_000)] * 2


def test_a_second_statement_of_the_day_posts_its_own_payment(street: Street) -> None:
    part = Pay(10_000, account=VRIES, text="Deel")
    street.give(camt(Day([part], opening=0)))
    street.give(camt(Day([part], opening=10_000, number=2)))
    assert street.money() == [("104.233", "PAYMENT", -10_000)] * 2
    assert street.states() == ["ok", "ok"]


@pytest.mark.parametrize("told_by", [camt, mt940])
def test_a_second_statement_of_the_day_told_again_posts_nothing(street: Street, told_by) -> None:
    part = Pay(10_000, account=VRIES, text="Deel")
    later = Day([part], opening=10_000, number=2)
    street.give(camt(Day([part], opening=0)))
    street.give(camt(later))
    street.give(told_by(later) + b"\n")
    assert street.money() == [("104.233", "PAYMENT", -10_000)] * 2


def test_a_statement_that_does_not_tie_is_held_and_posts_nothing(street: Street) -> None:
    held = street.give(camt(Day([PAID], opening=0, closing=RENT + 100)))
    assert (held.state, held.counts["held"], held.counts["balanced"]) == ("done", 1, False)
    assert (street.holds(), street.money()) == (["difference"], [])
    assert street.one("SELECT difference_cents FROM imports_statement") == 100


def test_a_held_statement_stops_the_steps_of_who_pays_into_that_account(street: Street) -> None:
    street.give(camt(Day([PAID], opening=0)))
    before = tenancy_file(street.tenancy("104.233"), as_of=TODAY)
    street.give(camt(Day([ALSO], opening=RENT, closing=1, on=NEXT, number=2)))
    during = tenancy_file(street.tenancy("104.233"), as_of=TODAY)
    assert (before.alert, before.step_label) == (True, "Eerst bellen")
    assert (during.alert, during.step_label) == (False, "Wachten op de bank")
    accept_statement(
        organisation_id=street.organisation,
        statement_id=street.one("SELECT id FROM imports_statement WHERE state = 'held'"),
        actor="user:7",
        reason="Bank bevestigt",
        on=TODAY,
    )
    after = tenancy_file(street.tenancy("104.233"), as_of=TODAY)
    assert (after.alert, after.step_label) == (True, "Eerst bellen")


def test_a_held_statement_is_posted_when_a_person_accepts_it_with_a_reason(street: Street) -> None:
    street.give(camt(Day([PAID], opening=0, closing=1)))
    held = street.one("SELECT id FROM imports_statement")
    ask = {"organisation_id": street.organisation, "statement_id": held, "actor": "user:7", "on": TODAY}
    with pytest.raises(NotPossible, match="reason_needed"):
        accept_statement(**ask, reason="  ")
    assert accept_statement(**ask, reason="Valutaverschil, gebeld met de bank") == 1
    with pytest.raises(NotPossible, match="statement_not_held"):
        accept_statement(**ask, reason="nog eens")
    told = of_subject(f"statement:{held}")
    assert [(one.verb, one.actor, one.text) for one in told] == [
        ("statement_accepted", "user:7", "Valutaverschil, gebeld met de bank")
    ]
    assert told[0].facts == {"hold": "difference", "difference_cents": 1 - RENT, "posted": 1}
    assert (street.states(), street.money()) == (["accepted"], [VRIES_PAID])


def test_a_gap_is_held_until_the_missing_statement_comes_in(street: Street) -> None:
    street.give(camt(Day([PAID], opening=0)))
    street.give(camt(Day([PAID], opening=2 * RENT, on=date(2026, 11, 5), number=3)))
    assert (street.holds(), len(street.money())) == (["gap"], 1)
    street.give(camt(Day([ALSO], opening=RENT, on=NEXT, number=2)))
    assert street.money() == [VRIES_PAID, JANSEN_PAID, VRIES_PAID]
    assert street.states() == ["ok", "ok", "ok"]
    assert street.one("SELECT count(*) FROM history_event WHERE verb = 'statement_gap_filled'") == 1
    assert street.one("SELECT incomplete_since FROM ledger_bankaccount") is None


def test_a_gap_of_two_statements_is_filled_in_any_order(street: Street) -> None:
    days = [
        Day([Pay(1_000, account=VRIES)], opening=1_000 * i, on=DAY + timedelta(days=i), number=i + 1)
        for i in range(4)
    ]
    for number in (0, 3, 2, 1):
        street.give(camt(days[number]))
    assert street.states() == ["ok"] * 4
    assert street.money() == [("104.233", "PAYMENT", -1_000)] * 4


def test_an_account_that_is_not_ours_is_held_and_may_be_accepted(street: Street) -> None:
    street.give(camt(Day([PAID], opening=0, account=OTHER_ACCOUNT)))
    assert (street.holds(), street.money()) == (["account_unknown"], [])
    accept_statement(
        organisation_id=street.organisation,
        statement_id=street.one("SELECT id FROM imports_statement"),
        actor="user:7",
        reason="Nieuwe rekening",
        on=TODAY,
    )
    assert street.money() == [VRIES_PAID]
    assert street.one("SELECT count(*) FROM ledger_bankaccount WHERE iban = %s", OTHER_ACCOUNT) == 1


def test_an_empty_statement_keeps_the_chain_and_posts_nothing(street: Street) -> None:
    street.give(camt(Day([PAID], opening=0)))
    street.give(camt(Day(opening=RENT, on=NEXT, number=2)))
    street.give(camt(Day(opening=RENT, on=NEXT, number=2)) + b"\n")
    street.give(camt(Day([ALSO], opening=RENT, on=NEXT + timedelta(days=1), number=3)))
    assert street.states() == ["ok", "ok", "duplicate", "ok"]
    assert street.money() == [VRIES_PAID, JANSEN_PAID]


def test_a_swept_day_told_in_two_and_then_in_one_posts_once(street: Street) -> None:
    """The account is emptied every day, so every statement opens and closes at nothing."""
    sweep = Pay(-RENT, kind="payout", account=OTHER_ACCOUNT, text="afroming")
    street.give(camt(Day([PAID], opening=0), Day([sweep], opening=RENT, number=2)))
    street.give(mt940(Day([PAID, sweep], opening=0)))
    assert street.money() == [VRIES_PAID]


def test_a_day_told_by_mt940_between_its_two_camt_statements_posts_once(street: Street) -> None:
    street.give(camt(Day([PAID], opening=0)))
    street.give(mt940(Day([PAID, ALSO], opening=0)))
    street.give(camt(Day([ALSO], opening=RENT, number=2)))
    assert street.money() == [VRIES_PAID, JANSEN_PAID]
