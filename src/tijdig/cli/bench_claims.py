"""`bench claims`: claim statements with their interest, and with costs, for all tenancies in arrears, on one core."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from tijdig.arrears.claim import Claim, claim
from tijdig.arrears.imputation import positions
from tijdig.arrears.notices import Notice
from tijdig.arrears.portfolio import Portfolio
from tijdig.base.days import day_of
from tijdig.lab.columns import portfolio_of_homes
from tijdig.law.collection_costs import collection_costs
from tijdig.steps.kinds import LetterFacts

_SENT_DAYS_AGO = 30


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
    with_costs = _with_costs([portfolio.slice(place, place + 1) for place in behind], day)
    return {
        "homes": homes,
        "claims": len(behind),
        "instalments": instalments,
        "claims_s": round(taken, 2),
        "claims_per_s": round(len(behind) / taken),
        **with_costs,
    }


def _with_costs(accounts: Sequence[Portfolio], day: date) -> dict[str, float]:
    """The same claims with a letter each, made up beforehand: reading letters is not part of it."""
    asked = []
    for account in accounts:
        numbered = replace(account, entry=np.arange(1, account.rows + 1, dtype=np.int64))
        asked.append((numbered, _letter(claim(numbered, day - timedelta(days=_SENT_DAYS_AGO)))))
    begun = time.process_time()
    costs = sum(claim(account, day, notices=[letter]).costs_cents for account, letter in asked if letter)
    taken = time.process_time() - begun
    letters = sum(letter is not None for _, letter in asked)
    return {"with_costs": letters, "with_costs_per_s": round(letters / taken), "costs_euro": costs // 100}


def _letter(told: Claim) -> Notice | None:
    """A fourteen-day letter over what was late on that day; None where nothing was."""
    if not told.principal_cents:
        return None
    late = [one for one in told.instalments if one.interest]
    facts = LetterFacts(
        letter_id=1,
        letter_kind="fourteen_day",
        channel="print",
        reference="",
        digest="",
        entries=tuple(one.entry for one in late),
        fee_cents=collection_costs([one.open_cents for one in late], told.as_of_on).fee_cents,
    )
    return Notice("sending:1", told.as_of_on, facts)
