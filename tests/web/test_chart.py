"""The staircase of one account's balance."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tijdig.web.chart import BOTTOM, LEFT, RIGHT, TOP, ChartSvg, Tick, chart


def drawn(points: list[tuple[date, int]], until: date | None = None) -> ChartSvg:
    made = chart(points, until)
    assert made is not None
    return made


def test_no_points_draws_nothing() -> None:
    assert chart([], date(2026, 11, 20)) is None


def test_one_step_is_flat_then_up_then_flat() -> None:
    made = drawn([(date(2026, 1, 1), 0), (date(2026, 1, 11), 40000)], date(2026, 1, 21))
    middle = (LEFT + RIGHT) // 2
    assert made.line == f"M{LEFT} {BOTTOM}H{middle}V{TOP}H{RIGHT}"
    assert made.area == f"M{LEFT} {BOTTOM}H{middle}V{TOP}H{RIGHT}V{BOTTOM}H{LEFT}Z"
    assert (made.end_x, made.end_y, made.zero_y) == (RIGHT, TOP, BOTTOM)


def test_marks_are_round_amounts_and_hold_zero() -> None:
    made = drawn([(date(2026, 1, 1), 0), (date(2026, 2, 1), 64205)])
    assert [tick.label for tick in made.y_ticks] == [
        "€\u00a00",
        "€\u00a0200",
        "€\u00a0400",
        "€\u00a0600",
        "€\u00a0800",
    ]
    assert (made.y_ticks[0].at, made.y_ticks[-1].at) == (BOTTOM, TOP)


def test_credit_goes_below_zero() -> None:
    made = drawn([(date(2026, 1, 1), 50000), (date(2026, 2, 1), -50000)])
    assert [tick.label for tick in made.y_ticks] == ["€\u00a0-500", "€\u00a00", "€\u00a0500"]
    assert made.zero_y == BOTTOM - (BOTTOM - TOP) // 2
    assert made.end_y == BOTTOM


def test_nothing_owed_has_an_empty_scale_to_a_hundred() -> None:
    made = drawn([(date(2026, 1, 1), 0)], date(2026, 6, 1))
    assert [tick.label for tick in made.y_ticks] == ["€\u00a00", "€\u00a050", "€\u00a0100"]
    assert made.line == f"M{LEFT} {BOTTOM}H{RIGHT}"


@pytest.mark.parametrize("high", [1, 99, 100, 101, 12345, 64205, 999_999, 10_000_000, 123_456_789_00])
def test_scale_never_has_more_than_five_marks(high: int) -> None:
    ticks = drawn([(date(2026, 1, 1), 0), (date(2026, 1, 2), high)]).y_ticks
    assert 2 <= len(ticks) <= 5
    assert ticks[0].label == "€\u00a00"


def test_months_are_marked_on_their_first_day() -> None:
    made = drawn([(date(2026, 1, 1), 0), (date(2026, 3, 1), 100)], date(2026, 3, 31))
    assert [tick.label for tick in made.x_ticks] == ["01-2026", "02-2026", "03-2026"]
    assert made.x_ticks[0].at == LEFT


@pytest.mark.parametrize(("years", "labels"), [(1, 6), (2, 4), (8, 4), (30, 6)])
def test_long_stretches_keep_few_marks(years: int, labels: int) -> None:
    ticks = drawn([(date(2000, 3, 15), 0)], date(2000 + years, 3, 14)).x_ticks
    assert len(ticks) == labels


def test_short_stretch_marks_both_ends() -> None:
    made = drawn([(date(2026, 11, 3), 0), (date(2026, 11, 5), 100)], date(2026, 11, 20))
    assert made.x_ticks == [Tick(LEFT, "03-11-2026"), Tick(RIGHT, "20-11-2026")]


def test_single_day_marks_that_day() -> None:
    assert drawn([(date(2026, 11, 3), 5)]).x_ticks == [Tick(LEFT, "03-11-2026")]


def test_description_has_first_last_highest_and_lowest() -> None:
    start = date(2026, 1, 1)
    made = drawn(
        [(start + timedelta(days=at), cents) for at, cents in enumerate([10, 500, -20, 30])], date(2026, 2, 1)
    )
    assert (made.first_on, made.first_cents) == (start, 10)
    assert (made.last_on, made.last_cents) == (date(2026, 2, 1), 30)
    assert (made.highest_on, made.highest_cents) == (date(2026, 1, 2), 500)
    assert (made.lowest_on, made.lowest_cents) == (date(2026, 1, 3), -20)
    assert made.changes == 3


def test_day_after_until_stretches_the_line() -> None:
    assert drawn([(date(2026, 1, 1), 0), (date(2026, 5, 1), 1)], date(2026, 3, 1)).last_on == date(2026, 5, 1)


@pytest.mark.parametrize("second", [date(2026, 1, 1), date(2025, 12, 31)])
def test_days_that_do_not_rise_raise(second: date) -> None:
    with pytest.raises(ValueError, match="must rise"):
        chart([(date(2026, 1, 1), 0), (second, 1)])
