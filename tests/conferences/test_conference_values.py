"""What may be put on the agenda, who may be there, and what a decision must have."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conferences.groups import AGAIN, DO_BY, HELP, STEPS, TODAY, UNTIL, VISIT

from tijdig.conferences import wording
from tijdig.conferences.habits import habits
from tijdig.conferences.kinds import DONE_BY, Decision
from tijdig.conferences.values import (
    ItemDraft,
    OutcomeDraft,
    Presence,
    fault,
    held_faults,
    item_faults,
    outcome_faults,
    presence_faults,
    reason_faults,
)

DAY = timedelta(days=1)


def draft(**changed: object) -> OutcomeDraft:
    plain: dict[str, object] = {
        "item_id": 1,
        "conference_id": 1,
        "seen": None,
        "decision": Decision.ARRANGE,
        "reason": "De huurder wil betalen.",
        "until_on": UNTIL,
        "instead_of": "call",
        "who_id": 1,
        "do_by_on": DO_BY,
    }
    return OutcomeDraft(**plain | changed)  # type: ignore[arg-type]


def codes(**changed: object) -> list[str]:
    return [one.code for one in outcome_faults(draft(**changed), TODAY, STEPS)]


@pytest.mark.parametrize(
    "changed",
    [
        {},
        HELP,
        VISIT,
        AGAIN,
        {"decision": Decision.PAUSE, "who_id": None, "do_by_on": None},
        {"decision": Decision.GO_ON, "who_id": 1, "do_by_on": None},
        {"until_on": TODAY, "do_by_on": TODAY},
        {"instead_of": "gone"},  # only a decision about a step asks which one that is
        {"reason": "x" * 400},
    ],
)
def test_what_may_be_decided(changed: dict[str, object]) -> None:
    assert codes(**changed) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"decision": None}, ["decision_missing"]),
        ({"decision": None, "reason": ""}, ["decision_missing", "explanation_missing"]),
        ({"reason": "  "}, ["explanation_missing"]),
        ({"reason": "x" * 401}, ["explanation_long"]),
        ({"until_on": None}, ["until_missing"]),
        ({"until_on": TODAY - DAY}, ["until_past"]),
        ({"do": "visit"}, ["step_unasked"]),
        (VISIT | {"do": ""}, ["step_missing"]),
        (VISIT | {"do": "dance"}, ["step_unknown"]),
        (VISIT | {"do": "call"}, ["step_same"]),
        (VISIT | {"instead_of": "gone"}, ["step_gone"]),
        (AGAIN | {"instead_of": ""}, ["step_gone"]),
        ({"who_id": None}, ["who_missing"]),
        ({"do_by_on": None}, ["do_by_missing"]),
        ({"who_id": None, "do_by_on": None}, ["who_missing", "do_by_missing"]),
        ({"do_by_on": TODAY - DAY}, ["do_by_past"]),
        ({"do_by_on": UNTIL + DAY}, ["do_by_late"]),
        ({"decision": Decision.PAUSE, "who_id": None}, ["do_by_alone"]),
        (
            {"until_on": None, "who_id": None, "reason": ""},
            ["until_missing", "who_missing", "explanation_missing"],
        ),
    ],
)
def test_what_may_not_be_decided(changed: dict[str, object], expected: list[str]) -> None:
    assert codes(**changed) == expected


@given(
    st.sampled_from(Decision),
    st.integers(-3, 40),
    st.none() | st.integers(-3, 40),
    st.none() | st.just(1),
    st.sampled_from(["", "visit", "call"]),
)
def test_what_is_accepted_has_names_and_days_that_can_be(
    decision: Decision, until: int, do_by: int | None, who: int | None, do: str
) -> None:
    made = draft(
        decision=decision,
        until_on=TODAY + until * DAY,
        do_by_on=None if do_by is None else TODAY + do_by * DAY,
        who_id=who,
        do=do,
    )
    if outcome_faults(made, TODAY, STEPS):
        return
    assert made.until_on is not None and made.until_on >= TODAY
    assert made.do_by_on is None or TODAY <= made.do_by_on <= made.until_on
    assert (made.who_id is not None and made.do_by_on is not None) or decision not in DONE_BY
    assert (made.do == "visit") == (decision is Decision.OTHER_STEP)


@pytest.mark.parametrize(
    ("question", "days", "expected"),
    [
        ("Overdragen?", None, []),
        ("Overdragen?", 0, []),
        ("Overdragen?", habits(TODAY).wanted_days, []),
        (" ", None, ["question_missing"]),
        ("x" * 2001, None, ["question_long"]),
        ("Overdragen?", -1, ["wanted_past"]),
        ("Overdragen?", habits(TODAY).wanted_days + 1, ["wanted_far"]),
    ],
)
def test_a_case_needs_a_question_and_a_day_that_can_be(
    question: str, days: int | None, expected: list[str]
) -> None:
    wanted = None if days is None else TODAY + days * DAY
    made = ItemDraft(tenancy_id=1, question=question, wanted_by_on=wanted)
    assert [one.code for one in item_faults(made, TODAY)] == expected


@pytest.mark.parametrize(("back", "expected"), [(0, []), (31, []), (-1, ["held_future"]), (32, ["held_old"])])
def test_a_conference_is_of_today_or_lately(back: int, expected: list[str]) -> None:
    assert [one.code for one in held_faults(TODAY - back * DAY, TODAY)] == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"chair": " "}, ["chair_missing"]),
        ({"present": ()}, ["nobody_present"]),
        ({"guests": ("x",) * 21}, ["guests_many"]),
        ({"guests": ("x" * 121,)}, ["name_long"]),
        ({"chair": "x" * 121}, ["chair_long"]),
    ],
)
def test_a_conference_has_a_chair_and_a_colleague(changed: dict[str, object], expected: list[str]) -> None:
    plain: dict[str, object] = {"chair": "Ada", "present": (1,), "guests": ("De Vries, sociaal team",)}
    there = Presence(**plain | changed)  # type: ignore[arg-type]
    assert [one.code for one in presence_faults(there)] == expected


@pytest.mark.parametrize(
    ("reason", "expected"), [("Betaald.", []), (" ", ["reason_missing"]), ("x" * 401, ["reason_long"])]
)
def test_off_the_agenda_goes_with_a_reason(reason: str, expected: list[str]) -> None:
    assert [one.code for one in reason_faults(reason)] == expected


@pytest.mark.parametrize("code", wording.REFUSED)
def test_every_sentence_says_what_to_do(code: str) -> None:
    """Two sentences, or one that asks for something."""
    sentence = fault(code, "A", 1).sentence
    asks = ("Schrijf", "Kies", "Vul", "Kruis")
    assert sentence.startswith(asks) or sentence.count(". ") + sentence.count(": ") >= 1
    assert "{" not in sentence


def test_before_the_first_habits_the_first_count() -> None:
    assert habits(TODAY.replace(year=2000)) == habits(TODAY)
