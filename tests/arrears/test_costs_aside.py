"""Collection costs in the account that no letter made due: no payment settles them, and nobody is asked for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.arrears.ledgers import FIRST, LAST, ledgers, portfolio_of
from tests.arrears.reference import COSTS, CREDIT, INTEREST, PRINCIPAL, Fact
from tests.arrears.test_claim_costs import (
    DUES,
    FEE_FROM,
    LATER,
    RENT,
    SENT,
    THREE,
    Row,
    _account,
    _booked,
    _notice,
)

from tijdig.arrears.claim import Claim, claim
from tijdig.arrears.imputation import positions
from tijdig.arrears.notice_costs import Booked, TakenOff
from tijdig.arrears.notices import Notice
from tijdig.base.days import day_number, day_of


def _told(rows: list[Row], *letters: Notice, booked: list[Booked] | None = None, on: date = LATER) -> Claim:
    known = _booked(rows) if booked is None else booked
    return claim(_account(*rows), on, notices=letters, booked=known)


def _open(told: Claim) -> list[tuple[date, int]]:
    return [(one.due_on, one.open_cents) for one in told.instalments]


def test_a_payment_settles_no_costs_that_no_letter_made_due() -> None:
    """The example of the module: rents of 1 August and 1 September, costs of 20 August, a rent paid on the 25th."""
    rows = [*THREE[:2], (date(2026, 8, 20), 4_000, COSTS, 0), (date(2026, 8, 25), -RENT, CREDIT, 0)]
    told = _told(rows)
    assert (_open(told), told.loose_cents, told.provisional) == ([(DUES[1], RENT)], 4_000, False)
    charged = claim(_account(*rows), LATER, booked=_booked(rows), all_costs=True)
    assert _open(charged) == [(DUES[0], 4_000), (DUES[1], RENT)]
    assert (charged.loose_cents, [doubt.code for doubt in charged.doubts]) == (4_000, ["costs_booked"])


def test_costs_that_a_letter_made_due_are_settled_first() -> None:
    rows = [*THREE, (FEE_FROM, 31_500, COSTS, 0), (date(2026, 11, 25), -40_000, CREDIT, 0)]
    told = _told(rows, _notice())
    assert (told.loose, told.costs_cents) == ((), 0)
    assert _open(told) == [(DUES[0], RENT - 8_500), (DUES[1], RENT), (DUES[2], RENT)]


def test_what_was_charged_beyond_the_letter_is_set_aside() -> None:
    rows = [*THREE, (FEE_FROM, 40_000, COSTS, 0)]
    told = _told(rows, _notice())
    assert (told.loose_cents, told.beside_cents, told.costs_cents) == (8_500, 31_500, 0)
    assert told.total_cents == 3 * RENT + 31_500 + told.interest_cents


def test_what_was_charged_before_its_day_is_set_aside_and_the_letters_own_costs_come_beside() -> None:
    rows = [*THREE, (SENT, 31_500, COSTS, 0), (date(2026, 11, 10), -RENT, CREDIT, 0)]
    told = _told(rows, _notice())
    assert _open(told) == [(DUES[1], RENT), (DUES[2], RENT)]
    assert (told.loose_cents, told.costs_cents) == (31_500, 21_000)


def test_a_second_letter_sees_that_the_costs_of_the_first_took_a_part_of_a_payment() -> None:
    first = _notice([1], fee=10_500, sent=date(2026, 8, 10))
    second = replace(_notice([1, 2], fee=12_075, sent=date(2026, 10, 5)), subject="sending:2")
    due = date(2026, 8, 27)
    rows = [*THREE[:2], (due, 10_500, COSTS, 0), (date(2026, 8, 28), -RENT, CREDIT, 0)]
    told = _told(rows, first, second)
    assert told.loose == ()
    assert _open(told) == [(DUES[0], 10_500), (DUES[1], RENT)]
    assert [one.total_cents for one in told.costs] == [10_500, 10_500]


def _off(entry: int, cents: int, *, written_off: bool = False) -> TakenOff:
    return TakenOff(entry, cents, written_off)


@pytest.mark.parametrize("off", [4_000, 1_500])
def test_costs_that_the_corporation_took_off_again_leave_nothing(off: int) -> None:
    """The credit points to the costs: it must not settle rent."""
    rows: list[Row] = [*THREE, (date(2026, 8, 20), 4_000, COSTS, 0), (date(2026, 8, 30), -off, CREDIT, 4)]
    told = _told(rows, booked=[Booked(4, date(2026, 8, 20), 4_000, (_off(5, off),))])
    assert (told.principal_cents, told.beside_cents, told.loose_cents) == (3 * RENT, 0, 4_000 - off)


def test_mending_the_books_costs_the_tenant_nothing() -> None:
    """€ 315 charged when the letter went, a rent paid within the term, the charge corrected later: 15 % of 1,400."""
    rows: list[Row] = [
        *THREE,
        (SENT, 31_500, COSTS, 0),
        (date(2026, 11, 10), -RENT, CREDIT, 0),
        (date(2026, 11, 30), -31_500, CREDIT, 4),
    ]
    told = _told(rows, _notice(), booked=[Booked(4, SENT, 31_500, (_off(6, 31_500),))])
    assert (told.costs_cents, told.principal_cents, told.loose) == (21_000, 2 * RENT, ())


def test_a_charge_that_was_corrected_delayed_no_payment() -> None:
    """Rent of March 2025, € 315 without a letter, € 500 paid, corrected in 2026: interest as if it was never charged."""
    due = date(2025, 3, 1)
    rows: list[Row] = [
        (due, RENT, PRINCIPAL, 0),
        (date(2025, 3, 10), 31_500, COSTS, 0),
        (date(2025, 3, 12), -50_000, CREDIT, 0),
        (date(2026, 10, 1), -31_500, CREDIT, 2),
    ]
    told = _told(
        rows, booked=[Booked(2, date(2025, 3, 10), 31_500, (_off(4, 31_500),))], on=date(2026, 11, 2)
    )
    never = _told([rows[0], rows[2]], on=date(2026, 11, 2))
    assert (
        (told.open_cents, told.interest_cents) == (never.open_cents, never.interest_cents) == (20_000, 1_787)
    )


@pytest.mark.parametrize("written_off", [True, False])
def test_costs_that_were_due_and_given_up_are_not_asked_again(written_off: bool) -> None:
    rows: list[Row] = [
        *THREE,
        (FEE_FROM, 31_500, COSTS, 0),
        (date(2026, 11, 20), -10_000, CREDIT, 0),
        (date(2026, 11, 25), -21_500, CREDIT, 4),
    ]
    booked = [Booked(4, FEE_FROM, 31_500, (_off(6, 21_500, written_off=written_off),))]
    told = _told(rows, _notice(), booked=booked)
    assert (told.costs_cents, told.costs[0].waived_cents, told.principal_cents) == (0, 21_500, 3 * RENT)
    assert told.beside_cents == 0  # the 100 that was paid settled what stands of them


def test_a_write_off_of_what_was_charged_too_early_gives_the_costs_up_too() -> None:
    rows: list[Row] = [*THREE, (SENT, 31_500, COSTS, 0), (date(2026, 11, 25), -31_500, CREDIT, 4)]
    for written_off, costs in ((True, 0), (False, 31_500)):
        booked = [Booked(4, SENT, 31_500, (_off(5, 31_500, written_off=written_off),))]
        assert _told(rows, _notice(), booked=booked).costs_cents == costs


def test_a_wrong_charge_that_was_booked_anew_is_asked_once() -> None:
    rows: list[Row] = [
        *THREE,
        (date(2026, 11, 10), -RENT, CREDIT, 0),
        (FEE_FROM, 31_500, COSTS, 0),
        (date(2026, 11, 20), -31_500, CREDIT, 5),
        (date(2026, 11, 20), 21_000, COSTS, 0),
    ]
    booked = [Booked(5, FEE_FROM, 31_500, (_off(6, 31_500),)), Booked(7, date(2026, 11, 20), 21_000)]
    told = _told(rows, _notice(), booked=booked)
    assert (told.costs_cents, told.beside_cents, told.loose) == (0, 21_000, ())


@pytest.mark.parametrize("booked_on", [None, date(2026, 11, 18), FEE_FROM])
def test_who_paid_all_with_the_costs_owes_nothing(booked_on: date | None) -> None:
    """The costs stand beside the account, were charged a day early, or in time."""
    charged: list[Row] = [(booked_on, 31_500, COSTS, 0)] if booked_on else []
    told = _told([*THREE, *charged, (date(2026, 11, 28), -(3 * RENT + 31_500), CREDIT, 0)], _notice())
    assert told.total_cents == 0


def test_what_waits_pays_the_costs_first_and_no_more_than_waits() -> None:
    told = _told([*THREE, (date(2026, 11, 28), -(3 * RENT + 10_000), CREDIT, 0)], _notice())
    assert (told.costs_cents, told.set_off_cents, told.total_cents) == (31_500, 10_000, 21_500)


def test_costs_that_are_booked_on_their_day_are_claimed_that_day() -> None:
    rows = [*THREE, (FEE_FROM, 31_500, COSTS, 0)]
    booked, beside = _told(rows, _notice(), on=FEE_FROM), _told(THREE, _notice(), on=FEE_FROM)
    assert booked.total_cents == beside.total_cents == 3 * RENT + 31_500 + booked.interest_cents
    assert (booked.beside_cents, beside.costs_cents) == (31_500, 31_500)


@pytest.mark.parametrize("as_of", [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)])
def test_rent_that_is_not_late_yet_does_not_swallow_what_pays_the_costs(as_of: date) -> None:
    """Rent and € 105 due, the rent of December in the account already, € 805 paid: nothing is late; later only that rent."""
    december: Row = (date(2026, 11, 25), RENT, PRINCIPAL, 0)
    rows: list[Row] = [THREE[2], december, (date(2026, 11, 28), -(RENT + 10_500), CREDIT, 0)]
    account = _account(*rows)
    due = np.array(account.due)
    due[1] = day_number(date(2026, 12, 1))
    told = claim(replace(account, due=due), as_of, notices=[_notice([1], fee=10_500)])
    assert told.total_cents == (RENT if as_of > date(2026, 12, 1) else 0)


def test_who_pays_the_rent_of_next_month_by_name_does_not_pay_the_costs() -> None:
    december: Row = (date(2026, 11, 25), RENT, PRINCIPAL, 0)
    rows: list[Row] = [
        THREE[2],
        december,
        (date(2026, 11, 27), -RENT, CREDIT, 0),
        (date(2026, 11, 28), -10_500, CREDIT, 2),
    ]
    account = _account(*rows)
    due = np.array(account.due)
    due[1] = day_number(date(2026, 12, 1))
    told = claim(replace(account, due=due), date(2026, 11, 30), notices=[_notice([1], fee=10_500)])
    assert told.total_cents == 10_500


def test_a_mixed_taking_off_of_early_costs_gives_up_what_was_written_off_alone() -> None:
    rows: list[Row] = [
        *THREE,
        (SENT, 31_500, COSTS, 0),
        (date(2026, 11, 25), -30_000, CREDIT, 4),
        (date(2026, 11, 26), -1_500, CREDIT, 4),
    ]
    booked = [Booked(4, SENT, 31_500, (_off(5, 30_000), _off(6, 1_500, written_off=True)))]
    assert _told(rows, _notice(), booked=booked).costs_cents == 30_000


def test_what_was_taken_off_beyond_the_costs_stays_a_credit() -> None:
    rows: list[Row] = [THREE[0], (date(2026, 8, 20), 4_000, COSTS, 0), (date(2026, 8, 30), -7_000, CREDIT, 2)]
    told = _told(rows, booked=[Booked(2, date(2026, 8, 20), 4_000, (_off(3, 7_000, written_off=True),))])
    assert told.open_cents == RENT - 3_000


def test_interest_that_the_ledger_charged_is_not_asked_twice_also_when_it_was_paid() -> None:
    """Rent of March 2025, € 59.56 interest charged and € 700 paid a day later: what is left bears a few cents."""
    rows: list[Row] = [
        (date(2025, 3, 1), RENT, PRINCIPAL, 0),
        (date(2026, 11, 2), 5_956, INTEREST, 0),
        (date(2026, 11, 3), -RENT, CREDIT, 0),
    ]
    told = _told(rows, on=date(2026, 11, 10))
    assert (told.open_cents, told.counted_cents, told.interest_cents) == (5_956, 5_972, 16)
    assert [doubt.code for doubt in told.doubts] == ["interest_booked"]


def test_a_letter_is_in_doubt_also_when_its_costs_were_charged() -> None:
    told = _told([*THREE, (FEE_FROM, 31_500, COSTS, 0)], _notice(fee=40_000))
    assert [doubt.code for doubt in told.doubts] == ["announced_too_high"]


def test_a_second_letter_that_counts_what_bore_costs_already_asked_too_much() -> None:
    first = _notice([1], fee=10_500, sent=date(2026, 8, 10))
    second = replace(_notice([1, 2], fee=21_000, sent=date(2026, 10, 5)), subject="sending:2")
    told = _told(THREE[:2], first, second)
    assert [one.due_cents for one in told.costs] == [10_500, 10_500]
    assert [doubt.code for doubt in told.doubts] == ["announced_too_high"]


def test_costs_of_after_the_day_do_not_count_yet() -> None:
    rows = [*THREE, (date(2026, 12, 24), 4_000, COSTS, 0)]
    assert _told(rows).loose == ()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(ledgers(), st.integers(FIRST, LAST + 30))
def test_without_letters_the_claim_is_what_the_engine_says_of_the_account_without_those_costs(
    facts: list[Fact], as_of: int
) -> None:
    portfolio = portfolio_of({7: facts})
    charged = [Booked(7_000 + f.entry, day_of(f.day), f.cents) for f in facts if f.role == COSTS]
    told = claim(portfolio, day_of(as_of), booked=charged)
    bare = portfolio.lowered({row: 0 for row in range(portfolio.rows) if portfolio.role[row] == COSTS})
    assert told.open_cents == int(positions(bare, as_of).overdue[0])
    assert not any(one.role == COSTS for one in told.instalments)
    assert told.loose_cents == sum(f.cents for f in facts if f.role == COSTS and f.day <= as_of)
