"""`bench policy`: the way of working over everybody, in memory, beside the imputation that it stands on.

Both are kernels over the same positions of the same tenancies: how the money stands, and which step comes next. Everything
that a way of working may look at has a value here, so that no condition is passed over for want of one.
"""

from __future__ import annotations

import numpy as np

from tijdig.arrears.dealings import Dealings
from tijdig.arrears.done import nothing_done
from tijdig.arrears.evaluate import decide
from tijdig.arrears.features import Flags, Traits, features
from tijdig.arrears.imputation import NONE, positions
from tijdig.arrears.next_step import next_steps
from tijdig.arrears.single_case import no_single_case
from tijdig.cli.bench_positions import median_ms
from tijdig.lab.columns import portfolio_of_homes
from tijdig.policy.table import shipped

_REPEATS = 9


def run(homes: int, months: int) -> dict[str, float]:
    """Median milliseconds: `imputation_ms` the positions, `policy_ms` the steps from what is seen, `decide_ms` what is seen
    and the steps. `policy_per_imputation` is `policy_ms` in times of the first; `decide_per_imputation` the whole."""
    portfolio = portfolio_of_homes(homes, months, mixed=True)
    today = int(portfolio.day.max())
    stand, table = positions(portfolio, today), shipped()
    traits = _traits(len(stand), today)
    seen = features(stand, traits)
    took = {
        "imputation_ms": median_ms(lambda: positions(portfolio, today), _REPEATS),
        "policy_ms": median_ms(lambda: next_steps(seen, table, today, ()), _REPEATS),
        "decide_ms": median_ms(lambda: decide(stand, traits, table), _REPEATS),
    }
    chosen = np.unique(decide(stand, traits, table).rule)
    return {
        "homes": homes,
        "steps": len(table.codes),
        "steps_that_fired": len(chosen),
        **{name: round(ms, 2) for name, ms in took.items()},
        "policy_per_imputation": round(took["policy_ms"] / took["imputation_ms"], 2),
        "decide_per_imputation": round(took["decide_ms"] / took["imputation_ms"], 2),
    }


def _traits(count: int, today: int) -> Traits:
    """A fifth pays by direct debit, a tenth was spoken to, some have agreed on something."""
    draws = np.random.default_rng(3)

    def some(share: float) -> Flags:
        return draws.random(count) < share

    none = np.zeros(count, np.int64)
    talked = np.where(some(0.1), today - draws.integers(0, 60, count), NONE)
    tried = np.where(some(0.1), today - draws.integers(0, 30, count), NONE)
    dealings = Dealings(
        np.where(some(0.04), draws.integers(1, 5, count), 0),
        none,
        none,
        np.where(some(0.03), draws.integers(1, 3, count), 0),
        talked,
        draws.integers(0, 4, count),
        draws.integers(0, 2, count),
        draws.integers(0, 2, count),
        tried,
    )
    direct = some(0.2)
    return Traits(
        np.full(count, 60_000, np.int64),
        some(0.03),
        direct,
        np.where(direct, 28, -1),
        np.where(some(0.01), 1, 0),
        dealings,
        nothing_done(count),
        no_single_case(count),
    )
