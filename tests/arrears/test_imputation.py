"""The walk against its slow twin on random ledgers, and its promises on large ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.arrears import reference
from tests.arrears.ledgers import FIRST, LAST, as_dict, columns, ledgers, portfolio_of
from tests.arrears.reference import COSTS, CREDIT, INTEREST, PRINCIPAL, UNDO, Fact
from tests.hangs import no_square

from tijdig.arrears.imputation import Left, Link, positions, settle
from tijdig.arrears.portfolio import Portfolio, build

EVERY_DAY = settings(max_examples=200, deadline=None, derandomize=True)


@EVERY_DAY
@given(ledgers())
def test_positions_of_random_ledger_equal_reference_on_every_day(facts: list[Fact]) -> None:
    portfolio = portfolio_of({7: facts})
    for as_of in sorted({f.day + shift for f in facts for shift in (0, 1)} | {FIRST - 1, LAST + 40}):
        assert as_dict(positions(portfolio, as_of), 0) == reference.position(facts, as_of)


@settings(EVERY_DAY, max_examples=60)
@given(st.lists(ledgers(most=6), max_size=6), st.integers(FIRST, LAST + 30))
def test_positions_of_many_tenancies_equal_reference_each(many: list[list[Fact]], as_of: int) -> None:
    tenancies = {10 + 3 * place: facts for place, facts in enumerate(many)}
    found = positions(portfolio_of(tenancies), as_of)
    assert found.tenancy.tolist() == list(tenancies)
    for place, facts in enumerate(many):
        assert as_dict(found, place) == reference.position(facts, as_of)


@EVERY_DAY
@given(ledgers(), st.integers(FIRST, LAST))
def test_settle_of_random_ledger_equals_reference_link_by_link(facts: list[Fact], as_of: int) -> None:
    portfolio = portfolio_of({7: facts})
    book = reference.keep_book(facts, as_of)
    entry = [int(e) - 7000 for e in portfolio.entry]
    found = settle(portfolio, as_of)
    assert [(entry[k.credit], entry[k.charge], k.cents, k.day, k.taken_back) for k in found.links] == [
        (t.by, t.item, t.sign * t.cents, t.day, t.taken_back) for t in book.touches
    ]
    assert {entry[i.row]: i.cents for i in found.open_items} == {
        i.entry: i.left for i in book.items.values() if i.left
    }
    assert {entry[w.row]: w.cents for w in found.waiting} == {e: c for e, c in book.waiting.items() if c}


@settings(EVERY_DAY, max_examples=100)
@given(ledgers(), st.integers(FIRST, LAST + 30))
def test_positions_and_settle_tell_the_same_sums(facts: list[Fact], as_of: int) -> None:
    portfolio = portfolio_of({7: facts})
    stand, told = positions(portfolio, as_of), settle(portfolio, as_of)
    assert int(stand.overdue[0] + stand.not_due[0]) == sum(i.cents for i in told.open_items)
    assert int(stand.credit[0]) == sum(w.cents for w in told.waiting)
    assert int(stand.balance[0]) == int(stand.overdue[0] + stand.not_due[0] - stand.credit[0])
    assert not (told.open_items and told.waiting)


@settings(EVERY_DAY, max_examples=60)
@given(ledgers(), st.randoms(use_true_random=False))
def test_positions_do_not_depend_on_the_order_of_arrival(facts: list[Fact], chance: object) -> None:
    shuffled = list(facts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = portfolio_of({7: facts}), portfolio_of({7: shuffled})
    for name in Portfolio.__slots__:
        assert np.array_equal(getattr(one, name), getattr(other, name))


def test_settle_of_reversal_of_reversal_restores_what_was_settled() -> None:
    facts = [
        Fact(1, 10, 10, 100, PRINCIPAL),
        Fact(2, 40, 40, 100, PRINCIPAL),
        Fact(3, 41, 41, -150, CREDIT),
        Fact(4, 45, 45, 150, UNDO, 3),
        Fact(5, 46, 46, -150, CREDIT, 4),
    ]
    found = settle(portfolio_of({7: facts}), 60)
    assert found.links == (
        Link(2, 0, 100, 41, 100),
        Link(2, 1, 50, 41, 50),
        Link(3, 1, -50, 45, 50),
        Link(3, 0, -100, 45, 100),
        Link(4, 0, 100, 46, 0),
        Link(4, 1, 50, 46, 0),
    )
    assert [k.undone for k in found.links] == [True, True, True, True, False, False]
    assert found.open_items == (Left(1, 50),)


def test_settle_of_two_tenancies_is_refused() -> None:
    with pytest.raises(ValueError, match="one tenancy"):
        settle(portfolio_of({7: [], 8: []}), 0)


def test_positions_of_no_tenancies_are_empty() -> None:
    assert len(positions(portfolio_of({}), 0)) == 0


def _long_ledger(rows: int) -> Portfolio:
    """One tenancy of which every second payment is taken back in part, with due days out of order."""
    index = np.arange(rows)
    role = np.array([PRINCIPAL, COSTS, CREDIT, INTEREST, CREDIT, UNDO])[index % 6]
    amount = np.array([700, 40, -500, 10, -120, 90])[index % 6]
    due = 20_000 + index // 50 + (index * 7919) % 301 - 150
    target = np.where(role == UNDO, index + 1 - 1, 0)
    return build(np.full(rows, 7), 20_000 + index // 50, due, amount, role, target, index + 1, index)


def test_positions_of_one_very_long_tenancy_do_not_take_the_square_of_its_rows() -> None:
    positions(_long_ledger(600), 30_000)
    rows = 1_200_000
    portfolio = _long_ledger(rows)
    with no_square():
        found = positions(portfolio, 50_000)
    assert int(found.balance[0]) == int(portfolio.amount.sum())
    assert int(found.lines[0]) == rows


def test_positions_with_threads_equal_those_without() -> None:
    tenancies = np.repeat(np.arange(20_000), 12)
    index = np.arange(len(tenancies))
    role = np.where(index % 2 == 0, PRINCIPAL, CREDIT)
    amount = np.where(index % 2 == 0, 600, np.where(index % 7 == 0, -300, -600))
    day = 20_000 + 15 * (index % 12)
    portfolio = build(tenancies, day, day, amount, role, np.zeros(len(index)), index + 1)
    one, many = positions(portfolio, 20_100, threads=1), positions(portfolio, 20_100, threads=3)
    for name in type(one).__slots__:
        assert np.array_equal(getattr(one, name), getattr(many, name))


def test_columns_of_random_ledgers_reach_every_rule() -> None:
    """The comparison above means little unless the random ledgers hold what they should."""
    seen: set[str] = set()

    @settings(max_examples=250, deadline=None, derandomize=True, database=None)
    @given(ledgers())
    def look(facts: list[Fact]) -> None:
        book = reference.keep_book(facts, LAST + 40)
        by_entry = {f.entry: f for f in facts}
        points = reference.pointers(facts)
        chains = [by_entry[to].target for to in points.values() if by_entry[to].role == UNDO]
        seen.update({"redo"} if any(chains) else set())
        seen.update({"reopened"} if any(t.sign < 0 for t in book.touches) else set())
        seen.update({"partly"} if any(0 < t.taken_back < t.cents for t in book.touches) else set())
        seen.update({"waits"} if any(book.waiting.values()) else set())
        seen.update({"own charge"} if any(f.role == UNDO and f.entry in book.items for f in facts) else set())
        seen.update({"empty"} if not columns({7: facts})["day"] else set())

    look()
    assert seen == {"redo", "reopened", "partly", "waits", "own charge", "empty"}
