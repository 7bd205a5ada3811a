"""Is a promise kept: told cases, and what must hold of any promises and any money."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.contacts.promise import STATE_LABEL, Money, Promise, State, Watched, watch

GRACE = 2


def _day(number: int) -> date:
    """A day of November 2026; above 30 it is December."""
    return date(2026, 10, 31) + timedelta(days=number)


def _promises(told: str) -> list[Promise]:
    """`2: 100 by 10` is the amount, promised on the 2nd for the 10th; ids count from 1."""
    found = []
    for number, one in enumerate(told.split(", "), 1):
        made, rest = one.split(": ")
        cents, due = rest.split(" by ")
        found.append(Promise(number, _day(int(made)), int(cents), _day(int(due))))
    return found


def _money(told: str) -> list[Money]:
    """`6: 60` came on the 6th; `8: -60 of 6` went back on the 8th, and had come on the 6th."""
    found = []
    for one in told.split(", ") if told else []:
        on, rest = one.split(": ")
        cents, _, came = rest.partition(" of ")
        found.append(Money(_day(int(on)), int(cents), _day(int(came)) if came else None))
    return found


def _told(one: Watched) -> str:
    """`broken 13 repaired 14 (100)`."""
    dates = {"": one.kept_on or one.broken_on, "repaired ": one.repaired_on}
    days = "".join(f" {name}{(day - _day(0)).days}" for name, day in dates.items() if day)
    by = f" by {one.replaced_by}" if one.replaced_by else ""
    return f"{one.state}{days}{by} ({one.came_cents})"


@pytest.mark.parametrize(
    ("promises", "money", "as_of", "told"),
    [
        # one promise, term through the 12th
        ("2: 100 by 10", "", 1, []),
        ("2: 100 by 10", "", 2, ["open (0)"]),
        ("2: 100 by 10", "", 12, ["open (0)"]),
        ("2: 100 by 10", "", 13, ["broken 13 (0)"]),
        ("2: 100 by 10", "1: 100", 13, ["broken 13 (0)"]),  # came before the promise
        ("2: 100 by 10", "2: 100", 2, ["kept 2 (100)"]),
        ("2: 100 by 10", "6: 60, 12: 40", 11, ["open (60)"]),
        ("2: 100 by 10", "6: 60, 12: 40", 12, ["kept 12 (100)"]),
        ("2: 100 by 10", "6: 60, 13: 40", 12, ["open (60)"]),
        ("2: 100 by 10", "6: 60, 13: 40", 13, ["broken 13 repaired 13 (100)"]),
        ("2: 100 by 10", "6: 60, 20: 40", 19, ["broken 13 (60)"]),
        ("2: 100 by 10", "6: 60, 20: 40", 25, ["broken 13 repaired 20 (100)"]),
        ("2: 100 by 10", "20: 100, 22: -100", 25, ["broken 13 (0)"]),
        ("2: 100 by 10", "6: 500", 30, ["kept 6 (100)"]),
        # money that goes back
        ("2: 100 by 10", "6: 100, 8: -100", 7, ["kept 6 (100)"]),
        ("2: 100 by 10", "6: 100, 8: -100", 8, ["open (0)"]),
        ("2: 100 by 10", "6: 100, 8: -100", 13, ["broken 13 (0)"]),
        ("2: 100 by 10", "6: 100, 8: -100, 9: 100", 13, ["kept 9 (100)"]),
        ("2: 100 by 10", "6: 100, 13: -100", 14, ["kept 6 (0)"]),  # after the term
        ("2: 100 by 10", "6: 100, 6: -100", 6, ["open (0)"]),
        ("2: 100 by 10", "6: -100, 6: 100", 6, ["open (0)"]),  # on a day, what came goes before what went back
        ("2: 100 by 10", "1: 700, 6: 100, 8: -700", 8, ["open (0)"]),  # nobody knows which money went back
        ("2: 100 by 10", "1: 700, 6: 100, 8: -700 of 1", 8, ["kept 6 (100)"]),
        ("2: 100 by 10", "3: 60, 6: 100, 8: -60 of 3", 8, ["kept 6 (100)"]),
        ("2: 100 by 10", "3: 60, 6: 40, 8: -60 of 3", 8, ["open (40)"]),
        # a newer promise
        ("2: 100 by 10, 5: 50 by 20", "", 4, ["open (0)"]),
        ("2: 100 by 10, 5: 50 by 20", "", 5, ["replaced by 2 (0)", "open (0)"]),
        ("2: 100 by 10, 5: 50 by 20", "", 30, ["replaced by 2 (0)", "broken 23 (0)"]),
        ("2: 100 by 10, 5: 50 by 20", "6: 50", 30, ["replaced by 2 (0)", "kept 6 (50)"]),
        ("2: 100 by 10, 5: 50 by 20", "4: 60, 6: 50", 30, ["replaced by 2 (60)", "kept 6 (50)"]),
        ("2: 100 by 10, 5: 50 by 20", "4: 100", 30, ["kept 4 (100)", "broken 23 (0)"]),
        ("2: 100 by 10, 5: 50 by 20", "5: 50", 30, ["replaced by 2 (0)", "kept 5 (50)"]),  # on the same day
        ("2: 100 by 10, 5: 50 by 20", "5: 150", 30, ["kept 5 (100)", "kept 5 (50)"]),
        ("2: 100 by 10, 5: 50 by 20", "5: 150, 7: -150", 13, ["replaced by 2 (0)", "open (0)"]),
        ("2: 100 by 10, 2: 50 by 20", "3: 50", 3, ["replaced by 2 (0)", "kept 3 (50)"]),  # two on one day
        ("2: 100 by 10, 12: 50 by 20", "", 13, ["replaced by 2 (0)", "open (0)"]),  # on its last day
        # a newer promise after a break: the new one first, and what is left repairs the old one
        ("2: 100 by 10, 13: 100 by 20", "", 13, ["broken 13 (0)", "open (0)"]),
        ("2: 100 by 10, 13: 100 by 20", "19: 100", 30, ["broken 13 (0)", "kept 19 (100)"]),
        ("2: 100 by 10, 13: 100 by 20", "19: 200", 30, ["broken 13 repaired 19 (100)", "kept 19 (100)"]),
        # kept when the newer one was made, and short again afterwards
        ("2: 100 by 10, 5: 50 by 20", "4: 100, 6: -100", 7, ["open (0)", "open (0)"]),
        ("2: 100 by 10, 5: 50 by 20", "4: 100, 6: -100", 13, ["broken 13 (0)", "open (0)"]),
        ("2: 100 by 10, 5: 50 by 20", "4: 100, 6: -100, 8: 150", 13, ["kept 8 (100)", "kept 8 (50)"]),
        ("2: 100 by 10, 5: 50 by 20", "4: 100, 6: 50, 7: -50", 7, ["kept 4 (100)", "open (0)"]),
        ("2: 100 by 10, 5: 50 by 20", "4: 100, 6: 50, 7: -100 of 4", 7, ["open (0)", "kept 6 (50)"]),
        # three of them
        ("2: 9 by 4, 7: 9 by 9, 12: 9 by 14", "13: 20", 13, ["broken 7 (2)", "broken 12 repaired 13 (9)", "kept 13 (9)"]),
    ],
)  # fmt: skip
def test_a_promise_as_it_was_told(promises: str, money: str, as_of: int, told: list[str]) -> None:
    found = watch(_promises(promises), _money(money), _day(as_of), GRACE)
    assert [_told(one) for one in found] == told


def test_without_grace_the_term_ends_on_its_day() -> None:
    (found,) = watch(_promises("2: 100 by 10"), _money("11: 100"), _day(11), 0)
    assert (found.state, found.broken_on, found.repaired_on) == (State.BROKEN, _day(11), _day(11))


def test_days_of_grace_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="grace"):
        watch([], [], _day(1), -1)


def test_every_state_has_its_dutch() -> None:
    assert list(STATE_LABEL) == list(State)


_MONEY = st.builds(
    lambda on, cents, came: Money(_day(on), cents, _day(came) if came and cents < 0 else None),
    st.integers(1, 30),
    st.integers(-120, 120).filter(bool),
    st.none() | st.integers(1, 30),
)
_PROMISES = st.lists(
    st.tuples(st.integers(1, 20), st.integers(1, 100), st.integers(0, 12)), min_size=1, max_size=5
).map(
    lambda rows: [
        Promise(number, _day(made), cents, _day(made + later))
        for number, (made, cents, later) in enumerate(rows, 1)
    ]
)
_GRACE = st.integers(0, 4)


def _left(money: list[Money], day: date) -> int:
    """What is there by a day when it does not matter which money went back: never below zero."""
    left = 0
    for one in sorted(money, key=lambda one: (one.on, one.cents < 0)):
        if one.on <= day:
            left = max(0, left + one.cents)
    return left


@given(_PROMISES, st.lists(_MONEY, max_size=8), st.integers(1, 40), _GRACE)
def test_each_cent_counts_for_one_promise_at_most(
    promises: list[Promise], money: list[Money], as_of: int, grace: int
) -> None:
    found = watch(promises, money, _day(as_of), grace)
    came = sum(one.came_cents for one in found)
    assert came <= sum(one.cents for one in money if one.cents > 0 and one.on <= _day(as_of))
    bare = [Money(one.on, one.cents) for one in money]
    again = watch(promises, bare, _day(as_of), grace)
    assert sum(one.came_cents for one in again) <= _left(bare, _day(as_of))
    assert all(0 <= one.came_cents <= one.promise.amount_cents for one in found)


@given(_PROMISES, st.lists(_MONEY, max_size=8), _MONEY, st.integers(1, 40), _GRACE)
def test_more_money_never_breaks_what_was_kept(
    promises: list[Promise], money: list[Money], more: Money, as_of: int, grace: int
) -> None:
    before = watch(promises, money, _day(as_of), grace)
    after = watch(promises, [*money, Money(more.on, abs(more.cents))], _day(as_of), grace)
    kept = [place for place, one in enumerate(before) if one.state is State.KEPT]
    assert [after[place].state for place in kept] == [State.KEPT] * len(kept)
    assert [after[place].came_cents >= one.came_cents for place, one in enumerate(before)] == [True] * len(
        before
    )


@given(_PROMISES, st.lists(_MONEY, max_size=8), st.integers(1, 40), st.integers(0, 20), _GRACE)
def test_after_its_term_a_promise_stays_what_it_is(
    promises: list[Promise], money: list[Money], as_of: int, later: int, grace: int
) -> None:
    before = watch(promises, money, _day(as_of), grace)
    after = watch(promises, money, _day(as_of + later), grace)
    for one, other in zip(before, after, strict=False):
        if one.promise.due_on + timedelta(days=grace) < _day(as_of):
            assert (one.state, one.kept_on, one.broken_on) == (other.state, other.kept_on, other.broken_on)
            assert one.state is not State.OPEN


@given(_PROMISES, st.lists(_MONEY, max_size=8), st.integers(1, 40), _GRACE)
def test_the_order_in_which_things_are_handed_over_does_not_matter(
    promises: list[Promise], money: list[Money], as_of: int, grace: int
) -> None:
    plain = [Money(one.on, one.cents) for one in money]
    there = watch(promises, plain, _day(as_of), grace)
    assert watch(promises[::-1], plain[::-1], _day(as_of), grace) == there
    ahead = [*promises, Promise(99, _day(as_of + 1), 5, _day(as_of + 2))]
    assert watch(ahead, [*plain, Money(_day(as_of + 1), 70)], _day(as_of), grace) == there
