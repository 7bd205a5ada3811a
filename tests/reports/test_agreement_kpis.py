"""The figures of an agreement: counted by hand, and by a slow telling of their definitions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.bailiff.agreement import Target
from tijdig.bailiff.figures import Figures
from tijdig.bailiff.kinds import Direction, End, Kpi, Side, Start
from tijdig.bailiff.values import File
from tijdig.reports.agreement_kpis import Counted, among_ended, figure

ON = date(2026, 11, 21)


def _file(
    number: int,
    handed: int,
    ended: int | None = None,
    end: End = End.PAID,
    side: Side = Side.PARTNER,
    **figures: Any,
) -> Counted:
    """Handed over and ended so many days ago."""
    given: dict[str, Any] = {
        "first_talk_on": None, "judged": False, "evicted": False, "settled": False, "kept": False, "tenant_cents": 0,
        "corporation_cents": 0, "arrangements": (),
    }  # fmt: skip
    file = File(
        id=number, organisation_id=1, tenancy_id=number, partner_id=1, agreement_id=1, start=Start.ARREARS,
        handed_over_on=ON - timedelta(days=handed), overdue_cents=0, second_name="",
        ended_on=None if ended is None else ON - timedelta(days=ended), end=None if ended is None else end,
        end_side=None if ended is None else side, end_name="",
    )  # fmt: skip
    return Counted(file, Figures(**(given | figures)))


def _target(kpi: Kpi, target: int = 0, way: Direction = Direction.AT_LEAST, months: int = 12) -> Target:
    return Target(kpi, way, target, months)


def test_amicable_is_paid_or_kept_without_a_judgment_of_what_ended_or_is_old() -> None:
    files = [
        _file(1, 100, 10),
        _file(2, 100, 10, End.UNCOLLECTABLE),
        _file(3, 100, 10, judged=True),
        _file(4, 100, 10, End.PARTLY, kept=True),
        _file(5, 500, kept=True),
        _file(6, 500),
        _file(7, 100),  # open, and not for a year: does not count
        _file(8, 900, 400),  # ended before the period
    ]
    found = figure(_target(Kpi.AMICABLE, 93), files, ON)
    assert (found.value, found.of, found.met) == (50, 6, False)
    assert [one.file.id for one in found.outliers] == [2, 3, 6]


def test_what_is_nobodys_result_is_not_in_the_share_and_what_went_elsewhere_is() -> None:
    ours = Side.CORPORATION
    files = [
        _file(1, 100, 10),
        _file(2, 100, 10, End.WRONGLY, ours, settled=True),
        _file(3, 100, 10, End.TAKEN_BACK, ours, kept=True),  # broken off while it ran
        _file(4, 100, 10, End.TAKEN_BACK, ours, settled=True),
        _file(5, 100, 10, End.TAKEN_BACK, ours, judged=True),
        _file(6, 100, 10, End.PASSED_ON),
        _file(7, 100, 10, End.TAKEN_BACK, Side.PARTNER),
        _file(8, 500, settled=True),  # open for long, and paid
    ]
    found = figure(_target(Kpi.AMICABLE, 93), files, ON)
    assert [(one.file.id, one.counts) for one in found.behind] == [
        (1, 1),
        (4, 1),
        (5, 0),
        (6, 0),
        (7, 0),
        (8, 1),
    ]


def test_beside_files_elsewhere_stand_those_that_ended_here() -> None:
    files = [
        _file(
            1,
            100,
            10,
            first_talk_on=ON - timedelta(days=98),
            arrangements=((ON - timedelta(days=400), True),),
        ),
        _file(2, 100, 10, End.UNCOLLECTABLE, arrangements=((ON - timedelta(days=20), False),)),
        _file(3, 500, kept=True),  # open: elsewhere nobody hears of it
        _file(4, 30, arrangements=((ON - timedelta(days=1), True),)),
        _file(5, 100, 20, End.EVICTED, evicted=True),
        _file(6, 100, 20, End.WRONGLY),
    ]
    assert {kpi: among_ended(_target(kpi), files, ON) for kpi in Kpi} == {
        Kpi.AMICABLE: 33, Kpi.CONTACT: 80, Kpi.HANDLING: 85, Kpi.KEPT: 50, Kpi.TENANT_COST: 0,
        Kpi.CORPORATION_COST: 0, Kpi.EVICTIONS: 25,
    }  # fmt: skip
    assert {among_ended(_target(kpi), [], ON) for kpi in Kpi} == {None}


def test_days_to_contact_count_who_was_not_spoken_yet() -> None:
    files = [
        _file(1, 30, first_talk_on=ON - timedelta(days=28)),
        _file(2, 60),
        _file(3, 90, first_talk_on=ON - timedelta(days=80)),
    ]
    found = figure(_target(Kpi.CONTACT, 5, Direction.AT_MOST, 6), files, ON)
    assert (found.value, found.of, found.met) == (10, 3, False)
    assert [one.file.id for one in found.outliers] == [2]


@pytest.mark.parametrize(
    ("kpi", "value"),
    [(Kpi.HANDLING, 90), (Kpi.TENANT_COST, 10_001), (Kpi.CORPORATION_COST, 4_500), (Kpi.EVICTIONS, 1)],
)
def test_what_ended_is_counted(kpi: Kpi, value: int) -> None:
    files = [
        _file(1, 100, 20, tenant_cents=20_001, corporation_cents=4_500),
        _file(2, 130, 30, End.EVICTED, corporation_cents=4_500),
        _file(3, 40),
    ]
    found = figure(_target(kpi, 5, Direction.AT_MOST), files, ON)
    assert (found.value, found.of) == (value, 2)


def test_arrangements_kept_are_those_whose_outcome_came_in_the_period() -> None:
    came = (
        (ON - timedelta(days=5), True),
        (ON - timedelta(days=6), False),
        (ON - timedelta(days=600), False),
    )
    found = figure(_target(Kpi.KEPT, 50), [_file(1, 700, arrangements=came)], ON)
    assert (found.value, found.of, found.met) == (50, 2, True)


@pytest.mark.parametrize("kpi", [one for one in Kpi if one is not Kpi.EVICTIONS])
def test_of_nothing_there_is_no_figure(kpi: Kpi) -> None:
    found = figure(_target(kpi), [], ON)
    assert (found.value, found.met) == (None, None)


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900), st.booleans(), st.booleans()), max_size=40)
)
def test_the_share_is_that_of_a_slow_telling(rows: list[tuple[int, int, bool, bool]]) -> None:
    files = [
        _file(number, max(a, b), min(a, b) if closed else None, judged=judged)
        for number, (a, b, closed, judged) in enumerate(rows)
    ]
    counted = [
        (one.file.ended_on is not None) and not one.figures.judged
        for one in files
        if (
            date(2025, 11, 21) < one.file.ended_on <= ON
            if one.file.ended_on
            else one.file.handed_over_on < date(2025, 11, 21)
        )
    ]
    found = figure(_target(Kpi.AMICABLE), files, ON)
    assert found.of == len(counted)
    if counted:
        assert found.value is not None
        assert abs(found.value - 100 * sum(counted) / len(counted)) <= 0.5
