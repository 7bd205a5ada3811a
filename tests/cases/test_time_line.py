"""One order for all that happened, days that hold together, and groups that divide the line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.base.days import AMSTERDAM
from tijdig.cases.time_line import (
    GROUP_LABEL,
    GROUP_OF,
    Group,
    Kind,
    TimeLineItem,
    by_day,
    counted,
    moment_on,
    of_group,
    ordered,
)

DAY = date(2026, 11, 2)


def _item(kind: Kind, on: date = DAY, clock: int | None = None, seq: int = 0) -> TimeLineItem:
    at = datetime(on.year, on.month, on.day, clock, tzinfo=UTC) if clock is not None else None
    return TimeLineItem(kind=kind, on=on, at=at, title=kind.value, seq=seq)


ITEMS = st.lists(
    st.builds(
        _item,
        st.sampled_from(Kind),
        st.integers(0, 4).map(lambda days: DAY + timedelta(days=days)),
        st.none() | st.integers(0, 3),
        st.integers(0, 2),
    ),
    max_size=30,
)


@given(ITEMS)
def test_the_newest_stands_first_and_nothing_is_lost(items: list[TimeLineItem]) -> None:
    line = ordered(items)
    assert sorted(map(repr, line)) == sorted(map(repr, items))
    for above, below in pairwise(line):
        assert above.on >= below.on
        if above.on == below.on:
            assert (above.at is None) <= (below.at is None)
            if above.at and below.at:
                assert above.at >= below.at


@given(ITEMS, st.randoms())
def test_the_order_is_the_same_however_the_sources_come(items: list[TimeLineItem], random: object) -> None:
    """Two items that are the same in all that counts may change places: nobody sees it."""
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ordered(shuffled) == ordered(items)


@given(ITEMS)
def test_the_groups_divide_the_line(items: list[TimeLineItem]) -> None:
    line = ordered(items)
    parts = {group: of_group(line, group) for group in Group}
    assert ordered(item for part in parts.values() for item in part) == line
    assert counted(line) == {group: len(part) for group, part in parts.items()}
    assert of_group(line, None) == line
    for part in parts.values():
        assert part == ordered(part)  # narrowing changes nobody's place


@given(ITEMS)
def test_days_hold_the_whole_line_each_once(items: list[TimeLineItem]) -> None:
    line = ordered(items)
    days = by_day(line)
    assert [item for day in days for item in day.items] == line
    assert [day.on for day in days] == sorted({item.on for item in items}, reverse=True)


def test_what_follows_stands_above_what_it_follows_from() -> None:
    at_once = [_item(kind, clock=7) for kind in (Kind.ALERT, Kind.DECISION, Kind.TALK, Kind.LETTER_SENT)]
    assert [item.kind for item in ordered(at_once)] == [
        Kind.ALERT,
        Kind.DECISION,
        Kind.LETTER_SENT,
        Kind.TALK,
    ]


def test_a_booking_of_the_day_stands_below_what_has_a_time() -> None:
    line = ordered([_item(Kind.ENTRY, seq=9), _item(Kind.DECISION, clock=7), _item(Kind.TALK, clock=14)])
    assert [item.kind for item in line] == [Kind.TALK, Kind.DECISION, Kind.ENTRY]


def test_every_kind_has_one_group_and_every_group_a_word() -> None:
    assert set(GROUP_OF) == set(Kind)
    assert set(GROUP_OF.values()) == set(GROUP_LABEL) == set(Group)


def test_a_moment_counts_on_its_own_day_in_amsterdam_only() -> None:
    late = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)  # half past midnight in Amsterdam
    assert moment_on(DAY, late) == late
    assert moment_on(DAY, late + timedelta(days=1)) is None
    assert moment_on(DAY, datetime(2026, 11, 2, 12, tzinfo=AMSTERDAM)) is not None
    with pytest.raises(TypeError):
        moment_on(DAY, datetime(2026, 11, 2, 12))  # noqa: DTZ001 - that is what is refused
