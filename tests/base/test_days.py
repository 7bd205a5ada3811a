"""Easter, held against calendars that are public knowledge."""

from __future__ import annotations

from datetime import date

import pytest

from tijdig.base.days import easter

EASTERS = [
    date(1999, 4, 4),
    date(2008, 3, 23),
    date(2011, 4, 24),
    date(2019, 4, 21),
    date(2024, 3, 31),
    date(2025, 4, 20),
    date(2026, 4, 5),
    date(2027, 3, 28),
    date(2038, 4, 25),
]


@pytest.mark.parametrize("sunday", EASTERS)
def test_easter_known_years(sunday: date) -> None:
    assert easter(sunday.year) == sunday
