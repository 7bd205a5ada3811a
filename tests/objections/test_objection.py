"""What waits while an objection is unanswered, and by when a person answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.law.holidays import is_rest_day
from tijdig.objections.habits import answer_by, habits
from tijdig.objections.kinds import ABOUT_LABEL, OUTCOME_LABEL, WAY_LABEL, About, Outcome, Way
from tijdig.objections.objection import Pause, pauses, pauses_after, pausing
from tijdig.objections.wording import REFUSED, WAITS, WAITS_AFTER


@pytest.mark.parametrize(
    ("about", "waits"),
    [
        (About.ENTRY, Pause.ENTRIES),
        (About.ARREARS, Pause.STEPS),
        (About.COSTS, Pause.STEPS),
        (About.LETTER, Pause.STEPS),
        (About.DECISION, Pause.STEPS),
        (About.ARRANGEMENT, Pause.NOTHING),
        (About.TREATMENT, Pause.NOTHING),
    ],
)
def test_what_waits_for_an_answer(about: About, waits: Pause) -> None:
    assert pauses(about) is waits


def test_the_answer_ends_it_but_for_items_about_which_the_tenant_was_right() -> None:
    left = {
        (about, outcome)
        for about in About
        for outcome in Outcome
        if pauses_after(about, outcome) is not Pause.NOTHING
    }
    assert left == {(About.ENTRY, Outcome.UPHELD)}
    assert pauses_after(About.ENTRY, Outcome.UPHELD) is Pause.ENTRIES


@given(st.sampled_from(list(About)), st.sampled_from([None, *Outcome]), st.sampled_from(list(Pause)))
def test_the_cases_of_a_pause_are_those_that_the_rule_gives(
    about: About, outcome: Outcome | None, wanted: Pause
) -> None:
    waits = pauses(about) if outcome is None else pauses_after(about, outcome)
    assert ((about, outcome) in set(pausing(wanted))) == (waits is wanted)


def test_every_word_is_told() -> None:
    assert set(ABOUT_LABEL) == set(About)
    assert set(WAY_LABEL) == set(Way)
    assert set(OUTCOME_LABEL) == set(Outcome)
    assert set(WAITS) == set(Pause)
    assert all(text.endswith(".") for text in (*WAITS.values(), *REFUSED.values(), WAITS_AFTER))


@pytest.mark.parametrize(
    ("received_on", "by"),
    [
        (date(2026, 11, 2), date(2026, 11, 16)),  # a Monday, two weeks on
        (date(2026, 11, 7), date(2026, 11, 23)),  # a Saturday: Saturday the 21st, so Monday
        (date(2026, 11, 8), date(2026, 11, 23)),  # a Sunday
        (date(2026, 3, 20), date(2026, 4, 7)),  # Good Friday, weekend, Easter Monday
        (date(2026, 12, 11), date(2026, 12, 28)),  # Christmas Day, Boxing Day, Sunday
        (date(2025, 12, 18), date(2026, 1, 5)),  # New Year's Day, an equated Friday, the weekend
        (date(2026, 4, 21), date(2026, 5, 6)),  # 5 May
    ],
)
def test_a_person_answers_within_fourteen_days_or_on_the_business_day_after(
    received_on: date, by: date
) -> None:
    assert answer_by(received_on) == by


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_the_term_ends_on_the_first_business_day_from_the_fourteenth_day_on(received_on: date) -> None:
    last, fourteenth = answer_by(received_on), received_on + timedelta(days=14)
    assert last >= fourteenth
    assert not is_rest_day(last)
    between = (fourteenth + timedelta(days=away) for away in range((last - fourteenth).days))
    assert all(is_rest_day(day) for day in between)


def test_the_term_is_our_own_promise_and_says_so() -> None:
    assert (habits(date(2026, 11, 2)).term_days, habits(date(2026, 11, 2)).source) == (14, "eigen afspraak")
    assert habits(date(2020, 1, 1)) == habits(date(2026, 1, 1))
