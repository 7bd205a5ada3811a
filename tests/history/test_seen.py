"""What somebody had seen, as a form carries it: nothing that was there comes back, nothing that came is missed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.access.scope import organisation_scope
from tijdig.history.actions import record
from tijdig.history.queries import seen, since
from tijdig.history.seen import REMEMBERED, Seen, of_ids, read

IDS = st.sets(st.integers(1, 10_000), max_size=40)


@given(IDS)
def test_what_was_there_was_seen_and_the_text_says_the_same(ids: set[int]) -> None:
    had = of_ids(ids)
    assert all(had.has(one) for one in ids)
    assert read(had.text) == had
    assert len(had.ids) <= REMEMBERED


@given(IDS, st.integers(1, 10_000))
def test_what_came_later_was_not_seen_also_where_its_number_is_lower(ids: set[int], late: int) -> None:
    had = of_ids(ids - {late})
    if late >= had.floor:
        assert not had.has(late)


def test_the_worked_example() -> None:
    had = of_ids([9, 4, 12])
    assert (had.text, had.has(13), had.has(10), had.has(9)) == ("4-9-12", False, False, True)
    assert (of_ids([]).text, read("0")) == ("0", Seen(()))


@pytest.mark.parametrize("text", ["", "-", "4-", "vier", "4-x", "-4", "1" * 400, "²", "4--5"])
def test_what_no_form_made_is_none(text: str) -> None:
    assert read(text) is None


def test_what_was_written_since_comes_oldest_first_with_its_text(organisation: int) -> None:
    def told(verb: str, text: str = "", subject: str = "tenancy:1") -> int:
        return record(
            organisation_id=organisation,
            actor="user:1",
            verb=verb,
            subject=subject,
            effective_on=date(2026, 11, 2),
            text=text,
        )

    with organisation_scope(organisation):
        for _ in range(REMEMBERED + 3):
            told("said")
        had = seen("tenancy:1", ["said"])
        first, _, _, last = (
            told("said", "een"),
            told("other"),
            told("said", "", "tenancy:2"),
            told("said", "twee"),
        )
        found = since("tenancy:1", ["said"], had)
    assert len(had.ids) == REMEMBERED
    assert [(one.id, one.text) for one in found] == [(first, "een"), (last, "twee")]
