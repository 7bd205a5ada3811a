"""What may be written down of an objection and of an answer, and how it is said that it may not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from tests.objections.heard import TODAY, draft, given

from tijdig.objections.kinds import About, Outcome
from tijdig.objections.values import LONGEST_NAME, LONGEST_WORDS, answer_faults, draft_faults

_DAY = timedelta(days=1)
_OTHER = [one for one in About if one is not About.ENTRY]


def _codes(**changed: object) -> list[str]:
    return [one.code for one in draft_faults(draft(**changed), TODAY)]  # type: ignore[arg-type]


def _answer_codes(**changed: object) -> list[str]:
    return [one.code for one in answer_faults(given(**changed), TODAY - 3 * _DAY, TODAY)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"words": ""}, []),
        ({"received_on": TODAY - 366 * _DAY}, []),
        ({"received_on": TODAY + _DAY}, ["received_future"]),
        ({"received_on": TODAY - 367 * _DAY}, ["received_old"]),
        ({"about": About.ENTRY, "entries": (1,)}, []),
        ({"about": About.ENTRY}, ["entries_missing"]),
        ({"entries": (1,)}, ["entries_unasked"]),
        ({"words": "x" * LONGEST_WORDS}, []),
        ({"words": "x" * (LONGEST_WORDS + 1)}, ["words_long"]),
        (
            {"about": About.ENTRY, "received_on": TODAY + _DAY, "words": "x" * 4001},
            ["received_future", "entries_missing", "words_long"],
        ),
    ],
)
def test_what_may_be_written_down(changed: dict[str, object], codes: list[str]) -> None:
    assert _codes(**changed) == codes


@pytest.mark.parametrize("about", _OTHER)
def test_items_go_with_an_objection_to_items_alone(about: About) -> None:
    assert _codes(about=about, entries=(7,)) == ["entries_unasked"]


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"answered_on": TODAY - 3 * _DAY}, []),
        ({"answered_on": TODAY + _DAY}, ["answered_future"]),
        ({"answered_on": TODAY - 4 * _DAY}, ["answered_early"]),
        ({"words": "  "}, ["answer_missing"]),
        ({"words": "", "outcome": Outcome.WITHDRAWN}, []),
        ({"words": "x" * (LONGEST_WORDS + 1)}, ["words_long"]),
        ({"name": " "}, ["name_missing"]),
        ({"name": "x" * LONGEST_NAME}, []),
        ({"name": "x" * (LONGEST_NAME + 1)}, ["name_long"]),
        ({"name": "", "words": ""}, ["answer_missing", "name_missing"]),
    ],
)
def test_what_may_be_answered(changed: dict[str, object], codes: list[str]) -> None:
    assert _answer_codes(**changed) == codes


@drawn(*(st.dates(date(2020, 1, 1), date(2030, 12, 31)) for _ in range(3)))
def test_an_answer_lies_between_the_receipt_and_today(received: date, answered: date, today: date) -> None:
    codes = [one.code for one in answer_faults(given(answered_on=answered), received, today)]
    assert (codes == []) == (received <= answered <= today)
