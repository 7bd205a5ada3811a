"""A condition and an example in the words of the document: what is shown can be typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.base.problems import Problem
from tijdig.policy.conditions import Condition, read_condition, says_who
from tijdig.policy.document import default_policy
from tijdig.policy.example_words import condition_text, in_words
from tijdig.policy.regions import MOST, Box, domain
from tijdig.policy.words import FLAGS, FORBIDDEN, NAMED, YES_NO, Circumstance, Comparison, Feature, Hold

SIGNS = [sign for sign in Comparison if sign < Comparison.HAS]


@st.composite
def _conditions(draw: st.DrawFn) -> Condition:
    feature = draw(st.sampled_from(Feature))
    if feature in FLAGS:
        sign = draw(st.sampled_from([Comparison.HAS, Comparison.LACKS]))
        return Condition(feature, sign, int(draw(st.sampled_from(list(FLAGS[feature])))))
    last = domain((feature, 0))[1]
    return Condition(feature, draw(st.sampled_from(SIGNS)), draw(st.integers(0, min(last, 10**7))))


@given(_conditions())
def test_a_condition_that_is_shown_reads_as_that_condition(condition: Condition) -> None:
    problems: list[Problem] = []
    assert read_condition(condition_text(condition), "stap 1", problems) == condition
    assert problems == []


@pytest.mark.parametrize("step", default_policy().steps, ids=lambda step: step.code)
def test_the_conditions_of_a_step_are_shown_as_they_stand(step: object) -> None:
    shown = in_words({}, step)  # type: ignore[arg-type]
    read = [read_condition(text, "", []) for text in shown]
    assert tuple(read) == step.conditions  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("box", "words"),
    [
        ({(Feature.OVERDUE_CENTS, 0): (1000, MOST)}, "overdue_cents >= 1000"),
        ({(Feature.OVERDUE_CENTS, 0): (0, 999)}, "overdue_cents <= 999"),
        ({(Feature.DAYS_SINCE_TALK, 0): (-1, -1)}, "days_since_talk onbekend"),
        ({(Feature.PROMISE, 0): (2, 2)}, "promise = broken"),
        ({(Feature.EARLY_SIGNAL, 0): (2, 4)}, "early_signal >= objected"),
        ({(Feature.PAUSED, 0): (1, 1)}, "paused = ja"),
        ({(Feature.HOLD, int(Hold.ON_HOLD)): (1, 1)}, "hold has on_hold"),
        (
            {(Feature.CIRCUMSTANCE, int(Circumstance.ADMINISTRATION)): (0, 0)},
            "circumstance lacks administration",
        ),
    ],
)
def test_a_box_is_told_by_what_is_special_about_it(box: Box, words: str) -> None:
    whole = {(feature, 0): domain((feature, 0)) for feature in Feature if feature not in FLAGS}
    assert in_words(box) == in_words(whole | dict(box)) == [words]


def test_a_box_is_told_in_a_handful_of_words() -> None:
    box = {(feature, 0): (1, 1) for feature in YES_NO}
    assert len(in_words(box)) == 6


@pytest.mark.parametrize("name", sorted(FORBIDDEN))
def test_a_word_that_says_who_somebody_is_does_so_as_a_part_too(name: str) -> None:
    assert says_who(name) and says_who(f"has_{name}") and says_who(f"{name.upper()}_CODE")


def test_no_feature_says_who_somebody_is() -> None:
    assert [feature.name for feature in Feature if says_who(feature.name)] == []
    assert [name for names in NAMED.values() for name in names if says_who(name)] == []
