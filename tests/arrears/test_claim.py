"""The claim statement: the engine's own figures, instalment by instalment, with what the delay cost."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.arrears.ledgers import FIRST, LAST, ledgers, portfolio_of
from tests.arrears.reference import COSTS, CREDIT, PRINCIPAL, UNDO, Fact

from tijdig.arrears.claim import Claim, claim
from tijdig.arrears.imputation import positions
from tijdig.arrears.portfolio import Portfolio, build
from tijdig.base.days import day_number, day_of
from tijdig.lab.columns import portfolio_of_homes
from tijdig.law.interest import interest

RENT = 70_000
DUE = date(2025, 3, 1)
LATER = date(2026, 11, 2)


def _account(*rows: tuple[date, int, int, int]) -> Portfolio:
    """One tenancy of (day, cents, role, what it points to); entries are numbered from 1."""
    days, cents, roles, targets = zip(*rows, strict=True)
    numbers = [day_number(day) for day in days]
    entries = list(range(1, len(rows) + 1))
    return build([7] * len(rows), numbers, numbers, cents, roles, targets, entries, tie=entries)


def _open(told: Claim) -> list[tuple[date, int, int]]:
    return [(one.due_on, one.open_cents, one.interest_cents) for one in told.instalments]


def test_an_unpaid_rent_costs_interest_from_the_day_after_it_was_due() -> None:
    told = claim(_account((DUE, RENT, PRINCIPAL, 0)), LATER)
    assert _open(told) == [(DUE, RENT, 5_956)]
    assert told.instalments[0].default_on == date(2025, 3, 2)
    assert (told.principal_cents, told.interest_cents, told.total_cents) == (RENT, 5_956, RENT + 5_956)
    assert told.sources and told.conventions and not told.provisional


def test_a_part_payment_stops_its_part_of_the_interest_from_its_own_day() -> None:
    paid = date(2025, 9, 1)
    told = claim(_account((DUE, RENT, PRINCIPAL, 0), (paid, -20_000, CREDIT, 0)), LATER)
    (one,) = told.instalments
    assert [(part.entry, part.on, part.cents) for part in one.settled] == [(2, paid, 20_000)]
    assert one.interest == interest(RENT, date(2025, 3, 2), LATER, [(paid, 20_000)])
    assert one.open_cents == 50_000


def test_a_payment_that_was_taken_back_never_counted() -> None:
    account = _account(
        (DUE, RENT, PRINCIPAL, 0), (date(2025, 3, 5), -RENT, CREDIT, 0), (date(2025, 4, 2), RENT, UNDO, 2)
    )
    assert _open(claim(account, LATER)) == [(DUE, RENT, 5_956)]
    assert claim(account, LATER).instalments[0].settled == ()


def test_costs_bear_no_interest_and_stand_beside_the_rent() -> None:
    told = claim(_account((DUE, RENT, PRINCIPAL, 0), (date(2025, 5, 1), 4_000, COSTS, 0)), LATER)
    assert (told.open_cents, told.principal_cents) == (RENT + 4_000, RENT)
    assert told.instalments[1].interest is None


def test_what_is_due_on_the_day_itself_is_not_claimed() -> None:
    assert claim(_account((DUE, RENT, PRINCIPAL, 0)), DUE).instalments == ()


def test_past_the_last_known_rate_the_claim_is_provisional() -> None:
    assert claim(_account((DUE, RENT, PRINCIPAL, 0)), date(2027, 6, 1)).provisional


@pytest.mark.parametrize(
    ("due_on", "as_of", "code"),
    [(date(1998, 6, 1), LATER, "before_first"), (DUE, date(2200, 1, 1), "unknown")],
)
def test_interest_that_is_not_known_is_in_doubt_and_the_rest_of_the_claim_is_told(
    due_on: date, as_of: date, code: str
) -> None:
    told = claim(_account((due_on, RENT, PRINCIPAL, 0)), as_of)
    assert [(one.open_cents, one.interest) for one in told.instalments] == [(RENT, None)]
    assert [doubt.code for doubt in told.doubts] == [code, "prescribed"]
    assert told.total_cents == RENT


def test_at_the_starting_rent_what_was_paid_too_much_settles_the_oldest_debt() -> None:
    """€ 700 asked where € 650 was agreed at the start; the second month was paid in full."""
    account = _account(
        (DUE, RENT, PRINCIPAL, 0),
        (date(2025, 4, 1), RENT, PRINCIPAL, 0),
        (date(2025, 4, 3), -RENT, CREDIT, 2),
    )
    lower = account.lowered({row: 65_000 for row in range(3) if account.role[row] == PRINCIPAL})
    assert [one.open_cents for one in claim(account, LATER).instalments] == [RENT]
    assert [(one.due_on, one.open_cents) for one in claim(lower, LATER).instalments] == [(DUE, 60_000)]


def test_another_rent_never_raises_a_month() -> None:
    account = _account((DUE, RENT, PRINCIPAL, 0))
    assert claim(account.lowered({0: 90_000}), LATER).open_cents == RENT


@settings(max_examples=200, deadline=None, derandomize=True)
@given(ledgers(), st.integers(FIRST, LAST + 30))
def test_every_instalment_adds_up_and_the_whole_is_what_is_overdue(facts: list[Fact], as_of: int) -> None:
    portfolio = portfolio_of({7: facts})
    told = claim(portfolio, day_of(as_of))
    assert told.open_cents == int(positions(portfolio, as_of).overdue[0])
    for one in told.instalments:
        assert one.amount_cents == one.open_cents + sum(part.cents for part in one.settled)
        if one.role == PRINCIPAL:
            assert one.amount_cents == int(portfolio.amount[one.row])
        assert one.interest is None or one.interest.total_cents == sum(
            p.interest_cents for p in one.interest.parts
        )


@pytest.mark.parametrize("mixed", [False, True])
def test_of_a_whole_corporation_each_claim_is_what_the_engine_says(mixed: bool) -> None:
    portfolio = portfolio_of_homes(2_000, 24, mixed=mixed)
    as_of = int(portfolio.day.max()) + 20
    overdue = positions(portfolio, as_of).overdue
    told = [
        claim(portfolio.slice(place, place + 1), day_of(as_of)).open_cents for place in range(len(portfolio))
    ]
    assert np.array_equal(told, overdue)
    assert sum(told) > 0
