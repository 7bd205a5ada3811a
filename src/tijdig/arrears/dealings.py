"""What was agreed and said with each tenant, as columns beside the account: what a policy may look at besides money.

Decides nothing: whether an arrangement is kept is for `arrangements`, what a talk is for `contacts`. Units: whole cents, day
numbers, counts. Example: `no_dealings(3)` are three tenants with whom nothing was agreed and nobody spoke.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from tijdig.arrears.imputation import NONE

Whole = npt.NDArray[np.int64]


class Agreed(IntEnum):
    """How an arrangement stands; `KEPT` also while it is frozen or paid off."""

    NONE = 0
    REQUESTED = 1
    KEPT = 2
    LATE = 3
    BROKEN = 4


class Promised(IntEnum):
    """How the newest promise to pay stands; one that was kept, replaced or repaired asks nothing any more."""

    NONE = 0
    OPEN = 1
    BROKEN = 2


@dataclass(frozen=True, slots=True, eq=False)
class Dealings:
    """Per tenancy, in the order of the portfolio. `talk_day` is of the last talk, `attempt_day` of the last time that
    nobody was reached by phone or at the door, `NONE` where there was none; attempts are those since the last talk."""

    arrangement: Whole
    asked_cents: Whole  # what should have come for the arrangement by now
    came_cents: Whole
    promise: Whole
    talk_day: Whole
    phone_attempts: Whole
    visit_attempts: Whole
    message_attempts: Whole
    attempt_day: Whole

    def slice(self, one: int, stop: int) -> Dealings:
        return Dealings(*(getattr(self, field.name)[one:stop] for field in fields(self)))

    def __len__(self) -> int:
        return len(self.arrangement)


def no_dealings(count: int) -> Dealings:
    """Nothing agreed, nobody spoken to."""
    none, never = np.zeros(count, np.int64), np.full(count, NONE, np.int64)
    return Dealings(none, none, none, none, never, none, none, none, never)
