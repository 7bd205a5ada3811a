"""How full a caseload is, as a word; and the habits behind all numbers of this room."""

from __future__ import annotations

from datetime import date

import pytest

from tijdig.caseload.fullness import FULLNESS_LABEL, Fullness, fullness, part_pct
from tijdig.caseload.habits import habits
from tijdig.caseload.kinds import WHY_LABEL, Why

ON = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("hand", "week", "pct", "word"),
    [
        (0, 1800, 0, Fullness.ROOM),
        (450, 1800, 25, Fullness.ROOM),
        (1349, 1800, 74, Fullness.ROOM),
        (1350, 1800, 75, Fullness.FULL),
        (1800, 1800, 100, Fullness.FULL),
        (1818, 1800, 101, Fullness.OVER),
        (15, 0, None, Fullness.NO_TIME),
    ],
)
def test_a_word_for_each_part_of_the_time(hand: int, week: int, pct: int | None, word: Fullness) -> None:
    assert (part_pct(hand, week), fullness(hand, week, ON)) == (pct, word)


def test_every_word_is_said_in_dutch() -> None:
    assert set(FULLNESS_LABEL) == set(Fullness)
    assert set(WHY_LABEL) == set(Why)


def test_the_habits_say_whose_agreement_they_are_and_hold_before_they_began() -> None:
    numbers = habits(ON)
    assert (numbers.source, numbers.day_minutes) == ("eigen afspraak", (360, 360, 360, 360, 360, 0, 0))
    assert habits(date(2020, 1, 1)) == numbers
