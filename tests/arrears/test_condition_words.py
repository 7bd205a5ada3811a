"""A sentence for everything that a condition can see: each feature, each name, each flag, and what is unknown."""

from __future__ import annotations

import pytest

from tijdig.arrears.condition_words import sentence
from tijdig.policy.conditions import Condition
from tijdig.policy.words import FLAGS, MAYBE_UNKNOWN, NAMED, YES_NO, Comparison, Feature

QUANTITIES = [f for f in Feature if f not in NAMED and f not in FLAGS and f not in YES_NO]
SIGNS = [sign for sign in Comparison if sign not in (Comparison.HAS, Comparison.LACKS)]


def _told(feature: Feature, seen: int, value: int = 3, sign: Comparison = Comparison.AT_LEAST) -> str:
    return sentence(Condition(feature, sign, value), seen, True).replace("\u00a0", " ")


def test_every_feature_is_of_one_kind() -> None:
    assert sorted([*QUANTITIES, *NAMED, *FLAGS, *YES_NO]) == sorted(Feature)
    assert set(QUANTITIES) >= MAYBE_UNKNOWN


@pytest.mark.parametrize("feature", QUANTITIES)
def test_a_quantity_is_told_with_what_was_asked_and_is_called_unknown_where_it_is(feature: Feature) -> None:
    told = _told(feature, 5)
    assert "5" in told and "; dat is ten minste " in told and told.endswith(".")
    assert _told(feature, -1).endswith(" onbekend.")
    assert {_told(feature, 5, sign=sign) for sign in SIGNS} == {
        told.replace("ten minste", words)
        for words in ("minder dan", "hoogstens", "precies", "niet", "ten minste", "meer dan")
    }


@pytest.mark.parametrize("feature", sorted(YES_NO))
def test_a_fact_has_a_sentence_for_yes_and_another_for_no(feature: Feature) -> None:
    yes, no = _told(feature, 1), _told(feature, 0)
    assert yes != no
    assert {yes[-1], no[-1]} == {"."}


@pytest.mark.parametrize("feature", sorted(NAMED))
def test_each_name_of_a_state_has_a_sentence_of_its_own(feature: Feature) -> None:
    told = [_told(feature, value) for value in NAMED[feature].values()]
    assert len(set(told)) == len(NAMED[feature])
    assert sorted(NAMED[feature].values()) == list(range(len(told)))


@pytest.mark.parametrize(("feature", "flag"), [(f, flag) for f in FLAGS for flag in FLAGS[f]])
def test_each_flag_of_each_feature_has_words_of_its_own(feature: Feature, flag: int) -> None:
    """Flags of two features are the same number: what is told is of the feature that was asked."""
    others = {
        _told(f, int(other), int(other)) for f in FLAGS for other in FLAGS[f] if (f, other) != (feature, flag)
    }
    told = _told(feature, int(flag), int(flag), Comparison.HAS)
    assert told == _told(feature, int(flag), int(flag), Comparison.LACKS) != _told(feature, 0, int(flag))
    assert told not in others


@pytest.mark.parametrize(
    ("feature", "flag", "told"),
    [
        (Feature.HOLD, 1, "de bankgegevens zijn niet compleet."),
        (Feature.CIRCUMSTANCE, 1, "er loopt een schuldregeling."),
        (Feature.HOLD, 2, "het contract is aangehouden."),
        (Feature.CIRCUMSTANCE, 2, "er is een bewindvoerder."),
        (Feature.CIRCUMSTANCE, 32, "er is een bezwaar dat nog niet is beantwoord."),
    ],
)
def test_a_flag_is_told_by_its_own_feature(feature: Feature, flag: int, told: str) -> None:
    assert _told(feature, 63, flag, Comparison.HAS) == told


@pytest.mark.parametrize("feature", sorted({*NAMED, *FLAGS, *YES_NO}))
def test_what_no_decision_kept_is_not_told_as_if_it_were_so(feature: Feature) -> None:
    """A decision from before a feature was there has -1 in its place."""
    assert _told(feature, -1, 1) == "of dit zo was, is niet vastgelegd."
