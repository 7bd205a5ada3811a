"""What is fixed before the first month is played, and the money that moved when all have been."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tijdig.lab.draws import Ints
from tijdig.lab.reversals import ends_mandate
from tijdig.lab.window import NO_END, Window

COLLECTION, REVERSAL, TRANSFER = 0, 1, 2


@dataclass(frozen=True)
class Scene:
    """All that is fixed before the first month is played; columns per tenancy, matrices [tenancy, month]."""

    window: Window
    seed: int
    begin: Ints
    end: Ints
    rent: Ints
    rent_day: Ints
    settlement: Ints
    debit_day: Ints  # day of the month, 0 for who pays by transfer
    habit: Ints
    start_draw: Ints


@dataclass(frozen=True)
class Payments:
    """Money that moved, one row each, seen from our account: + came in, - went out."""

    tenancy: Ints
    day: Ints
    cents: Ints
    kind: Ints  # COLLECTION, REVERSAL, TRANSFER
    month: Ints  # the month it is about
    reason: Ints  # of a reversal, else NO_REASON

    def __len__(self) -> int:
        return len(self.day)

    def take(self, rows: Ints) -> Payments:
        return Payments(
            self.tenancy[rows],
            self.day[rows],
            self.cents[rows],
            self.kind[rows],
            self.month[rows],
            self.reason[rows],
        )


def mandate_ends(payments: Payments, size: int) -> Ints:
    """Per tenancy the day on which a reversal ended the mandate; `NO_END` where none did."""
    ends = np.full(size, NO_END, dtype=np.int64)
    final = (payments.kind == REVERSAL) & ends_mandate(payments.reason)
    np.minimum.at(ends, payments.tenancy[final], payments.day[final])
    return ends
