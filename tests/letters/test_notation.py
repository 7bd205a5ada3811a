"""Money, days and accounts as a letter writes them."""

from __future__ import annotations

from datetime import date

import pytest

from tijdig.letters.letter import Fact, Language
from tijdig.letters.notation import fact_text, grouped, long_date, money, month


def test_money_follows_the_language() -> None:
    assert money(123_456, Language.NL) == "€\u00a01.234,56"
    assert money(123_456, Language.EN) == "€\u00a01,234.56"


def test_days_are_written_out() -> None:
    assert long_date(date(2026, 11, 3), Language.NL) == "3\u00a0november\u00a02026"
    assert month(date(2026, 3, 1), Language.EN) == "March 2026"


def test_an_account_stands_in_groups_of_four() -> None:
    assert grouped("NL13TEST0123456789") == "NL13\u00a0TEST\u00a00123\u00a04567\u00a089"


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("open_cents", "12"),
        ("open_cents", True),
        ("due_on", "2026-11-03"),
        ("name", True),
        ("count", date(2026, 1, 1)),
    ],
)
def test_a_fact_of_the_wrong_kind_is_refused(name: str, fact: Fact) -> None:
    with pytest.raises(TypeError, match=name):
        fact_text(name, fact, Language.NL)
