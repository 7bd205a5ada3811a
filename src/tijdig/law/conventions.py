"""What the law leaves open, by name: day count, rounding, a start on 29 February, the first day, a rest day at the end.

A corporation adopts one of each, per date; a result names those that it used. The default is what costs the tenant
least, with two exceptions, because the worked cases that courts and calculators publish come out to the cent only so:
days are counted as actual/365 (also in a leap year, at most 1/366 more than actual/actual), and parts are rounded half up
(at most half a cent a part more than down). 28 February as the anniversary of a 29th follows those calculators too.

Source: articles 6:119 and 6:96 BW set no convention; article 1 Algemene termijnenwet for the rest day. The sentences are
in `conventions.yaml`.

Left out: which convention a corporation adopted on which day; that is policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tijdig.law.quantity import document


class DayCount(StrEnum):
    """How many days a year has for interest."""

    ACTUAL_365 = "actual_365"
    ACTUAL_ACTUAL = "actual_actual"


class Rounding(StrEnum):
    """How a part becomes whole cents."""

    HALF_UP = "half_up_per_part"
    DOWN = "down_per_part"


class LeapAnniversary(StrEnum):
    """When a year is over that began on 29 February."""

    FEBRUARY_28 = "february_28"
    MARCH_1 = "march_1"


class FirstInterestDay(StrEnum):
    """The first day that bears interest, counted from the due day; the lease says which."""

    DAY_AFTER_DUE = "day_after_due"
    DUE_DAY = "due_day"


class Weekend(StrEnum):
    """What a term does that ends on a rest day."""

    EXTEND = "extend"
    NO_EXTENSION = "no_extension"


@dataclass(frozen=True, slots=True)
class Conventions:
    """One choice of each kind."""

    day_count: DayCount = DayCount.ACTUAL_365
    rounding: Rounding = Rounding.HALF_UP
    leap_anniversary: LeapAnniversary = LeapAnniversary.FEBRUARY_28
    first_interest_day: FirstInterestDay = FirstInterestDay.DAY_AFTER_DUE
    weekend: Weekend = Weekend.EXTEND

    def sentences(self, *kinds: str) -> tuple[str, ...]:
        """What was chosen for these kinds, as Dutch sentences to print with a result."""
        file = document("conventions")
        return tuple(file[kind]["options"][getattr(self, kind)] for kind in kinds)


DEFAULT = Conventions()


def choices(kind: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The Dutch name of a kind of convention, and every option with its sentence, the default one first."""
    file = document("conventions")[kind]
    usual = getattr(DEFAULT, kind)
    options = sorted(file["options"].items(), key=lambda option: option[0] != usual)
    return file["name"], tuple(options)


def rounded(numerator: int, denominator: int, rounding: Rounding) -> int:
    """A fraction of cents, not negative, as whole cents. `rounded(5, 2, Rounding.HALF_UP) == 3`."""
    if rounding is Rounding.DOWN:
        return numerator // denominator
    return (2 * numerator + denominator) // (2 * denominator)
