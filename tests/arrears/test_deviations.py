"""What a person changed about a step: another, later, or the next that fits; against the same told slowly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tijdig.arrears.next_step import NextSteps, next_steps
from tijdig.arrears.single_case import Deviation, Instead
from tijdig.policy.conditions import Condition
from tijdig.policy.document import Policy, default_policy
from tijdig.policy.table import Table, compile_policy
from tijdig.policy.words import Comparison, Feature, Who

TODAY = 20_000
HOUSEHOLDS = 5
FEATURES = (Feature.OPEN_CENTS, Feature.DAYS_OVERDUE, Feature.REPEATS)
CONDITIONS = st.builds(
    Condition,
    st.sampled_from(FEATURES),
    st.sampled_from([Comparison.LESS, Comparison.AT_LEAST, Comparison.EQUAL]),
    st.integers(0, 3),
)
RULES = st.lists(st.lists(CONDITIONS, max_size=2), max_size=5)


def _table(rules: list[list[Condition]]) -> Table:
    plain = default_policy().steps[-1]
    steps = [
        replace(
            plain,
            code=f"rule_{place}",
            conditions=tuple(conditions),
            alert=place % 3 == 0,
            due_in_days=2 * place,
            who=Who.PERSON if place % 2 else Who.AUTOMATIC,
        )
        for place, conditions in enumerate([*rules, []])
    ]
    return compile_policy(replace(default_policy(), steps=tuple(steps)))


def _fits(policy: Policy, row: list[int], rule: int) -> bool:
    compare = {
        Comparison.LESS: lambda seen, value: seen < value,
        Comparison.AT_LEAST: lambda seen, value: seen >= value,
        Comparison.EQUAL: lambda seen, value: seen == value,
    }
    return all(compare[c.comparison](row[c.feature], c.value) for c in policy.steps[rule].conditions)


def _slowly(
    policy: Policy, row: list[int], mine: list[Deviation]
) -> tuple[int, int, int, int]:  # rule, due day, own rule, ruling
    fitting = [rule for rule in range(len(policy.steps)) if _fits(policy, row, rule)]
    last = len(policy.steps) - 1
    own, ruling = fitting[0], 0
    for rule in fitting:
        about = [one for one in mine if one.rule == rule]
        newest = max(about, key=lambda one: one.ruling, default=None)
        if newest is None or (newest.instead is Instead.SKIP and rule == last):
            return rule, TODAY + 2 * rule, own, ruling
        if newest.instead is Instead.LATER:
            return rule, max(newest.until_day + 1, TODAY), own, newest.ruling
        if newest.instead is Instead.OTHER:
            return newest.other, TODAY + 2 * newest.other, own, newest.ruling
        ruling = newest.ruling
    raise AssertionError("the last step has no conditions")


@settings(max_examples=60)
@given(RULES, st.integers(0, 2**32 - 1), st.data())
def test_deviations_of_random_households_equal_the_slow_telling(
    rules: list[list[Condition]], seed: int, data: st.DataObject
) -> None:
    table = _table(rules)
    which = st.integers(0, len(rules))
    many = data.draw(
        st.lists(
            st.builds(
                Deviation,
                place=st.integers(0, HOUSEHOLDS - 1),
                rule=which,
                instead=st.sampled_from([*Instead, Instead.SKIP]),
                ruling=st.integers(1, 99),
                other=which,
                until_day=st.integers(TODAY - 2, TODAY + 20),
            ),
            max_size=10,
            unique_by=lambda one: one.ruling,
        )
    )
    matrix = np.zeros((HOUSEHOLDS, len(Feature)), np.int64)
    matrix[:, list(FEATURES)] = np.random.default_rng(seed).integers(0, 4, (HOUSEHOLDS, len(FEATURES)))
    found = next_steps(matrix, table, TODAY, many)
    for place, row in enumerate(matrix.tolist()):
        mine = [one for one in many if one.place == place]
        rule, due_day, own, ruling = _slowly(table.policy, row, mine)
        assert (found.rule[place], found.due_day[place]) == (rule, due_day)
        assert (found.own_rule[place], found.ruling[place]) == (own, ruling)
        assert (found.alert[place], found.automatic[place]) == (rule % 3 == 0, rule % 2 == 0)


FIRST = [Condition(Feature.DAYS_OVERDUE, Comparison.AT_LEAST, 14)]
SECOND = [Condition(Feature.DAYS_OVERDUE, Comparison.AT_LEAST, 5)]


def _one(days: int, *deviations: Deviation) -> NextSteps:
    row = np.zeros((1, len(Feature)), np.int64)
    row[0, Feature.DAYS_OVERDUE] = days
    return next_steps(row, _table([FIRST, SECOND]), TODAY, deviations)


@pytest.mark.parametrize(
    ("deviations", "rule", "ruling"),
    [
        ((), 0, 0),
        ((Deviation(0, 0, Instead.SKIP, 7),), 1, 7),  # the next that fits
        ((Deviation(0, 0, Instead.SKIP, 7), Deviation(0, 1, Instead.SKIP, 8)), 2, 8),  # which may be passed over too
        ((Deviation(0, 0, Instead.SKIP, 7), Deviation(0, 1, Instead.OTHER, 8, 0)), 0, 8),
        ((Deviation(0, 0, Instead.OTHER, 7, 1), Deviation(0, 1, Instead.SKIP, 8)), 1, 7),  # another is the end of it
        ((Deviation(0, 1, Instead.SKIP, 7),), 0, 0),  # a step that is not asked
        ((Deviation(0, 1, Instead.OTHER, 7, 2),), 0, 0),
        ((Deviation(0, 0, Instead.SKIP, 7), Deviation(0, 0, Instead.OTHER, 9, 2)), 2, 9),  # of two the newest
        ((Deviation(0, 0, Instead.SKIP, 9), Deviation(0, 0, Instead.OTHER, 7, 2)), 1, 9),
    ],
)  # fmt: skip
def test_a_deviation_changes_the_step_that_is_asked_and_no_other(
    deviations: tuple[Deviation, ...], rule: int, ruling: int
) -> None:
    found = _one(20, *deviations)
    assert (found.rule.tolist(), found.ruling.tolist(), found.own_rule.tolist()) == ([rule], [ruling], [0])


def test_the_last_step_cannot_be_skipped() -> None:
    """It is what there is when nothing else fits; then nobody's decision changed anything."""
    found = _one(1, Deviation(0, 2, Instead.SKIP, 7))
    assert (found.rule.tolist(), found.own_rule.tolist(), found.ruling.tolist()) == ([2], [2], [0])
    found = _one(20, *(Deviation(0, rule, Instead.SKIP, 7 + rule) for rule in range(3)))
    assert (found.rule.tolist(), found.ruling.tolist()) == ([2], [8])


@pytest.mark.parametrize(("until", "due"), [(TODAY + 9, TODAY + 10), (TODAY, TODAY + 1), (TODAY - 5, TODAY)])
def test_later_asks_the_same_step_on_the_day_after_the_last(until: int, due: int) -> None:
    found = _one(20, Deviation(0, 0, Instead.LATER, 7, until_day=until))
    assert (found.rule.tolist(), found.due_day.tolist(), found.ruling.tolist()) == ([0], [due], [7])


def test_a_deviation_is_of_one_household() -> None:
    rows = np.zeros((3, len(Feature)), np.int64)
    rows[:, Feature.DAYS_OVERDUE] = 20
    found = next_steps(rows, _table([FIRST, SECOND]), TODAY, [Deviation(1, 0, Instead.SKIP, 7)])
    assert found.rule.tolist() == [0, 1, 0]
