"""Who rents what from when to when: leases that run, leases that ended in the window, and their successors.

A lease begins on the 1st or the 16th and ends on the 15th or the last day of a month. About one home in eight
changes tenant within 24 months; it then stands empty for none to two months.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tijdig.base.days import add_months, day_number
from tijdig.lab.draws import Draws, Flags, Ints
from tijdig.lab.stock import Stock
from tijdig.lab.window import NO_END, Window

_TURNOVER_PERMILLE_A_MONTH = 6
_OLDEST_MONTHS = 15 * 12


@dataclass(frozen=True)
class Leases:
    """Columns, one row per tenancy. Running tenancies have `end == NO_END`."""

    home: Ints
    begin: Ints  # day number
    end: Ints  # day number of the last day
    parking_of: Ints  # of a parking lease the row of the dwelling lease it belongs to, else -1
    region: Ints

    def __len__(self) -> int:
        return len(self.home)

    @property
    def running(self) -> Flags:
        running: Flags = self.end == NO_END
        return running

    @property
    def parking(self) -> Flags:
        return self.parking_of >= 0


def _month_days(window: Window, reach: int) -> Ints:
    """Day numbers of the firsts of months, from `reach` months before the window to its end."""
    begin = window.first_day
    days = [day_number(add_months(begin, m)) for m in range(-reach, window.months + 1)]
    return np.array(days, dtype=np.int64)


def _dwellings(homes: int, window: Window, draws: Draws) -> tuple[Ints, Ints, Ints]:
    """Home, begin and end of the dwelling leases: sitting and departed first, then the successors."""
    firsts = _month_days(window, _OLDEST_MONTHS)
    age = np.minimum(draws.below(_OLDEST_MONTHS, homes), draws.below(_OLDEST_MONTHS, homes) + 12)
    begin = firsts[_OLDEST_MONTHS - np.minimum(age + 1, _OLDEST_MONTHS)]
    turnover = _TURNOVER_PERMILLE_A_MONTH * (window.months - 1)
    leaves = draws.deal((max(1000 - turnover, 1), turnover), homes) == 1
    last_month = draws.below(max(window.months - 1, 1), homes)  # never the month that still runs
    half, gap = draws.below(3, homes) == 0, draws.below(3, homes)
    ends = np.where(half, window.firsts[last_month] + 14, window.firsts[last_month + 1] - 1)
    next_month = last_month + 1 + gap
    next_half = draws.below(4, homes) == 0
    next_begin = window.firsts[np.minimum(next_month, window.months)] + np.where(next_half, 15, 0)
    follows = leaves & (next_month < window.months) & (next_begin <= window.last)
    home = np.arange(homes, dtype=np.int64)
    return (
        np.concatenate([home, home[follows]]),
        np.concatenate([begin, next_begin[follows]]),
        np.concatenate([np.where(leaves, ends, NO_END), np.full(int(follows.sum()), NO_END)]),
    )


def make_leases(stock: Stock, window: Window, draws: Draws) -> Leases:
    """Dwelling leases, and for each parking place one lease beside the running lease of its home."""
    homes = int((~stock.parking).sum())
    home, begin, end = _dwellings(homes, window, draws)
    running = np.full(homes, -1, dtype=np.int64)
    running[home[end == NO_END]] = np.flatnonzero(end == NO_END)
    parking = np.flatnonzero(stock.parking)
    parent = running[stock.parking_home[parking]]
    parking, parent = parking[parent >= 0], parent[parent >= 0]
    home = np.concatenate([home, parking])
    none = np.full(len(begin), -1, dtype=np.int64)
    regions = np.array([c.region for c in stock.complexes], dtype=np.int64)
    return Leases(
        home=home,
        begin=np.concatenate([begin, begin[parent]]),
        end=np.concatenate([end, np.full(len(parent), NO_END, dtype=np.int64)]),
        parking_of=np.concatenate([none, parent]),
        region=regions[stock.home_complex[home]],
    )
