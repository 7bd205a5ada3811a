"""What a policy may look at, as one row of numbers per tenancy: positions, and traits that the ledger does
not know.

The columns are `policy.document.Feature`. No true value is negative; -1 is unknown, and an unknown value
fulfils no condition.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from tijdig.arrears.dealings import Dealings, no_dealings
from tijdig.arrears.imputation import NONE, Positions
from tijdig.arrears.position import UNKNOWN, days_overdue, rent_months, whole_months_open
from tijdig.policy.document import Feature

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_SATURDAY = 5


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """Per tenancy, in the order of the portfolio. `hold` holds the flags of `policy.document.Hold`.

    `monthly_rent_cents` and `debit_day` (1 to 31; 31 is also the last day of a shorter month) are -1 when
    unknown.
    """

    monthly_rent_cents: Whole
    departed: Flags
    direct_debit: Flags
    debit_day: Whole
    hold: Whole
    dealings: Dealings | None = None  # what was agreed and said; None: nothing

    def __post_init__(self) -> None:
        columns = [getattr(self, field.name) for field in fields(self)]
        if len({len(column) for column in columns if column is not None}) != 1:
            raise ValueError("columns of different length")
        if ((self.debit_day < UNKNOWN) | (self.debit_day == 0) | (self.debit_day > 31)).any():
            raise ValueError("a debit day is 1 to 31, or -1 for unknown")

    def __len__(self) -> int:
        return len(self.departed)

    def slice(self, one: int, stop: int) -> Traits:
        cut = slice(one, stop)
        return Traits(
            self.monthly_rent_cents[cut],
            self.departed[cut],
            self.direct_debit[cut],
            self.debit_day[cut],
            self.hold[cut],
            self.dealings.slice(one, stop) if self.dealings else None,
        )


def unknown_traits(count: int) -> Traits:
    """Traits of tenancies of which nothing is known: sitting, no direct debit, no hold."""
    unknown, no = np.full(count, UNKNOWN, np.int64), np.zeros(count, np.bool_)
    return Traits(unknown, no, no, unknown, np.zeros(count, np.int64))


def features(positions: Positions, traits: Traits) -> Whole:
    """The matrix [tenancy, feature]. Raises ValueError when the traits are not of these tenancies."""
    if len(traits) != len(positions):
        raise ValueError("traits of other tenancies than the positions")
    known = traits.monthly_rent_cents > 0
    done = traits.dealings or no_dealings(len(traits))
    columns: dict[Feature, npt.NDArray[np.generic]] = {
        Feature.OPEN_CENTS: positions.overdue + positions.not_due,
        Feature.OVERDUE_CENTS: positions.overdue,
        Feature.CREDIT_CENTS: positions.credit,
        Feature.DAYS_OVERDUE: days_overdue(positions),
        Feature.WHOLE_MONTHS: whole_months_open(positions),
        Feature.DUE_MONTHS: positions.due_months,
        Feature.OVERDUE_ITEMS: positions.overdue_items,
        Feature.RENT_MONTHS: rent_months(positions.overdue, traits.monthly_rent_cents),
        Feature.MONTHLY_RENT_CENTS: np.where(known, traits.monthly_rent_cents, UNKNOWN),
        Feature.DEPARTED: traits.departed,
        Feature.DIRECT_DEBIT: traits.direct_debit,
        Feature.DEBIT_DAY: _debit_day(positions.as_of_day, traits.debit_day),
        Feature.DEBIT_AHEAD: _debit_ahead(positions, traits),
        Feature.HOLD: traits.hold,
        Feature.DAYS_SINCE_REVERSAL: _days_since(positions.as_of_day, positions.last_reversal_day),
        Feature.DAYS_SINCE_PAYMENT: _days_since(positions.as_of_day, positions.last_payment_day),
        Feature.RENT_KNOWN: known,
        Feature.ARRANGEMENT: done.arrangement,
        Feature.ARRANGEMENT_ASKED_CENTS: done.asked_cents,
        Feature.ARRANGEMENT_CAME_CENTS: done.came_cents,
        Feature.PROMISE: done.promise,
        Feature.TALKED_SINCE_DUE: (done.talk_day != NONE) & (done.talk_day >= positions.oldest_due),
        Feature.DAYS_SINCE_TALK: _days_since(positions.as_of_day, done.talk_day),
        Feature.PHONE_ATTEMPTS: done.phone_attempts,
        Feature.VISIT_ATTEMPTS: done.visit_attempts,
    }
    matrix = np.empty((len(positions), len(Feature)), np.int64)
    for feature, column in columns.items():
        matrix[:, feature] = column
    return matrix


def _days_since(as_of_day: int, day: npt.NDArray[np.int32] | Whole) -> Whole:
    return np.where(day == NONE, UNKNOWN, as_of_day - day.astype(np.int64))


def _month_of(as_of_day: int) -> tuple[int, int]:
    """The first day of the month as a day number, and the number of days in it."""
    month = np.datetime64(as_of_day, "D").astype("datetime64[M]")
    first, after = (int(m.astype("datetime64[D]").astype(np.int64)) for m in (month, month + 1))
    return first, after - first


def _debit_day(as_of_day: int, agreed: Whole) -> Whole:
    return np.where(agreed > 0, np.minimum(agreed, _month_of(as_of_day)[1]), UNKNOWN)


def _debit_ahead(positions: Positions, traits: Traits) -> Flags:
    """Does this month's direct debit still have to run, and is nothing overdue that is older than this month?

    The debit runs on the agreed day, or on the Monday after where that is a Saturday or Sunday (SEPA collects
    only on days on which the banks work; other holidays are left out). On that day itself it still has to
    run. After a reversal in the same month it does not: what came back is not offered again.
    """
    first, _ = _month_of(positions.as_of_day)
    agreed = _debit_day(positions.as_of_day, traits.debit_day)
    day = first + agreed - 1
    weekday = (day + 3) % 7  # 1 January 1970 was a Thursday; Monday is 0
    runs_on = day + np.where(weekday >= _SATURDAY, 7 - weekday, 0)
    only_this_month = (positions.overdue > 0) & (positions.oldest_due >= first)
    came_back = positions.last_reversal_day >= first
    still_runs = traits.direct_debit & (agreed > 0) & (runs_on >= positions.as_of_day)
    return np.asarray(still_runs & only_this_month & ~came_back)
