"""The theorem of the checkpoint on random ledgers, and each reason to walk from the start."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.arrears.ledgers import FIRST, LAST, as_dict, columns, ledgers, portfolio_of
from tests.arrears.reference import CREDIT, PRINCIPAL, UNDO, Fact

from tijdig.arrears.checkpoint import Later, needs_full, open_rows, positions_since
from tijdig.arrears.imputation import NONE, positions


def _later(tenancies: dict[int, list[Fact]], day: int) -> Later:
    found = columns(tenancies)
    after = np.array(found["day"], np.int64) > day
    return Later(**{name: np.array(values, np.int64)[after] for name, values in found.items()})


@settings(max_examples=200, deadline=None, derandomize=True)
@given(ledgers(most=10), ledgers(most=10), st.integers(FIRST, LAST))
def test_positions_since_checkpoint_equal_full_walk_on_every_later_day(
    one: list[Fact], other: list[Fact], day: int
) -> None:
    tenancies = {7: one, 8: other}
    portfolio, later = portfolio_of(tenancies), _later(tenancies, day)
    checkpoint = open_rows(portfolio, day)
    full = needs_full(checkpoint, later)
    for as_of in sorted({day, day + 1, LAST + 40} | {f.day for f in one + other if f.day > day}):
        short, long = positions_since(checkpoint, later, as_of), positions(portfolio, as_of)
        for place in np.flatnonzero(~full):
            assert as_dict(short, place) == as_dict(long, place)


PAID = [
    Fact(1, 10, 10, 100, PRINCIPAL),
    Fact(2, 12, 12, -100, CREDIT),
    Fact(3, 20, 20, 100, PRINCIPAL),
    Fact(4, 22, 22, -60, CREDIT),
]


def _needs_full(fact: Fact, day: int) -> bool:
    tenancies = {7: [*PAID, fact]}
    later = _later({7: [fact]}, -1)
    return bool(needs_full(open_rows(portfolio_of(tenancies), day), later)[0])


def test_open_rows_hold_only_what_is_open() -> None:
    checkpoint = open_rows(portfolio_of({7: PAID}), 25)
    assert checkpoint.rows.amount.tolist() == [40]
    assert (checkpoint.rows.day.tolist(), checkpoint.rows.due.tolist()) == ([20], [20])
    assert checkpoint.whole.tolist() == [False]
    assert (checkpoint.last_payment_day.tolist(), checkpoint.lines.tolist()) == ([22], [4])


@pytest.mark.parametrize(
    ("fact", "day", "expected"),
    [
        (Fact(5, 30, 30, -40, CREDIT), 25, False),
        (Fact(5, 30, 30, 100, UNDO, 2), 25, True),  # takes back a payment from before
        (Fact(5, 30, 30, -40, CREDIT, 3), 25, True),  # names a month that is open in part
        (Fact(5, 30, 30, -40, CREDIT, 3), 21, False),  # names a month that is open whole
        (Fact(5, 24, 24, -40, CREDIT), 25, True),  # came late: effective before the checkpoint
    ],
)
def test_needs_full_where_a_later_row_reaches_back(fact: Fact, day: int, expected: bool) -> None:
    assert _needs_full(fact, day) is expected


def test_random_checkpoints_are_mostly_of_use() -> None:
    """Without this, `needs_full` could say yes to everything and the theorem would hold for nothing."""
    used: list[bool] = []

    @settings(max_examples=150, deadline=None, derandomize=True, database=None)
    @given(ledgers(most=10), st.integers(FIRST, LAST))
    def look(facts: list[Fact], day: int) -> None:
        later = _later({7: facts}, day)
        used.append(not needs_full(open_rows(portfolio_of({7: facts}), day), later)[0] and len(later.day) > 0)

    look()
    assert sum(used) > len(used) // 4


def test_positions_since_refuses_a_day_before_the_checkpoint() -> None:
    with pytest.raises(ValueError, match="before"):
        positions_since(open_rows(portfolio_of({7: PAID}), 25), _later({7: PAID}, 25), 24)


PART_PAYER = [
    Fact(1, 10, 10, 100, PRINCIPAL),
    Fact(2, 20, 20, 100, PRINCIPAL),
    Fact(3, 25, 25, -100, CREDIT),
    Fact(4, 30, 30, 100, PRINCIPAL),
    Fact(5, 35, 35, -100, CREDIT),
]


@pytest.mark.parametrize("day", [15, 24, 25, 29, 33, 35])
def test_a_checkpoint_keeps_since_when_the_arrears_run(day: int) -> None:
    """What began the arrears is paid and not among the open rows; the day on which they began is."""
    tenancies = {7: PART_PAYER}
    checkpoint = open_rows(portfolio_of(tenancies), day)
    assert checkpoint.arrears_since.tolist() == [10]
    later = positions_since(checkpoint, _later(tenancies, day), 40)
    assert (later.arrears_since.tolist(), later.oldest_due.tolist()) == ([10], [30])


def test_arrears_that_ended_before_the_checkpoint_do_not_come_back() -> None:
    tenancies = {7: [*PART_PAYER[:3], Fact(4, 26, 26, -100, CREDIT), Fact(5, 30, 30, 100, PRINCIPAL)]}
    checkpoint = open_rows(portfolio_of(tenancies), 28)
    assert checkpoint.arrears_since.tolist() == [NONE]
    assert positions_since(checkpoint, _later(tenancies, 28), 40).arrears_since.tolist() == [30]


def test_arrears_that_end_after_the_checkpoint_end() -> None:
    tenancies = {7: [*PART_PAYER, Fact(6, 36, 36, -100, CREDIT), Fact(7, 50, 50, 100, PRINCIPAL)]}
    checkpoint = open_rows(portfolio_of(tenancies), 33)
    found = [
        positions_since(checkpoint, _later(tenancies, 33), day).arrears_since.tolist()[0]
        for day in (35, 36, 50, 51)
    ]
    assert found == [10, NONE, NONE, 50]
