"""The one call: ledger columns, traits and a policy in; for every tenancy a position and its next step out.

The screen of one tenancy, the API call that posts a payment, the night run, the replay of past years and the
run over a whole country on a cluster all make this call.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tijdig.arrears.features import Traits, features
from tijdig.arrears.imputation import Positions, positions
from tijdig.arrears.next_step import NextSteps, next_steps
from tijdig.arrears.portfolio import Portfolio
from tijdig.policy.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """Per tenancy, in the order of the portfolio. `features` is what the policy saw, for `explain`."""

    as_of_day: int
    tenancy: npt.NDArray[np.int64]
    positions: Positions
    features: npt.NDArray[np.int64]
    rule: npt.NDArray[np.int16]
    due_day: npt.NDArray[np.int32]
    alert: npt.NDArray[np.bool_]
    automatic: npt.NDArray[np.bool_]
    own_rule: npt.NDArray[np.int16]  # what the way of working gives by itself
    ruling: npt.NDArray[np.int64]  # the decision by which a person changed that, 0 where nobody did
    codes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.tenancy)

    def code(self, place: int) -> str:
        """The code of the step of one tenancy."""
        return self.codes[int(self.rule[place])]


def evaluate(
    portfolio: Portfolio, traits: Traits, table: Table, as_of_day: int, *, threads: int | None = None
) -> Decisions:
    """Decide for every tenancy as of the end of a day. `traits` stand in the order of the portfolio."""
    return decide(positions(portfolio, as_of_day, threads=threads), traits, table)


def decide(stand: Positions, traits: Traits, table: Table) -> Decisions:
    """The same from positions that are already there (a checkpoint; another policy on the same day)."""
    seen = features(stand, traits)
    case = traits.single_case
    steps: NextSteps = next_steps(seen, table, stand.as_of_day, case.deviations if case else ())
    return Decisions(stand.as_of_day, stand.tenancy, stand, seen, *steps, table.codes)
