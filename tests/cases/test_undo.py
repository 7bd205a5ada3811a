"""What may be undone with one press, by whom, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.cases.undo import SECONDS, UNDOABLE, Act, can_be_undone, fault, undo_fault, until

AT = datetime(2026, 11, 2, 9, 14, tzinfo=UTC)
VERBS = st.lists(st.sampled_from([*UNDOABLE, "ruling_ended", "letter_written"]), max_size=3)


def act(*verbs: str) -> Act:
    return Act(verbs or ("contact_logged",), "user:1", AT)


@pytest.mark.parametrize(
    ("seconds", "by", "since", "code"),
    [
        (0, "user:1", [], None),
        (SECONDS, "user:1", [], None),
        (SECONDS + 9, "user:1", [], None),  # on its way when the minute ended
        (SECONDS + 20, "user:1", [], "too_late"),
        (5, "user:2", [], "not_yours"),
        (5, "user:1", ["letter_written"], "built_upon"),
        (80, "user:2", ["letter_written"], "not_yours"),
    ],
)
def test_who_until_when_and_upon_what(seconds: int, by: str, since: list[str], code: str | None) -> None:
    found = undo_fault(act(), by, AT + timedelta(seconds=seconds), since)
    assert (found.code if found else None) == code


def test_what_ended_something_else_cannot_be_undone_for_that_would_not_come_back() -> None:
    assert not can_be_undone(("ruling_ended", "ruling_made"))
    wrong = undo_fault(act("ruling_ended", "ruling_made"), "user:1", AT, [])
    assert wrong is not None and wrong.code == "unknown"
    assert undo_fault(None, "user:1", AT, []) == wrong


@given(VERBS)
def test_nothing_is_offered_that_is_refused_at_once(verbs: list[str]) -> None:
    refused = undo_fault(Act(tuple(verbs), "user:1", AT), "user:1", AT, [])
    assert can_be_undone(verbs) == (refused is None)


@pytest.mark.parametrize("verb", UNDOABLE)
@pytest.mark.parametrize("code", ["too_late", "built_upon", "not_yours"])
def test_every_no_says_what_can_be_done_instead(verb: str, code: str) -> None:
    assert fault(code, verb).sentence.endswith(UNDOABLE[verb])


def test_the_minute() -> None:
    assert until(AT) - AT == timedelta(seconds=60)
