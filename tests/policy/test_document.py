"""Reading a policy: what is in it, and each way in which it can be wrong, by name and place."""

from __future__ import annotations

from datetime import date

import pytest

from tijdig.policy.document import Comparison, Condition, Feature, Hold, Who, default_policy, read_policy
from tijdig.policy.terms import ArrangementTerms

GOOD = """
name: Proef
version: 3
valid_from: 2026-07-01
arrangements: {longest_months: 12, smallest_cents: 2500, grace_days: 3, again_after_months: 6}
steps:
  - code: call
    label: Bellen
    when: [days_overdue >= 8, hold lacks on_hold, departed = nee]
    alert: true
    due_in_days: 2
    who: person
    why: "Al {days} te laat."
  - code: rest
    label: Niets
    alert: false
    due_in_days: 0
    who: automatic
    why: Niets te doen.
"""


def test_read_policy_gives_steps_and_conditions_in_order() -> None:
    policy, problems = read_policy(GOOD)
    assert problems == ()
    assert policy is not None
    assert (policy.name, policy.version, policy.valid_from) == ("Proef", "3", date(2026, 7, 1))
    assert [step.code for step in policy.steps] == ["call", "rest"]
    assert policy.arrangements == ArrangementTerms(12, 2500, 3, 6)
    assert policy.steps[0].conditions == (
        Condition(Feature.DAYS_OVERDUE, Comparison.AT_LEAST, 8),
        Condition(Feature.HOLD, Comparison.LACKS, Hold.ON_HOLD),
        Condition(Feature.DEPARTED, Comparison.EQUAL, 0),
    )
    assert (policy.steps[0].who, policy.steps[1].who) == (Who.PERSON, Who.AUTOMATIC)


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("days_overdue >= 8", "moon_phase >= 8", "policy_feature_unknown", "stap 1"),
        ("days_overdue >= 8", "days_overdue ~ 8", "policy_condition_unreadable", "stap 1"),
        ("days_overdue >= 8", "days_overdue >= veel", "policy_value_wrong", "stap 1"),
        ("days_overdue >= 8", "days_overdue >= -8", "policy_condition_unreadable", "stap 1"),
        ("days_overdue >= 8", "days_overdue has on_hold", "policy_value_wrong", "stap 1"),
        ("hold lacks on_hold", "hold lacks the_moon", "policy_value_wrong", "stap 1"),
        ("hold lacks on_hold", "hold = 2", "policy_value_wrong", "stap 1"),
        ("{days}", "{moon}", "policy_placeholder_unknown", "stap 1"),
        ("{days}", "{days!r}", "policy_placeholder_unknown", "stap 1"),
        ("{days}", "{days", "policy_placeholder_unknown", "stap 1"),
        ("who: person", "who: nobody", "policy_value_wrong", "stap 1"),
        ("alert: true", "alert: perhaps", "policy_value_wrong", "stap 1"),
        ("due_in_days: 2", "due_in_days: soon", "policy_value_wrong", "stap 1"),
        ("    label: Bellen\n", "", "policy_field_missing", "stap 1"),
        ("alert: true", "alert: true\n    colour: red", "policy_field_unknown", "stap 1"),
        ("code: rest", "code: call", "policy_code_twice", ""),
        (
            "    when: [days_overdue >= 8, hold lacks on_hold, departed = nee]\n",
            "",
            "policy_step_ends_early",
            "",
        ),
        ("label: Niets", "label: Niets\n    when: [open_cents = 0]", "policy_without_last_step", ""),
        ("valid_from: 2026-07-01", "valid_from: soon", "policy_without_date", ""),
        ("name: Proef\n", "", "policy_without_name_or_version", ""),
        ("grace_days: 3", "grace_days: veel", "policy_value_wrong", "arrangements"),
        ("grace_days: 3, ", "", "policy_value_wrong", "arrangements"),
        ("grace_days: 3", "grace_days: 3, colour: 1", "policy_field_unknown", "arrangements"),
        ("arrangements:", "regelingen:", "policy_field_missing", "arrangements"),
        ("steps:", "stappen:", "policy_without_steps", ""),
        ("name: Proef", "name: [", "policy_unreadable", ""),
    ],
)
def test_read_policy_with_one_fault_names_it_and_gives_no_policy(
    old: str, new: str, code: str, place: str
) -> None:
    assert old in GOOD
    policy, problems = read_policy(GOOD.replace(old, new, 1))
    assert policy is None
    assert [(problem.code, problem.place) for problem in problems] == [(code, place)]


def test_default_policy_has_no_automatic_step_towards_a_handover() -> None:
    by_code = {step.code: step for step in default_policy().steps}
    assert by_code["prepare_handover"].who is Who.PERSON
    assert by_code["bank_incomplete"].alert is False
    assert default_policy().steps[0].code == "nothing_open"
