"""Rulings on a day and as known at a moment agree with the rules; of every tenancy in one query."""

from __future__ import annotations

import random
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.letters import offices
from tests.rulings.decided import CODES, HAND_OVER, LATER, NOON, PAUSE, TODAY, UNTIL, ruled, stopped

from tijdig.rulings.actions import NotRuled
from tijdig.rulings.kinds import State
from tijdig.rulings.queries import ended_between, in_force, ruling, rulings_of
from tijdig.rulings.ruling import holds_on, over_on, state_on
from tijdig.rulings.values import Ruling

DAY = timedelta(days=1)


def _ids(rulings: list[Ruling]) -> list[int]:
    return [one.id for one in rulings]


def test_what_holds_comes_by_tenancy_and_of_those_asked_for(organisation: int) -> None:
    tenancies = [offices.tenant(organisation, number) for number in (1, 2, 3)]
    made = {tenancy: ruled(organisation, tenancy) for tenancy in tenancies[::-1]}
    pause = ruled(organisation, tenancies[1], **PAUSE)
    assert _ids(in_force(TODAY)) == [made[tenancies[0]], made[tenancies[1]], pause, made[tenancies[2]]]
    assert _ids(in_force(TODAY, [tenancies[2], tenancies[0]])) == [made[tenancies[0]], made[tenancies[2]]]
    assert in_force(TODAY, []) == in_force(TODAY - DAY) == in_force(UNTIL + DAY) == []
    assert len(in_force(UNTIL)) == 4


def test_it_is_one_query_whatever_there_is(organisation: int) -> None:
    for number in (1, 2, 3):
        ruled(organisation, offices.tenant(organisation, number))
    with CaptureQueriesContext(connection) as asked:
        assert len(in_force(TODAY)) == 3
    assert len(asked) == 1


def test_of_a_tenancy_everything_is_told_newest_first(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    over = ruled(organisation, tenancy, until_on=TODAY + DAY)
    replaced = ruled(organisation, tenancy, on=TODAY + 2 * DAY, **PAUSE)
    newest = ruled(organisation, tenancy, on=TODAY + 4 * DAY, **PAUSE)
    other = ruled(organisation, tenancy, on=TODAY + 4 * DAY, **HAND_OVER)
    assert _ids(rulings_of(tenancy, TODAY + 4 * DAY)) == [other, newest, replaced, over]
    assert [state_on(one, TODAY + 4 * DAY) for one in rulings_of(tenancy, TODAY + 4 * DAY)] == [
        State.IN_FORCE,
        State.IN_FORCE,
        State.ENDED,
        State.OVER,
    ]
    assert _ids(rulings_of(tenancy, TODAY + 2 * DAY)) == [replaced, over]
    assert rulings_of(tenancy, TODAY - DAY) == rulings_of(999_999, TODAY) == []


def test_what_was_not_known_yet_is_not_there(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = ruled(organisation, tenancy, now=NOON)
    stopped(organisation, number, on=TODAY + DAY, now=NOON + DAY)
    before, between, after = NOON - timedelta(minutes=1), NOON + timedelta(hours=1), NOON + DAY
    day = TODAY + DAY
    assert [_ids(in_force(day, known_at=known)) for known in (before, between, after)] == [[], [number], []]
    told = [rulings_of(tenancy, day, known_at=known) for known in (before, between, after, None)]
    assert [[(one.ended_on, one.ended_by) for one in found] for found in told] == [
        [],
        [(None, "")],
        [(day, "user:1")],
        [(day, "user:1")],
    ]
    assert [_ids(ended_between(day, day, known_at=known)) for known in (between, after)] == [[], [number]]


def test_what_ended_is_told_on_the_first_day_without_it(organisation: int) -> None:
    one, other = offices.tenant(organisation), offices.tenant(organisation, 2)
    over = ruled(organisation, one, until_on=TODAY + 5 * DAY)
    ended = ruled(organisation, other)
    stopped(organisation, ended, on=TODAY + 3 * DAY)
    assert _ids(ended_between(TODAY, TODAY + 2 * DAY)) == []
    assert _ids(ended_between(TODAY + 3 * DAY, TODAY + 3 * DAY)) == [ended]
    assert _ids(ended_between(TODAY + 3 * DAY, TODAY + 6 * DAY)) == [ended, over]
    assert _ids(ended_between(TODAY + 6 * DAY, TODAY + 6 * DAY)) == [over]
    assert _ids(ended_between(TODAY + 7 * DAY, UNTIL + 9 * DAY)) == []


def test_the_queries_know_the_days_as_the_rules_do(organisation: int) -> None:
    """Two months of deciding and ending at random, in the order of days, and then every day is asked."""
    draw = random.Random(20261102)
    tenancies = [offices.tenant(organisation, number) for number in (1, 2, 3)]
    made: list[int] = []
    for place in range(120):
        on = TODAY + (place // 2) * DAY
        if made and draw.random() < 0.35:
            try:
                stopped(organisation, draw.choice(made), on=on)
            except NotRuled:
                continue
            continue
        step = LATER | {"instead_of": draw.choice(CODES)}
        said = draw.choice([step, step, PAUSE, HAND_OVER])
        until_on = on + timedelta(days=draw.randrange(20))
        made.append(ruled(organisation, draw.choice(tenancies), on=on, until_on=until_on, **said))
    every = [ruling(number) for number in made]
    known = [one for one in every if one is not None]
    assert len(known) == len(made) > 60
    assert {one.ended_reason for one in known} == {"", "vervangen", "Belt nu zelf."}
    for day in (TODAY + number * DAY for number in range(-1, 85)):
        holds = [one for one in known if holds_on(one, day)]
        assert in_force(day) == sorted(holds, key=lambda one: (one.tenancy_id, one.id))
        places = [(one.tenancy_id, one.kind is HAND_OVER["kind"], one.instead_of) for one in holds]
        assert len(places) == len(set(places)), "two rulings of one place"
        assert set(_ids(ended_between(day, day))) == {one.id for one in known if over_on(one) == day}


def test_one_that_does_not_exist_is_none(organisation: int) -> None:
    assert ruling(999_999) is None
    assert in_force(date(2026, 11, 2), [999_999]) == []
