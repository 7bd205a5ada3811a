"""Which convention holds on which day, and since when."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tijdig.law.conventions import DEFAULT, Conventions, DayCount, Rounding
from tijdig.policy.adopted import KINDS, Adopted, changed, holding, options, since, timeline
from tijdig.policy.wording import EFFECT

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)
ACTUAL = Conventions(day_count=DayCount.ACTUAL_ACTUAL)
DOWN = Conventions(day_count=DayCount.ACTUAL_ACTUAL, rounding=Rounding.DOWN)


def _adopted(number: int, from_on: date, conventions: Conventions) -> Adopted:
    made_at = datetime(2026, 1, 1, number, tzinfo=UTC)
    return Adopted(number, from_on, conventions, "user:1", "A. Proef", made_at, "afgesproken")


def test_without_an_adoption_the_default_holds_from_the_beginning() -> None:
    assert holding([], JULY) == DEFAULT
    assert since([], "day_count", JULY) is None


def test_an_adoption_holds_from_its_day_on() -> None:
    made = [_adopted(1, JANUARY, ACTUAL), _adopted(2, JULY, DOWN)]
    assert [holding(made, day) for day in (date(2025, 12, 31), JANUARY, date(2026, 6, 30), JULY)] == [
        DEFAULT,
        ACTUAL,
        ACTUAL,
        DOWN,
    ]
    assert (since(made, "day_count", JULY), since(made, "rounding", JULY)) == (JANUARY, JULY)
    assert since(made, "weekend", JULY) is None


def test_the_last_one_made_puts_an_earlier_one_of_the_same_day_right() -> None:
    made = [_adopted(2, JULY, DEFAULT), _adopted(1, JULY, DOWN)]
    assert holding(made, JULY) == DEFAULT
    assert [one.id for one in timeline(made)] == [2]
    assert since(made, "rounding", JULY) is None


def test_one_that_is_made_later_for_an_earlier_day_ends_where_the_next_begins() -> None:
    made = [_adopted(1, JULY, DOWN), _adopted(2, JANUARY, ACTUAL)]
    assert (holding(made, date(2026, 3, 1)), holding(made, JULY)) == (ACTUAL, DOWN)


def test_what_an_adoption_changed_is_told_by_kind() -> None:
    made = [_adopted(1, JANUARY, ACTUAL), _adopted(2, JULY, DOWN)]
    assert [changed(made, one) for one in made] == [("day_count",), ("rounding",)]


def test_every_kind_says_what_it_does_to_the_amount() -> None:
    assert tuple(EFFECT) == KINDS
    assert all(sentence.endswith(".") and sentence.count(".") == 1 for sentence in EFFECT.values())


def test_of_every_kind_the_default_comes_first_and_one_option_costs_the_tenant_least() -> None:
    for kind in KINDS:
        name, found = options(kind)
        assert name and found[0].value == getattr(DEFAULT, kind)
        assert [one.friendly for one in found].count(True) == 1
