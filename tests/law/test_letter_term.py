"""The fourteen-day term, by the days of the Supreme Court's examples."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.law.answer import NotKnown
from tijdig.law.conventions import Conventions, Weekend
from tijdig.law.holidays import is_rest_day
from tijdig.law.letter_term import fourteen_days

NO_EXTENSION = Conventions(weekend=Weekend.NO_EXTENSION)


def _day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("sent", "delivered", "last", "fee_from"),
    [
        ("03-02", "03-04", "03-18", "03-19"),
        ("03-06", "03-10", "03-24", "03-25"),
        ("03-05", "03-07", "03-23", "03-24"),  # ends on Saturday 21 March
        ("04-30", "05-02", "05-18", "05-19"),  # ends on Saturday 16 May
        ("04-16", "04-18", "05-04", "05-05"),  # ends on Saturday 2 May
        ("05-13", "05-19", "06-02", "06-03"),  # Ascension Day, an equated day, Sunday and Monday skipped
    ],
)
def test_the_days_of_a_term(sent: str, delivered: str, last: str, fee_from: str) -> None:
    found = fourteen_days(_day(sent))
    assert (found.delivered_on, found.last_day_on, found.fee_from_on) == (
        _day(delivered),
        _day(last),
        _day(fee_from),
    )
    assert not found.provisional


def test_without_extension_a_term_may_end_on_a_saturday() -> None:
    found = fourteen_days(_day("03-05"), NO_EXTENSION)
    assert (found.last_day_on, found.fee_from_on) == (_day("03-21"), _day("03-22"))


def test_a_day_of_receipt_that_is_known_takes_the_place_of_the_assumption() -> None:
    found = fourteen_days(_day("03-02"), delivered_on=_day("03-03"))
    assert (found.received, found.last_day_on) == (True, _day("03-17"))
    with pytest.raises(ValueError, match="verzonden"):
        fourteen_days(_day("03-02"), delivered_on=_day("03-01"))


@given(st.dates(date(2012, 7, 1), date(2060, 1, 1)))
def test_a_term_never_ends_on_a_rest_day_and_never_before_fourteen_whole_days(sent: date) -> None:
    found = fourteen_days(sent)
    assert not is_rest_day(found.last_day_on)
    assert found.delivered_on >= sent + timedelta(days=2)
    assert (found.last_day_on - found.first_day_on).days + 1 >= 14
    assert found.fee_from_on == found.last_day_on + timedelta(days=1)
    assert fourteen_days(sent, NO_EXTENSION).last_day_on <= found.last_day_on


def test_every_step_is_told_and_a_skipped_holiday_by_its_name() -> None:
    told = " ".join(step.sentence for step in fourteen_days(_day("05-13")).steps)
    assert "Hemelvaartsdag" in told and "dinsdag 19 mei 2026" in told
    assert {source.law for source in fourteen_days(_day("05-13")).sources} == {
        "artikel 6:96 lid 6 BW",
        "artikel 3 Algemene termijnenwet",
    }


def test_no_term_before_the_law_and_a_doubt_where_holidays_are_not_all_known() -> None:
    with pytest.raises(NotKnown):
        fourteen_days(date(2012, 6, 30))
    assert fourteen_days(date(2020, 5, 4)).provisional
    assert fourteen_days(date(2028, 12, 28)).provisional
