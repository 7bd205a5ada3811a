"""Sorting rows that come in any order: by day, then charges, credits, undos and what points back to those."""

from __future__ import annotations

import numpy as np
import pytest
from tests.arrears.ledgers import columns, portfolio_of
from tests.arrears.reference import COSTS, CREDIT, PRINCIPAL, UNDO, Fact
from tests.hangs import no_square

from tijdig.arrears.portfolio import ambiguous, build

CHAIN = [  # all on one day, in the reverse of the order in which they must be walked
    Fact(5, 10, 10, 50, UNDO, 4),
    Fact(4, 10, 10, -50, CREDIT, 3),
    Fact(3, 10, 10, 50, UNDO, 2),
    Fact(2, 10, 10, -50, CREDIT),
    Fact(1, 10, 10, 50, PRINCIPAL),
]


def test_build_puts_what_points_back_after_what_it_points_to() -> None:
    portfolio = portfolio_of({7: CHAIN})
    assert [int(e) - 7000 for e in portfolio.entry] == [1, 2, 3, 4, 5]
    assert portfolio.target.tolist() == [-1, -1, 1, 2, 3]


def test_build_orders_equal_rank_by_reference_not_by_arrival() -> None:
    first = Fact(1, 10, 10, -50, CREDIT, reference="b")
    second = Fact(2, 10, 10, -60, CREDIT, reference="a")
    assert portfolio_of({7: [first, second]}).amount.tolist() == [-60, -50]
    assert portfolio_of({7: [second, first]}).amount.tolist() == [-60, -50]


def test_build_keeps_tenancies_apart_and_lists_those_without_rows() -> None:
    portfolio = build(
        [9, 3, 9], [5, 5, 4], [5, 5, 4], [1, 2, 3], [2, 2, 2], [0, 0, 0], [1, 2, 3], tenancies=[9, 3, 4]
    )
    assert portfolio.tenancy.tolist() == [3, 4, 9]
    assert portfolio.start.tolist() == [0, 1, 1, 3]
    assert portfolio.amount.tolist() == [2, 3, 1]


@pytest.mark.parametrize(
    ("fact", "target"),
    [
        (Fact(3, 20, 20, -5, CREDIT, 1), 0),  # designates a charge
        (Fact(3, 20, 20, -5, CREDIT, 2), -1),  # a credit cannot point to a credit
        (Fact(3, 20, 20, 5, UNDO, 1), -1),  # nor an undo to a charge
        (Fact(3, 20, 20, 5, COSTS, 1), -1),  # a charge points to nothing
        (Fact(3, 20, 20, -5, CREDIT, 77), -1),  # an entry that is not here
    ],
)
def test_build_keeps_only_pointers_that_mean_something(fact: Fact, target: int) -> None:
    facts = [Fact(1, 10, 10, 50, PRINCIPAL), Fact(2, 11, 11, -50, CREDIT), fact]
    assert portfolio_of({7: facts}).target.tolist() == [-1, -1, target]


def test_build_drops_a_pointer_to_another_tenancy() -> None:
    portfolio = build([1, 2], [5, 6], [5, 6], [10, -10], [2, 3], [0, 1], [1, 2])
    assert portfolio.target.tolist() == [-1, -1]


def test_build_gives_an_undo_its_own_day_as_due_day_unless_it_points_to_nothing() -> None:
    facts = [Fact(1, 10, 10, -9, CREDIT), Fact(2, 12, 3, 9, UNDO, 1), Fact(3, 12, 3, 9, UNDO)]
    assert sorted(portfolio_of({7: facts}).due.tolist()) == [3, 10, 12]


@pytest.mark.parametrize(("amount", "role"), [(-5, PRINCIPAL), (5, CREDIT), (0, COSTS), (-5, UNDO), (5, 9)])
def test_build_refuses_a_sign_or_role_that_does_not_fit(amount: int, role: int) -> None:
    with pytest.raises(ValueError, match=r"role|negative"):
        build([1], [5], [5], [amount], [role], [0], [1])


def test_build_refuses_a_circle_and_a_tenancy_that_is_not_listed() -> None:
    with pytest.raises(ValueError, match="circle"):
        build([1, 1], [5, 5], [5, 5], [5, -5], [UNDO, CREDIT], [2, 1], [1, 2])
    with pytest.raises(ValueError, match="listed"):
        build([1], [5], [5], [5], [2], [0], [1], tenancies=[2])


def test_build_of_wide_ids_sorts_as_well_as_of_small_ones() -> None:
    ids = np.array([2**62, 5, 2**62, 5])
    portfolio = build(ids, [9, 8, 7, 6], [9, 8, 7, 6], [1, 2, 3, 4], [2] * 4, [0] * 4, [1, 2, 3, 4])
    assert portfolio.amount.tolist() == [4, 2, 3, 1]


def test_ambiguous_names_rows_that_only_a_reference_can_order() -> None:
    facts = [
        Fact(1, 10, 10, 5, PRINCIPAL),
        Fact(2, 10, 10, -5, CREDIT),
        Fact(3, 10, 10, 5, COSTS),
        Fact(4, 11, 11, 5, PRINCIPAL),
    ]
    found = columns({7: facts, 8: facts[:1]})
    assert ambiguous(
        found["tenancy"], found["day"], found["role"], found["target"], found["entry"]
    ).tolist() == [0, 2]


def test_portfolio_cannot_be_written_to_and_gives_one_tenancy() -> None:
    portfolio = portfolio_of({7: CHAIN, 8: CHAIN[4:]})
    with pytest.raises(ValueError, match="read-only"):
        portfolio.amount[0] = 1
    assert portfolio.only(8).amount.tolist() == [50]
    with pytest.raises(KeyError):
        portfolio.only(9)


def test_build_of_half_a_million_rows_keeps_every_cent() -> None:
    rng = np.random.default_rng(5)
    rows = 500_000
    tenancy, day = rng.integers(1, 12_000, rows), rng.integers(19_000, 20_500, rows)
    role = np.where(np.arange(rows) % 2 == 0, PRINCIPAL, CREDIT)
    amount = np.where(role == CREDIT, -1, 1) * rng.integers(1, 90_000, rows)
    entry = np.arange(1, rows + 1)
    target = np.where((role == CREDIT) & (rng.random(rows) < 0.5), entry - 1, 0)
    build(tenancy[:9], day[:9], day[:9], amount[:9], role[:9], target[:9], entry[:9], entry[:9])
    with no_square():
        portfolio = build(tenancy, day, day, amount, role, target, entry, entry)
    assert int(portfolio.amount.sum()) == int(amount.sum())
