"""The plain sums that a made-up year is held against."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from tijdig.cli.lived.sums import REVERSAL, Entry, Owed, Plan, collected_on, short

RENT = 70_000
JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


def owed(*entries: tuple[int, int, date], on: date, target: int = 0) -> Owed:
    found = Owed()
    for number, (kind, cents, day) in enumerate(entries, 1):
        found.post(Entry(number, 7, kind, cents, day, day, target if kind == REVERSAL else 0))
    found.close(on)
    return found


def test_rent_of_today_is_not_overdue_today() -> None:
    assert owed((1, RENT, JANUARY), on=JANUARY).overdue_cents == 0
    later = owed((1, RENT, JANUARY), on=date(2026, 1, 2))
    assert (later.overdue_cents, later.since) == (RENT, JANUARY)


def test_a_part_moves_the_oldest_month_and_not_the_first_day_of_arrears() -> None:
    found = Owed()
    found.post(Entry(1, 7, 1, RENT, JANUARY, JANUARY))
    found.close(date(2026, 1, 2))
    found.post(Entry(2, 7, 1, RENT, FEBRUARY, FEBRUARY))
    found.post(Entry(3, 7, 4, -RENT, date(2026, 2, 2), date(2026, 2, 2)))
    found.close(date(2026, 2, 3))
    assert (found.overdue_cents, found.oldest_due(date(2026, 2, 3)), found.since) == (RENT, FEBRUARY, JANUARY)


def test_arrears_that_were_over_begin_anew() -> None:
    found = Owed()
    found.post(Entry(1, 7, 1, RENT, JANUARY, JANUARY))
    found.close(date(2026, 1, 2))
    found.post(Entry(2, 7, 4, -RENT, date(2026, 1, 9), date(2026, 1, 9)))
    found.close(date(2026, 1, 9))
    assert found.since is None
    found.post(Entry(3, 7, 1, RENT, FEBRUARY, FEBRUARY))
    found.close(date(2026, 2, 2))
    assert found.since == FEBRUARY


def test_a_debit_that_came_back_leaves_the_month_open() -> None:
    entries = ((1, RENT, JANUARY), (5, -RENT, date(2026, 1, 3)), (REVERSAL, RENT, date(2026, 1, 6)))
    assert owed(*entries, on=date(2026, 1, 7), target=2).overdue_cents == RENT


@given(some.lists(some.integers(-90_000, 90_000).filter(bool), max_size=12))
def test_what_is_overdue_is_what_was_due_less_what_came_and_never_below_zero(amounts: list[int]) -> None:
    found = owed(*((1 if one > 0 else 4, one, JANUARY) for one in amounts), on=FEBRUARY)
    assert found.balance_cents == sum(amounts)
    assert found.overdue_cents == max(0, sum(amounts))


def test_a_debit_in_a_weekend_runs_on_monday() -> None:
    assert collected_on(FEBRUARY, 28) == date(2026, 3, 2)
    assert collected_on(FEBRUARY, 31) == date(2026, 3, 2)
    assert collected_on(JANUARY, 5) == date(2026, 1, 5)


def test_a_plan_asks_its_terms_and_the_rent_beside_it_after_the_days_of_grace() -> None:
    found = owed((1, RENT, JANUARY), (1, RENT, FEBRUARY), on=date(2026, 2, 10))
    plan = Plan(1, 7, date(2026, 1, 20), 1, 3, ((date(2026, 2, 5), 10_000),))
    assert [short(plan, found, date(2026, 2, day)) for day in (4, 5, 8, 9)] == [0, RENT, RENT, RENT + 10_000]


def test_money_from_before_the_plan_does_not_pay_its_terms() -> None:
    entries = ((1, RENT, JANUARY), (4, -10_000, date(2026, 1, 15)), (4, -10_000, date(2026, 2, 5)))
    found = owed(*entries, on=date(2026, 2, 20))
    plan = Plan(1, 7, date(2026, 1, 20), 2, 3, ((date(2026, 2, 5), 10_000), (date(2026, 2, 12), 10_000)))
    assert short(plan, found, date(2026, 2, 10)) == 0
    assert short(plan, found, date(2026, 2, 16)) == 10_000


def test_money_that_went_back_opens_what_it_had_settled() -> None:
    """€ 600 of February settled January; when it goes back January is open again, also where € 600 came that day."""
    owed = Owed()
    owed.post(Entry(1, 7, 1, 60000, date(2026, 1, 1), date(2026, 1, 1)))
    owed.post(Entry(2, 7, 1, 60000, date(2026, 2, 1), date(2026, 2, 1)))
    owed.post(Entry(3, 7, 21, -60000, date(2026, 2, 2), date(2026, 2, 2)))
    assert owed.oldest_open(date(2026, 2, 3)) == date(2026, 2, 1)
    owed.post(Entry(4, 7, REVERSAL, 60000, date(2026, 2, 6), date(2026, 2, 6), 3))
    owed.post(Entry(5, 7, 20, -60000, date(2026, 2, 6), date(2026, 2, 6)))
    assert owed.oldest_open(date(2026, 2, 7)) == date(2026, 1, 1)
    assert owed.oldest_due(date(2026, 2, 7)) == date(2026, 2, 1)
