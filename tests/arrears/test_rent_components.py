"""What a month's rent was made up of, and whether that is what was asked."""

from __future__ import annotations

from datetime import date

import pytest

from tijdig.arrears.older_rent import RentPart
from tijdig.arrears.rent_components import components

START, RAISED = date(2023, 7, 1), date(2024, 7, 1)
PARTS = [
    RentPart("VER", START, None, 1_000),
    RentPart("SER", START, None, 4_000),
    RentPart("NET", START, date(2024, 6, 30), 65_000),
    RentPart("NET", RAISED, None, 68_000),
    RentPart("HUA", RAISED, None, 0),
]


@pytest.mark.parametrize(
    ("due_on", "asked", "service", "kinds", "differs"),
    [
        (RAISED, 73_000, False, ["NET", "SER", "VER"], 0),  # all in one
        (RAISED, 68_000, False, ["NET"], 0),  # the rent apart
        (RAISED, 5_000, True, ["SER", "VER"], 0),  # the service costs apart
        (date(2024, 6, 30), 70_000, False, ["NET", "SER", "VER"], 0),  # the day before the increase
        (RAISED, 36_500, False, ["NET", "SER", "VER"], -36_500),  # half a month
        (RAISED, 80_000, False, ["NET", "SER", "VER"], 7_000),
        (date(2020, 1, 1), 60_000, False, [], 60_000),  # not known
    ],
)
def test_the_components_of_the_due_day_that_add_up_to_what_was_asked(
    due_on: date, asked: int, service: bool, kinds: list[str], differs: int
) -> None:
    found = components(PARTS, due_on, asked, service=service)
    assert [part.kind for part in found.parts] == kinds
    assert found.differs_cents == differs
    assert found.sum_cents + found.differs_cents == asked
