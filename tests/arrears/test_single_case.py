"""What sets one household apart, in the order of the portfolio."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tijdig.arrears.single_case import Deviation, Instead, SingleCase, by_place, moved, no_single_case

DEVIATIONS = st.builds(
    Deviation,
    place=st.integers(0, 5),
    rule=st.integers(0, 3),
    instead=st.sampled_from(Instead),
    ruling=st.integers(1, 99),
)


def test_a_slice_keeps_columns_and_deviations_of_the_same_households() -> None:
    deviations = tuple(Deviation(place, 1, Instead.OTHER, 10 + place, 2, 900) for place in range(4))
    whole = SingleCase(
        *(np.arange(4) + start for start in (10, 20)), np.array([True, False] * 2), np.arange(4),
        np.array([False, True] * 2), deviations,
    )  # fmt: skip
    part = whole.slice(1, 3)
    assert len(part) == 2
    assert (part.circumstance.tolist(), part.repeats.tolist()) == ([11, 12], [21, 22])
    assert (part.paused.tolist(), part.decided.tolist(), part.reply_waits.tolist()) == (
        [False, True], [1, 2], [True, False],
    )  # fmt: skip
    assert part.deviations == (
        Deviation(0, 1, Instead.OTHER, 11, 2, 900),
        Deviation(1, 1, Instead.OTHER, 12, 2, 900),
    )


@given(st.lists(DEVIATIONS, max_size=8), st.integers(0, 6), st.integers(0, 6))
def test_pieces_together_hold_every_deviation_once(many: list[Deviation], one: int, other: int) -> None:
    first, second = sorted((one, other))
    blank = no_single_case(6)
    whole = SingleCase(
        blank.circumstance, blank.repeats, blank.paused, blank.decided, blank.reply_waits, tuple(many)
    )
    edges = [(0, first), (first, second), (second, 6)]
    back = [moved(each, start) for start, stop in edges for each in whole.slice(start, stop).deviations]
    assert sorted(back, key=repr) == sorted(many, key=repr)


@given(st.lists(DEVIATIONS, max_size=8, unique_by=lambda one: one.ruling))
def test_of_two_deviations_from_one_step_the_newest_counts(many: list[Deviation]) -> None:
    found = by_place(many)
    for one in many:
        same = [other for other in many if (other.place, other.rule) == (one.place, one.rule)]
        assert found[one.place][one.rule] == max(same, key=lambda other: other.ruling)
    assert sum(map(len, found.values())) == len({(one.place, one.rule) for one in many})
