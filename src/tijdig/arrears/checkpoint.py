"""What is still open at the end of a day, as a shorter portfolio: so that cost follows the open population.

Walking the open rows and then the rows after that day gives the same positions as walking everything, for any
later day, unless a later row takes back something that the open rows no longer show (`needs_full`). Proof and
examples are in `docs/rules/checkpoints.md`. Questions about days before the checkpoint, or about what was
known then, do not use it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tijdig.arrears.imputation import Positions, positions, positions_and_left
from tijdig.arrears.portfolio import Portfolio, build
from tijdig.ledger.kinds import Role

Whole = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]


class Later(NamedTuple):
    """Unsorted rows that came after a checkpoint; the columns of `portfolio.build`."""

    tenancy: Whole
    day: Days
    due: Days
    amount: Whole
    role: npt.NDArray[np.int8]
    target: Whole  # entry id, 0 none
    entry: Whole
    tie: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """The open rows at the end of `day`. The other columns are per tenancy, save `whole`, which is per row.

    A charge stands with what is open of it, under its own day, due day and entry; a credit with what still
    waits of it. `whole` tells whether that is its full amount. What the shorter walk cannot see is carried
    apart.
    """

    day: int
    rows: Portfolio
    whole: npt.NDArray[np.bool_]
    last_payment_day: Days
    last_reversal_day: Days
    arrears_since: Days
    lines: npt.NDArray[np.int32]


def open_rows(portfolio: Portfolio, as_of_day: int) -> Checkpoint:
    """The checkpoint at the end of a day. ValueError for a portfolio without entry ids: nothing could point
    to it.
    """
    if len(portfolio.entry) != portfolio.rows:
        raise ValueError("a checkpoint needs entry ids")
    stand, left = positions_and_left(portfolio, as_of_day)
    kept = np.flatnonzero(left)
    credit = portfolio.role[kept] == Role.CREDIT
    own_charge = (
        portfolio.role[kept] == Role.UNDO
    )  # what an undo took beyond its credit is a charge of its own
    rows = Portfolio(
        portfolio.tenancy,
        np.searchsorted(kept, portfolio.start),
        portfolio.day[kept],
        portfolio.due[kept],
        np.where(credit, -left[kept], left[kept]),
        np.where(own_charge, Role.PRINCIPAL, portfolio.role[kept]).astype(np.int8),
        np.full(len(kept), -1, np.int32),
        portfolio.entry[kept],
    )
    whole = np.abs(portfolio.amount[kept]) == left[kept]
    return Checkpoint(
        as_of_day,
        rows,
        whole,
        stand.last_payment_day,
        stand.last_reversal_day,
        stand.arrears_since,
        stand.lines,
    )


def needs_full(checkpoint: Checkpoint, later: Later) -> npt.NDArray[np.bool_]:
    """Which tenancies must be walked from their first row.

    Those with a later row that is not after the checkpoint's day, or that points to an entry which is neither
    among the later rows nor wholly open at the checkpoint. Careful rather than sharp: a designation of a
    month that was paid before asks for the full walk, though the result would be the same.
    """
    pointing = (later.target != 0) & (later.role >= Role.CREDIT)
    known = np.concatenate([later.entry, checkpoint.rows.entry[checkpoint.whole]])
    doubtful = (later.day <= checkpoint.day) | (pointing & ~np.isin(later.target, known))
    return np.isin(checkpoint.rows.tenancy, later.tenancy[doubtful])


def resume(checkpoint: Checkpoint, later: Later) -> Portfolio:
    """The open rows and the later rows as one portfolio. Rows of tenancies that `needs_full` names do not
    belong here.
    """
    rows = checkpoint.rows
    house = np.repeat(rows.tenancy, np.diff(rows.start))
    nothing = np.zeros(rows.rows, np.int64)
    order = np.arange(rows.rows)
    before = (house, rows.day, rows.due, rows.amount, rows.role, nothing, rows.entry, order)
    columns = [np.concatenate([one, other]) for one, other in zip(before, later, strict=True)]
    return build(*columns, tenancies=rows.tenancy)


def positions_since(checkpoint: Checkpoint, later: Later, as_of_day: int) -> Positions:
    """The positions as of a day on or after the checkpoint's, from the open rows and the later rows."""
    if as_of_day < checkpoint.day:
        raise ValueError("a checkpoint cannot answer about a day before it")
    rows = checkpoint.rows
    stand = positions(resume(checkpoint, later), as_of_day, since=checkpoint.arrears_since)
    return replace(
        stand,
        last_payment_day=np.maximum(stand.last_payment_day, checkpoint.last_payment_day),
        last_reversal_day=np.maximum(stand.last_reversal_day, checkpoint.last_reversal_day),
        lines=stand.lines - np.diff(rows.start).astype(np.int32) + checkpoint.lines,
    )
