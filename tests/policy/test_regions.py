"""What a step can get, worked out exactly: against every single combination of small values, and against the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tijdig.arrears.next_step import next_steps
from tijdig.policy.conditions import Condition
from tijdig.policy.document import Policy, default_policy
from tijdig.policy.regions import MOST, Box, Dimension, both, boxes_of, domain, impossible, reach, remainders
from tijdig.policy.table import compile_policy
from tijdig.policy.words import FLAGS, MAYBE_UNKNOWN, NAMED, YES_NO, Comparison, Feature, Hold

Column = npt.NDArray[np.generic]
ON_HOLD: Dimension = (Feature.HOLD, int(Hold.ON_HOLD))
CLOCKS: tuple[Dimension, ...] = (
    (Feature.OVERDUE_CENTS, 0), (Feature.DAYS_OVERDUE, 0), (Feature.DAYS_IN_ARREARS, 0), (Feature.PROMISE, 0), ON_HOLD,
)  # fmt: skip
TALKS: tuple[Dimension, ...] = (
    (Feature.TALKED_SINCE_DUE, 0), (Feature.TALKED_IN_ARREARS, 0), (Feature.CONTACT_SOUGHT, 0),
    (Feature.DAYS_SINCE_TALK, 0), (Feature.DECIDED, 0),
)  # fmt: skip
SMALL = 3


def _values(dimension: Dimension) -> list[int]:
    """Every value that conditions with numbers up to `SMALL` can tell apart."""
    first, last = domain(dimension)
    return list(range(first, last + 1)) if last < MOST else [*range(first, SMALL + 2), MOST]


@cache
def _points(dimensions: tuple[Dimension, ...]) -> dict[Dimension, Column]:
    """Every combination of those values, as a column for each dimension."""
    grid = np.meshgrid(*map(_values, dimensions), indexing="ij")
    return {dimension: axis.ravel() for dimension, axis in zip(dimensions, grid, strict=True)}


def _inside(points: dict[Dimension, Column], box: Box) -> Column:
    """Which points are in the box; what the points do not have is not asked."""
    found = np.ones(len(next(iter(points.values()))), np.bool_)
    for dimension, (first, last) in box.items():
        if dimension in points:
            found &= (points[dimension] >= first) & (points[dimension] <= last)
    return found


PLAIN = {
    Comparison.LESS: np.less,
    Comparison.AT_MOST: np.less_equal,
    Comparison.EQUAL: np.equal,
    Comparison.NOT_EQUAL: np.not_equal,
    Comparison.AT_LEAST: np.greater_equal,
    Comparison.MORE: np.greater,
}


def _hold(points: dict[Dimension, Column], conditions: Sequence[Condition]) -> Column:
    """Where all of these conditions hold, told plainly: unknown never does."""
    found = np.ones(len(next(iter(points.values()))), np.bool_)
    for one in conditions:
        if one.feature in FLAGS:
            found &= points[one.feature, one.value] == (one.comparison is Comparison.HAS)
        else:
            seen = points[one.feature, 0]
            found &= (seen >= 0) & PLAIN[one.comparison](seen, one.value)
    return found


@st.composite
def _boxes(draw: st.DrawFn, dimensions: Sequence[Dimension]) -> Box:
    box: dict[Dimension, tuple[int, int]] = {}
    for dimension in draw(st.lists(st.sampled_from(list(dimensions)), unique=True, max_size=3)):
        one, other = draw(st.tuples(*[st.sampled_from(_values(dimension))] * 2))
        box[dimension] = (min(one, other), max(one, other))
    return box


@settings(max_examples=200)
@given(_boxes(CLOCKS), st.lists(_boxes(CLOCKS), max_size=4))
def test_remainders_are_the_box_less_what_is_gone_each_point_once(box: Box, gone: list[Box]) -> None:
    points = _points(CLOCKS)
    wanted = _inside(points, box)
    for one in gone:
        wanted &= ~_inside(points, one)
    times = np.zeros(len(wanted), np.int64)
    for piece in remainders(box, gone):
        times += _inside(points, piece)
    assert times.tolist() == wanted.astype(np.int64).tolist()


@settings(max_examples=200)
@given(_boxes(TALKS), _boxes(TALKS))
def test_both_is_the_box_in_which_both_are(one: Box, other: Box) -> None:
    found, points = both(one, other), _points(TALKS)
    together = _inside(points, one) & _inside(points, other)
    assert together.any() == (found is not None)
    assert found is None or (together == _inside(points, found)).all()


def _conditions(dimensions: Sequence[Dimension]) -> st.SearchStrategy[Condition]:
    def of(dimension: Dimension) -> st.SearchStrategy[Condition]:
        feature, flag = dimension
        if flag:
            return st.builds(
                Condition,
                st.just(feature),
                st.sampled_from([Comparison.HAS, Comparison.LACKS]),
                st.just(flag),
            )
        signs = [sign for sign in Comparison if sign < Comparison.HAS]
        return st.builds(
            Condition,
            st.just(feature),
            st.sampled_from(signs),
            st.integers(0, min(SMALL, domain(dimension)[1])),
        )

    return st.sampled_from(list(dimensions)).flatmap(of)


@settings(max_examples=150)
@given(st.sampled_from([CLOCKS, TALKS]), st.data())
def test_the_boxes_of_conditions_are_where_they_all_hold(
    dimensions: tuple[Dimension, ...], data: st.DataObject
) -> None:
    conditions = data.draw(st.lists(_conditions(dimensions), max_size=4))
    points = _points(dimensions)
    found = np.zeros(len(points[dimensions[0]]), np.bool_)
    for box in boxes_of(conditions):
        found |= _inside(points, box)
    assert (found == _hold(points, conditions)).all()


def _policy(rules: list[list[Condition]]) -> Policy:
    plain = default_policy().steps[-1]
    steps = [replace(plain, code=f"s{n}", conditions=tuple(rule)) for n, rule in enumerate([*rules, []])]
    return replace(default_policy(), steps=tuple(steps))


@settings(max_examples=100)
@given(st.sampled_from([CLOCKS, TALKS]), st.data())
def test_an_example_is_found_exactly_where_a_step_can_be_the_next(
    dimensions: tuple[Dimension, ...], data: st.DataObject
) -> None:
    rules = data.draw(st.lists(st.lists(_conditions(dimensions), max_size=3), max_size=5))
    limits = data.draw(st.lists(_boxes(dimensions), max_size=2))
    policy, points = _policy(rules), _points(dimensions)
    open_yet = np.ones(len(points[dimensions[0]]), np.bool_)
    for box in impossible(policy):
        if set(box) <= set(dimensions):  # what else is so can always be chosen so that it can be
            open_yet &= ~_inside(points, box)
    for number, step in enumerate(policy.steps):
        gets = open_yet & _hold(points, step.conditions)
        open_yet &= ~gets
        for limit in limits:
            gets &= _inside(points, limit)
        example = reach(policy).example(number, *limits)
        assert (example is not None) == gets.any(), number
        assert example is None or (gets & _inside(points, example)).any()


def _row(point: dict[Dimension, int]) -> dict[Feature, int]:
    """A point as what the engine sees: the flags of a feature together."""
    row = {feature: -1 if feature in MAYBE_UNKNOWN else 0 for feature in Feature}
    for (feature, flag), value in point.items():
        row[feature] = row[feature] | flag * value if flag else value
    return row


@pytest.mark.parametrize("number", range(len(default_policy().steps)))
def test_the_engine_takes_the_step_of_each_example_of_the_default_policy(number: int) -> None:
    """At the low and at the high end of the example, and whatever else is so."""
    policy = default_policy()
    example = reach(policy).example(number)
    assert example is not None
    rng = np.random.default_rng(number)
    for end in (0, 1):
        for _ in range(20):
            point = {
                dimension: int(rng.integers(domain(dimension)[0], min(domain(dimension)[1], 90) + 1))
                for feature in Feature
                for dimension in ([(feature, int(f)) for f in FLAGS[feature]] if feature in FLAGS else [(feature, 0)])
            }  # fmt: skip
            row = _row(point | {dimension: span[end] for dimension, span in example.items()})
            matrix = np.array([[row[feature] for feature in Feature]], np.int64)
            assert next_steps(matrix, compile_policy(policy), 20_000).rule.tolist() == [number]


def test_domains_are_those_of_the_closed_lists() -> None:
    assert domain((Feature.OVERDUE_CENTS, 0)) == (0, MOST)
    assert domain((Feature.DAYS_SINCE_TALK, 0)) == (-1, MOST)
    assert domain(ON_HOLD) == (0, 1)
    assert {domain((feature, 0)) for feature in YES_NO} == {(0, 1)}
    assert all(domain((feature, 0)) == (0, len(NAMED[feature]) - 1) for feature in NAMED)


@pytest.mark.parametrize(
    ("conditions", "boxes"),
    [
        ([], [{}]),
        ([(Feature.PROMISE, "!=", 1)], [{(Feature.PROMISE, 0): (0, 0)}, {(Feature.PROMISE, 0): (2, 2)}]),
        ([(Feature.REPEATS, "<", 0)], []),
        ([(Feature.REPEATS, ">=", 2), (Feature.REPEATS, "<", 2)], []),
        (
            [(Feature.DAYS_SINCE_TALK, "<", 7)],
            [{(Feature.DAYS_SINCE_TALK, 0): (0, 6)}],
        ),  # unknown never holds
        ([(Feature.HOLD, "lacks", 2)], [{ON_HOLD: (0, 0)}]),
    ],
)
def test_a_condition_becomes_boxes(conditions: list[tuple[Feature, str, int]], boxes: list[Box]) -> None:
    signs = dict(zip(("<", "<=", "=", "!=", ">=", ">", "has", "lacks"), Comparison, strict=True))
    assert boxes_of([Condition(feature, signs[sign], value) for feature, sign, value in conditions]) == boxes
