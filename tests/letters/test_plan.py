"""The instalments of an arrangement, day by day."""

from __future__ import annotations

from datetime import date

import pytest

from tijdig.letters.kinds import plan_rows
from tijdig.letters.letter import Row
from tijdig.letters.plan import MOST_INSTALMENTS


def test_the_last_instalment_is_what_remains() -> None:
    assert plan_rows(10_000, 4_000, date(2027, 1, 31)) == (
        Row(date(2027, 1, 31), 4_000),
        Row(date(2027, 2, 28), 4_000),
        Row(date(2027, 3, 31), 2_000),
    )


def test_an_amount_that_divides_has_no_remainder() -> None:
    assert [row.open_cents for row in plan_rows(210_000, 70_000, date(2026, 12, 1))] == [70_000] * 3


def test_a_leap_day_and_the_turn_of_a_year_are_kept() -> None:
    days = [row.due_on for row in plan_rows(300, 100, date(2027, 12, 30))]
    assert days == [date(2027, 12, 30), date(2028, 1, 30), date(2028, 2, 29)]


@pytest.mark.parametrize("instalment_cents", [210_000, 900_000])
def test_one_instalment_may_be_all(instalment_cents: int) -> None:
    assert plan_rows(210_000, instalment_cents, date(2026, 12, 1)) == (Row(date(2026, 12, 1), 210_000),)


@pytest.mark.parametrize(("total_cents", "instalment_cents"), [(0, 1), (1, 0), (-1, 1), (1, -1)])
def test_nothing_is_no_plan(total_cents: int, instalment_cents: int) -> None:
    with pytest.raises(ValueError, match="meer dan nul"):
        plan_rows(total_cents, instalment_cents, date(2026, 12, 1))


def test_a_plan_has_an_end() -> None:
    assert len(plan_rows(MOST_INSTALMENTS, 1, date(2026, 12, 1))) == 60
    with pytest.raises(ValueError, match="61"):
        plan_rows(MOST_INSTALMENTS + 1, 1, date(2026, 12, 1))
