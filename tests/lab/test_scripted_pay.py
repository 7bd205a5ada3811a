"""What made-up tenants pay: a promise at once in payments, a plan by sums, so that whoever keeps it is watched as kept."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tijdig.arrangements.kinds import Kept
from tijdig.arrangements.watch import Duty, Money, watch
from tijdig.lab.scripted import Nature, Tenant
from tijdig.lab.scripted_pay import Course, Going, Payment, going, pays, promised, trickle

MADE, DUE = date(2026, 11, 2), date(2026, 11, 20)
RENT, TERM, GRACE = 70_000, 10_000, 3
tenants = some.builds(
    Tenant,
    some.integers(0, 99),
    some.integers(0, 5_000),
    some.sampled_from(Nature),
    some.just(0),
    some.just(25),
)


@given(tenants, some.integers(1_000, 500_000), some.integers(1, 60))
def test_a_promise_never_brings_more_than_was_promised_and_nothing_before_it(
    who: Tenant, cents: int, days: int
) -> None:
    due_on = MADE + timedelta(days=days)
    found = promised(who, cents, due_on, MADE)
    assert found == promised(who, cents, due_on, MADE)
    assert sum(one.cents for one in found) in (0, cents)
    assert all(one.cents > 0 and one.on > MADE for one in found)


def test_most_who_forgot_keep_their_word_and_most_who_do_not_want_to_do_not() -> None:
    def kept(nature: Nature) -> int:
        came = (promised(Tenant(1, n, nature, 0, 25), 50_000, DUE, MADE) for n in range(400))
        return sum(bool(one) and one[-1].on <= DUE for one in came)

    assert kept(Nature.FORGOT) > 320
    assert kept(Nature.UNWILLING) < 80


def _terms() -> list[Payment]:
    return [
        Payment(date(2026, 11 + n if n < 2 else n - 1, 25).replace(year=2026 if n < 2 else 2027), TERM)
        for n in range(5)
    ]


def _lived(plan: Going, days: int) -> tuple[list[Payment], list[Duty]]:
    """What comes day by day beside a rent on the 1st of each month, and what was asked."""
    came, rents, duties = list[Payment](), 0, [Duty(one.on, one.cents, 1) for one in plan.terms]
    for number in range(1, days):
        on = plan.agreed_on + timedelta(days=number)
        if on.day == 1:
            rents += RENT
            duties.append(Duty(on, RENT))
        cents = pays(plan, on, rents, sum(one.cents for one in came))
        if cents:
            came.append(Payment(on, cents))
    return came, duties


def _kept(plan: Going, days: int) -> set[Kept]:
    came, duties = _lived(plan, days)
    money = [Money(*one) for one in came]
    return {
        watch(duties, money, plan.agreed_on + timedelta(days=number), GRACE).kept for number in range(1, days)
    }


@pytest.mark.parametrize(
    ("course", "seen"),
    [
        (Course.KEPT, {Kept.KEPT, Kept.DONE}),
        (Course.LATE, {Kept.KEPT, Kept.LATE, Kept.DONE}),
        (Course.REPAIRED, {Kept.KEPT, Kept.LATE, Kept.BROKEN, Kept.DONE}),
        (Course.STOPS, {Kept.KEPT, Kept.LATE, Kept.BROKEN}),
    ],
)
def test_a_plan_goes_as_it_was_drawn_and_is_watched_so(course: Course, seen: set[Kept]) -> None:
    assert _kept(Going(MADE, tuple(_terms()), course, 1), 170) == seen


@given(tenants)
def test_how_a_plan_goes_is_drawn_once(who: Tenant) -> None:
    plan = going(who, _terms(), MADE)
    assert plan == going(who, _terms(), MADE)
    assert 0 <= plan.stumbles_at < len(plan.terms)
    came, duties = _lived(plan, 170)
    assert sum(one.cents for one in came) <= sum(one.cents for one in duties)


def test_most_plans_of_who_is_short_hold_and_of_who_is_deep_in_debt_less() -> None:
    def courses(nature: Nature) -> Counter[Course]:
        return Counter(going(Tenant(1, n, nature, 0, 25), _terms(), MADE).course for n in range(300))

    short, deep = courses(Nature.SHORT), courses(Nature.DEEP)
    assert short[Course.KEPT] > 170
    assert deep[Course.STOPS] > 100
    assert set(short) == set(Course)


def test_a_little_each_month_and_never_more_than_is_owed() -> None:
    who = Tenant(1, 1, Nature.SHORT, 5_000, 25)
    assert trickle(who, date(2026, 11, 25), 90_000) == 5_000
    assert trickle(who, date(2026, 11, 25), 1_200) == 1_200
    assert trickle(who, date(2026, 11, 24), 90_000) == 0
