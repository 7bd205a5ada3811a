"""Choices of made-up consultants: such as the rooms accept, and by what is known of the case."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from tijdig.lab.scripted import Nature, Tenant
from tijdig.lab.scripted_work import Known, answers, circumstance, decides, deviates
from tijdig.objections.kinds import Outcome
from tijdig.rulings.kinds import DECISIONS, DEVIATIONS, Kind
from tijdig.rulings.ruling import last_day
from tijdig.tenancies.flags import Flag

DAY = date(2026, 11, 2)
tenants = some.builds(
    Tenant,
    some.integers(0, 99),
    some.integers(0, 5_000),
    some.sampled_from(Nature),
    some.just(0),
    some.just(25),
)
cases = some.builds(Known, talked=some.booleans(), departed=some.booleans(), tried=some.booleans())


@given(tenants, cases)
def test_a_decision_is_one_that_may_be_made(who: Tenant, known: Known) -> None:
    choice = decides(who, known, DAY)
    assert choice == decides(who, known, DAY)
    assert choice.kind in {*DECISIONS, Kind.PAUSE}
    assert DAY < DAY + timedelta(days=choice.days) <= last_day(choice.kind, DAY)


def _kinds(nature: Nature, known: Known) -> Counter[Kind]:
    return Counter(decides(Tenant(1, n, nature, 0, 25), known, DAY).kind for n in range(300))


def test_who_was_spoken_to_gets_a_plan_first_and_whom_nobody_reached_goes_to_the_bailiff() -> None:
    talked = _kinds(Nature.SHORT, Known(talked=True, departed=False))
    assert talked.most_common(1)[0][0] is Kind.ARRANGE
    silent = _kinds(Nature.SILENT, Known(talked=False, departed=False))
    assert silent.most_common(1)[0][0] is Kind.HAND_OVER
    again = _kinds(Nature.SHORT, Known(talked=True, departed=False, tried=True))
    assert again[Kind.ARRANGE] == 0
    assert _kinds(Nature.DEEP, Known(talked=True, departed=False))[Kind.HELP] > 120


def test_deviations_are_few_and_short() -> None:
    found = [deviates(Tenant(1, n, Nature.FORGOT, 0, 25), DAY) for n in range(2_000)]
    made = [one for one in found if one]
    assert 10 <= len(made) <= 80
    assert {one.kind for one in made} <= set(DEVIATIONS)
    assert all(0 < one.days <= 20 for one in made)


def test_objections_are_answered_within_two_weeks_mostly_as_rejected() -> None:
    found = [answers(Tenant(1, n, Nature.DISPUTES, 0, 25), DAY) for n in range(500)]
    assert {outcome for outcome, _ in found} == set(Outcome)
    assert Counter(outcome for outcome, _ in found).most_common(1)[0][0] is Outcome.REJECTED
    assert all(2 <= days <= 10 for _, days in found)


def test_circumstances_come_to_light_mostly_where_there_are_many_debts() -> None:
    def many(nature: Nature) -> list[Flag]:
        found = (circumstance(Tenant(1, n, nature, 0, 25), DAY) for n in range(1_500))
        return [one for one in found if one]

    assert len(many(Nature.DEEP)) > 5 * len(many(Nature.FORGOT))
    assert set(many(Nature.DEEP)) == set(Flag)
