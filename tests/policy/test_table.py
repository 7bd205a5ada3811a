"""A policy as numbers."""

from __future__ import annotations

from tijdig.policy.document import default_policy
from tijdig.policy.table import compile_policy
from tijdig.policy.words import Comparison, Feature


def test_compile_policy_writes_one_line_per_condition_in_order() -> None:
    policy = default_policy()
    table = compile_policy(policy)
    assert table.codes == tuple(step.code for step in policy.steps)
    assert len(table.first) == len(policy.steps) + 1
    for rule, step in enumerate(policy.steps):
        lines = table.conditions[table.first[rule] : table.first[rule + 1]].tolist()
        assert lines == [[rule, c.feature, c.comparison, c.value] for c in step.conditions]
    second = int(table.first[1])
    assert table.conditions[second].tolist() == [1, Feature.OPEN_CENTS, Comparison.EQUAL, 0]


def test_compile_policy_keeps_the_outcome_of_each_step() -> None:
    policy = default_policy()
    table = compile_policy(policy)
    assert table.alert.tolist() == [step.alert for step in policy.steps]
    assert table.due_in_days.tolist() == [step.due_in_days for step in policy.steps]
    assert table.automatic.tolist() == [step.who == "automatic" for step in policy.steps]
