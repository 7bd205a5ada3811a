"""Interest by the published cases, and what must hold for any period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.law.answer import NotKnown
from tijdig.law.conventions import Conventions, DayCount, LeapAnniversary, Rounding
from tijdig.law.interest import Payment, anniversary, first_interest_day, interest

CASES = [
    (10_000_00, date(2025, 12, 17), date(2026, 1, 16), 41_10),
    (700_00, date(2025, 3, 2), date(2026, 11, 2), 59_56),
    (700_00, date(2023, 2, 2), date(2026, 2, 2), 133_87),
]
AMOUNTS = st.integers(0, 5_000_000)
DAYS = st.dates(date(1999, 1, 1), date(2026, 12, 31))
EVERY_WAY = [Conventions(day_count=count, rounding=rounding) for count in DayCount for rounding in Rounding]


@pytest.mark.parametrize(("principal_cents", "first", "end", "interest_cents"), CASES)
def test_the_published_cases(principal_cents: int, first: date, end: date, interest_cents: int) -> None:
    found = interest(principal_cents, first, end)
    assert found.total_cents == interest_cents
    assert not found.provisional


def test_the_table_of_the_longest_case() -> None:
    found = interest(*CASES[2][:3])
    assert [(part.days, part.base_cents, part.rate_pct, part.interest_cents) for part in found.parts] == [
        (149, 700_00, 4, 11_43),
        (184, 700_00, 6, 21_17),
        (32, 700_00, 7, 4_30),
        (334, 736_90, 7, 47_20),
        (32, 736_90, 6, 3_88),
        (333, 787_98, 6, 43_13),
        (32, 787_98, 4, 2_76),
    ]


def test_only_actual_365_rounded_half_up_gives_every_published_case() -> None:
    good = [
        way
        for way in EVERY_WAY
        if all(interest(*case[:3], conventions=way).total_cents == case[3] for case in CASES)
    ]
    assert good == [Conventions()]


@given(AMOUNTS, DAYS, DAYS)
def test_parts_add_up_follow_each_other_and_are_never_negative(principal: int, one: date, two: date) -> None:
    first, end = sorted((one, two))
    found = interest(principal, first, end)
    assert sum(part.interest_cents for part in found.parts) == found.total_cents
    assert all(part.interest_cents >= 0 for part in found.parts)
    assert sum(part.days for part in found.parts) == ((end - first).days if principal else 0)
    assert all(a.end_on == b.first_on for a, b in zip(found.parts, found.parts[1:], strict=False))


@given(AMOUNTS, DAYS, st.integers(0, 364), st.integers(0, 364))
def test_a_period_within_a_year_split_in_two_differs_by_a_cent_at_most(
    principal: int, first: date, one: int, two: int
) -> None:
    split, end = (first + timedelta(days=days) for days in sorted((one, two)))
    whole = interest(principal, first, end).total_cents
    halves = interest(principal, first, split).total_cents + interest(principal, split, end).total_cents
    assert abs(whole - halves) <= 1


@given(AMOUNTS, DAYS, DAYS)
def test_the_friendlier_conventions_never_cost_more(principal: int, one: date, two: date) -> None:
    first, end = sorted((one, two))
    default = interest(principal, first, end).total_cents
    assert (
        interest(principal, first, end, conventions=Conventions(rounding=Rounding.DOWN)).total_cents
        <= default
    )
    actual = Conventions(day_count=DayCount.ACTUAL_ACTUAL)
    assert interest(principal, first, end, conventions=actual).total_cents <= default


@given(AMOUNTS, DAYS)
def test_an_empty_period_costs_nothing(principal: int, day: date) -> None:
    assert interest(principal, day, day).total_cents == 0


@given(AMOUNTS, DAYS, DAYS, DAYS, st.integers(0, 100))
def test_a_payment_never_makes_it_dearer_by_more_than_its_rounding(
    principal: int, one: date, two: date, paid: date, share: int
) -> None:
    first, end = sorted((one, two))
    payment = Payment(paid, principal * share // 100)
    without = interest(principal, first, end).total_cents
    # A cent of the part that was split, and one that this cent may tip over in a later year.
    assert interest(principal, first, end, [payment]).total_cents <= without + 2 * bool(payment.cents)


def test_a_payment_counts_from_its_own_day() -> None:
    found = interest(1_000_00, date(2026, 1, 1), date(2026, 3, 1), [Payment(date(2026, 2, 1), 600_00)])
    assert [(part.days, part.base_cents) for part in found.parts] == [(31, 1_000_00), (28, 400_00)]
    paid = interest(1_000_00, date(2026, 1, 1), date(2026, 3, 1), [Payment(date(2025, 12, 1), 1_000_00)])
    assert (paid.total_cents, paid.parts) == (0, ())


def test_a_year_that_began_on_29_february() -> None:
    leap = date(2024, 2, 29)
    assert anniversary(leap, 1, LeapAnniversary.FEBRUARY_28) == date(2025, 2, 28)
    assert anniversary(leap, 1, LeapAnniversary.MARCH_1) == date(2025, 3, 1)
    assert anniversary(leap, 4, LeapAnniversary.MARCH_1) == date(2028, 2, 29)


def test_the_first_day_with_interest() -> None:
    assert first_interest_day(date(2026, 3, 1)) == date(2026, 3, 2)


def test_past_the_last_known_rate_the_answer_is_provisional() -> None:
    assert interest(700_00, date(2026, 1, 1), date(2027, 1, 1)).provisional is False
    assert interest(700_00, date(2026, 1, 1), date(2027, 1, 2)).provisional is True


def test_what_cannot_be_asked() -> None:
    with pytest.raises(NotKnown):
        interest(700_00, date(1998, 12, 31), date(2020, 1, 1))
    with pytest.raises(ValueError, match="vóór de begindatum"):
        interest(700_00, date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(ValueError, match="lager zijn dan nul"):
        interest(-1, date(2026, 1, 1), date(2026, 1, 2))
    with pytest.raises(ValueError, match="meer van de hoofdsom"):
        interest(100, date(2026, 1, 1), date(2026, 2, 2), [Payment(date(2026, 1, 3), 101)])
    with pytest.raises(ValueError, match="100 jaar"):
        interest(700_00, date(2026, 1, 1), date(9999, 1, 1))
