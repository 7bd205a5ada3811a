"""Invented columns: in walking order, repeatable, and with everything in them that is to be measured."""

from __future__ import annotations

import numpy as np

from tijdig.arrears.imputation import positions
from tijdig.arrears.portfolio import Portfolio, build
from tijdig.lab.columns import portfolio_of_homes
from tijdig.ledger.kinds import Role


def test_portfolio_of_homes_stands_in_the_order_that_build_gives() -> None:
    made = portfolio_of_homes(300, 24, mixed=True)
    house = np.repeat(made.tenancy, np.diff(made.start))
    entry = np.arange(1, made.rows + 1)
    own_start = made.start[house - 1]
    target = np.where(made.target >= 0, own_start + made.target + 1, 0)
    built = build(house, made.day, made.due, made.amount, made.role, target, entry)
    for name in Portfolio.__slots__:
        if name != "entry":
            assert np.array_equal(getattr(made, name), getattr(built, name)), name


def test_portfolio_of_homes_is_the_same_for_the_same_seed() -> None:
    one, other = portfolio_of_homes(50, 6, mixed=True, seed=2), portfolio_of_homes(50, 6, mixed=True, seed=2)
    assert np.array_equal(one.amount, other.amount)
    assert not np.array_equal(one.amount[:50], portfolio_of_homes(50, 6, mixed=True, seed=3).amount[:50])


def test_portfolio_of_homes_mixed_has_every_role_and_plain_has_two() -> None:
    mixed, plain = portfolio_of_homes(2_000, 24, mixed=True), portfolio_of_homes(2_000, 24, mixed=False)
    assert set(mixed.role.tolist()) == {Role.COSTS, Role.PRINCIPAL, Role.CREDIT, Role.UNDO}
    assert set(plain.role.tolist()) == {Role.PRINCIPAL, Role.CREDIT}
    assert (plain.target == -1).all()


def test_portfolio_of_homes_is_mostly_paid() -> None:
    portfolio = portfolio_of_homes(2_000, 24, mixed=True)
    stand = positions(portfolio, int(portfolio.day.max()))
    share = (stand.overdue > 0).mean()
    assert 0.03 < share < 0.25
