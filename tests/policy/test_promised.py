"""The terms that a way of working promises, for a tenant whom nobody reaches: day by day, told here in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from tests.policy.mutated import ahead_of, deadlines, mutated, step, without

from tijdig.arrears.next_step import holds as engine_holds
from tijdig.law.letter_term import fewest_days, fourteen_days
from tijdig.policy.document import Policy, default_policy
from tijdig.policy.promised import holds, promised
from tijdig.policy.words import FLAGS, Comparison, Feature

CALL = {"do": "call", "bucket": "list", "alert": True, "who": "person"}


def _told(policy: Policy) -> list[tuple[str, str]]:
    return [(one.code, one.sentence) for one in promised(policy)]


def test_the_default_policy_keeps_its_own_terms() -> None:
    assert promised(default_policy()) == ()


@pytest.mark.parametrize(("talk_by", "codes"), [(10, []), (9, ["talk_not_in_time"])])
def test_a_talk_is_asked_so_early_that_the_warning_can_still_be_heeded(
    talk_by: int, codes: list[str]
) -> None:
    """Calling is asked on day 5, and what will miss the term shows five days before."""
    assert [one.code for one in promised(mutated(deadlines(talk_by_days=talk_by)))] == codes


def test_a_policy_that_never_asks_to_talk_says_so() -> None:
    quiet = [one.code for one in default_policy().steps if one.do in ("call", "visit")]
    assert (
        "talk_not_in_time",
        "Een gesprek wordt nooit gevraagd, en het moet er op dag 21 zijn geweest.",
    ) in _told(mutated(without(*quiet)))


@pytest.mark.parametrize(("day", "late"), [(60, False), (61, True)])
def test_a_decision_is_asked_before_its_last_day(day: int, late: bool) -> None:
    policy = mutated(
        step("decide", when=[f"days_in_arrears >= {day}", "decided = none"], due_in_days=0),
        without("decide_amount"),
    )
    assert [one.code for one in promised(policy)] == ["decision_not_in_time"] * late


def test_a_decision_that_a_program_takes_is_no_decision() -> None:
    policy = mutated(
        *(step(code, who="automatic") for code in ("decide", "decide_amount", "decide_rent_unknown"))
    )
    assert [one.code for one in promised(policy)] == ["decision_not_in_time"]


@pytest.mark.parametrize(("letter_from", "codes"), [(41, []), (42, ["letter_too_late"])])
def test_the_term_of_the_letter_is_over_when_the_decision_is_due(letter_from: int, codes: list[str]) -> None:
    """Asked on day 41 it goes on day 44, on the last day that a person has; its term is over on day 61."""
    conditions = [f"days_in_arrears >= {letter_from}", "fourteen_day_letter = none"]
    assert [one.code for one in promised(mutated(step("fourteen_day_letter", when=conditions)))] == codes


def test_an_offer_of_help_is_not_yet_a_signal() -> None:
    """The letter and the act go by the same word; without the act nothing is ready for a hand-over."""
    assert _told(mutated(without("early_signal"))) == [
        ("hand_over_never_ready", "Na een besluit tot overdracht wordt de overdracht nooit gevraagd: er ontbreekt iets.")
    ]  # fmt: skip


def test_a_policy_without_a_hand_over_needs_nothing_for_it() -> None:
    policy = mutated(without("hand_over", "hand_over_departed", "early_signal"))
    assert [one for one, _ in _told(policy) if one == "hand_over_never_ready"] == []


def test_who_is_reminded_was_written_to() -> None:
    """As for the engine: a step for who was reminded and not written to is never asked, also not where it decides."""
    policy = mutated(
        step("message", letter="reminder"),
        without("decide", "decide_amount", "decide_rent_unknown", "hand_over", "hand_over_departed"),
        ahead_of("call", "reminded_since_due = ja", "written_since_due = nee", **CALL | {"do": "decide"}),
    )
    assert _told(policy) == [
        ("decision_not_in_time", "Een besluit op naam wordt nooit gevraagd, en het moet er op dag 61 zijn.")
    ]


@pytest.mark.parametrize("seen", range(-1, 4))
def test_conditions_hold_as_the_engine_has_it(seen: int) -> None:
    for comparison in Comparison:
        flag = comparison in (Comparison.HAS, Comparison.LACKS)
        feature = next(iter(FLAGS)) if flag else Feature.REPEATS
        for value in (1, 2) if flag else range(4):
            expected = bool(engine_holds(seen, comparison, value))
            assert holds({feature: seen}, feature, comparison, value) == expected


def test_no_letter_of_any_day_has_its_costs_due_sooner_than_the_fewest_days() -> None:
    first, days = date(2026, 1, 1), range(365)
    sent = [first + timedelta(days=day) for day in days]
    shortest: Callable[[date], int] = lambda on: (fourteen_days(on).fee_from_on - on).days  # noqa: E731
    assert min(map(shortest, sent)) == fewest_days(first) == 17
