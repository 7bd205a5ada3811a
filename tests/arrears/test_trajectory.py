"""New arrears beside a debt that stands still: by hand, against the slow rules, and that the two accounts make one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.arrears import reference
from tests.arrears.ledgers import FIRST, LAST, kinds_of, ledgers, portfolio_of
from tests.arrears.reference import COSTS, CREDIT, INTEREST, PRINCIPAL, UNDO, Fact

from tijdig.arrears.imputation import NONE, positions
from tijdig.arrears.portfolio import DISPUTED_DAY
from tijdig.arrears.trajectory import (
    Trajectory,
    no_trajectory,
    rows_of,
    since_began,
    spread,
    trajectory,
)
from tijdig.base.days import day_number

FAR = LAST + 400


def _day(text: str) -> int:
    return day_number(date.fromisoformat(text))


def _rent(entry: int, on: str, cents: int = 60_000, due: str = "") -> Fact:
    return Fact(entry, _day(on), _day(due or on), cents, PRINCIPAL)


def _paid(entry: int, on: str, cents: int, of: int = 0) -> Fact:
    return Fact(entry, _day(on), _day(on), -cents, CREDIT, of)


def _collected(entry: int, on: str, cents: int = 60_000) -> Fact:
    return Fact(entry, _day(on), _day(on), -cents, CREDIT, kind="debit")


def _written_off(entry: int, on: str, cents: int, of: int = 0) -> Fact:
    return Fact(entry, _day(on), _day(on), -cents, CREDIT, of, kind="write_off")


def _back(entry: int, on: str, cents: int, of: int) -> Fact:
    return Fact(entry, _day(on), _day(on), cents, UNDO, of)


def _of(facts: Mapping[int, list[Fact]], began: Mapping[int, int], as_of: int) -> Trajectory:
    portfolio = portfolio_of(facts)
    days = np.array([began.get(one, NONE) for one in facts], np.int64)
    return trajectory(portfolio, days, as_of, np.full(len(facts), NONE, np.int64), kinds_of(portfolio, facts))


def _stand(facts: list[Fact], began: str, as_of: str) -> tuple[int, int, int]:
    """New arrears, since which due day, and what stands still."""
    found = _of({7: facts}, {7: _day(began)}, _day(as_of))
    columns = (found.new_overdue_cents, found.new_oldest_due, found.old_overdue_cents)
    new, since, old = (int(column[0]) for column in columns)
    return new, since, old


OLD = [_rent(1, "2026-01-01"), _rent(2, "2026-02-01")]


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        ([], (0, NONE, 120_000)),
        ([_rent(3, "2026-04-01")], (60_000, _day("2026-04-01"), 120_000)),
        ([_rent(3, "2026-04-01"), _paid(4, "2026-04-02", 60_000)], (0, NONE, 120_000)),
        ([_rent(3, "2026-04-01"), _paid(4, "2026-04-02", 25_000)], (35_000, _day("2026-04-01"), 120_000)),
        ([_paid(3, "2026-03-28", 60_000)], (0, NONE, 120_000)),  # ahead of April: not of the old debt
        ([_paid(3, "2026-03-09", 60_000)], (0, NONE, 60_000)),  # the day before the procedure
        ([_paid(3, "2026-04-02", 60_000, of=1)], (0, NONE, 60_000)),  # it names an older month
        (
            [_rent(3, "2026-04-01"), _paid(4, "2026-04-02", 60_000), _back(5, "2026-04-06", 60_000, of=4)],
            (60_000, _day("2026-04-01"), 120_000),
        ),
        (  # a collection of before that comes back during the procedure is old debt again
            [_paid(3, "2026-03-01", 60_000), _back(4, "2026-03-20", 60_000, of=3)],
            (0, NONE, 120_000),
        ),
        (  # and one that is done over settles that again
            [
                _paid(3, "2026-03-01", 60_000),
                _back(4, "2026-03-20", 60_000, of=3),
                _paid(5, "2026-03-25", 60_000, of=4),
            ],
            (0, NONE, 60_000),
        ),
        ([_rent(3, "2026-03-05", due="2026-03-10")], (60_000, _day("2026-03-10"), 120_000)),  # due on the day
        ([_rent(3, "2026-03-20", due="2026-03-09")], (0, NONE, 180_000)),  # charged since, due before
        (  # paid ahead by name, before the procedure began
            [_rent(3, "2026-03-05", due="2026-04-01"), _paid(4, "2026-03-06", 60_000, of=3)],
            (0, NONE, 120_000),
        ),
        (  # the debit of March, whose rent was due before: it does not pay for April
            [_rent(3, "2026-03-01"), _collected(4, "2026-03-26"), _rent(5, "2026-04-01")],
            (60_000, _day("2026-04-01"), 120_000),
        ),
        (  # that of April is for April
            [
                _rent(3, "2026-03-01"),
                _collected(4, "2026-03-26"),
                _rent(5, "2026-04-01"),
                _collected(6, "2026-04-06"),
            ],
            (0, NONE, 120_000),
        ),
        (  # when that of March comes back, March stands still and April is paid
            [
                _rent(3, "2026-03-01"),
                _collected(4, "2026-03-26"),
                _back(5, "2026-03-30", 60_000, of=4),
                _rent(6, "2026-04-01"),
                _collected(7, "2026-04-06"),
            ],
            (0, NONE, 180_000),
        ),
        (  # rent of this month that fell due since: the debit is of that
            [_rent(3, "2026-03-01"), _rent(4, "2026-03-15"), _collected(5, "2026-03-26")],
            (0, NONE, 180_000),
        ),
        (  # no rent of this month fell due before: it is ahead of April
            [_collected(3, "2026-03-26"), _rent(4, "2026-04-01")],
            (0, NONE, 120_000),
        ),
        (  # a write-off lets go of what stands still, unless it names something newer
            [_rent(3, "2026-04-01"), _written_off(4, "2026-04-10", 50_000)],
            (60_000, _day("2026-04-01"), 70_000),
        ),
        (
            [_rent(3, "2026-04-01"), _written_off(4, "2026-04-10", 50_000, of=3)],
            (10_000, _day("2026-04-01"), 120_000),
        ),
        (
            [Fact(3, _day("2026-03-12"), DISPUTED_DAY, 9_000, PRINCIPAL)],
            (0, NONE, 120_000),
        ),
    ],
)
def test_what_falls_due_since_it_began_stands_apart_to_the_cent(
    facts: list[Fact], stands: tuple[int, int, int]
) -> None:
    assert _stand([*OLD, *facts], "2026-03-10", "2026-04-20") == stands


def test_an_old_charge_in_dispute_takes_no_new_payment_and_is_no_new_arrears() -> None:
    disputed = Fact(9, _day("2025-12-01"), DISPUTED_DAY, 60_000, PRINCIPAL)
    facts = [disputed, *OLD, _rent(3, "2026-04-01"), _paid(4, "2026-04-02", 70_000)]
    assert _stand(facts, "2026-03-10", "2026-04-20") == (0, NONE, 120_000)
    found = since_began(portfolio_of({7: facts}), np.array([_day("2026-03-10")]))
    assert found.tolist() == [False, False, False, True, True]


def test_the_clock_of_the_new_account_runs_on_while_it_is_never_paid_up() -> None:
    facts = [*OLD, _rent(3, "2026-04-01"), _rent(4, "2026-05-01"), _paid(5, "2026-05-02", 60_000)]
    found = _of({7: facts}, {7: _day("2026-03-10")}, _day("2026-05-20"))
    assert found.new_oldest_due.tolist() == [_day("2026-05-01")]
    assert found.new_since.tolist() == [_day("2026-04-01")]


def test_who_had_paid_ahead_owes_no_more_than_all_arrears() -> None:
    facts = [_paid(1, "2026-03-01", 40_000), _rent(2, "2026-04-01")]
    portfolio, began = portfolio_of({7: facts}), np.array([_day("2026-03-10")])
    whole = positions(portfolio, _day("2026-04-20"))
    found = trajectory(portfolio, began, _day("2026-04-20"), began)
    assert found.new_overdue_cents.tolist() == [60_000]
    assert found.capped(whole.overdue).tolist() == whole.overdue.tolist() == [20_000]
    assert found.old_overdue_cents.tolist() == [0]


def test_tenancies_do_not_touch_each_other_and_a_slice_is_the_same() -> None:
    facts = {3: [_rent(1, "2026-04-01")], 7: [*OLD, _rent(3, "2026-04-01")], 9: []}
    began = {3: _day("2026-04-02"), 7: _day("2026-03-10"), 9: _day("2026-01-01")}
    found = _of(facts, began, _day("2026-04-20"))
    assert found.new_overdue_cents.tolist() == [0, 60_000, 0]
    assert found.old_overdue_cents.tolist() == [60_000, 120_000, 0]
    assert len(found) == 3 and found.slice(1, 2).new_overdue_cents.tolist() == [60_000]
    assert found.slice(1, 3).begin_day.tolist() == [began[7], began[9]]


def test_of_nobody_else_anything_is_said() -> None:
    none = no_trajectory(2)
    assert not none.runs.any()
    some = _of({7: [*OLD, _rent(3, "2026-04-01")]}, {7: _day("2026-03-10")}, _day("2026-04-20"))
    wide = spread(np.array([3, 7, 9]), np.array([7]), some)
    assert wide.runs.tolist() == [False, True, False]
    assert wide.new_overdue_cents.tolist() == [0, 60_000, 0]
    assert wide.new_oldest_due.tolist() == [NONE, _day("2026-04-01"), NONE]
    assert wide.talk_day.tolist() == [NONE] * 3


def test_begin_days_of_other_tenancies_are_refused() -> None:
    with pytest.raises(ValueError, match="other tenancies"):
        since_began(portfolio_of({7: OLD}), np.array([1, 2]))


def test_kinds_of_other_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="other rows"):
        since_began(portfolio_of({7: OLD}), np.array([NONE]), np.array([1, 2, 3]))


def test_rows_without_their_numbers_can_be_told_apart_too() -> None:
    bare = replace(portfolio_of({7: OLD}), entry=np.empty(0, np.int64))
    kept = rows_of(bare, since_began(bare, np.array([_day("2026-02-01")])))
    assert (kept.rows, len(kept.entry), kept.amount.tolist()) == (1, 0, [60_000])


BEGINS = st.integers(FIRST - 10, LAST + 10)


@given(ledgers(), ledgers(), BEGINS, st.integers(FIRST, LAST + 30))
def test_both_accounts_are_those_of_the_slow_rules(
    facts: list[Fact], others: list[Fact], began: int, as_of: int
) -> None:
    found = _of({3: others, 7: facts}, {3: began + 3, 7: began}, as_of)
    new = [fact for fact in facts if reference.is_new(fact, facts, began)]
    stands = reference.position(new, as_of)
    old = reference.position([fact for fact in facts if fact not in new], as_of)
    assert found.new_overdue_cents[1] == stands["overdue"]
    assert found.old_overdue_cents[1] == old["overdue"]
    since = stands["arrears_since"] if stands["overdue"] else None
    assert found.new_since[1] == (NONE if since is None else since)
    left = [item for item in reference.keep_book(new, as_of).items.values() if item.left > 0]
    assert found.new_oldest_due[1] == min((item.due for item in left if item.due < as_of), default=NONE)


@given(ledgers(), BEGINS)
def test_old_and_new_make_the_whole_where_nothing_waits(facts: list[Fact], began: int) -> None:
    """As of a day on which everything is due: then the arrears are what is open."""
    portfolio = portfolio_of({7: facts})
    here = since_began(portfolio, np.array([began]), kinds_of(portfolio, {7: facts}))
    whole, new, old = (
        positions(one, FAR) for one in (portfolio, rows_of(portfolio, here), rows_of(portfolio, ~here))
    )
    assert whole.balance[0] == new.balance[0] + old.balance[0]
    assume(whole.credit[0] == new.credit[0] == old.credit[0] == 0)
    found = _of({7: facts}, {7: began}, FAR)
    assert whole.overdue[0] == found.new_overdue_cents[0] + found.old_overdue_cents[0]


@given(ledgers(), BEGINS)
def test_rent_belongs_where_it_fell_due_and_costs_and_interest_to_the_debt_of_before(
    facts: list[Fact], began: int
) -> None:
    portfolio = portfolio_of({7: facts})
    here = since_began(portfolio, np.array([began]))
    principal = portfolio.role == PRINCIPAL
    assert ((portfolio.due >= began) == here)[principal].all()
    assert not here[(portfolio.role == COSTS) | (portfolio.role == INTEREST)].any()
