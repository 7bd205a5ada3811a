"""The rent of an earlier day: only the net rent falls back, never below, never above what was asked."""

from __future__ import annotations

from datetime import date

import pytest

from tijdig.arrears.older_rent import Asked, RentPart, fall_back, net_rent, steps

START, FIRST, SECOND = date(2022, 7, 1), date(2023, 7, 1), date(2024, 7, 1)
PARTS = [
    RentPart("NET", START, date(2023, 6, 30), 65_000),
    RentPart("NET", FIRST, date(2024, 6, 30), 68_000),
    RentPart("NET", SECOND, None, 70_000),
    RentPart("SER", START, None, 5_000),
]


@pytest.mark.parametrize(
    ("due_on", "asked", "at", "expected"),
    [
        (date(2024, 1, 1), 73_000, START, 70_000),  # net and service costs in one
        (date(2024, 1, 1), 68_000, START, 65_000),  # the net rent by itself
        (date(2024, 1, 1), 34_000, START, 32_500),  # half a month
        (date(2024, 1, 1), 10_001, START, 9_559),  # in the tenant's favour to the cent
        (date(2025, 1, 1), 75_000, FIRST, 73_000),  # back to the first increase only
        (date(2022, 8, 1), 70_000, START, 70_000),  # the starting rent itself
    ],
)
def test_the_net_rent_falls_back_and_the_rest_stays(
    due_on: date, asked: int, at: date, expected: int
) -> None:
    assert fall_back([Asked(4, due_on, asked)], PARTS, at).cents == {4: expected}


@pytest.mark.parametrize(("asked", "expected"), [(68_000, 65_000), (63_000, 60_000), (31_500, 30_000)])
def test_a_reduction_makes_no_month_less_than_whole(asked: int, expected: int) -> None:
    """Net rent 680 with 50 off: 630 is the whole month, with service costs 680; 315 is half of it."""
    parts = [*PARTS, RentPart("HUA", date(2024, 1, 1), date(2024, 3, 31), -5_000)]
    assert fall_back([Asked(4, date(2024, 2, 1), asked)], parts, START).cents == {4: expected}


def test_months_before_that_day_stay() -> None:
    assert fall_back([Asked(0, date(2023, 1, 1), 70_000)], PARTS, FIRST) == ({}, ())


def test_a_month_of_which_the_rent_is_not_known_is_named_and_stays() -> None:
    parts = [RentPart("NET", START, date(2022, 12, 31), 65_000)]
    assert fall_back([Asked(3, date(2023, 3, 1), 70_000)], parts, START) == ({}, (3,))


def test_a_rent_that_went_down_is_not_raised() -> None:
    parts = [RentPart("NET", START, date(2023, 6, 30), 65_000), RentPart("NET", FIRST, None, 60_000)]
    assert fall_back([Asked(0, date(2024, 1, 1), 60_000)], parts, START).cents == {0: 60_000}


def test_the_steps_are_told_once_each_the_starting_rent_first() -> None:
    same = [*PARTS, RentPart("NET", date(2025, 7, 1), None, 0)]
    assert steps(same) == [(START, 65_000), (FIRST, 68_000), (SECOND, 70_000)]
    assert net_rent(PARTS, date(2020, 1, 1)) is None
