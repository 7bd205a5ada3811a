"""Prescription, the three-month norm, the wait after a signal, contact hours, the order of imputation."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.law.answer import NotKnown
from tijdig.law.contact_hours import may_contact, next_moment
from tijdig.law.dissolution import RentMonth, dissolution_norm
from tijdig.law.imputation_order import BETWEEN_DEBTS, COSTS_NOT_DUE, INSIDE_DEBT
from tijdig.law.prescription import judgment_prescription, rent_prescription
from tijdig.law.signal_wait import summons_window

DUE = date(2020, 3, 1)
DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))


def test_rent_is_prescribed_five_years_from_the_day_after_it_was_due() -> None:
    found = rent_prescription(DUE)
    assert (found.last_day_on, found.prescribed_from) == (date(2025, 3, 1), date(2025, 3, 2))


def test_a_reminder_starts_a_new_term_unless_it_comes_too_late() -> None:
    assert rent_prescription(DUE, [date(2023, 6, 10)]).prescribed_from == date(2028, 6, 11)
    late = rent_prescription(DUE, [date(2025, 3, 2)])
    assert (late.prescribed_from, late.late) == (date(2025, 3, 2), (date(2025, 3, 2),))
    assert rent_prescription(DUE, [date(2025, 3, 1)]).prescribed_from == date(2030, 3, 2)
    with pytest.raises(ValueError, match="vóór de vordering"):
        rent_prescription(DUE, [date(2020, 2, 1)])


def test_a_judgment_lives_twenty_years_and_a_reminder_does_not_shorten_it() -> None:
    assert judgment_prescription(DUE).last_day_on == date(2040, 3, 1)
    assert judgment_prescription(DUE, [date(2022, 1, 1)]).last_day_on == date(2040, 3, 1)
    assert judgment_prescription(DUE, [date(2039, 1, 1)]).last_day_on == date(2044, 1, 1)
    assert judgment_prescription(DUE, periodic=True).last_day_on == date(2025, 3, 1)


@given(DAYS, st.lists(st.integers(0, 4000), max_size=5))
def test_a_reminder_never_brings_prescription_nearer(due: date, after: list[int]) -> None:
    reminders = [due + timedelta(days=days) for days in after]
    assert rent_prescription(due, reminders).prescribed_from >= rent_prescription(due).prescribed_from


def _months(*opened: int, rent_cents: int = 600_00) -> list[RentMonth]:
    return [RentMonth(date(2026, place + 1, 1), rent_cents, cents) for place, cents in enumerate(opened)]


@pytest.mark.parametrize(
    ("opened", "months", "reached"),
    [
        ((600_00, 600_00, 600_00), Fraction(3), True),
        ((300_00, 600_00, 600_00), Fraction(5, 2), False),
        ((1, 600_00, 600_00), Fraction(120_001, 60_000), False),
        ((0, 600_00, 600_00), Fraction(2), False),
        ((), Fraction(0), False),
    ],
)
def test_three_months_with_the_current_one(opened: tuple[int, ...], months: Fraction, reached: bool) -> None:
    found = dissolution_norm(_months(*opened), date(2026, 3, 10))
    assert (found.months, found.reached) == (months, reached)


def test_the_current_month_counts_only_when_rent_is_due_in_advance_and_late() -> None:
    three = _months(600_00, 600_00, 600_00)
    assert not dissolution_norm(three, date(2026, 3, 10), in_advance=False).reached
    assert dissolution_norm(three, date(2026, 4, 1), in_advance=False).reached
    assert not dissolution_norm(three, date(2026, 3, 1)).reached  # due today is not late


def test_a_month_at_the_old_rent_is_a_full_month() -> None:
    months = [RentMonth(date(2026, 1, 1), 580_00, 580_00), *_months(0, 600_00, 600_00)[1:]]
    assert dissolution_norm(months, date(2026, 3, 10)).reached


def test_nearly_three_months_never_reads_as_three() -> None:
    steps = dissolution_norm(_months(599_99, 600_00, 600_00), date(2026, 3, 10)).steps
    assert "2,9 maandtermijnen" in steps[-1].sentence and "niet gehaald" in steps[-1].sentence


def test_a_month_that_cannot_be() -> None:
    for opened in (-1, 600_01):
        with pytest.raises(ValueError, match="passen niet"):
            _ = RentMonth(DUE, 600_00, opened).part_open


def test_the_window_for_a_summons() -> None:
    found = summons_window(date(2026, 1, 15), date(2026, 4, 1))
    assert (found.first_on, found.last_on) == (date(2026, 3, 15), date(2026, 7, 15))
    assert found.fits(date(2026, 3, 15)) and found.fits(date(2026, 7, 15))
    assert not found.fits(date(2026, 3, 14)) and not found.fits(date(2026, 7, 16))
    with pytest.raises(NotKnown):
        summons_window(date(2023, 12, 1), date(2024, 4, 30))


@pytest.mark.parametrize(
    ("day", "minutes", "allowed"),
    [
        (date(2026, 5, 2), 7 * 60, True),
        (date(2026, 5, 2), 7 * 60 - 1, False),
        (date(2026, 5, 2), 20 * 60 - 1, True),
        (date(2026, 5, 2), 20 * 60, False),
        (date(2026, 5, 3), 12 * 60, False),  # Sunday
        (date(2026, 5, 5), 12 * 60, False),  # Liberation Day
    ],
)
def test_when_a_collector_may_seek_contact(day: date, minutes: int, allowed: bool) -> None:
    assert may_contact(day, minutes) is allowed


def test_the_next_moment_for_contact() -> None:
    assert next_moment(date(2026, 5, 2), 600) == (date(2026, 5, 2), 600)
    assert next_moment(date(2026, 5, 2), 100) == (date(2026, 5, 2), 420)
    assert next_moment(date(2026, 5, 2), 20 * 60) == (date(2026, 5, 4), 420)
    assert next_moment(date(2026, 5, 4), 20 * 60) == (date(2026, 5, 6), 420)
    with pytest.raises(ValueError, match="minuut"):
        may_contact(date(2026, 5, 2), 1440)


@given(st.dates(date(2024, 4, 1), date(2040, 1, 1)), st.integers(0, 1439))
def test_the_next_moment_is_allowed_and_not_earlier(day: date, minutes: int) -> None:
    found = next_moment(day, minutes)
    assert may_contact(*found) and found >= (day, minutes)


def test_the_order_of_imputation_in_words() -> None:
    assert [one.key for one in INSIDE_DEBT] == ["costs", "accrued_interest", "principal"]
    assert [one.key for one in BETWEEN_DEBTS if one.applied] == ["designation", "due", "oldest"]
    assert all(one.source.citation for one in (*BETWEEN_DEBTS, *INSIDE_DEBT, COSTS_NOT_DUE))


def test_a_term_that_begins_on_29_february_runs_through_the_28th() -> None:
    """Due 28 February 2024: the term begins on the 29th, and its last day is 28 February 2029."""
    assert rent_prescription(date(2024, 2, 28)).prescribed_from == date(2029, 3, 1)
    assert rent_prescription(date(2024, 2, 27)).prescribed_from == date(2029, 2, 28)
    assert rent_prescription(date(2024, 2, 28), [date(2029, 2, 28)]).late == ()
