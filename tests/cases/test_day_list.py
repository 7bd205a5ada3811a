"""The day of a consultant: the order of work, and the cut where the time runs out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tijdig.cases.day_list import Class, Work, cut, order
from tijdig.cases.expected import KINDS, Count, changes, counted, kinds, months_of
from tijdig.policy.words import NAMED, Feature

WORK = st.builds(
    Work,
    st.integers(1, 50),
    st.sampled_from(Class),
    st.integers(-300, 300),
    st.integers(0, 30),
    st.sampled_from([0, 3, 10, 45]),
)


@given(st.lists(WORK), st.integers(0, 400))
def test_the_day_never_holds_more_than_there_is_and_nobody_gets_lost(works: list[Work], minutes: int) -> None:
    placed = cut(works, minutes)
    assert [one.work for one in placed] == order(works)
    fits = [one.work for one in placed if not one.below]
    assert sum(one.minutes for one in fits) <= minutes
    assert all(one.urgent is not Class.TRIED for one in fits)
    for one in placed:
        if one.below and one.work.urgent is not Class.TRIED:
            assert one.until + one.work.minutes > minutes  # it did not fit where its turn came


def test_urgency_goes_before_what_a_contact_changes_and_that_before_the_due_day() -> None:
    works = [
        Work(1, Class.LATER, 300, 1, 10),
        Work(2, Class.DUE, 50, 9, 10),
        Work(3, Class.DUE, 200, 9, 45),
        Work(4, Class.MISSED, -10, 9, 10),
        Work(5, Class.DUE, 50, 3, 10),
        Work(6, Class.TRIED, 900, 1, 10),
    ]
    assert [one.tenancy_id for one in order(works)] == [4, 3, 5, 2, 1, 6]
    placed = cut(works, 30)
    assert [one.work.tenancy_id for one in placed if not one.below] == [4, 5, 2]
    assert "45 minuten" in placed[1].below
    assert "al geprobeerd" in placed[-1].below


def test_without_history_no_contact_is_worth_more_than_another() -> None:
    assert changes([]).tolist() == [0] * KINDS


def test_small_kinds_lean_on_larger_ones() -> None:
    rest = [Count(1, True, 100, 50), Count(1, False, 100, 50)]
    few = changes([Count(0, True, 2, 2), Count(0, False, 2, 0), *rest])
    many = changes([Count(0, True, 200, 200), Count(0, False, 200, 0), *rest])
    assert 0 < few[0] < 200 < many[0] <= 1000
    assert all(months_of(kind) in range(3) for kind in range(KINDS))


@given(st.lists(st.tuples(st.integers(0, KINDS - 1), st.booleans(), st.booleans())))
def test_changes_are_per_mille_whatever_the_history(rows: list[tuple[int, bool, bool]]) -> None:
    found = changes(counted(rows))
    assert len(found) == KINDS
    assert ((found >= -1000) & (found <= 1000)).all()
    assert sum(one.cases for one in counted(rows)) == len(rows)


def test_the_kind_of_a_case_looks_at_money_and_time_only() -> None:
    row = np.full((3, len(Feature)), -1, np.int64)
    row[:, Feature.PHASE] = [
        NAMED[Feature.PHASE][name] for name in ("under_one", "one_to_two", "rent_unknown")
    ]
    row[:, Feature.REPEATS] = [0, 2, 5]
    row[:, Feature.DAYS_OVERDUE] = [3, 10, 40]
    row[:, Feature.DIRECT_DEBIT] = [0, 1, 0]
    assert [months_of(kind) for kind in kinds(row).tolist()] == [0, 1, 2]
    assert len(set(kinds(row).tolist())) == 3
