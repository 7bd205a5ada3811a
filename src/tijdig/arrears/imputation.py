"""What a debt stands at, and what each payment settled: articles 6:43 and 6:44 BW, for one tenancy or for
millions.

Both questions are answered by the one walk of `walk.py`; the rules and worked tables are in
`docs/rules/imputation.md`. Left out: "most burdensome" and pro rata of 6:43 lid 2 (rent instalments weigh the
same and have an order), and who may refuse which order (6:44 lid 2 and 3).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, cast

import numba
import numpy as np
import numpy.typing as npt

from tijdig.arrears import walk
from tijdig.arrears.lines import NO_DAY, Cents, Counts, Days, Lines, blank_measures
from tijdig.arrears.portfolio import Portfolio
from tijdig.ledger.kinds import Role

NONE = NO_DAY
_ROWS_WORTH_A_THREAD = 100_000
_PIECES_PER_THREAD = 8  # so that a thread with long tenancies does not keep the others waiting
_NOTHING = np.empty(0, np.int64)
_NO_DAYS = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """Where each tenancy stands as of a day: columns in the order of the portfolio.

    `balance = overdue + not_due - credit`. Overdue is what was due before the day itself. `oldest_due` is
    over all open items, `next_due` the first due day that is not over, `due_months` counts the calendar months
    among the due days of what is overdue. `arrears_since` is the due day with which the arrears began that have
    not been broken since: later payments moved `oldest_due`, but at no moment was nothing overdue.
    `last_payment_day` is the day of the last credit of any kind, also if it was taken back later;
    `last_reversal_day` that of the last undo. A day that is not there is `NONE`.
    """

    as_of_day: int
    tenancy: npt.NDArray[np.int64]
    balance: Cents
    overdue: Cents
    not_due: Cents
    credit: Cents
    overdue_by_role: Cents
    oldest_due: Days
    next_due: Days
    arrears_since: Days
    open_items: Counts
    overdue_items: Counts
    due_months: Counts
    last_payment_day: Days
    last_reversal_day: Days
    lines: Counts

    def __len__(self) -> int:
        return len(self.tenancy)


@dataclass(frozen=True, slots=True)
class Link:
    """A credit settled a charge (`cents` > 0), or an undo reopened it (`cents` < 0).

    `credit` and `charge` are rows of the portfolio; `charge` may be an undo's row, for the charge of its own.
    `taken_back` is how much of this was later undone (or, of a reopening, redone).
    """

    credit: int
    charge: int
    cents: int
    day: int
    taken_back: int

    @property
    def undone(self) -> bool:
        return self.taken_back == abs(self.cents)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a row: open of a charge, or waiting of a credit."""

    row: int
    cents: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """What settled what in one tenancy, in the order in which it happened, and what is left as of the day."""

    as_of_day: int
    links: tuple[Link, ...]
    open_items: tuple[Left, ...]
    waiting: tuple[Left, ...]


def positions(
    portfolio: Portfolio, as_of_day: int, *, threads: int | None = None, since: Days | None = None
) -> Positions:
    """Where every tenancy stands at the end of a day.

    Rows after the day are not looked at. `since` is for rows that begin at a checkpoint: the first day of the
    arrears there. Large portfolios are shared out over `threads` (default: the number in NUMBA_NUM_THREADS, or
    one per processor).
    """
    return _positions(portfolio, as_of_day, _NOTHING, threads, since)


def positions_and_left(
    portfolio: Portfolio, as_of_day: int, since: Days | None = None
) -> tuple[Positions, Cents]:
    """The positions, and per row what is still open of it or still waits; rows after the day have 0."""
    left = np.zeros(portfolio.rows, np.int64)
    return _positions(portfolio, as_of_day, left, None, since), left


def settle(portfolio: Portfolio, as_of_day: int) -> Settlement:
    """What settled what. The portfolio must hold one tenancy (`Portfolio.only`); else ValueError."""
    if len(portfolio) != 1:
        raise ValueError("settle looks at one tenancy")
    end = int(np.searchsorted(portfolio.day, as_of_day, side="right"))
    left, log = walk.settle_one(_lines(portfolio), end)
    undo = portfolio.role[log[:, walk.BY]] == Role.UNDO
    cents = np.where(undo, -log[:, walk.CENTS], log[:, walk.CENTS])
    columns = (log[:, walk.BY], log[:, walk.ITEM], cents, log[:, walk.ON], log[:, walk.BACK])
    links = tuple(Link(*values) for values in zip(*(c.tolist() for c in columns), strict=True))
    some = np.flatnonzero(left)
    rest = [(Left(int(row), int(left[row])), portfolio.role[row] == Role.CREDIT) for row in some]
    return Settlement(
        as_of_day, links, tuple(r for r, waits in rest if not waits), tuple(r for r, waits in rest if waits)
    )


def _lines(portfolio: Portfolio) -> Lines:
    return Lines(portfolio.day, portfolio.due, portfolio.amount, portfolio.role, portfolio.target)


def _positions(
    portfolio: Portfolio, as_of_day: int, left: Cents, threads: int | None, since: Days | None
) -> Positions:
    lines, out = _lines(portfolio), blank_measures(len(portfolio))
    began = _NO_DAYS if since is None else since

    def piece(one: int, stop: int) -> None:
        walk.measure_many(lines, portfolio.start, one, stop, as_of_day, out, left, began)

    most = threads or int(cast(Any, numba.config).NUMBA_NUM_THREADS)
    workers = min(most, 1 + portfolio.rows // _ROWS_WORTH_A_THREAD)
    if workers == 1:
        piece(0, len(portfolio))
    else:
        # Plain threads around a kernel without lock: unlike numba's own, they may be started from any thread.
        evenly = np.linspace(0, portfolio.rows, workers * _PIECES_PER_THREAD + 1)[1:-1]
        edges = [0, *np.searchsorted(portfolio.start, evenly).tolist(), len(portfolio)]
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(piece, edges[:-1], edges[1:]))
    return Positions(as_of_day, portfolio.tenancy, *out)
