"""The plan: adds up to the debt to the cent, in its rhythm, with more where there is more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.arrangements.kinds import Rhythm
from tijdig.arrangements.plan import (
    MOST_INSTALMENTS,
    Ask,
    Extra,
    Instalment,
    ask_faults,
    beginning,
    months,
    plan,
)

TODAY = date(2026, 11, 22)
FIRST = date(2026, 11, 25)


def _said(*rows: tuple[str, int]) -> tuple[Instalment, ...]:
    return tuple(
        Instalment(number, date.fromisoformat(on), cents) for number, (on, cents) in enumerate(rows, 1)
    )


def test_the_last_instalment_is_what_is_left() -> None:
    """The example of the module."""
    ask = Ask(100_000, 30_000, FIRST, extras=(Extra(date(2027, 5, 25), 20_000),))
    assert plan(ask) == _said(
        ("2026-11-25", 30_000), ("2026-12-25", 30_000), ("2027-01-25", 30_000), ("2027-02-25", 10_000)
    )


def test_holiday_money_shortens_the_plan() -> None:
    ask = Ask(100_000, 10_000, date(2027, 3, 25), extras=(Extra(date(2027, 5, 28), 50_000),))
    assert plan(ask) == _said(
        ("2027-03-25", 10_000),
        ("2027-04-25", 10_000),
        ("2027-05-25", 10_000),
        ("2027-05-28", 50_000),
        ("2027-06-25", 10_000),
        ("2027-07-25", 10_000),
    )


def test_more_on_the_day_of_a_term_is_one_amount() -> None:
    ask = Ask(30_000, 10_000, FIRST, extras=(Extra(FIRST, 15_000),))
    assert plan(ask) == _said(("2026-11-25", 25_000), ("2026-12-25", 5_000))


def test_who_begins_on_the_last_day_stays_on_the_last_day() -> None:
    assert [one.due_on for one in plan(Ask(40_000, 10_000, date(2027, 1, 31)))] == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
    ]


@pytest.mark.parametrize(("rhythm", "days"), [(Rhythm.WEEKLY, 7), (Rhythm.FOUR_WEEKLY, 28)])
def test_weeks_are_weeks(rhythm: Rhythm, days: int) -> None:
    made = plan(Ask(30_000, 10_000, FIRST, rhythm))
    assert [one.due_on for one in made] == [FIRST + timedelta(days=days * place) for place in range(3)]


@given(
    st.integers(1, 10_000_00),
    st.integers(1, 2_000_00),
    st.sampled_from(Rhythm),
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 1_000_00)), max_size=4),
)
def test_a_plan_pays_the_debt_and_nothing_more(
    debt: int, each: int, rhythm: Rhythm, more: list[tuple[int, int]]
) -> None:
    extras = tuple(Extra(FIRST + timedelta(days=days), cents) for days, cents in more)
    ask = Ask(debt, max(each, -(-debt // MOST_INSTALMENTS)), FIRST, rhythm, extras)
    assert list(ask_faults(ask, TODAY)) == []
    made = plan(ask)
    assert sum(one.cents for one in made) == debt
    assert all(one.cents > 0 for one in made)
    assert [one.number for one in made] == list(range(1, len(made) + 1))
    days = [one.due_on for one in made]
    assert days == sorted(set(days))
    assert days[0] == FIRST


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"debt_cents": 0}, "no_debt"),
        ({"instalment_cents": 0}, "no_instalment"),
        ({"instalment_cents": -5}, "no_instalment"),
        ({"instalment_cents": 100}, "too_many"),
        ({"first_on": date(2026, 11, 21)}, "first_past"),
        ({"first_on": date(2027, 6, 1)}, "first_far"),
        ({"extras": (Extra(FIRST, 0),)}, "extra_wrong"),
        ({"extras": (Extra(date(2026, 11, 24), 100),)}, "extra_wrong"),
    ],
)
def test_what_cannot_be_a_plan_says_what_to_do(changed: dict[str, object], code: str) -> None:
    ask = Ask(**({"debt_cents": 100_000, "instalment_cents": 10_000, "first_on": FIRST} | changed))  # type: ignore[arg-type]
    assert [one.code for one in ask_faults(ask, TODAY)] == [code]
    assert all(one.sentence.endswith(".") for one in ask_faults(ask, TODAY))


@pytest.mark.parametrize(
    ("debt", "each"), [(140_000, 24_000), (1, 1_000), (60_000, 10_000), (60_001, 11_000)]
)
def test_a_talk_begins_with_half_a_year_in_whole_tens(debt: int, each: int) -> None:
    ask = beginning(debt, TODAY)
    assert (ask.instalment_cents, ask.first_on) == (each, date(2026, 11, 29))
    assert len(plan(ask)) <= 6


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [("2026-11-25", "2026-11-25", 1), ("2026-11-25", "2027-02-25", 3), ("2026-11-25", "2027-02-26", 4)],
)
def test_how_many_months_a_plan_takes(first: str, last: str, expected: int) -> None:
    assert months(_said((first, 1), (last, 1))) == expected
