"""What policy thinks of a plan, and what a plan keeps away."""

from __future__ import annotations

from datetime import date

import pytest

from tijdig.arrangements.advice import Before, warnings
from tijdig.arrangements.avoided import avoided
from tijdig.arrangements.plan import Ask, plan
from tijdig.law.collection_costs import collection_costs
from tijdig.policy.terms import ArrangementTerms

TODAY, FIRST = date(2026, 11, 2), date(2026, 11, 25)
TERMS = ArrangementTerms(longest_months=12, smallest_cents=2_500, grace_days=3, again_after_months=6)


@pytest.mark.parametrize(
    ("debt", "each", "before", "codes"),
    [
        (140_000, 20_000, Before(), []),
        (30_000, 2_500, Before(), []),  # twelve of 25 euro take eleven months
        (32_500, 2_500, Before(), []),  # from November to November: twelve months
        (32_600, 2_500, Before(), ["too_long"]),
        (10_000, 2_400, Before(), ["too_small"]),
        (2_000, 2_500, Before(), []),  # one small amount is all there is
        (140_000, 20_000, Before(last_ended_on=date(2026, 5, 3)), ["so_soon"]),
        (140_000, 20_000, Before(last_ended_on=date(2026, 5, 2)), []),
        (140_000, 20_000, Before(left_out_cents=1), ["left_out"]),
    ],
)
def test_each_warning_by_itself(debt: int, each: int, before: Before, codes: list[str]) -> None:
    rows = plan(Ask(debt, each, FIRST))
    assert [one.code for one in warnings(rows, TERMS, before, TODAY)] == codes


def test_a_warning_says_how_the_last_one_went() -> None:
    before = Before(last_ended_on=date(2026, 9, 1), last_kept=False)
    (one,) = warnings(plan(Ask(10_000, 5_000, FIRST)), TERMS, before, TODAY)
    assert "01-09-2026 niet nagekomen" in one.sentence


def test_what_it_keeps_away_is_the_sum_of_its_parts_each_with_its_source() -> None:
    found = avoided([70_000, 70_000], TODAY)
    costs = collection_costs([70_000, 70_000], TODAY).fee_cents
    assert costs == 21_000
    assert found.parts[0].cents == costs
    assert found.total_cents == sum(step.cents or 0 for step in found.parts) > costs
    assert found.sources
    assert any("ambtshandelingen" in doubt.sentence for doubt in found.doubts)


def test_costs_that_are_due_already_are_not_kept_away() -> None:
    first, second = avoided([70_000], TODAY), avoided([70_000], TODAY, costs_due=True)
    assert first.total_cents - second.total_cents == 10_500


def test_a_day_of_which_the_law_is_known_has_the_summons_too() -> None:
    found = avoided([70_000], date(2024, 3, 1))
    assert any("dagvaarding" in step.sentence for step in found.parts)
