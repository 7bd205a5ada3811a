"""Batches in one sum are split by what we asked; reversals take back exactly one collection."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bank_files import DAY, Ask, Day, Pay, camt, mt940, pain002, pain008
from street import JANSEN, RENT, TODAY, VRIES, Street

from tijdig.cases.queries import tenancy_file

VRIES_ASK = Ask(RENT, "INC-1", "M-233", VRIES, "E. de Vries")
JANSEN_ASK = Ask(30_000, "INC-2", "M-240", JANSEN, "J. Jansen")
ASKED = pain008("B-11", VRIES_ASK, JANSEN_ASK)
GROSS = camt(Day([Pay(RENT + 30_000, "batch", batch="B-11")], opening=0))
COLLECTED = [("104.233", "DIRECT_DEBIT", -RENT), ("104.240", "DIRECT_DEBIT", -30_000)]
BACK = Pay(-RENT, "storno", account=VRIES, e2e="INC-1", mandate="M-233", reason="AM04")
LATER = date(2026, 11, 6)


def _back(number: int = 2, opening: int = RENT + 30_000, on: date = LATER) -> bytes:
    return camt(Day([BACK], opening=opening, on=on, number=number))


def test_a_gross_batch_is_split_by_our_own_file(street: Street) -> None:
    street.give(ASKED)
    street.give(GROSS)
    assert street.money() == COLLECTED
    assert street.lines() == [
        (RENT + 30_000, "split", ""),
        (RENT, "posted", "end_to_end"),
        (30_000, "posted", "end_to_end"),
    ]


def test_a_net_batch_is_split_without_what_the_bank_refused(street: Street) -> None:
    street.give(ASKED)
    street.give(pain002("B-11", "INC-2"))
    street.give(camt(Day([Pay(RENT, "batch", batch="B-11")])))
    assert street.money() == COLLECTED[:1]


@pytest.mark.parametrize("cents", [RENT + 29_999, 1])
def test_a_batch_that_is_neither_gross_nor_net_stays_one_item(street: Street, cents: int) -> None:
    street.give(ASKED)
    street.give(camt(Day([Pay(cents, "batch", batch="B-11")])))
    assert street.lines() == [(cents, "queued", "batch_without_details")]
    assert street.money() == []


def test_a_batch_waits_for_our_own_file_and_is_then_split_by_itself(street: Street) -> None:
    bank = street.give(GROSS)
    assert street.lines() == [(RENT + 30_000, "queued", "batch_without_details")]
    asked = street.give(ASKED)
    assert (asked.counts["known"], asked.counts["freed"]) == (2, 2)
    assert street.money() == COLLECTED
    bank.refresh_from_db()
    assert (bank.counts["posted"], bank.counts["queued"]) == (2, 0)


def test_our_own_file_twice_knows_each_collection_once(street: Street) -> None:
    street.give(ASKED)
    again = street.give(ASKED + b"\n")
    assert (again.counts["duplicate"], again.counts.get("known", 0)) == (2, 0)
    assert street.one("SELECT count(*) FROM imports_owncollection") == 2


def test_a_refusal_of_an_unknown_collection_is_kept(street: Street) -> None:
    told = street.give(pain002("B-99", "INC-9"))
    assert (told.state, told.counts["quarantined"]) == ("done", 1)
    assert street.rows("SELECT code, state FROM imports_quarantine") == [("refusal_unknown", "open")]


def test_a_reversal_reopens_the_instalment_with_its_original_due_date(street: Street) -> None:
    street.give(ASKED)
    street.give(GROSS)
    paid = tenancy_file(street.tenancy("104.233"), as_of=date(2026, 11, 5))
    street.give(_back())
    file = tenancy_file(street.tenancy("104.233"), as_of=TODAY)
    assert [item.due_on for item in paid.open_items] == [date(2026, 10, 1), date(2026, 11, 1)]
    assert [item.due_on for item in file.open_items] == [
        date(2026, 9, 1),
        date(2026, 10, 1),
        date(2026, 11, 1),
    ]
    assert (file.overdue_cents, file.since_on) == (3 * RENT, date(2026, 9, 1))
    assert street.money() == [*COLLECTED, ("104.233", "REVERSAL", RENT)]


def test_a_reversal_by_mt940_finds_the_collection_told_by_camt(street: Street) -> None:
    street.give(ASKED)
    street.give(GROSS)
    street.give(mt940(Day([BACK], opening=RENT + 30_000, on=LATER, number=2)))
    assert street.money() == [*COLLECTED, ("104.233", "REVERSAL", RENT)]


def test_a_reversal_before_its_collection_waits_and_is_found_later(street: Street) -> None:
    street.give(GROSS)
    street.give(_back())
    assert street.lines()[-1] == (-RENT, "queued", "collection_unknown")
    street.give(ASKED)
    assert sorted(street.money()) == sorted([*COLLECTED, ("104.233", "REVERSAL", RENT)])


def test_a_reversal_in_the_same_statement_as_its_collection_is_found(street: Street) -> None:
    collected = Pay(RENT, "collection", account=VRIES, e2e="INC-1", mandate="M-233")
    street.give(camt(Day([BACK, collected], opening=RENT)))
    assert sorted(street.money()) == [("104.233", "DIRECT_DEBIT", -RENT), ("104.233", "REVERSAL", RENT)]


def test_a_reversal_without_reference_is_found_by_mandate_or_account(street: Street) -> None:
    collected = Pay(RENT, "collection", account=VRIES, e2e="INC-1", mandate="M-233")
    bare = Pay(-RENT, "storno", account=VRIES, reason="AM04")
    street.give(camt(Day([collected], opening=0)))
    street.give(camt(Day([bare], opening=RENT, on=LATER, number=2)))
    assert street.lines()[-1] == (-RENT, "posted", "account")


def test_a_collection_is_taken_back_once(street: Street) -> None:
    street.give(ASKED)
    street.give(GROSS)
    street.give(_back())
    street.give(_back(number=3, opening=30_000, on=LATER + timedelta(days=1)))
    assert [kind for _, kind, _ in street.money()] == ["DIRECT_DEBIT", "DIRECT_DEBIT", "REVERSAL"]
    assert street.lines()[-1] == (-RENT, "queued", "collection_unknown")


def test_a_returned_credit_transfer_is_no_reversal(street: Street) -> None:
    collected = Pay(2_500, "collection", account=VRIES, e2e="INC-1", mandate="M-233")
    returned = Pay(2_500, "returned", name="E. de Vries", account=VRIES, e2e="INC-1", reason="AC04")
    street.give(camt(Day([collected, returned])))
    assert street.money() == [("104.233", "DIRECT_DEBIT", -2_500)]
    assert street.lines()[-1] == (2_500, "queued", "payout_to_tenant")


@pytest.mark.parametrize("kind", ["payout", "costs"])
def test_money_that_left_us_is_accounted_for_and_posts_nothing(street: Street, kind: str) -> None:
    street.give(camt(Day([Pay(-12_000, kind, name="Loodgieter")])))
    assert (street.lines(), street.money()) == ([(-12_000, "other", "")], [])


def test_days_stand_in_the_ledger_as_the_bank_told_them(street: Street) -> None:
    street.give(ASKED)
    street.give(GROSS)
    street.give(_back())
    days = street.rows("SELECT effective_on, booked_on FROM ledger_entry WHERE source = 'bank' ORDER BY id")
    assert days == [(DAY, DAY), (DAY, DAY), (LATER, LATER)]
