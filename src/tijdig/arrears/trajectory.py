"""New arrears apart: what fell due since a debt procedure began, beside the debt of before, which stands still.

Decides which rows of the ledger belong to the account since the procedure began. Rent and other principal do where they
are due on that day or later; costs and interest never, because they are about the debt of before (interest stops with a
Wsnp, article 303 Fw); a payment does where it came on that day or later. Two kinds of credit tell that they are about
before: a write-off, and a direct debit of the month in which the procedure began when its rent fell due before that day.
What points back goes with what it names: a payment that names an older charge settles that one, a reversal takes back what
its payment settled, on either side. Both accounts are then walked by the rules of every account (`imputation.positions`),
so a payment of after that day never goes to the old debt by itself.

Sources: article 305 Fw (rent that falls due after the Wsnp began may end the lease, rent of before may not), article 287b Fw
(a moratorium holds while the running rent is paid), article 6:43 BW (the debtor's designation goes first).

Units: whole cents, day numbers; `NONE` where there is no such day. Errors: ValueError where the begin days are not those of
the portfolio. Worked example: € 1.200 is overdue when a Wsnp begins on 10 March; the rent of April, € 600, is paid on the
1st, that of May is not: on 20 May the new arrears are € 600 since 1 May, and € 1.200 stands still.

Left out: what of a payment is more than the charge that it names; it waits in that account. Whether the old debt is
let go at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from tijdig.arrears.imputation import NONE, positions
from tijdig.arrears.portfolio import DISPUTED_DAY, Portfolio
from tijdig.ledger.kinds import Kind, Role

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Trajectory:
    """Per tenancy, in the order of the portfolio; nothing and `NONE` where no procedure runs.

    `begin_day` is the first day of the procedure, `new_oldest_due` the oldest due day that is overdue since, `new_since` the
    day with which those arrears began that were not broken since. `old_overdue_cents` is what of before stands still.
    `talk_day` is of the last talk with the household or who acts for it, also one of before the procedure.
    """

    begin_day: Whole
    new_overdue_cents: Whole
    new_oldest_due: Whole
    new_since: Whole
    old_overdue_cents: Whole
    talk_day: Whole

    def slice(self, one: int, stop: int) -> Trajectory:
        return Trajectory(*(getattr(self, field.name)[one:stop] for field in fields(self)))

    def __len__(self) -> int:
        return len(self.begin_day)

    @property
    def runs(self) -> Flags:
        return np.asarray(self.begin_day != NONE)

    def capped(self, overdue_cents: Whole) -> Whole:
        """The new arrears, never more than all arrears: who had paid ahead when the procedure began owes less."""
        return np.minimum(self.new_overdue_cents, overdue_cents)


def no_trajectory(count: int) -> Trajectory:
    """No procedure runs anywhere."""
    none, never = np.zeros(count, np.int64), np.full(count, NONE, np.int64)
    return Trajectory(never, none, never, never, none, never)


def since_began(portfolio: Portfolio, begin_day: Whole, kind: Whole | None = None) -> Flags:
    """Which rows belong to the account since the procedure of their tenancy began. Of others every row does.

    `kind` is the `ledger.kinds.Kind` of each row, 0 where it does not matter; without it every credit is a payment.
    """
    if len(begin_day) != len(portfolio):
        raise ValueError("begin days of other tenancies than the portfolio")
    if kind is not None and len(kind) != portfolio.rows:
        raise ValueError("kinds of other rows than the portfolio's")
    sizes = np.diff(portfolio.start)
    began, first = np.repeat(begin_day, sizes), np.repeat(portfolio.start[:-1], sizes)
    # What is disputed is due when there is an answer; it belongs where it was charged.
    due = np.where(portfolio.due == DISPUTED_DAY, portfolio.day, portfolio.due)
    # Costs and interest of after that day are about the debt of before, until somebody shows otherwise.
    about_rent = (portfolio.role != int(Role.COSTS)) & (portfolio.role != int(Role.INTEREST))
    here: Flags = np.asarray((due >= began) & about_rent)
    if kind is not None:
        here &= ~_tells_of_before(portfolio, begin_day, due, kind)
    pointing = np.flatnonzero(portfolio.target >= 0)
    named = first[pointing] + portfolio.target[pointing]
    while True:  # what points to something that points to something: as many rounds as that goes on
        follows = here[named]
        if (here[pointing] == follows).all():
            return here
        here[pointing] = follows


def _tells_of_before(portfolio: Portfolio, begin_day: Whole, due: Whole, kind: Whole) -> Flags:
    """Credits that name nothing and are about the debt of before, whatever the day on which they came.

    Who writes off while a procedure runs writes off what stands still. A direct debit collects the rent of its month: that
    of the month in which the procedure began is of before where rent of that month fell due before, and none since.
    """
    sizes = np.diff(portfolio.start)
    place, began = np.repeat(np.arange(len(portfolio)), sizes), np.repeat(begin_day, sizes)
    runs = began != NONE
    first = np.where(runs, began, 0).astype("datetime64[D]").astype("datetime64[M]")
    principal = portfolio.role == int(Role.PRINCIPAL)
    before = principal & (due < began) & (due.astype("datetime64[D]").astype("datetime64[M]") == first)
    since = principal & (due >= began)
    has_before = np.bincount(place[before], minlength=len(portfolio)) > 0
    next_due = np.full(len(portfolio), np.iinfo(np.int64).max)
    np.minimum.at(next_due, place[since], due[since])
    same_month = portfolio.day.astype("datetime64[D]").astype("datetime64[M]") == first
    debit = (
        (kind == int(Kind.DIRECT_DEBIT)) & same_month & has_before[place] & (portfolio.day < next_due[place])
    )
    unnamed = (portfolio.role == int(Role.CREDIT)) & (portfolio.target < 0)
    return np.asarray(runs & unnamed & (debit | (kind == int(Kind.WRITE_OFF))))


def rows_of(portfolio: Portfolio, kept: Flags) -> Portfolio:
    """The portfolio of these rows alone, with the same tenancies. A pointer to a row that is not here is dropped."""
    rows = np.flatnonzero(kept)
    start = np.searchsorted(rows, portfolio.start)
    place = np.full(portfolio.rows + 1, -1, np.int64)
    place[rows] = np.arange(len(rows))
    sizes = np.diff(start)
    old_first, new_first = np.repeat(portfolio.start[:-1], sizes), np.repeat(start[:-1], sizes)
    to = portfolio.target[rows].astype(np.int64)
    moved = place[np.where(to >= 0, old_first + to, -1)]
    return Portfolio(
        portfolio.tenancy,
        start,
        portfolio.day[rows],
        portfolio.due[rows],
        portfolio.amount[rows],
        portfolio.role[rows],
        np.where(moved >= 0, moved - new_first, -1),
        portfolio.entry[rows] if len(portfolio.entry) else portfolio.entry,
    )


def trajectory(
    portfolio: Portfolio, begin_day: Whole, as_of_day: int, talk_day: Whole, kind: Whole | None = None
) -> Trajectory:
    """Both accounts of tenancies of which a procedure runs, at the end of a day. The rows go back to the first entry."""
    here = since_began(portfolio, begin_day, kind)
    new = positions(rows_of(portfolio, here), as_of_day, threads=1)
    old = positions(rows_of(portfolio, ~here), as_of_day, threads=1)
    late = new.overdue > 0
    return Trajectory(
        begin_day,
        new.overdue,
        np.where(late, new.oldest_due, NONE).astype(np.int64),
        np.where(late, new.arrears_since, NONE).astype(np.int64),
        old.overdue,
        talk_day,
    )


def spread(tenancies: Whole, some: Whole, found: Trajectory) -> Trajectory:
    """The columns of some tenancies, in the order of all; both sorted by id."""
    at = np.searchsorted(tenancies, some)
    columns = []
    for field in fields(Trajectory):
        column = np.array(getattr(no_trajectory(len(tenancies)), field.name))
        column[at] = getattr(found, field.name)
        columns.append(column)
    return Trajectory(*columns)
