"""What a position means: how long, how many months of rent, which phase. Small rules on whole columns.

The words and the bounds of the phases are in `docs/rules/position.md`. Sitting and departed tenants are
counted apart everywhere: a departed tenant's debt no longer grows and cannot be talked about at the door.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt

from tijdig.arrears.imputation import Positions

Whole = npt.NDArray[np.int64]
UNKNOWN = -1


class Phase(IntEnum):
    """How far behind a tenancy is, in months of rent. The number is stored and never changes."""

    NOTHING = 0
    CREDIT = 1
    NOT_DUE = 2
    UNDER_ONE = 3
    ONE_TO_TWO = 4
    TWO_TO_THREE = 5
    THREE_OR_MORE = 6
    RENT_UNKNOWN = 7  # overdue, and without a rent nobody can say how many months


PHASE_LABEL: dict[Phase, str] = {
    Phase.NOTHING: "niets open",
    Phase.CREDIT: "tegoed",
    Phase.NOT_DUE: "nog niet vervallen",
    Phase.UNDER_ONE: "minder dan 1 maand huur",
    Phase.ONE_TO_TWO: "1 tot 2 maanden huur",
    Phase.TWO_TO_THREE: "2 tot 3 maanden huur",
    Phase.THREE_OR_MORE: "3 maanden huur of meer",
    Phase.RENT_UNKNOWN: "achterstand, huurprijs onbekend",
}


def months_and_day(days: npt.NDArray[np.int32]) -> tuple[Whole, Whole]:
    """The calendar month of each day, as months since January 1970, and its day of the month (1 to 31)."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    return months.astype(np.int64), (dates - months).astype(np.int64) + 1


def days_overdue(positions: Positions) -> Whole:
    """Days since the oldest due day that is overdue; 0 where nothing is. Due yesterday is one day overdue."""
    days = positions.as_of_day - positions.oldest_due.astype(np.int64)
    return np.where(positions.overdue > 0, days, 0)


def days_in_arrears(positions: Positions) -> Whole:
    """Days since the arrears began that have not been broken since: the second clock, which a part payment does not move.

    Who pays a little each month is never long behind by the first clock. January unpaid, half of it paid in February, the
    rest in March with February still open: by this clock the arrears began on 1 January.
    """
    days = positions.as_of_day - positions.arrears_since.astype(np.int64)
    return np.where(positions.overdue > 0, days, 0)


def whole_months_open(positions: Positions) -> Whole:
    """Whole months since the oldest overdue due day, as `base.days.whole_months`: 31 January to 28 February
    is 0.
    """
    oldest = np.where(positions.overdue > 0, positions.oldest_due, positions.as_of_day).astype(np.int32)
    from_month, from_day = months_and_day(oldest)
    to_month, to_day = months_and_day(np.array([positions.as_of_day], np.int32))
    return to_month - from_month - (to_day < from_day)


def rent_months(overdue: Whole, monthly_rent_cents: Whole) -> Whole:
    """The overdue sum in hundredths of the monthly rent, rounded down; -1 where the rent is unknown or
    nothing.

    € 1.199,99 at a rent of € 600,00 is 199.
    """
    known = monthly_rent_cents > 0
    return np.where(known, overdue * 100 // np.where(known, monthly_rent_cents, 1), UNKNOWN)


def phases(positions: Positions, monthly_rent_cents: Whole) -> npt.NDArray[np.int8]:
    """The phase of each tenancy. Only what is overdue counts; a rent is needed only where something is."""
    months = rent_months(positions.overdue, monthly_rent_cents)
    by_months = Phase.UNDER_ONE + np.clip(months // 100, 0, 3)
    overdue = np.where(months == UNKNOWN, Phase.RENT_UNKNOWN, by_months)
    quiet = np.where(positions.credit > 0, Phase.CREDIT, Phase.NOTHING)
    quiet = np.where(positions.not_due > 0, Phase.NOT_DUE, quiet)
    return np.where(positions.overdue > 0, overdue, quiet).astype(np.int8)


def phase_label(phase: Phase, departed: bool) -> str:
    """`1 tot 2 maanden huur`, or `vertrokken: 1 tot 2 maanden huur`."""
    return f"vertrokken: {PHASE_LABEL[phase]}" if departed else PHASE_LABEL[phase]
