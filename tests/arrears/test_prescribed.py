"""Rent of long ago: in doubt after five years, unless a letter demanded it in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.arrears.reference import PRINCIPAL
from tests.arrears.test_claim_costs import RENT, _account, _notice

from tijdig.arrears.claim import claim
from tijdig.arrears.notices import Notice
from tijdig.arrears.prescribed import prescribed

DUE = date(2015, 3, 1)
SENT = date(2019, 6, 3)


def _letter(kind: str = "fourteen_day", **more: object) -> Notice:
    made = _notice([1], sent=SENT)
    return replace(made, facts=replace(made.facts, letter_kind=kind), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("as_of", "gone"), [("2020-03-01", False), ("2020-03-02", True)])
def test_rent_is_prescribed_five_years_after_the_day_after_it_was_due(as_of: str, gone: bool) -> None:
    assert bool(prescribed([(1, DUE)], (), date.fromisoformat(as_of))) is gone


@pytest.mark.parametrize(
    ("letter", "gone"),
    [
        (_letter(), False),
        (_letter("handover_announced"), False),
        (_letter("reminder"), True),
        (_letter(bounced_on=date(2019, 6, 6)), True),
        (replace(_letter(), sent_on=date(2020, 3, 2)), True),  # a day too late
    ],
)
def test_a_letter_that_demands_it_begins_a_new_term(letter: Notice, gone: bool) -> None:
    assert bool(prescribed([(1, DUE)], [letter], date(2021, 1, 4))) is gone


def test_a_letter_about_another_month_interrupts_nothing() -> None:
    assert prescribed([(2, DUE)], [_letter()], date(2021, 1, 4))


def test_a_claim_with_such_rent_is_provisional_and_says_which() -> None:
    told = claim(
        _account((DUE, RENT, PRINCIPAL, 0), (date(2026, 3, 1), RENT, PRINCIPAL, 0)), date(2026, 12, 1)
    )
    assert [doubt.code for doubt in told.doubts] == ["prescribed"]
    assert "01-03-2015 is verjaard" in told.doubts[0].sentence
    assert told.principal_cents == 2 * RENT
