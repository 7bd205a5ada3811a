"""The interpreter against the same rules in plain Python, on random policies and values."""

from __future__ import annotations

import operator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tijdig.arrears.next_step import holds, next_steps
from tijdig.policy.conditions import Condition
from tijdig.policy.document import Policy, default_policy
from tijdig.policy.table import compile_policy
from tijdig.policy.words import Comparison, Feature, Who

PLAIN = {
    Comparison.LESS: operator.lt,
    Comparison.AT_MOST: operator.le,
    Comparison.EQUAL: operator.eq,
    Comparison.NOT_EQUAL: operator.ne,
    Comparison.AT_LEAST: operator.ge,
    Comparison.MORE: operator.gt,
    Comparison.HAS: lambda seen, value: seen & value != 0,
    Comparison.LACKS: lambda seen, value: seen & value == 0,
}
CONDITIONS = st.builds(Condition, st.sampled_from(Feature), st.sampled_from(Comparison), st.integers(0, 4))


def _policy(rules: list[list[Condition]]) -> Policy:
    plain = default_policy().steps[-1]
    steps = [
        replace(
            plain,
            code=f"rule_{place}",
            conditions=tuple(conditions),
            alert=place % 2 == 0,
            due_in_days=place,
            who=list(Who)[place % 2],
        )
        for place, conditions in enumerate([*rules, []])
    ]
    return replace(default_policy(), steps=tuple(steps))


@pytest.mark.parametrize("comparison", Comparison)
def test_holds_equals_the_plain_comparison_and_never_holds_for_unknown(comparison: Comparison) -> None:
    for value in range(5):
        assert not holds(-1, comparison, value)
        for seen in range(5):
            assert holds(seen, comparison, value) == PLAIN[comparison](seen, value)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.lists(CONDITIONS, max_size=3), max_size=5), st.integers(0, 2**32 - 1))
def test_next_steps_of_random_policy_take_the_first_rule_that_holds(
    rules: list[list[Condition]], seed: int
) -> None:
    matrix = np.random.default_rng(seed).integers(-1, 5, (7, len(Feature)))
    policy = _policy(rules)
    found = next_steps(matrix, compile_policy(policy), 20_000)
    for place, row in enumerate(matrix.tolist()):
        rule = next(
            number
            for number, step in enumerate(policy.steps)
            if all(
                row[c.feature] >= 0 and PLAIN[c.comparison](row[c.feature], c.value) for c in step.conditions
            )
        )
        assert (found.rule[place], found.due_day[place]) == (rule, 20_000 + rule)
        assert (found.alert[place], found.automatic[place]) == (rule % 2 == 0, rule % 2 == 0)
        assert (found.own_rule[place], found.ruling[place]) == (rule, 0)
