"""How values are written on a page."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime

import django
import pytest
from django.utils import translation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tijdig.project.settings")
django.setup()

from tijdig.web.templatetags import tijdig as tags  # noqa: E402 - needs the settings

LATE_EVENING_UTC = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # already the next day in Amsterdam


@pytest.mark.parametrize(
    ("cents", "shown"),
    [(123456, "€\u00a01.234,56"), (0, "€\u00a00,00"), (-5, "€\u00a0-0,05"), (None, "onbekend")],
)
def test_euro_shows_unknown_as_unknown(cents: int | None, shown: str) -> None:
    with translation.override("nl"):
        assert tags.euro(cents) == shown


def test_euro_is_the_same_in_english() -> None:
    with translation.override("en"):
        assert (tags.euro(123456), tags.euro(None)) == ("€\u00a01.234,56", "not known")


def test_euro_of_text_raises() -> None:
    with pytest.raises(TypeError):
        tags.euro("12")  # type: ignore[arg-type]


def test_dutch_date_of_a_moment_is_the_day_in_amsterdam() -> None:
    assert tags.dutch_date(LATE_EVENING_UTC) == "21-11-2026"
    assert tags.dutch_date(date(2026, 1, 2)) == "02-01-2026"
    assert tags.dutch_date(None) == ""


def test_moment_and_clock_are_amsterdam_time() -> None:
    assert tags.moment(LATE_EVENING_UTC) == "21-11-2026 00:30"
    assert tags.clock(LATE_EVENING_UTC) == "00:30"
    assert (tags.moment(None), tags.clock(None)) == ("", "")


@pytest.mark.parametrize(
    ("language", "name", "whole"),
    [("nl", "vrijdag", "vrijdag 20 november"), ("en", "Friday", "Friday 20 November")],
)
def test_day_names_follow_the_language(language: str, name: str, whole: str) -> None:
    with translation.override(language):
        assert (tags.day_name(date(2026, 11, 20)), tags.long_day(date(2026, 11, 20))) == (name, whole)


@pytest.mark.parametrize(
    ("account", "shown"),
    [
        ("NL02TEST0123456789", "NL02\u00a0TEST\u00a00123\u00a04567\u00a089"),
        ("NL02 TEST 0123 4567 89", "NL02\u00a0TEST\u00a00123\u00a04567\u00a089"),
        ("P000123456", "P000123456"),
        ("", ""),
    ],
)
def test_iban_is_grouped_by_four_and_other_numbers_are_not(account: str, shown: str) -> None:
    assert tags.iban(account) == shown


@pytest.mark.parametrize(
    ("octets", "shown"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1,0\u00a0kB"),
        (184_233, "184,2\u00a0kB"),
        (4_000_000, "4,0\u00a0MB"),
    ],
)
def test_size_counts_in_thousands(octets: int, shown: str) -> None:
    with translation.override("nl"):
        assert tags.size(octets) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (None, ""),
        (0.0354, "35\u00a0ms"),
        (4.21, "4,2\u00a0s"),
        (59.9, "59,9\u00a0s"),
        (185.2, "3\u00a0min 5\u00a0s"),
    ],
)
def test_duration_by_size(seconds: float | None, shown: str) -> None:
    assert tags.duration(seconds) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(235, "2,35"), (7, "0,07"), (-150, "-1,50"), (123456, "1.234,56")]
)
def test_hundredths_have_two_decimals(value: int, shown: str) -> None:
    assert tags.hundredths(value) == shown


def test_count_groups_thousands_and_knows_unknown() -> None:
    with translation.override("nl"):
        assert (tags.count(1234567), tags.count(0), tags.count(None)) == ("1.234.567", "0", "onbekend")


@pytest.mark.parametrize(
    ("text", "part", "shown"),
    [
        ("<Amt>12O</Amt>", "12O", "&lt;Amt&gt;<mark>12O</mark>&lt;/Amt&gt;"),
        ("a<b a<b", "a<b", "<mark>a&lt;b</mark> a&lt;b"),
        ("<i>", "", "&lt;i&gt;"),
        ("<i>", "x", "&lt;i&gt;"),
    ],
)
def test_marked_escapes_everything_but_its_own_mark(text: str, part: str, shown: str) -> None:
    assert tags.marked(text, part) == shown


@dataclass(frozen=True)
class Raised:
    cured_on: date | None


def test_alert_counts_splits_open_and_settled() -> None:
    alerts = [Raised(None), Raised(date(2026, 11, 20)), Raised(None)]
    assert tags.alert_counts(alerts) == {"raised": 2, "cured": 1}
    assert tags.alert_counts([]) == {"raised": 0, "cured": 0}
