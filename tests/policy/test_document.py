"""Reading a policy: what is in it, and each way in which it can be wrong, by name and place."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tijdig.policy.conditions import Condition
from tijdig.policy.document import default_policy, default_text, digest, read_policy
from tijdig.policy.terms import SHIPPED_HELP, ArrangementTerms, Deadlines, HelpTerms
from tijdig.policy.wording import problem_sentence
from tijdig.policy.words import LEGAL, Act, Bucket, Comparison, Feature, Hold, Stage, Who

GOOD = """
name: Proef
version: 3
valid_from: 2026-07-01
floor_cents: 500
arrangements: {longest_months: 12, smallest_cents: 2500, grace_days: 3, again_after_months: 6}
deadlines: {talk_by_days: 21, decide_by_days: 61, warn_days: 5}
minutes: {match_payment: 4, message: 0, letter: 0, call: 10, visit: 45, answer: 6, arrange: 20, confer: 15,
  fourteen_day_letter: 3, early_signal: 8, decide: 15, hand_over: 20}
steps:
  - code: call
    label: Bellen
    when: [days_overdue >= 8, hold lacks on_hold, departed = nee]
    do: call
    bucket: list
    stage: contact
    alert: true
    due_in_days: 2
    who: person
    why: "Al {days} te laat."
  - code: letter
    label: Brief
    when: [arrangement = late]
    do: letter
    letter: instalment_missed
    bucket: arrangement
    stage: agreed
    alert: false
    due_in_days: 1
    who: automatic
    why: "Een termijn is te laat."
  - code: rest
    label: Niets
    do: none
    bucket: nothing
    stage: none
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
    assert (policy.floor_cents, policy.deadlines) == (500, Deadlines(21, 61, 5))
    assert [step.code for step in policy.steps] == ["call", "letter", "rest"]
    assert policy.arrangements == ArrangementTerms(12, 2500, 3, 6)
    assert policy.steps[0].conditions == (
        Condition(Feature.DAYS_OVERDUE, Comparison.AT_LEAST, 8),
        Condition(Feature.HOLD, Comparison.LACKS, Hold.ON_HOLD),
        Condition(Feature.DEPARTED, Comparison.EQUAL, 0),
    )
    assert [step.who for step in policy.steps] == [Who.PERSON, Who.AUTOMATIC, Who.AUTOMATIC]


def test_read_policy_gives_what_is_done_where_it_then_stands_and_how_long_it_takes() -> None:
    policy, _ = read_policy(GOOD)
    assert policy is not None
    assert [(step.do, step.bucket, step.stage, step.letter) for step in policy.steps] == [
        (Act.CALL, Bucket.LIST, Stage.CONTACT, ""),
        (Act.LETTER, Bucket.ARRANGEMENT, Stage.AGREED, "instalment_missed"),
        (Act.NONE, Bucket.NOTHING, Stage.NONE, ""),
    ]
    assert policy.minutes.keys() == set(Act)
    assert (policy.minutes[Act.VISIT], policy.minutes[Act.NONE]) == (45, 0)


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("days_overdue >= 8", "moon_phase >= 8", "policy_feature_unknown", "stap 1"),
        ("days_overdue >= 8", "days_overdue ~ 8", "policy_condition_unreadable", "stap 1"),
        ("days_overdue >= 8", "days_overdue >= veel", "policy_value_wrong", "stap 1"),
        ("days_overdue >= 8", "days_overdue >= -8", "policy_condition_unreadable", "stap 1"),
        ("days_overdue >= 8", "days_overdue has on_hold", "policy_value_wrong", "stap 1"),
        ("days_overdue >= 8", "departed = 1", "policy_value_wrong", "stap 1"),
        ("days_overdue >= 8", "arrangement = 4", "policy_value_wrong", "stap 1"),
        ("days_overdue >= 8", "arrangement = gebroken", "policy_value_wrong", "stap 1"),
        ("hold lacks on_hold", "hold lacks the_moon", "policy_value_wrong", "stap 1"),
        ("hold lacks on_hold", "hold lacks vulnerable", "policy_value_wrong", "stap 1"),
        ("hold lacks on_hold", "hold = 2", "policy_value_wrong", "stap 1"),
        ("hold lacks on_hold", "circumstance = vulnerable", "policy_value_wrong", "stap 1"),
        ("{days}", "{moon}", "policy_placeholder_unknown", "stap 1"),
        ("{days}", "{days!r}", "policy_placeholder_unknown", "stap 1"),
        ("{days}", "{}", "policy_placeholder_unknown", "stap 1"),
        ("{days}", "{days", "policy_placeholder_unknown", "stap 1"),
        ("who: person", "who: nobody", "policy_value_wrong", "stap 1"),
        ("alert: true", "alert: perhaps", "policy_value_wrong", "stap 1"),
        ("due_in_days: 2", "due_in_days: soon", "policy_value_wrong", "stap 1"),
        ("due_in_days: 2", "due_in_days: 367", "policy_value_wrong", "stap 1"),
        ("do: call", "do: shout", "policy_value_wrong", "stap 1"),
        ("bucket: list", "bucket: drawer", "policy_value_wrong", "stap 1"),
        ("stage: contact", "stage: theatre", "policy_value_wrong", "stap 1"),
        ("do: call", "do: call\n    letter: reminder", "policy_value_wrong", "stap 1"),
        ("    letter: instalment_missed\n", "", "policy_value_wrong", "stap 2"),
        ("letter: instalment_missed", "letter: love_letter", "policy_value_wrong", "stap 2"),
        ("letter: instalment_missed", "letter: [reminder]", "policy_value_wrong", "stap 2"),
        ("    label: Bellen\n", "", "policy_field_missing", "stap 1"),
        ("    stage: contact\n", "", "policy_field_missing", "stap 1"),
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
        ("version: 3", "version: drie en een half", "policy_without_name_or_version", ""),
        ("name: Proef", "name: Proef\ncolour: red", "policy_field_unknown", ""),
        ("floor_cents: 500", "floor_cents: -1", "policy_value_wrong", ""),
        ("floor_cents: 500\n", "", "policy_value_wrong", ""),
        ("grace_days: 3", "grace_days: veel", "policy_value_wrong", "arrangements"),
        ("grace_days: 3, ", "", "policy_value_wrong", "arrangements"),
        ("grace_days: 3", "grace_days: 3, colour: 1", "policy_field_unknown", "arrangements"),
        ("arrangements: {longest_months: 12, smallest_cents: 2500, grace_days: 3, again_after_months: 6}\n", "",
         "policy_field_missing", "arrangements"),
        ("warn_days: 5", "warn_days: ja", "policy_value_wrong", "deadlines"),
        (", warn_days: 5", "", "policy_value_wrong", "deadlines"),
        ("warn_days: 5", "warn_days: 5, colour: 1", "policy_field_unknown", "deadlines"),
        ("deadlines: {talk_by_days: 21, decide_by_days: 61, warn_days: 5}", "deadlines: 61",
         "policy_field_missing", "deadlines"),
        ("steps:", "help: {pause_days: 42, follow_up_days: 14, request_pause_days: 28}\nsteps:",
         "policy_value_wrong", "help"),
        ("steps:", "help: {pause_days: veel, follow_up_days: 14, request_pause_days: 28, longest_pause_days: 120}\nsteps:",
         "policy_value_wrong", "help"),
        ("steps:", "help: {pause_days: 1, follow_up_days: 1, request_pause_days: 1, longest_pause_days: 1, most: 1}\nsteps:",
         "policy_field_unknown", "help"),
        ("steps:", "help: 42\nsteps:", "policy_field_missing", "help"),
        ("visit: 45", "visit: 481", "policy_value_wrong", "minutes"),
        ("visit: 45, ", "", "policy_value_wrong", "minutes"),
        ("visit: 45", "visit: 45, walk: 3", "policy_field_unknown", "minutes"),
        ("visit: 45", "visit: 45, none: 0", "policy_field_unknown", "minutes"),
        ("steps:", "stappen:", "policy_without_steps", ""),
        ("name: Proef", "name: [", "policy_unreadable", ""),
        ("floor_cents: 500", "floor_cents: &some 500\nmore: *some", "policy_unreadable", ""),
        ("name: Proef", "name: " + "x" * 200_000, "policy_too_long", ""),
    ],
)  # fmt: skip
def test_read_policy_with_one_fault_names_it_and_gives_no_policy(
    old: str, new: str, code: str, place: str
) -> None:
    assert old in GOOD
    policy, problems = read_policy(GOOD.replace(old, new, 1))
    assert policy is None
    assert [(problem.code, problem.place) for problem in problems] == [(code, place)]


def test_a_document_that_says_nothing_about_help_has_the_pauses_that_are_shipped() -> None:
    """Those of before version 5 could not say it; the shipped document says the same numbers."""
    policy, _ = read_policy(GOOD)
    assert policy is not None and policy.help == SHIPPED_HELP == HelpTerms(42, 14, 28, 120)
    assert default_policy().help == SHIPPED_HELP and "\nhelp:" in default_text()
    said = GOOD.replace(
        "steps:",
        "help: {pause_days: 30, follow_up_days: 7, request_pause_days: 0, longest_pause_days: 60}\nsteps:",
        1,
    )
    own, problems = read_policy(said)
    assert problems == () and own is not None and own.help == HelpTerms(30, 7, 0, 60)


TRAITS = """
    nationality nationaliteit taal language first_language mother_language geboren birth age leeftijd_jaren gender geslacht
    married kinderen health religion geloof postcode buurt bsn achternaam politics geaardheid
"""


@pytest.mark.parametrize("trait", TRAITS.split())
def test_read_policy_refuses_to_look_at_who_somebody_is(trait: str) -> None:
    policy, (problem,) = read_policy(GOOD.replace("days_overdue >= 8", f"{trait} = 1", 1))
    assert policy is None
    assert (problem.code, problem.place, problem.text) == ("policy_trait_forbidden", "stap 1", trait)
    assert problem_sentence(problem) == (
        f"Stap 1: `{trait}` zegt wie iemand is. Een werkwijze kijkt alleen naar wat er gebeurde."
    )


def test_read_policy_tells_every_fault_at_once() -> None:
    text = GOOD.replace("do: call", "do: shout").replace("warn_days: 5", "warn_days: x")
    _, problems = read_policy(text.replace("Al {days} te laat", "Al {moon} te laat"))
    assert [problem.code for problem in problems] == [
        "policy_value_wrong",
        "policy_placeholder_unknown",
        "policy_value_wrong",
    ]
    assert "Stap 1: Deze waarde kan niet: `do: shout`." in [problem_sentence(problem) for problem in problems]


ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 900) | st.floats() | st.dates() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4) | st.integers(), inner),
    max_leaves=4,
)


@given(st.data())
def test_read_policy_of_an_odd_document_gives_a_policy_or_says_what_is_wrong(data: st.DataObject) -> None:
    """Whatever stands in one place of a good document: never a fault of the program, and a sentence for each problem."""
    document: dict[str, Any] = copy.deepcopy(yaml.safe_load(GOOD))
    inside = data.draw(
        st.sampled_from(
            [
                document,
                document["deadlines"],
                document["arrangements"],
                document["minutes"],
                *document["steps"],
            ]
        )
    )
    inside[data.draw(st.sampled_from([*inside, "letter", "more"]))] = data.draw(ODD)
    policy, problems = read_policy(yaml.safe_dump(document, allow_unicode=True))
    assert (policy is None) == bool(problems)
    assert all(problem_sentence(problem) for problem in problems)


def test_default_policy_has_no_automatic_step_with_legal_effect() -> None:
    policy = default_policy()
    assert {step.code for step in policy.steps if step.do in LEGAL} == {
        "hand_over",
        "hand_over_departed",
        "early_signal",
        "fourteen_day_letter",
        "decide",
        "decide_amount",
        "decide_beside_promise",
        "decide_new_arrears",
        "decide_new_beside_promise",
        "decide_rent_unknown",
    }
    assert {step.who for step in policy.steps if step.do in LEGAL} == {Who.PERSON}
    assert {step.do for step in policy.steps if step.who is Who.AUTOMATIC} == {Act.NONE, Act.MESSAGE}
    assert [step.code for step in policy.steps[:2]] == ["frozen_ahead", "nothing_open"]


def test_digest_tells_two_texts_apart() -> None:
    assert digest(GOOD) == digest(GOOD) != digest(GOOD + " ")
    assert len(digest(default_text())) == 64
