"""`bench claims`: claim statements with their interest for all tenancies in arrears, on one core."""

from __future__ import annotations

import time

import numpy as np

from tijdig.arrears.claim import claim
from tijdig.arrears.imputation import positions
from tijdig.base.days import day_of
from tijdig.lab.columns import portfolio_of_homes


def run(homes: int = 51_000, months: int = 24) -> dict[str, float]:
    """How many claims a second (time of the processor), of how many tenancies and instalments.

    Raises where a claim is not what the engine says is overdue: a fast wrong answer is worth nothing.
    """
    portfolio = portfolio_of_homes(homes, months, mixed=True)
    as_of = int(portfolio.day.max()) + 20
    overdue = positions(portfolio, as_of).overdue
    behind = np.flatnonzero(overdue).tolist()
    day = day_of(as_of)
    claim(portfolio.slice(behind[0], behind[0] + 1), day)  # the first one loads the program and the law
    instalments = cents = 0
    begun = time.process_time()
    for place in behind:
        told = claim(portfolio.slice(place, place + 1), day)
        instalments += len(told.instalments)
        cents += told.open_cents
    taken = time.process_time() - begun
    if cents != int(overdue.sum()):
        raise AssertionError(f"the claims say {cents} cents, the engine {int(overdue.sum())}")
    return {
        "homes": homes,
        "claims": len(behind),
        "instalments": instalments,
        "claims_s": round(taken, 2),
        "claims_per_s": round(len(behind) / taken),
    }
