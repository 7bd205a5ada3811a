"""Pitfalls that arrears programs fall into, and the small rules on positions."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.arrears.ledgers import portfolio_of
from tests.arrears.reference import COSTS, CREDIT, INTEREST, PRINCIPAL, UNDO, Fact

from tijdig.arrears.imputation import NONE, Positions, positions
from tijdig.arrears.position import (
    Phase,
    days_in_arrears,
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


def _clocks(as_of: str, *facts: Fact) -> tuple[int, int]:
    """Days by the first clock and by the second."""
    stand = _stand(as_of, *facts)
    return int(days_overdue(stand)[0]), int(days_in_arrears(stand)[0])


def _monthly(count: int, cents: int = 60_000) -> list[Fact]:
    return [_rent(month, f"2026-{month:02}-01", cents) for month in range(1, count + 1)]


@pytest.mark.parametrize(
    ("as_of", "clocks"),
    [
        ("2026-01-01", (0, 0)),  # the due day itself
        ("2026-01-02", (1, 1)),
        ("2026-02-09", (39, 39)),
        ("2026-02-10", (9, 39 + 1)),  # January is paid while February is late: the arrears go on
        ("2026-03-10", (9, 68)),
        ("2026-04-10", (9, 99)),
    ],
)
def test_who_pays_a_month_late_each_month_is_never_long_behind_by_the_first_clock(
    as_of: str, clocks: tuple[int, int]
) -> None:
    paid = [_paid(10 + month, f"2026-{month:02}-10", 60_000) for month in range(2, 5)]
    assert _clocks(as_of, *_monthly(4), *paid) == clocks


def test_who_pays_a_little_each_month_is_reached_by_the_second_clock() -> None:
    """Half of the rent each month: the oldest month lags one behind for every two, the arrears stand since January."""
    paid = [_paid(20 + month, f"2026-{month:02}-03", 30_000) for month in range(1, 7)]
    facts = [*_monthly(6), *paid]
    assert [_clocks(day, *facts) for day in ("2026-03-31", "2026-06-30")] == [(58, 89), (90, 180)]


def test_arrears_end_when_nothing_is_overdue_and_begin_anew() -> None:
    january, february, march = _monthly(3)
    all_of_it = _paid(10, "2026-02-10", 120_000)
    assert _clocks("2026-02-20", january, february, all_of_it) == (0, 0)
    assert _clocks("2026-03-04", january, february, all_of_it, march) == (3, 3)


def test_who_pays_all_on_the_next_due_day_begins_anew() -> None:
    """On 1 February January is paid; February is due that day, and nobody is late on the due day."""
    january, february, _ = _monthly(3)
    paid = _paid(10, "2026-02-01", 60_000)
    assert _stand("2026-02-01", january, february, paid).arrears_since.tolist() == [NONE]
    assert _clocks("2026-02-20", january, february, paid) == (19, 19)


def test_a_payment_of_one_day_later_does_not_break_the_arrears() -> None:
    january, february, _ = _monthly(3)
    assert _clocks("2026-02-20", january, february, _paid(10, "2026-02-02", 60_000)) == (19, 50)


def test_a_reversal_makes_the_arrears_as_old_as_what_it_reopens() -> None:
    """January was paid in time and taken back on 20 March: it was due on 1 January, and so the arrears run."""
    january, february, march = _monthly(3)
    paid = _paid(10, "2026-01-05", 60_000)
    back = Fact(11, _day("2026-03-20"), 0, 60_000, UNDO, 10)
    before = (january, paid, february, _paid(12, "2026-02-03", 60_000), march)
    assert _clocks("2026-03-19", *before) == (18, 18)
    assert _clocks("2026-03-20", *before, back) == (78, 78)
    again = Fact(13, _day("2026-03-21"), 0, -60_000, CREDIT, 11)
    assert _clocks("2026-03-21", *before, back, again) == (
        20,
        79,
    )  # paid again; what is late was late with it


def test_a_payment_that_names_the_newest_month_leaves_the_oldest() -> None:
    january, february, _ = _monthly(3)
    paid = _paid(10, "2026-02-10", 60_000, target=2)
    assert _clocks("2026-02-20", january, february, paid) == (50, 50)
    assert _clocks("2026-02-20", january, february, _paid(10, "2026-02-10", 60_000, target=1)) == (19, 50)


def test_credit_that_waits_settles_the_next_rent_before_it_is_late() -> None:
    """Paid ahead: the rent of February falls short by € 100 and is late from 2 February, not from when it was paid."""
    january, february, _ = _monthly(3)
    facts = (_paid(10, "2025-12-20", 110_000), january, february)
    assert _clocks("2026-01-31", *facts) == (0, 0)
    assert _clocks("2026-02-04", *facts) == (3, 3)


def test_an_old_charge_that_becomes_known_late_makes_the_arrears_older() -> None:
    late = Fact(9, _day("2026-02-15"), _day("2025-11-01"), 5_000, PRINCIPAL)
    assert _clocks("2026-02-14", *_monthly(2), late) == (44, 44)
    assert _clocks("2026-02-15", *_monthly(2), late) == (106, 106)
    paid = _paid(10, "2026-02-16", 5_000)
    assert _clocks("2026-02-16", *_monthly(2), late, paid) == (46, 107)


@pytest.mark.parametrize(
    ("as_of", "next_due"),
    [("2026-01-01", "2026-01-01"), ("2026-01-02", "2026-03-01"), ("2026-03-02", ""), ("2025-12-31", "")],
)
def test_the_next_due_day_is_the_first_that_is_not_over(as_of: str, next_due: str) -> None:
    ahead = Fact(2, _day("2026-01-01"), _day("2026-03-01"), 60_000, PRINCIPAL)
    stand = _stand(as_of, _rent(1, "2026-01-01"), ahead)
    assert stand.next_due.tolist() == [_day(next_due) if next_due else NONE]


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
