"""What a policy sees: unknown stays unknown, and a direct debit that still runs is known to run."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.arrears.ledgers import portfolio_of
from tests.arrears.reference import CREDIT, PRINCIPAL, UNDO, Fact

from tijdig.arrears.features import Traits, features, unknown_traits
from tijdig.arrears.imputation import positions
from tijdig.base.days import day_number
from tijdig.policy.document import Feature


def _day(text: str) -> int:
    return day_number(date.fromisoformat(text))


def _seen(as_of: str, feature: Feature, *facts: Fact, debit_day: int = 25, rent: int = 60_000) -> int:
    traits = Traits(*(np.array([value]) for value in (rent, False, True, debit_day, 0)))
    return int(features(positions(portfolio_of({7: list(facts)}), _day(as_of)), traits)[0, feature])


JUNE = Fact(1, _day("2026-06-01"), _day("2026-06-01"), 60_000, PRINCIPAL)
MAY = Fact(2, _day("2026-05-01"), _day("2026-05-01"), 60_000, PRINCIPAL)


@pytest.mark.parametrize(
    ("as_of", "debit_day", "expected"),
    [
        ("2026-06-01", 25, 0),  # not overdue yet: nothing to wait for
        ("2026-06-02", 25, 1),
        ("2026-06-25", 25, 1),  # on the day itself it still runs
        ("2026-06-26", 25, 0),
        ("2026-06-30", 31, 1),  # 31 is the last day of a shorter month
        ("2026-06-07", 6, 1),  # the 6th is a Saturday: it runs on Monday the 8th
        ("2026-06-08", 6, 1),
        ("2026-06-09", 6, 0),
        ("2026-06-02", -1, 0),  # the day is unknown: nothing to count on
    ],
)
def test_debit_ahead_until_the_day_on_which_the_bank_collects(
    as_of: str, debit_day: int, expected: int
) -> None:
    assert _seen(as_of, Feature.DEBIT_AHEAD, JUNE, debit_day=debit_day) == expected


def test_debit_ahead_is_no_reason_to_wait_when_something_older_is_open() -> None:
    assert _seen("2026-06-02", Feature.DEBIT_AHEAD, MAY, JUNE) == 0


def test_debit_ahead_is_no_reason_to_wait_after_a_reversal_in_the_same_month() -> None:
    paid = Fact(3, _day("2026-06-03"), 0, -60_000, CREDIT)
    back = Fact(4, _day("2026-06-09"), 0, 60_000, UNDO, 3)
    assert _seen("2026-06-09", Feature.DEBIT_AHEAD, JUNE, paid, back) == 0
    assert _seen("2026-06-09", Feature.DAYS_SINCE_REVERSAL, JUNE, paid, back) == 0
    assert _seen("2026-06-12", Feature.DAYS_SINCE_PAYMENT, JUNE, paid, back) == 9


@pytest.mark.parametrize(
    "feature",
    [
        Feature.RENT_MONTHS,
        Feature.MONTHLY_RENT_CENTS,
        Feature.DAYS_SINCE_REVERSAL,
        Feature.DAYS_SINCE_PAYMENT,
    ],
)
def test_features_that_are_unknown_are_not_zero(feature: Feature) -> None:
    assert _seen("2026-06-02", feature, JUNE, rent=-1) == -1


def test_features_of_nothing_known_fill_every_column() -> None:
    matrix = features(positions(portfolio_of({7: [JUNE], 8: []}), _day("2026-06-02")), unknown_traits(2))
    assert matrix.shape == (2, len(Feature))
    assert matrix[:, Feature.OVERDUE_CENTS].tolist() == [60_000, 0]
    assert matrix[:, Feature.RENT_KNOWN].tolist() == [0, 0]


def test_traits_of_other_length_or_with_an_impossible_day_are_refused() -> None:
    with pytest.raises(ValueError, match="other tenancies"):
        features(positions(portfolio_of({7: []}), 0), unknown_traits(2))
    with pytest.raises(ValueError, match="debit day"):
        Traits(*(np.array([value]) for value in (1, False, True, 32, 0)))
    with pytest.raises(ValueError, match="length"):
        Traits(np.array([1, 2]), *(np.array([value]) for value in (False, True, 3, 0)))
