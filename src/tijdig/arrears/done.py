"""What was done towards each tenant, as columns: messages and letters that went out, the early signal, the hand-over.

Decides nothing: a step is a dated fact of `steps`. Units: day numbers; `NONE` where it was not done. Example:
`nothing_done(3)` are three tenants to whom nothing was sent. Left out: calls and visits, which are in `dealings`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from tijdig.arrears.imputation import NONE

Days = npt.NDArray[np.int64]


class Letter(IntEnum):
    """How the fourteen-day letter stands for what is overdue now."""

    NONE = 0
    RUNNING = 1
    PASSED = 2


class Signal(IntEnum):
    """How far the early signal is in these arrears. From `OBJECTED` on the landlord did what was his to do."""

    NONE = 0
    OFFERED = 1
    OBJECTED = 2
    SENT = 3
    ANSWERED = 4


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """Per tenancy, in the order of the portfolio: the last day of each. `fourteen_day_ends` is the first day on which the
    costs that the letter announced are due; `handed_back` the day on which a bailiff gave the file back."""

    message: Days
    reminder: Days
    fourteen_day: Days
    fourteen_day_ends: Days
    offer: Days
    objected: Days
    signal: Days
    answered: Days
    handed_over: Days
    handed_back: Days

    def slice(self, one: int, stop: int) -> Done:
        return Done(*(getattr(self, field.name)[one:stop] for field in fields(self)))

    def __len__(self) -> int:
        return len(self.message)


def nothing_done(count: int) -> Done:
    """Nothing went out, nothing was handed over."""
    return Done(*(np.full(count, NONE, np.int64) for _ in fields(Done)))


def letter_state(done: Done, oldest_due: Days, as_of_day: int) -> Days:
    """A letter counts for what is overdue when it went out on or after the oldest due day: then it named that item.

    Example: a letter of 3 November for rent of October is passed on 20 November; when October is paid and December is not,
    the oldest due day is 1 December and there is no letter.
    """
    covers = (done.fourteen_day != NONE) & (done.fourteen_day >= oldest_due)
    passed = covers & (done.fourteen_day_ends != NONE) & (done.fourteen_day_ends <= as_of_day)
    return np.where(passed, Letter.PASSED, np.where(covers, Letter.RUNNING, Letter.NONE))


def signal_state(done: Done, arrears_since: Days) -> Days:
    """How far the early signal is, of what was done since these arrears began."""

    def since(day: Days) -> npt.NDArray[np.bool_]:
        return np.asarray((day != NONE) & (day >= arrears_since))

    state = np.where(since(done.offer), int(Signal.OFFERED), int(Signal.NONE))
    state = np.where(since(done.objected), Signal.OBJECTED, state)
    state = np.where(since(done.signal), Signal.SENT, state)
    return np.where(since(done.signal) & since(done.answered), Signal.ANSWERED, state)


def with_bailiff(done: Done) -> npt.NDArray[np.bool_]:
    """Is the file with the bailiff: handed over, and not given back since?"""
    back = (done.handed_back != NONE) & (done.handed_back >= done.handed_over)
    return np.asarray((done.handed_over != NONE) & ~back)
