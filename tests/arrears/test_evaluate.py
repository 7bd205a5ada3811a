"""One call for one tenancy and for many: the same decision either way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tijdig.arrears.evaluate import decide, evaluate
from tijdig.arrears.explain import explain
from tijdig.arrears.features import Traits
from tijdig.lab.columns import portfolio_of_homes
from tijdig.policy.document import default_policy
from tijdig.policy.table import compile_policy
from tijdig.policy.words import Feature

HOMES = 400
POLICY = default_policy()
TABLE = compile_policy(POLICY)
PORTFOLIO = portfolio_of_homes(HOMES, 14, mixed=True, seed=3)
_RNG = np.random.default_rng(4)
TRAITS = Traits(
    np.where(_RNG.random(HOMES) < 0.05, -1, 60_000),
    _RNG.random(HOMES) < 0.1,
    _RNG.random(HOMES) < 0.5,
    _RNG.integers(1, 32, HOMES),
    np.where(_RNG.random(HOMES) < 0.1, _RNG.integers(0, 8, HOMES), 0),
)
AS_OF = int(PORTFOLIO.day.max()) - 12
DECISIONS = evaluate(PORTFOLIO, TRAITS, TABLE, AS_OF)


def test_evaluate_of_one_tenancy_equals_its_place_among_many() -> None:
    for place in range(0, HOMES, 7):
        alone = evaluate(PORTFOLIO.slice(place, place + 1), TRAITS.slice(place, place + 1), TABLE, AS_OF)
        assert alone.features.tolist() == DECISIONS.features[place : place + 1].tolist()
        assert (alone.code(0), alone.due_day[0], alone.alert[0]) == (
            DECISIONS.code(place),
            DECISIONS.due_day[place],
            DECISIONS.alert[place],
        )


def test_decide_from_the_same_positions_equals_evaluate() -> None:
    again = decide(DECISIONS.positions, TRAITS, TABLE)
    assert again.rule.tolist() == DECISIONS.rule.tolist()


def test_evaluate_gives_no_alert_without_something_overdue() -> None:
    overdue = DECISIONS.features[:, Feature.OVERDUE_CENTS]
    assert not (DECISIONS.alert & (overdue == 0)).any()
    assert len({DECISIONS.code(place) for place in range(HOMES)}) >= 8


def test_explain_of_every_decision_ends_with_the_rule_that_applies() -> None:
    for place in range(HOMES):
        told = explain(DECISIONS, place, POLICY)
        assert told.code == DECISIONS.code(place)
        assert [rule.applies for rule in told.considered] == [False] * (len(told.considered) - 1) + [True]
        assert bool(told.would_stop_alert) == told.alert == bool(DECISIONS.alert[place])
        assert "{" not in told.why and "onbekend." not in told.why


def test_explain_with_another_policy_is_refused() -> None:
    other = replace(POLICY, version="2", steps=POLICY.steps[1:])
    with pytest.raises(ValueError, match="another policy"):
        explain(DECISIONS, 0, other)
