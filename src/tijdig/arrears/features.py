"""What a policy may look at, as one row of numbers per tenancy: positions, and traits that the ledger does
not know.

The columns are `policy.words.Feature`. No true value is negative; -1 is unknown, and an unknown value
fulfils no condition.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tijdig.arrears.dealings import Dealings, no_dealings
from tijdig.arrears.done import Done, letter_state, nothing_done, signal_state, with_bailiff
from tijdig.arrears.imputation import NONE, Positions
from tijdig.arrears.position import (
    UNKNOWN,
    days_in_arrears,
    days_overdue,
    phases,
    rent_months,
    whole_months_open,
)
from tijdig.arrears.single_case import SingleCase, no_single_case
from tijdig.arrears.trajectory import Trajectory
from tijdig.policy.words import Feature

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_SATURDAY = 5


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """Per tenancy, in the order of the portfolio. `hold` holds the flags of `policy.words.Hold`.

    `monthly_rent_cents` and `debit_day` (1 to 31; 31 is also the last day of a shorter month) are -1 when
    unknown.
    """

    monthly_rent_cents: Whole
    departed: Flags
    direct_debit: Flags
    debit_day: Whole
    hold: Whole
    dealings: Dealings | None = None  # what was agreed and said; None: nothing
    done: Done | None = None  # what was sent and handed over; None: nothing
    single_case: SingleCase | None = None  # what sets a household apart; None: nothing
    trajectory: Trajectory | None = None  # the account since a debt procedure began; None: none runs

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
            self.done.slice(one, stop) if self.done else None,
            self.single_case.slice(one, stop) if self.single_case else None,
            self.trajectory.slice(one, stop) if self.trajectory else None,
        )


def unknown_traits(count: int) -> Traits:
    """Traits of tenancies of which nothing is known: sitting, no direct debit, no hold."""
    unknown, no = np.full(count, UNKNOWN, np.int64), np.zeros(count, np.bool_)
    return Traits(unknown, no, no, unknown, np.zeros(count, np.int64))


def features(positions: Positions, traits: Traits) -> Whole:
    """The matrix [tenancy, feature]. Raises ValueError when the traits are not of these tenancies."""
    if len(traits) != len(positions):
        raise ValueError("traits of other tenancies than the positions")
    columns = {
        **_of_money(positions, traits),
        **_of_dealings(positions, traits.dealings or no_dealings(len(traits))),
        **_of_done(positions, traits.done or nothing_done(len(traits))),
        **_of_single_case(traits.single_case or no_single_case(len(traits))),
        **_of_trajectory(positions, traits),
    }
    matrix = np.empty((len(positions), len(Feature)), np.int64, order="F")  # filled by column
    for feature, column in columns.items():
        matrix[:, feature] = column
    return matrix


Columns = dict[Feature, npt.NDArray[np.generic]]


def _of_money(positions: Positions, traits: Traits) -> Columns:
    known = traits.monthly_rent_cents > 0
    return {
        Feature.OPEN_CENTS: positions.overdue + positions.not_due,
        Feature.OVERDUE_CENTS: positions.overdue,
        Feature.CREDIT_CENTS: positions.credit,
        Feature.DAYS_OVERDUE: days_overdue(positions),
        Feature.DAYS_IN_ARREARS: days_in_arrears(positions),
        Feature.DAYS_TO_DUE: _days_to_due(positions, traits),
        Feature.WHOLE_MONTHS: whole_months_open(positions),
        Feature.DUE_MONTHS: positions.due_months,
        Feature.OVERDUE_ITEMS: positions.overdue_items,
        Feature.RENT_MONTHS: rent_months(positions.overdue, traits.monthly_rent_cents),
        Feature.PHASE: phases(positions, traits.monthly_rent_cents),
        Feature.MONTHLY_RENT_CENTS: np.where(known, traits.monthly_rent_cents, UNKNOWN),
        Feature.RENT_KNOWN: known,
        Feature.DEPARTED: traits.departed,
        Feature.DIRECT_DEBIT: traits.direct_debit,
        Feature.DEBIT_DAY: _debit_day(positions.as_of_day, traits.debit_day),
        Feature.DEBIT_AHEAD: _debit_ahead(positions, traits),
        Feature.HOLD: traits.hold,
        Feature.DAYS_SINCE_REVERSAL: _days_since(positions.as_of_day, positions.last_reversal_day),
        Feature.DAYS_SINCE_PAYMENT: _days_since(positions.as_of_day, positions.last_payment_day),
    }


def _of_dealings(positions: Positions, dealings: Dealings) -> Columns:
    return {
        Feature.ARRANGEMENT: dealings.arrangement,
        Feature.ARRANGEMENT_ASKED_CENTS: dealings.asked_cents,
        Feature.ARRANGEMENT_CAME_CENTS: dealings.came_cents,
        Feature.PROMISE: dealings.promise,
        Feature.TALKED_SINCE_DUE: _since(dealings.talk_day, _late_since(positions)),
        Feature.TALKED_IN_ARREARS: _since(dealings.talk_day, _began(positions)),
        Feature.CONTACT_SOUGHT: _since(
            np.maximum(dealings.talk_day, dealings.attempt_day), _began(positions)
        ),
        Feature.DAYS_SINCE_TALK: _days_since(positions.as_of_day, dealings.talk_day),
        Feature.DAYS_SINCE_ATTEMPT: _days_since(positions.as_of_day, dealings.attempt_day),
        Feature.PHONE_ATTEMPTS: dealings.phone_attempts,
        Feature.VISIT_ATTEMPTS: dealings.visit_attempts,
        Feature.MESSAGE_ATTEMPTS: dealings.message_attempts,
    }


def _of_done(positions: Positions, done: Done) -> Columns:
    day, due = positions.as_of_day, _late_since(positions)
    return {
        Feature.WRITTEN_SINCE_DUE: _since(np.maximum(done.message, done.reminder), due),
        Feature.REMINDED_SINCE_DUE: _since(done.reminder, due),
        Feature.DAYS_SINCE_MESSAGE: _days_since(day, done.message),
        Feature.DAYS_SINCE_REMINDER: _days_since(day, done.reminder),
        Feature.FOURTEEN_DAY_LETTER: letter_state(done, due, day),
        Feature.DAYS_SINCE_FOURTEEN_DAY: _days_since(day, done.fourteen_day),
        Feature.EARLY_SIGNAL: signal_state(done, _began(positions)),
        Feature.DAYS_SINCE_OFFER: _days_since(day, done.offer),
        Feature.WITH_BAILIFF: with_bailiff(done),
        Feature.DAYS_SINCE_HAND_OVER: _days_since(day, done.handed_over),
    }


def _of_single_case(case: SingleCase) -> Columns:
    return {
        Feature.CIRCUMSTANCE: case.circumstance,
        Feature.REPEATS: case.repeats,
        Feature.PAUSED: case.paused,
        Feature.DECIDED: case.decided,
        Feature.REPLY_WAITS: case.reply_waits,
    }


def _of_trajectory(positions: Positions, traits: Traits) -> Columns:
    """The account since a debt procedure began."""
    own = traits.trajectory
    if own is None or not own.runs.any():
        return {
            Feature.NEW_OVERDUE_CENTS: np.zeros(len(traits), np.int64),
            Feature.DAYS_NEW_OVERDUE: np.zeros(len(traits), np.int64),
            Feature.DAYS_NEW_IN_ARREARS: np.zeros(len(traits), np.int64),
            Feature.TRAJECTORY_DAYS: np.full(len(traits), UNKNOWN, np.int64),
            Feature.TALKED_IN_TRAJECTORY: np.zeros(len(traits), np.int64),
            Feature.NEW_DEBIT_AHEAD: np.zeros(len(traits), np.int64),
            Feature.FROZEN_CENTS: np.zeros(len(traits), np.int64),
        }
    cents, day = own.capped(positions.overdue), positions.as_of_day
    return {
        Feature.NEW_OVERDUE_CENTS: cents,
        Feature.DAYS_NEW_OVERDUE: np.where(cents > 0, day - own.new_oldest_due, 0),
        Feature.DAYS_NEW_IN_ARREARS: np.where(cents > 0, day - own.new_since, 0),
        Feature.TRAJECTORY_DAYS: _days_since(day, own.begin_day),
        Feature.FROZEN_CENTS: np.where(own.runs, own.old_overdue_cents, 0),
        Feature.TALKED_IN_TRAJECTORY: own.runs & _since(own.talk_day, own.begin_day),
        Feature.NEW_DEBIT_AHEAD: _debit_ahead(
            _Late(day, cents, own.new_oldest_due, positions.last_reversal_day), traits
        ),
    }


def _began(positions: Positions) -> Whole:
    """The first day of the arrears; where there are none, the day itself: nothing was done since."""
    since = positions.arrears_since.astype(np.int64)
    return np.where(since == NONE, positions.as_of_day, since)


def _late_since(positions: Positions) -> Whole:
    """The oldest due day that is overdue; where nothing is, the day itself."""
    return np.where(positions.overdue > 0, positions.oldest_due.astype(np.int64), positions.as_of_day)


def _since(day: npt.NDArray[np.int32] | Whole, first: npt.NDArray[np.int32] | Whole) -> Flags:
    return np.asarray((day != NONE) & (day >= first))


def _days_to_due(positions: Positions, traits: Traits) -> Whole:
    """Until the next due day: of what is booked, else the first of the next month while somebody rents here."""
    day = positions.as_of_day
    first, length = _month_of(day)
    rents = (traits.monthly_rent_cents > 0) & ~traits.departed
    coming = np.where(rents, first + length - day, UNKNOWN)
    booked = np.where(positions.next_due == NONE, UNKNOWN, positions.next_due.astype(np.int64) - day)
    both = (coming != UNKNOWN) & (booked != UNKNOWN)
    return np.where(both, np.minimum(coming, booked), np.maximum(coming, booked))


def _days_since(as_of_day: int, day: npt.NDArray[np.int32] | Whole) -> Whole:
    return np.where(day == NONE, UNKNOWN, as_of_day - day.astype(np.int64))


def _month_of(as_of_day: int) -> tuple[int, int]:
    """The first day of the month as a day number, and the number of days in it."""
    month = np.datetime64(as_of_day, "D").astype("datetime64[M]")
    first, after = (int(m.astype("datetime64[D]").astype(np.int64)) for m in (month, month + 1))
    return first, after - first


def _debit_day(as_of_day: int, agreed: Whole) -> Whole:
    return np.where(agreed > 0, np.minimum(agreed, _month_of(as_of_day)[1]), UNKNOWN)


class _Late(NamedTuple):
    """What is overdue of an account as of a day."""

    as_of_day: int
    overdue: Whole
    oldest_due: npt.NDArray[np.int32] | Whole
    last_reversal_day: npt.NDArray[np.int32]


def _debit_ahead(late: Positions | _Late, traits: Traits) -> Flags:
    """Does the direct debit of what is overdue still have to run, and is nothing overdue that is older than its month?

    The debit runs on the agreed day, or on the Monday after where that is a Saturday or Sunday (SEPA collects
    only on days on which the banks work; other holidays are left out): that of the last days of a month may run in the next
    one. On that day itself it still has to run. After a reversal since the first of its month it does not: what came back is
    not offered again.
    """
    first, _ = _month_of(late.as_of_day)
    before, length = _month_of(first - 1)
    agreed = _debit_day(late.as_of_day, traits.debit_day)
    this = _runs(late, first, agreed)
    last = _runs(late, before, np.minimum(traits.debit_day, length))
    return np.asarray(traits.direct_debit & (agreed > 0) & (this | last))


def _runs(late: Positions | _Late, first: int, agreed: Whole) -> Flags:
    """Does the debit of the month that begins on this day still run, for what fell due in that month or later?"""
    day = first + agreed - 1
    weekday = (day + 3) % 7  # 1 January 1970 was a Thursday; Monday is 0
    runs_on = day + np.where(weekday >= _SATURDAY, 7 - weekday, 0)
    not_older = (late.overdue > 0) & (late.oldest_due >= first)
    return np.asarray(not_older & (runs_on >= late.as_of_day) & (late.last_reversal_day < first))
