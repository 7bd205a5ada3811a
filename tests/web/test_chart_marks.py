"""What was done stands on the line of the balance, in the legend, and in the table."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tijdig.cases.time_line import Kind, TimeLineItem
from tijdig.web.chart import BOTTOM, LEFT, RIGHT, ChartSvg, chart
from tijdig.web.chart_marks import NEAR, PILE, STEP, Marks, marks

FIRST = date(2025, 1, 1)
LAST = date(2026, 12, 31)
POINTS = [(FIRST, 0), (date(2025, 6, 1), 70_000), (date(2026, 1, 1), 0), (LAST, 0)]


def _drawn() -> ChartSvg:
    made = chart(POINTS)
    assert made is not None
    return made


def _marks(*done: tuple[Kind, date]) -> Marks:
    return marks(_drawn(), POINTS, [TimeLineItem(kind=kind, on=on, title="x") for kind, on in done])


def _told(found: Marks) -> list[tuple[str, int]]:
    return [(one.sign, one.number) for one in found.marks]


def test_a_sign_stands_above_the_balance_of_its_day() -> None:
    (low,) = _marks((Kind.TALK, date(2025, 3, 1))).marks
    (high,) = _marks((Kind.TALK, date(2025, 7, 1))).marks
    assert LEFT < low.x < high.x < RIGHT
    assert high.y < low.y < BOTTOM


def test_talk_and_attempt_are_two_signs_and_money_has_none() -> None:
    found = _marks(
        (Kind.TALK, date(2025, 3, 1)),
        (Kind.ATTEMPT, date(2025, 8, 1)),
        (Kind.ENTRY, date(2025, 9, 1)),
        (Kind.MESSAGE, date(2025, 9, 1)),
        (Kind.DECISION, date(2025, 9, 1)),
        (Kind.WITHDRAWN, date(2025, 9, 1)),
    )
    assert _told(found) == [("talk", 1), ("attempt", 1)]
    assert [(sign, str(label), many) for sign, label, many in found.legend] == [
        ("talk", "gesproken", 1),
        ("attempt", "niet bereikt", 1),
    ]


def test_more_of_one_sort_on_a_day_are_one_with_a_number() -> None:
    assert _told(_marks(*[(Kind.LETTER_SENT, date(2025, 3, 1))] * 4)) == [("letter", 4)]


def test_up_to_three_sorts_stand_above_each_other_and_more_are_a_pile() -> None:
    day = date(2025, 3, 1)
    three = [(Kind.TALK, day), (Kind.LETTER_SENT, day), (Kind.ATTEMPT, day)]
    found = _marks(*three)
    assert _told(found) == [("talk", 1), ("attempt", 1), ("letter", 1)]
    assert [one.y - found.marks[0].y for one in found.marks] == [0, -STEP, -2 * STEP]
    assert not found.piled
    more = _marks(*three, (Kind.ARRANGEMENT, day))
    assert (_told(more), more.piled) == ([(PILE, 4)], True)


def test_what_lies_before_the_drawing_is_left_out() -> None:
    assert _marks((Kind.TALK, FIRST - timedelta(days=1))) == Marks((), (), _marks().rows)


def test_the_table_has_each_day_with_its_balance_and_what_was_done() -> None:
    found = _marks((Kind.VISIT, date(2025, 7, 1)), (Kind.VISIT_ATTEMPT, date(2025, 7, 1)), (Kind.TALK, FIRST))
    assert [(row.on, row.cents, [(str(word), many) for word, many in row.done]) for row in found.rows] == [
        (FIRST, 0, [("gesproken", 1)]),
        (date(2025, 6, 1), 70_000, []),
        (date(2025, 7, 1), 70_000, [("huisbezoek", 2)]),
        (date(2026, 1, 1), 0, []),
        (LAST, 0, []),
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([Kind.TALK, Kind.ATTEMPT, Kind.VISIT, Kind.LETTER_SENT, Kind.ARRANGEMENT]),
            st.integers(0, 729).map(lambda days: FIRST + timedelta(days=days)),
        ),
        max_size=40,
    )
)
def test_nothing_is_lost_and_no_sign_lies_over_another(done: list[tuple[Kind, date]]) -> None:
    found = _marks(*done)
    assert sum(one.number for one in found.marks) == len(done)
    assert sum(many for _, _, many in found.legend) == len(done)
    assert sum(many for row in found.rows for _, many in row.done) == len(done)
    places = Counter((one.x, one.y) for one in found.marks)
    assert set(places.values()) <= {1}
    columns = sorted({one.x for one in found.marks})
    assert all(right - left >= NEAR // 2 for left, right in pairwise(columns))
    assert all(0 < one.y < BOTTOM + NEAR for one in found.marks)
