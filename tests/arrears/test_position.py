"""Pitfalls that arrears programs fall into, and the small rules on positions."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.arrears.ledgers import portfolio_of
from tests.arrears.reference import COSTS, CREDIT, INTEREST, PRINCIPAL, UNDO, Fact

from tijdig.arrears.imputation import Positions, positions
from tijdig.arrears.position import (
    Phase,
    days_overdue,
    phase_label,
    phases,
    rent_months,
    whole_months_open,
)
from tijdig.base.days import day_number, whole_months


def _day(text: str) -> int:
    return day_number(date.fromisoformat(text))


def _stand(as_of: str, *facts: Fact) -> Positions:
    return positions(portfolio_of({7: list(facts)}), _day(as_of))


def _rent(entry: int, day: str, cents: int = 60_000) -> Fact:
    return Fact(entry, _day(day), _day(day), cents, PRINCIPAL)


def _paid(entry: int, day: str, cents: int, target: int = 0) -> Fact:
    return Fact(entry, _day(day), _day(day), -cents, CREDIT, target)


@pytest.mark.parametrize(("as_of", "overdue", "days"), [("2026-03-01", 0, 0), ("2026-03-02", 60_000, 1)])
def test_rent_is_not_overdue_on_the_due_day_itself(as_of: str, overdue: int, days: int) -> None:
    stand = _stand(as_of, _rent(1, "2026-03-01"))
    assert (stand.overdue.tolist(), days_overdue(stand).tolist()) == ([overdue], [days])


def test_part_payment_moves_the_oldest_open_month() -> None:
    facts = [_rent(1, "2026-01-01"), _rent(2, "2026-02-01"), _paid(3, "2026-02-10", 90_000)]
    stand = _stand("2026-02-11", *facts)
    assert stand.oldest_due.tolist() == [_day("2026-02-01")]
    assert (stand.overdue.tolist(), stand.due_months.tolist()) == ([30_000], [1])


def test_interest_and_costs_stay_after_the_principal_is_paid_by_name() -> None:
    day = _day("2026-01-10")
    facts = [_rent(1, "2026-01-01"), Fact(2, day, day, 4_840, COSTS), Fact(3, day, day, 110, INTEREST)]
    stand = _stand("2026-02-01", *facts, _paid(4, "2026-01-20", 60_000, target=1))
    assert stand.overdue_by_role.tolist() == [[4_840, 110, 0]]


def test_payment_cannot_settle_what_came_after_it_before_what_was_there() -> None:
    """A charge that becomes known later but was due earlier does not take back what an earlier payment
    settled.
    """
    late = Fact(3, _day("2026-03-01"), _day("2025-12-01"), 60_000, PRINCIPAL)
    stand = _stand("2026-03-02", _rent(1, "2026-01-01"), _paid(2, "2026-01-05", 60_000), late)
    assert (stand.oldest_due.tolist(), stand.overdue.tolist()) == ([_day("2025-12-01")], [60_000])


def test_reversal_reopens_with_the_due_day_of_the_month_itself() -> None:
    back = Fact(3, _day("2026-03-04"), _day("2026-03-04"), 60_000, UNDO, 2)
    stand = _stand("2026-03-04", _rent(1, "2026-02-01"), _paid(2, "2026-02-25", 60_000), back)
    assert stand.oldest_due.tolist() == [_day("2026-02-01")]
    assert stand.overdue.tolist() == [60_000]
    assert stand.last_reversal_day.tolist() == [_day("2026-03-04")]


def test_twelve_months_open_are_twelve_items_in_one_position() -> None:
    stand = _stand("2026-01-31", *(_rent(m, f"2025-{m:02}-01") for m in range(1, 13)))
    assert (stand.overdue_items.tolist(), stand.due_months.tolist()) == ([12], [12])
    assert whole_months_open(stand).tolist() == [12]


def test_due_months_counts_a_month_once_also_across_kinds() -> None:
    costs = Fact(2, _day("2026-01-31"), _day("2026-01-31"), 4_840, COSTS)
    stand = _stand(
        "2026-03-15", _rent(1, "2026-01-01"), costs, _rent(3, "2026-03-01"), _rent(4, "1969-12-31")
    )
    assert (stand.overdue_items.tolist(), stand.due_months.tolist()) == ([4], [3])


@pytest.mark.parametrize("due", ["2025-01-31", "2024-02-29", "2026-02-28", "2026-02-15", "1969-11-30"])
@pytest.mark.parametrize("as_of", ["2026-02-28", "2026-03-01", "2026-03-30", "2026-03-31"])
def test_whole_months_open_equal_those_of_the_calendar_rule(due: str, as_of: str) -> None:
    stand = _stand(as_of, _rent(1, due))
    expected = whole_months(date.fromisoformat(due), date.fromisoformat(as_of))
    assert whole_months_open(stand).tolist() == [expected]


@pytest.mark.parametrize(
    ("overdue", "rent", "expected"),
    [(119_999, 60_000, 199), (120_000, 60_000, 200), (0, 60_000, 0), (5, -1, -1), (5, 0, -1)],
)
def test_rent_months_round_down_and_unknown_rent_is_not_zero(overdue: int, rent: int, expected: int) -> None:
    assert rent_months(np.array([overdue]), np.array([rent])).tolist() == [expected]


@pytest.mark.parametrize(
    ("paid", "rent", "as_of", "phase"),
    [
        (60_000, 60_000, "2026-01-20", Phase.NOTHING),
        (60_001, 60_000, "2026-01-20", Phase.CREDIT),
        (1, 60_000, "2026-01-01", Phase.NOT_DUE),
        (1, 60_000, "2026-01-20", Phase.UNDER_ONE),
        (10_000, 50_000, "2026-01-20", Phase.ONE_TO_TWO),
        (10_000, 25_000, "2026-01-20", Phase.TWO_TO_THREE),
        (10_000, 5_000, "2026-01-20", Phase.THREE_OR_MORE),
        (10_000, -1, "2026-01-20", Phase.RENT_UNKNOWN),
        (60_000, -1, "2026-01-20", Phase.NOTHING),
    ],
)
def test_phases_go_by_months_of_rent(paid: int, rent: int, as_of: str, phase: Phase) -> None:
    stand = _stand(as_of, _rent(1, "2026-01-01"), _paid(2, "2026-01-01", paid))
    assert phases(stand, np.array([rent])).tolist() == [phase]


def test_the_phase_of_a_departed_tenant_says_so() -> None:
    assert phase_label(Phase.UNDER_ONE, departed=False) == "minder dan 1 maand huur"
    assert phase_label(Phase.UNDER_ONE, departed=True) == "vertrokken: minder dan 1 maand huur"
