"""Every day of a term is named once, and the days that do not count say so."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tijdig.law.conventions import Conventions, Weekend
from tijdig.law.letter_term import fourteen_days
from tijdig.law.term_calendar import weeks

SENT = st.dates(date(2023, 1, 1), date(2028, 11, 30))


def _kinds(sent_on: date, delivered_on: date | None = None) -> dict[date, str]:
    term = fourteen_days(sent_on, delivered_on=delivered_on)
    return {one.day: one.kind for week in weeks(term) for one in week if one.kind != "outside"}


def test_a_letter_sent_on_a_friday_skips_sunday_and_monday() -> None:
    kinds = _kinds(date(2026, 3, 6))
    assert [kinds[date(2026, 3, day)] for day in (6, 7, 8, 9, 10, 11, 23, 24, 25)] == [
        "sent", "way", "skipped", "skipped", "delivered", "term", "term", "last", "fee",
    ]  # fmt: skip


def test_a_rest_day_at_the_end_extends_the_term() -> None:
    kinds = _kinds(date(2026, 4, 30))  # day 14 is a Saturday
    assert [kinds[date(2026, 5, day)] for day in (16, 17, 18, 19)] == ["term", "extended", "last", "fee"]


def test_a_holiday_has_its_name() -> None:
    days = {one.day: one for week in weeks(fourteen_days(date(2026, 5, 1))) for one in week}
    assert (days[date(2026, 5, 5)].words, days[date(2026, 5, 5)].holiday) == (
        "telt niet mee",
        "Bevrijdingsdag",
    )


@given(SENT, st.integers(0, 5), st.sampled_from(Weekend))
def test_a_calendar_is_whole_weeks_with_every_day_of_the_term_once(
    sent_on: date, later: int, weekend: Weekend
) -> None:
    received = sent_on + timedelta(days=later) if later else None
    term = fourteen_days(sent_on, Conventions(weekend=weekend), received)
    found = weeks(term)
    days = [one for week in found for one in week]
    assert all(len(week) == 7 and week[0].day.weekday() == 0 for week in found)
    inside = [one.day for one in days if one.kind != "outside"]
    whole = (term.fee_from_on - sent_on).days + 1
    assert inside == [sent_on + timedelta(days=number) for number in range(whole)]
    assert [one.day for one in days if one.kind == "last"] == [term.last_day_on]
    assert tuple(one.day for one in days if one.kind == "skipped") == term.skipped
    assert sum(one.kind in ("term", "last") for one in days) == term.term_days + (
        term.last_day_on != term.counted_on
    )
