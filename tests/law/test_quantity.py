"""The files of the law hold what they must, and a question outside the known days is never a guess."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from tijdig.law.answer import NotKnown
from tijdig.law.interest import rates
from tijdig.law.quantity import document, mapping, percent, percent_text, quantities, quantity, stale
from tijdig.law.quantity_words import in_words

KEYS = [one.key for one in quantities()]
MUST = {"quantity", "name", "unit", "law", "review_months", "values"}
MAY = MUST | {"known_until", "note", "labels", "source", "checked_on"}
VALUE_MUST = {"from", "value", "confirmed"}
VALUE_MAY = VALUE_MUST | {"source", "checked_on", "unsure", "note"}


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    else:
        yield value


@pytest.mark.parametrize("key", KEYS)
def test_a_file_has_the_keys_it_may_have_and_no_others(key: str) -> None:
    file = document(key)
    assert set(file) >= MUST and set(file) <= MAY
    assert file["quantity"] == key and file["review_months"] > 0 and file["values"]
    for row in file["values"]:
        assert set(row) >= VALUE_MUST and set(row) <= VALUE_MAY
        assert isinstance(row["confirmed"], bool)


@pytest.mark.parametrize("key", KEYS)
def test_no_value_goes_without_a_source_and_a_day_on_which_it_was_checked(key: str) -> None:
    for entry in quantity(key, lambda raw: raw).entries:
        assert entry.source.law and entry.source.citation
        assert isinstance(entry.checked_on, date)
        assert entry.confirmed or entry.note or entry.source.citation


@pytest.mark.parametrize("key", KEYS)
def test_the_days_of_a_file_are_in_order_and_unique(key: str) -> None:
    starts = [entry.from_on for entry in quantity(key, lambda raw: raw).entries]
    assert all(isinstance(day, date) for day in starts)
    assert all(first < second for first, second in pairwise(starts))


@pytest.mark.parametrize("key", KEYS)
def test_no_value_is_a_float(key: str) -> None:
    values = [row["value"] for row in document(key)["values"]]
    assert [one for one in _leaves(values) if isinstance(one, float)] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_unsure_part_and_every_part_of_a_table_has_a_name(key: str) -> None:
    one = quantity(key, lambda raw: raw)
    for entry in one.entries:
        if isinstance(entry.raw, dict) and key != "public_holidays":
            assert set(entry.raw) <= set(one.labels), "a part has no Dutch name"


@pytest.mark.parametrize("key", KEYS)
def test_every_value_can_be_put_in_words(key: str) -> None:
    one = quantity(key, lambda raw: raw)
    for entry in one.entries:
        assert in_words(entry.raw, one.unit, one.labels)


def test_a_value_holds_until_the_day_before_the_next() -> None:
    found = rates().at(date(2025, 12, 31))
    assert (found.value, found.from_on, found.until_on) == (6, date(2025, 1, 1), date(2025, 12, 31))
    assert rates().at(date(2026, 1, 1)).value == 4
    assert found.doubts == ()


def test_before_the_first_day_there_is_no_value_and_the_message_says_what_to_do() -> None:
    with pytest.raises(NotKnown) as error:
        rates().at(date(1998, 12, 31))
    assert error.value.code == "before_first"
    assert "01-01-1999 of later" in error.value.sentence


def test_after_the_last_known_day_the_last_value_comes_with_a_doubt() -> None:
    found = rates().at(date(2027, 1, 1))
    assert found.value == 4
    assert [doubt.code for doubt in found.doubts] == ["after_known"]


def test_a_value_that_is_not_confirmed_says_so() -> None:
    found = quantity("court_fee", mapping).at(date(2025, 6, 1))
    assert [doubt.code for doubt in found.doubts] == ["unconfirmed"]


def test_an_unknown_value_is_no_value() -> None:
    with pytest.raises(NotKnown) as error:
        quantity("bailiff_acts", mapping).at(date(2026, 1, 1))
    assert error.value.code == error.value.doubt.code == "unknown"


def test_the_pieces_of_a_period_follow_each_other_and_only_the_last_is_in_doubt() -> None:
    pieces = rates().over(date(2022, 12, 15), date(2027, 1, 15))
    assert [piece.found.value for piece in pieces] == [2, 4, 6, 7, 6, 4]
    for one, after in pairwise(pieces):
        assert after.first_on == one.last_on + timedelta(days=1)
    assert (pieces[0].first_on, pieces[-1].last_on) == (date(2022, 12, 15), date(2027, 1, 15))
    assert [bool(piece.found.doubts) for piece in pieces] == [False] * 5 + [True]


def test_what_was_not_checked_for_a_review_period_is_stale() -> None:
    assert stale(date(2026, 11, 21)) == ()
    assert "collection_cost_small_instalments" in {one.key for one in stale(date(2027, 2, 22))}
    assert "statutory_interest" in {one.key for one in stale(date(2026, 12, 1))}  # known until 31 December
    assert "statutory_interest" not in {one.key for one in stale(date(2026, 11, 30))}


def test_a_percentage_is_exact() -> None:
    assert percent("0.5") == Fraction(1, 2)
    assert percent_text(Fraction(1, 2)) == "0,5"
    with pytest.raises(TypeError):
        percent(0.5)
