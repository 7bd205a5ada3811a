"""What is on the agenda, in which order, which decision stands, and which case comes next."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.conferences.agenda import Item, Outcome, Withdrawn, in_order, next_case, standing
from tijdig.conferences.kinds import DECISION_LABEL, Decision

NOV = date(2026, 11, 1)
NOON = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)


def day(number: int) -> date:
    return NOV + timedelta(days=number - 1)


def made(number: int, decision: Decision = Decision.HELP, **changed: object) -> Outcome:
    plain = Outcome(
        id=number, item_id=1, tenancy_id=7, conference_id=3, held_on=day(2), decision=decision, until_on=day(30), do="",
        instead_of="", who_id=None, who_name="", do_by_on=None, reason="", decided_on=day(2), decided_by=("Ada",),
        actor="user:1", name="Ada", recorded_at=NOON, previous_id=None,
    )  # fmt: skip
    return dataclasses.replace(plain, **changed)  # type: ignore[arg-type]


def case(number: int, put_on: date = NOV, wanted_by_on: date | None = None, *outcomes: Outcome) -> Item:
    return Item(
        id=number,
        tenancy_id=number,
        question="",
        put_on=put_on,
        actor="user:1",
        name="Ada",
        wanted_by_on=wanted_by_on,
        recorded_at=NOON,
        outcomes=outcomes,
    )


def test_the_worked_example() -> None:
    items = [case(1, day(2)), case(2, day(3), day(10)), case(3, day(4), day(3))]
    assert [one.id for one in in_order(reversed(items))] == [1, 3, 2]


def test_what_has_the_same_day_goes_by_age() -> None:
    items = [case(4, day(5), day(6)), case(3, day(5), day(6)), case(2, day(4), day(6)), case(1, day(6))]
    assert [one.id for one in in_order(items)] == [2, 3, 4, 1]


@pytest.mark.parametrize("decision", Decision)
def test_a_decision_takes_it_off_the_agenda_unless_it_goes_back(decision: Decision) -> None:
    assert case(1, NOV, None, made(1, decision)).on_agenda is (decision is Decision.LATER)


def test_what_was_withdrawn_is_off_the_agenda() -> None:
    gone = Withdrawn(day(3), "user:1", "Ada", "Betaald.")
    assert case(1).on_agenda
    assert not dataclasses.replace(case(1), withdrawn=gone).on_agenda
    assert not dataclasses.replace(case(1, NOV, None, made(1, Decision.LATER)), withdrawn=gone).on_agenda


def test_back_on_the_agenda_it_waits_for_the_day_that_the_group_said() -> None:
    assert case(1, NOV, day(5)).due_on == day(5)
    assert case(1, NOV, day(5), made(1, Decision.LATER, until_on=day(20))).due_on == day(20)
    assert case(1).due_on is None


def test_in_a_conference_a_case_keeps_its_place_while_it_is_decided() -> None:
    back = made(1, Decision.LATER, until_on=day(9), conference_id=2)
    items = [case(1, NOV, day(3), made(2, Decision.LATER)), case(2, NOV, day(4)), case(3, NOV, day(1), back)]
    assert [one.id for one in in_order(items, 3)] == [1, 2, 3]
    assert [one.id for one in in_order(items)] == [2, 3, 1]


def test_of_one_conference_the_last_decision_stands() -> None:
    first, other, second = made(1), made(2, conference_id=4), made(3, Decision.PAUSE)
    assert standing([first, other, second]) == (other, second)
    item = case(1, NOV, None, first, other, second)
    assert (item.outcome_in(3), item.outcome_in(4), item.outcome_in(5)) == (second, other, None)
    assert item.last == second


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=12))
def test_each_case_stands_once_in_each_conference(pairs: list[tuple[int, int]]) -> None:
    rows = [
        made(number, item_id=item, conference_id=where) for number, (item, where) in enumerate(pairs, start=1)
    ]
    found = standing(rows)
    assert [one.id for one in found] == sorted(one.id for one in found)
    assert {(one.item_id, one.conference_id) for one in found} == set(pairs)
    assert len(found) == len(set(pairs))
    for one in found:
        assert one.id == max(
            r.id for r in rows if (r.item_id, r.conference_id) == (one.item_id, one.conference_id)
        )


@given(st.lists(st.integers(1, 9), unique=True, min_size=1), st.sets(st.integers(1, 9)), st.data())
def test_the_next_case_is_one_that_is_not_decided_and_none_is_passed_over(
    ids: list[int], decided: set[int], data: st.DataObject
) -> None:
    after = data.draw(st.sampled_from(ids))
    found = next_case(ids, decided, after)
    left = [one for one in ids if one not in decided and one != after]
    assert (found is None) == (not left)
    if found is not None:
        behind = [one for one in left if ids.index(one) > ids.index(after)]
        assert found == (behind or left)[0]


@given(st.lists(st.integers(1, 9), unique=True))
def test_going_from_case_to_case_comes_past_all_of_them(ids: list[int]) -> None:
    decided: list[int] = []
    now: int | None = ids[0] if ids else None
    while now is not None:
        decided.append(now)
        now = next_case(ids, decided, now)
    assert sorted(decided) == sorted(ids)


def test_after_a_case_that_left_the_agenda_comes_the_first() -> None:
    assert next_case([4, 5], (), 9) == 4


def test_every_decision_has_its_words() -> None:
    assert set(DECISION_LABEL) == set(Decision)
