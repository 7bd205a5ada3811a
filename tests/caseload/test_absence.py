"""Who is away, until when, and who works in his place."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tijdig.caseload.absence import Absence, Away, away_on, in_place_of

A, B, C, D = 1, 2, 3, 4
DAY = date(2026, 11, 2)


def _day(number: int) -> date:
    return DAY + timedelta(days=number)


def _report(
    number: int,
    first: int,
    last: int | None,
    *,
    user: int = A,
    stand_in: int | None = None,
    back: int | None = None,
) -> Absence:
    return Absence(
        number,
        user,
        _day(first),
        None if last is None else _day(last),
        stand_in,
        None if back is None else _day(back),
    )


def _back(reports: list[Absence], day: int) -> int | str | None:
    """The number of the day of coming back; `here` for who is not away."""
    away = away_on(reports, _day(day)).get(A)
    if away is None:
        return "here"
    return None if away.back_on is None else (away.back_on - DAY).days


def test_the_last_day_is_a_day_away_and_the_next_is_not() -> None:
    reports = [_report(1, 0, 4)]
    assert [_back(reports, day) for day in (-1, 0, 4, 5)] == ["here", 5, 5, "here"]


def test_nobody_knows_until_when() -> None:
    assert [_back([_report(1, 0, None)], day) for day in (-1, 0, 400)] == ["here", None, None]


def test_back_sooner_ends_it_on_that_day() -> None:
    assert [_back([_report(1, 0, None, back=3)], day) for day in (0, 2, 3)] == [3, 3, "here"]
    assert [_back([_report(1, 0, 9, back=3)], day) for day in (0, 2, 3)] == [3, 3, "here"]


def test_called_off_before_it_began_it_never_was() -> None:
    assert [_back([_report(1, 2, 9, back=0)], day) for day in (0, 2, 9)] == ["here"] * 3


def test_reports_that_follow_on_each_other_are_one_absence() -> None:
    reports = [_report(1, 0, 4), _report(2, 5, 9), _report(3, 11, 12)]
    assert [_back(reports, day) for day in (0, 5, 10, 11)] == [10, 10, "here", 13]


def test_a_longer_report_extends_a_shorter_and_one_without_an_end_covers_both() -> None:
    assert _back([_report(1, 0, 4), _report(2, 2, 9)], 0) == 10
    assert _back([_report(1, 0, 4), _report(2, 2, None)], 0) is None
    assert _back([_report(1, 0, None), _report(2, 2, 3)], 5) is None


def test_the_newest_report_of_the_day_says_who_stands_in() -> None:
    reports = [_report(2, 3, 9, stand_in=C), _report(1, 0, 9, stand_in=B)]
    assert [away_on(reports, _day(day))[A].stand_in_id for day in (0, 3)] == [B, C]


def _away(stands_in: dict[int, int | None]) -> dict[int, Away]:
    return {user: Away(user, None, stand_in) for user, stand_in in stands_in.items()}


def test_the_example_of_the_rule() -> None:
    reports = [_report(1, 0, 4, stand_in=B), _report(2, 2, 2, user=B, stand_in=C)]
    assert [in_place_of(A, away_on(reports, _day(day))) for day in (-1, 1, 2, 5)] == [A, B, C, A]


def test_where_nobody_is_left_the_work_stays_with_whose_it_was() -> None:
    assert in_place_of(A, _away({A: None})) == A
    assert in_place_of(A, _away({A: B, B: None})) == A
    assert in_place_of(A, _away({A: B, B: A})) == A
    assert in_place_of(A, _away({A: B, B: C, C: B})) == A
    assert in_place_of(A, _away({A: B, B: C})) == C


USERS = st.integers(1, 6)


@given(st.dictionaries(USERS, st.none() | USERS), USERS)
def test_the_work_of_anybody_is_with_somebody_who_is_there_or_with_himself(
    stands_in: dict[int, int | None], user: int
) -> None:
    away = _away(stands_in)
    working = in_place_of(user, away)
    assert working == user or working not in away


REPORTS = st.lists(
    st.tuples(st.integers(0, 30), st.none() | st.integers(0, 10), st.none() | st.integers(0, 40)), max_size=5
)


@given(REPORTS, st.integers(0, 45))
def test_the_day_of_coming_back_is_the_first_that_no_report_covers(
    given: list[tuple[int, int | None, int | None]], day: int
) -> None:
    reports = [
        _report(at, first, None if more is None else first + more, back=back)
        for at, (first, more, back) in enumerate(given)
    ]
    covered = {number for number in range(100) if any(one.covers(_day(number)) for one in reports)}
    first_free = next((number for number in range(day, 100) if number not in covered), None)
    expected = "here" if day not in covered else first_free
    assert _back(reports, day) == expected
