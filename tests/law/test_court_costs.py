"""Court fee, salary and bailiff's acts by day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tijdig.law.answer import NotKnown
from tijdig.law.court_costs import (
    Person,
    after_costs,
    bailiff_act,
    court_fee,
    eviction_salary,
    points_of,
    representative_salary,
)


@pytest.mark.parametrize(
    ("claim_cents", "on", "fee_cents", "provisional"),
    [
        (2_100_00, date(2026, 5, 1), 397_00, False),
        (500_00, date(2026, 5, 1), 139_00, False),
        (500_01, date(2026, 5, 1), 350_00, False),
        (12_500_01, date(2026, 5, 1), 1_504_00, False),
        (None, date(2026, 5, 1), 139_00, False),
        (2_100_00, date(2023, 12, 31), 365_00, False),
        (2_100_00, date(2019, 6, 1), 486_00, False),
        (2_100_00, date(2025, 6, 1), 385_00, True),
        (2_100_00, date(2027, 1, 1), 397_00, True),
    ],
)
def test_the_court_fee(claim_cents: int | None, on: date, fee_cents: int, provisional: bool) -> None:
    found = court_fee(claim_cents, on)
    assert (found.total_cents, found.provisional) == (fee_cents, provisional)


def test_the_court_fee_of_a_person() -> None:
    assert court_fee(2_100_00, date(2026, 5, 1), Person.NATURAL).total_cents == 265_00
    assert court_fee(2_100_00, date(2026, 5, 1), Person.LOW_INCOME).total_cents == 93_00
    with pytest.raises(NotKnown):
        court_fee(2_100_00, date(2025, 5, 1), Person.NATURAL)
    with pytest.raises(NotKnown):
        court_fee(2_100_00, date(2019, 5, 1), Person.LOW_INCOME)


def test_the_salary_of_the_representative() -> None:
    on = date(2026, 5, 1)
    assert representative_salary(2_415_00, on, Fraction(2)).total_cents == 434_00
    assert representative_salary(2_500_01, on, Fraction(2)).total_cents == 506_00
    assert representative_salary(250_00, on, Fraction(9)).total_cents == 129_00  # at most three points
    assert after_costs(2_415_00, on).total_cents == 108_50
    assert after_costs(50_000_00, on).total_cents == 144_00
    assert eviction_salary(on).total_cents == 217_00
    assert representative_salary(2_100_00, date(2026, 1, 31), Fraction(1)).total_cents == 204_00


def test_costs_after_the_judgment_are_in_doubt_where_their_maximum_is_not_confirmed() -> None:
    assert after_costs(2_415_00, date(2024, 5, 1)).provisional
    assert not representative_salary(2_415_00, date(2024, 5, 1), Fraction(1)).provisional
    with pytest.raises(NotKnown):
        after_costs(2_415_00, date(2020, 5, 1))


def test_points() -> None:
    points, doubts = points_of({"summons": 1, "hearing": 1, "reply": 1}, date(2026, 5, 1))
    assert (points, [doubt.code for doubt in doubts]) == (Fraction(5, 2), ["unconfirmed"])


@pytest.mark.parametrize(
    ("code", "on", "tariff_cents", "provisional"),
    [
        ("a", date(2020, 1, 1), 83_38, False),
        ("b", date(2021, 7, 1), 108_71, False),
        ("a", date(2022, 6, 1), 103_33, True),  # a second table came into use in that year
        ("j", date(2023, 3, 1), 157_17, False),
        ("a", date(2024, 6, 1), 112_37, False),
        ("v", date(2024, 6, 1), 288_68, True),
        ("a", date(2025, 6, 1), 119_40, True),
    ],
)
def test_the_acts_of_the_bailiff(code: str, on: date, tariff_cents: int, provisional: bool) -> None:
    found = bailiff_act(code, on)
    assert (found.total_cents, found.provisional) == (tariff_cents, provisional)


def test_what_cannot_be_asked() -> None:
    for code, on in (
        ("b", date(2025, 6, 1)),
        ("a", date(2026, 6, 1)),
        ("a", date(2019, 1, 1)),
        ("j", date(2024, 6, 1)),
    ):
        with pytest.raises(NotKnown):
            bailiff_act(code, on)
    with pytest.raises(ValueError, match="bestaat niet"):
        bailiff_act("q", date(2024, 6, 1))
    with pytest.raises(ValueError, match="lager zijn dan nul"):
        court_fee(-1, date(2026, 1, 1))
    with pytest.raises(ValueError, match="punten"):
        representative_salary(100, date(2026, 3, 1), Fraction(0))
