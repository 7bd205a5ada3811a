"""Collection costs in the account that no letter made due: no payment settles them, and nobody is asked for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.arrears.ledgers import FIRST, LAST, ledgers, portfolio_of
from tests.arrears.reference import COSTS, CREDIT, Fact
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
from tijdig.arrears.notice_costs import Booked
from tijdig.arrears.notices import Notice
from tijdig.base.days import day_of


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


def test_costs_that_the_corporation_took_off_again_leave_nothing() -> None:
    """The credit points to the costs: it must not settle rent."""
    rows: list[Row] = [*THREE, (date(2026, 8, 20), 4_000, COSTS, 0), (date(2026, 8, 30), -4_000, CREDIT, 4)]
    told = _told(rows, booked=[])  # nothing is left of them
    assert told.principal_cents == 3 * RENT
    half = [*rows[:4], (date(2026, 8, 30), -1_500, CREDIT, 4)]
    told = _told(half, booked=[Booked(4, date(2026, 8, 20), 2_500, 1_500)])
    assert (told.principal_cents, told.beside_cents, told.loose_cents) == (3 * RENT, 0, 2_500)


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
