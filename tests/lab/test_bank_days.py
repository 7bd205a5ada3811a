from datetime import date

import numpy as np
import pytest

from tijdig.base.days import day_number, day_of
from tijdig.lab.bank_days import BankDays, is_bank_day


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 27), True),  # King's Day: banks settle
        (date(2026, 5, 1), False),
        (date(2026, 12, 25), False),
        (date(2026, 11, 1), False),  # a Sunday
        (date(2026, 11, 2), True),
    ],
)
def test_is_bank_day_by_day(day: date, opens: bool) -> None:
    assert is_bank_day(day) is opens


def test_roll_over_easter_goes_to_tuesday() -> None:
    days = BankDays(date(2026, 1, 1), date(2026, 12, 31))
    rolled = days.roll(np.array([day_number(date(2026, 4, 3)), day_number(date(2026, 4, 2))]))
    assert [day_of(int(day)) for day in rolled] == [date(2026, 4, 7), date(2026, 4, 2)]
