"""Array literals: what goes in comes out of PostgreSQL unchanged."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tijdig.base.arrays import literal


def test_numbers_days_and_booleans_with_nulls() -> None:
    assert literal("integer", [1, None, -3]) == "{1,NULL,-3}"
    assert literal("date", [date(2026, 11, 1), None]) == "{2026-11-01,NULL}"
    assert literal("boolean", [True, False, None]) == "{t,f,NULL}"


def test_texts_are_quoted_and_escaped() -> None:
    assert literal("text", ["a", "NULL", ""]) == '{"a","NULL",""}'
    assert literal("text", ['zeg "ja"', "a\\b", None]) == '{"zeg \\"ja\\"","a\\\\b",NULL}'
    assert literal("text", ["a\x1fb", "c"]) == '{"a\x1fb","c"}'


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00")) | st.none()))
def test_the_quick_way_and_the_slow_way_are_one(values: list[str | None]) -> None:
    slow = (
        "{"
        + ",".join(
            "NULL" if v is None else '"' + v.replace("\\", "\\\\").replace('"', '\\"') + '"' for v in values
        )
        + "}"
    )
    assert literal("text", values) == slow


@pytest.mark.parametrize("texts", [["Müller, 'x'", 'a"b', "c\\d", "{,}", "", None, "e\nf", "null"]])
def test_postgresql_reads_back_what_was_written(db: None, texts: list[str | None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [literal("text", texts)])
        assert cursor.fetchone() == (texts,)
