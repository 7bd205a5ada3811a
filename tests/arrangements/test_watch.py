"""Kept, late, broken, repaired: told by days, and what holds for any agreement with any money."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tijdig.arrangements.kinds import Kept
from tijdig.arrangements.watch import Duty, Money, Pause, watch

GRACE = 3
TERMS = [
    Duty(date(2026, 10, 25), 5_000, 1),
    Duty(date(2026, 11, 25), 5_000, 2),
    Duty(date(2026, 12, 25), 5_000, 3),
]
RENTS = [Duty(date(2026, 11, 1), 70_000), Duty(date(2026, 12, 1), 70_000)]
DUTIES = [*TERMS, *RENTS]
PAID = [Money(date(2026, 10, 24), 5_000), Money(date(2026, 10, 30), 70_000)]


def _day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("as_of", "kept", "short"),
    [
        ("2026-11-25", Kept.KEPT, 0),  # the due day itself
        ("2026-11-26", Kept.LATE, 5_000),
        ("2026-11-28", Kept.LATE, 5_000),  # the last day of grace
        ("2026-11-29", Kept.BROKEN, 5_000),
        ("2026-12-04", Kept.BROKEN, 75_000),
    ],
)
def test_a_term_that_does_not_come(as_of: str, kept: Kept, short: int) -> None:
    found = watch(DUTIES, PAID, _day(as_of), GRACE)
    assert (found.kept, found.short_cents) == (kept, short)
    assert found.broken_on == (_day("2026-11-29") if kept is Kept.BROKEN else None)
    assert found.late_since == (None if kept is Kept.KEPT else _day("2026-11-25"))


def test_rent_that_is_paid_on_its_day_pays_nothing_off() -> None:
    paid = [*PAID, Money(_day("2026-11-25"), 5_000), Money(_day("2026-12-01"), 70_000)]
    assert watch(DUTIES, paid, _day("2026-12-01"), GRACE).kept is Kept.KEPT
    assert (
        watch(DUTIES, [*paid, Money(_day("2026-12-01"), 5_000)], _day("2026-12-01"), GRACE).kept is Kept.DONE
    )


def test_a_break_says_what_was_due_and_what_came() -> None:
    (broken,) = watch(DUTIES, [*PAID, Money(_day("2026-11-20"), 2_000)], _day("2026-11-29"), GRACE).breaks
    assert (broken.broken_on, broken.duty, broken.asked_cents, broken.came_cents) == (
        _day("2026-11-29"), TERMS[1], 80_000, 77_000,
    )  # fmt: skip
    assert broken.short_cents == 3_000


@pytest.mark.parametrize(
    ("paid_on", "kept", "breaks"),
    [
        ("2026-11-28", Kept.KEPT, []),  # within the grace
        ("2026-11-29", Kept.KEPT, [("2026-11-29", "2026-11-29")]),  # a day late, repaired the same day
        ("2026-11-30", Kept.KEPT, [("2026-11-29", "2026-11-30")]),
    ],
)
def test_money_that_comes_late_repairs_a_break_and_the_break_stays_told(
    paid_on: str, kept: Kept, breaks: list[tuple[str, str]]
) -> None:
    found = watch(DUTIES, [*PAID, Money(_day(paid_on), 5_000)], _day("2026-11-30"), GRACE)
    assert found.kept is kept
    assert [(str(one.broken_on), str(one.repaired_on)) for one in found.breaks] == breaks


def test_the_rent_is_paid_beside_it() -> None:
    """The term came, the rent of November did not."""
    found = watch(DUTIES, [Money(_day("2026-10-24"), 5_000)], _day("2026-11-05"), GRACE)
    assert (found.kept, found.breaks[0].duty) == (Kept.BROKEN, RENTS[0])


def test_money_that_goes_back_breaks_it_that_day() -> None:
    came = [
        *PAID,
        Money(_day("2026-11-20"), 5_000),
        Money(_day("2026-12-10"), -5_000),
        Money(_day("2026-12-01"), 70_000),
    ]
    assert watch(DUTIES, came, _day("2026-12-09"), GRACE).kept is Kept.KEPT
    found = watch(DUTIES, came, _day("2026-12-10"), GRACE)
    assert (found.kept, found.broken_on, found.breaks[-1].duty) == (Kept.BROKEN, _day("2026-12-10"), RENTS[1])


def test_who_paid_all_is_done_before_the_last_term() -> None:
    found = watch(DUTIES, [*PAID, Money(_day("2026-11-03"), 10_000)], _day("2026-11-04"), GRACE)
    assert found.kept is Kept.DONE
    assert found.next == TERMS[1]
    later = watch(DUTIES, [*PAID, Money(_day("2026-11-03"), 10_000)], _day("2026-12-02"), GRACE)
    assert later.kept is Kept.LATE  # the rent of December


def test_while_frozen_no_term_is_asked_and_the_rent_goes_on() -> None:
    pause = [Pause(_day("2026-11-20"), _day("2027-01-10"))]
    frozen = watch(DUTIES, [*PAID, Money(_day("2026-12-01"), 70_000)], _day("2027-01-05"), GRACE, pause)
    assert frozen.kept is Kept.KEPT
    assert frozen.next == Duty(_day("2027-01-11"), 5_000, 2)
    without_rent = watch(DUTIES, PAID, _day("2026-12-05"), GRACE, pause)
    assert (without_rent.kept, without_rent.breaks[0].duty) == (Kept.BROKEN, RENTS[1])


def test_two_breaks_are_two() -> None:
    came = [*PAID, Money(_day("2026-11-30"), 5_000), Money(_day("2026-12-02"), 70_000)]
    found = watch(DUTIES, came, _day("2026-12-31"), GRACE)
    assert [str(one.broken_on) for one in found.breaks] == ["2026-11-29", "2026-12-29"]
    assert [one.repaired_on is None for one in found.breaks] == [False, True]


def test_nothing_agreed_is_done() -> None:
    assert watch([], [], _day("2026-12-31"), GRACE).kept is Kept.DONE


# -- on any agreement -------------------------------------------------------------------------------------------

START = date(2026, 10, 20)
_days = st.integers(0, 90).map(lambda days: START + timedelta(days=days))
_duties = st.lists(st.builds(Duty, _days, st.integers(1, 9), st.integers(0, 1)), max_size=8)
_money = st.lists(st.builds(Money, _days, st.integers(-6, 12).filter(bool)), max_size=8)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(_duties, _money, _days, st.integers(0, 6))
def test_it_is_broken_exactly_where_the_sums_of_some_day_say_so(
    duties: list[Duty], money: list[Money], as_of: date, grace: int
) -> None:
    """The rule again, told slowly: day by day, without looking for the days on which something changes."""
    broken_since: date | None = None
    day = START
    while day <= as_of:
        asked = sum(one.cents for one in duties if one.due_on + timedelta(days=grace) < day)
        for until in (day - timedelta(days=1), day):
            came = sum(one.cents for one in money if one.on <= until)
            if asked <= came or not asked:
                broken_since = None
            elif broken_since is None:
                broken_since = day
        day += timedelta(days=1)
    found = watch(duties, money, as_of, grace)
    assert found.broken_on == broken_since
    assert (found.kept is Kept.BROKEN) == (broken_since is not None)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(_duties, _money, _days, _days, st.integers(1, 9))
def test_more_money_never_makes_it_worse(
    duties: list[Duty], money: list[Money], as_of: date, on: date, cents: int
) -> None:
    order = [Kept.BROKEN, Kept.LATE, Kept.KEPT, Kept.DONE]
    without, more = (
        watch(duties, money, as_of, GRACE),
        watch(duties, [*money, Money(on, cents)], as_of, GRACE),
    )
    assert order.index(more.kept) >= order.index(without.kept)
    assert len(more.breaks) <= len(without.breaks) + sum(one.cents < 0 for one in money)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(_duties, _money, _days, st.integers(0, 6))
def test_longer_grace_breaks_no_earlier(
    duties: list[Duty], money: list[Money], as_of: date, grace: int
) -> None:
    strict, mild = watch(duties, money, as_of, grace), watch(duties, money, as_of, grace + 1)
    if mild.broken_on and not any(one.cents < 0 for one in money):
        assert strict.broken_on and strict.broken_on <= mild.broken_on
