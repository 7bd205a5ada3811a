"""Made-up tenants: the same every time, and in the words of the room of contacts."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from tijdig.contacts.kinds import Cause, Direction, Outcome, Reached
from tijdig.contacts.talk import fits
from tijdig.lab.behaviour import Behaviour
from tijdig.lab.scripted import (
    SMALLEST_TERM_CENTS,
    Asked,
    Nature,
    Said,
    Tenant,
    bounces,
    objects,
    reached,
    says,
    tenant,
)

DAY = date(2026, 11, 2)
tenants = some.builds(
    Tenant,
    some.integers(0, 99),
    some.integers(0, 5_000),
    some.sampled_from(Nature),
    some.just(0),
    some.just(25),
)
questions = some.builds(
    Asked,
    overdue_cents=some.integers(1_000, 900_000),
    rent_cents=some.integers(0, 90_000),
    broke=some.booleans(),
    departed=some.booleans(),
    objected=some.booleans(),
)
days = some.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(some.integers(0, 99), some.integers(0, 5_000), some.sampled_from(Behaviour))
def test_a_tenant_is_the_same_every_time(seed: int, number: int, behaviour: Behaviour) -> None:
    who = tenant(seed, number, behaviour)
    assert who == tenant(seed, number, behaviour)
    assert 20 <= who.trickle_day <= 27
    assert who.trickles_cents == 0 or 3_000 <= who.trickles_cents <= 9_000


@given(tenants, questions, days)
def test_what_is_said_can_be_written_down_and_is_said_again(who: Tenant, asked: Asked, day: date) -> None:
    said = says(who, asked, day)
    assert said == says(who, asked, day)
    assert fits(Reached.TALKED, said.outcome, Direction.OUT)
    assert said.cause in set(Cause)
    promises = said.outcome in (Outcome.PROMISE, Outcome.PAYS_NOW)
    assert promises == (said.cents > 0)
    assert 0 <= said.cents <= asked.overdue_cents
    assert said.days <= 60  # what takes longer is an arrangement
    wants_plan = said.outcome is Outcome.ARRANGEMENT_WANTED
    assert wants_plan == (said.term_cents >= SMALLEST_TERM_CENTS)


def test_who_disputes_says_so_once_and_then_talks() -> None:
    who = Tenant(1, 7, Nature.DISPUTES, 0, 25)
    asked = Asked(overdue_cents=70_000, rent_cents=70_000)
    assert says(who, asked, DAY).outcome is Outcome.DISPUTES
    later = Asked(overdue_cents=70_000, rent_cents=70_000, objected=True)
    assert says(who, later, DAY).outcome is not Outcome.DISPUTES


def test_more_are_reached_in_the_evening_and_an_office_nearly_always() -> None:
    def many(nature: Nature, minute: int, *, at_door: bool = False, office: bool = False) -> int:
        who = [Tenant(1, number, nature, 0, 25) for number in range(400)]
        return sum(reached(one, DAY, minute, at_door=at_door, office=office) for one in who)

    for nature in Nature:
        assert many(nature, 600) < many(nature, 1_080)
    assert many(Nature.SILENT, 600) < 40 < many(Nature.FORGOT, 600)
    assert many(Nature.SILENT, 600, office=True) > 280


def test_who_forgot_pays_or_promises_and_who_is_short_wants_a_plan_for_much() -> None:
    def outcomes(nature: Nature, cents: int) -> Counter[Outcome]:
        asked = Asked(overdue_cents=cents, rent_cents=70_000)
        return Counter(
            says(Tenant(1, number, nature, 0, 25), asked, DAY + timedelta(days=number % 9)).outcome
            for number in range(300)
        )

    forgot = outcomes(Nature.FORGOT, 70_000)
    assert set(forgot) == {Outcome.PAYS_NOW, Outcome.PROMISE}
    assert outcomes(Nature.SHORT, 210_000)[Outcome.ARRANGEMENT_WANTED] > 200
    assert outcomes(Nature.UNWILLING, 70_000)[Outcome.ARRANGEMENT_WANTED] == 0


def test_objections_and_what_comes_back_are_seldom() -> None:
    year = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    usual, cross = Tenant(1, 3, Nature.FORGOT, 0, 25), Tenant(1, 4, Nature.DISPUTES, 0, 25)
    assert sum(objects(usual, day) for day in year) <= 3
    assert sum(objects(cross, day) for day in year) <= 15
    back = sum(bounces(Tenant(1, number, Nature.SHORT, 0, 25), DAY) for number in range(1_000))
    assert 5 <= back <= 35


def test_a_plan_asks_whole_fives_and_never_too_little() -> None:
    asked = Asked(overdue_cents=4_000, rent_cents=1_000)
    plans = [says(Tenant(1, number, Nature.SHORT, 0, 25), asked, DAY) for number in range(60)]
    terms = {one.term_cents for one in plans if one.outcome is Outcome.ARRANGEMENT_WANTED}
    assert terms == {SMALLEST_TERM_CENTS}
    assert all(isinstance(one, Said) for one in plans)
