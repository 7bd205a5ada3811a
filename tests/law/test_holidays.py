"""Holidays by rule, held against calendars that are public knowledge."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.law.answer import NotKnown
from tijdig.law.holidays import (
    doubts_between,
    extended,
    holiday_name,
    holidays,
    is_holiday,
    is_rest_day,
)


def test_the_holidays_of_2026() -> None:
    found = [(one.day.strftime("%m-%d"), one.name) for one in holidays(2026)]
    assert found == [
        ("01-01", "Nieuwjaarsdag"),
        ("01-02", "gelijkgestelde dag"),
        ("04-03", "Goede Vrijdag"),
        ("04-06", "tweede Paasdag"),
        ("04-27", "Koningsdag"),
        ("05-05", "Bevrijdingsdag"),
        ("05-14", "Hemelvaartsdag"),
        ("05-15", "gelijkgestelde dag"),
        ("05-25", "tweede Pinksterdag"),
        ("12-25", "eerste Kerstdag"),
        ("12-26", "tweede Kerstdag"),
    ]


@pytest.mark.parametrize(
    "day",
    [date(2013, 4, 30), date(2006, 4, 29), date(2014, 4, 26), date(2015, 4, 27), date(2025, 4, 26)],
)
def test_the_birthday_of_the_monarch_moves_off_a_sunday(day: date) -> None:
    assert holiday_name(day) in ("Koningsdag", "Koninginnedag")


@pytest.mark.parametrize("day", [date(2006, 4, 30), date(2014, 4, 27), date(2014, 4, 30), date(2013, 4, 27)])
def test_and_is_then_not_on_its_own_day(day: date) -> None:
    assert not is_holiday(day)


def test_liberation_day_is_a_holiday_every_year_also_on_ascension_day() -> None:
    assert all(is_holiday(date(year, 5, 5)) for year in range(1999, 2051))
    assert holiday_name(date(2016, 5, 5)) == "Bevrijdingsdag"


def test_a_rest_day_moves_to_the_next_day_that_is_none() -> None:
    assert extended(date(2026, 4, 3)) == date(2026, 4, 7)  # Good Friday, weekend, Easter Monday
    assert extended(date(2026, 12, 25)) == date(2026, 12, 28)
    assert extended(date(2026, 3, 18)) == date(2026, 3, 18)


@given(st.dates(date(1999, 1, 1), date(2060, 12, 1)))
def test_what_is_extended_is_no_rest_day_and_not_earlier(day: date) -> None:
    found = extended(day)
    assert found >= day and not is_rest_day(found)
    assert (found == day) is not is_rest_day(day)


def test_years_before_the_rules_are_not_known() -> None:
    with pytest.raises(NotKnown):
        holidays(1998)


def test_equated_days_are_in_doubt_outside_the_years_that_are_known() -> None:
    assert doubts_between(date(2026, 3, 1), date(2026, 4, 1)) == ()
    assert [one.code for one in doubts_between(date(2020, 5, 1), date(2020, 6, 1))] == ["unconfirmed"]
    assert [one.code for one in doubts_between(date(2029, 1, 1), date(2029, 2, 1))] == ["after_known"]
