"""The account as a claim reads it: what was too high was never owed, and what may bear interest and costs."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tijdig.arrears.notice_costs import Booked, TakenOff
from tijdig.cases.account import Entry, bears_costs, booked_costs, corrected, court_doubts
from tijdig.ledger.kinds import Kind

DAY = date(2026, 11, 2)


def _entry(number: int, kind: Kind, cents: int, target: int | None = None) -> Entry:
    known = datetime(2026, 11, 2, tzinfo=UTC)
    return Entry(number, kind, cents, DAY, DAY, DAY, known, "test", f"{number}", target, "", False)


RENT = _entry(1, Kind.RENT, 70_000)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ([_entry(2, Kind.CORRECTION, -10_000, 1)], {1: 60_000, 2: 0}),
        ([_entry(2, Kind.CORRECTION, -80_000, 1)], {1: 0, 2: 10_000}),
        (
            [_entry(2, Kind.CORRECTION, -10_000, 1), _entry(3, Kind.CORRECTION, -5_000, 1)],
            {1: 55_000, 2: 0, 3: 0},
        ),
        ([_entry(2, Kind.CORRECTION, -10_000)], {}),  # points to nothing
        ([_entry(2, Kind.CORRECTION, 10_000)], {}),
        ([_entry(2, Kind.WRITE_OFF, -10_000, 1)], {}),  # was owed, and is forgiven
        ([_entry(2, Kind.PAYMENT, -10_000, 1)], {}),
        ([_entry(2, Kind.COLLECTION_COSTS, 4_000), _entry(3, Kind.CORRECTION, -4_000, 2)], {}),
        ([_entry(2, Kind.SETTLEMENT, -20_000), _entry(3, Kind.CORRECTION, -3_000, 2)], {}),  # of a credit
        (
            [_entry(2, Kind.CORRECTION, -10_000, 1), _entry(3, Kind.CORRECTION, 10_000, 2)],
            {1: 70_000, 2: 10_000},
        ),
        ([_entry(2, Kind.CORRECTION, -10_000, 1), _entry(3, Kind.REVERSAL, 4_000, 2)], {1: 64_000, 2: 4_000}),
        ([_entry(2, Kind.INTEREST, 5_956), _entry(3, Kind.CORRECTION, -5_956, 2)], {2: 0, 3: 0}),
    ],
)
def test_a_correction_lowers_the_charge_that_it_points_to(
    more: list[Entry], expected: dict[int, int]
) -> None:
    assert corrected([RENT, *more]) == expected


def test_collection_costs_come_with_what_was_taken_off_them() -> None:
    entries = [
        _entry(2, Kind.COLLECTION_COSTS, 4_000),
        _entry(3, Kind.WRITE_OFF, -1_000, 2),
        _entry(4, Kind.CORRECTION, -5_000, 2),
        _entry(5, Kind.COURT_COSTS, 9_000),
    ]
    (one,) = booked_costs([RENT, *entries])
    assert one == Booked(2, DAY, 4_000, (TakenOff(3, 1_000, True), TakenOff(4, 5_000, False)))
    assert (one.off_cents, one.written_off_cents) == (4_000, 1_000)


def test_what_was_taken_off_and_put_back_stands() -> None:
    entries = [
        _entry(2, Kind.COLLECTION_COSTS, 4_000),
        _entry(3, Kind.CORRECTION, -4_000, 2),
        _entry(4, Kind.CORRECTION, 4_000, 3),
    ]
    assert booked_costs(entries) == [Booked(2, DAY, 4_000)]


def test_a_correction_that_raises_costs_is_costs() -> None:
    entries = [_entry(2, Kind.COLLECTION_COSTS, 4_000), _entry(3, Kind.CORRECTION, 6_500, 2)]
    assert booked_costs(entries) == [Booked(2, DAY, 4_000), Booked(3, DAY, 6_500)]


@pytest.mark.parametrize(
    ("entries", "doubted"),
    [
        ([RENT], False),
        ([_entry(2, Kind.COURT_COSTS, 50_000)], True),
        ([_entry(2, Kind.BAILIFF_COSTS, 10_000)], True),
        ([_entry(2, Kind.COURT_COSTS, 50_000), _entry(3, Kind.WRITE_OFF, -50_000, 2)], False),
        (
            [_entry(2, Kind.COURT_COSTS, 50_000), _entry(3, Kind.PAYMENT, -50_000, 2)],
            True,
        ),  # the payment went there
    ],
)
def test_costs_of_court_and_bailiff_are_in_doubt_until_somebody_shows_why(
    entries: list[Entry], doubted: bool
) -> None:
    assert bool(court_doubts(entries)) is doubted


def test_only_money_of_the_lease_bears_costs() -> None:
    assert {kind for kind in Kind if bears_costs(_entry(1, kind, 1))} == {
        Kind.RENT,
        Kind.SERVICE_COSTS,
        Kind.SETTLEMENT,
    }
