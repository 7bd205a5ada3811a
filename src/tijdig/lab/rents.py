"""The rent of each tenancy: net and service apart, with the increase of every 1 July, and what is charged.

The increases are of the size seen in the sector, but invented: they stand for no year's legal maximum. All
amounts are whole cents; a part of a month is charged by days, rounded down.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np

from tijdig.base.days import day_number, day_of
from tijdig.lab.draws import Draws, Flags, Ints
from tijdig.lab.leases import Leases
from tijdig.lab.stock import Stock
from tijdig.lab.window import Window

INCREASE_PERMILLE = {2021: 0, 2022: 23, 2023: 26, 2024: 53, 2025: 47, 2026: 41}
_USUAL_INCREASE_PERMILLE = 22
RENT, SETTLEMENT, COSTS = 0, 1, 2
_DWELLING = (("NET", "Kale huur", "KAL"), ("SER", "Servicekosten", "SCH"))
_PARKING = (("PAR", "Parkeerplaats", "PBU"),)

Change: TypeAlias = tuple[int, int, int]  # from day, cents a month, to day (0: still so)
Component: TypeAlias = tuple[str, str, str, list[Change]]  # kind, name, detail


def _changes(levels: list[int], july: list[int], begin: int, last: int, stop: int) -> list[Change]:
    """The level on the first day, then every other level from the 1st of July on which it came."""
    year = bisect_right(july, begin) - 1
    steps = [(begin, levels[year])]
    for later in range(year + 1, len(levels)):
        if july[later] <= last and levels[later] != steps[-1][1]:
            steps.append((july[later], levels[later]))
    ends = [day - 1 for day, _ in steps[1:]] + [stop]
    return [(day, cents, end) for (day, cents), end in zip(steps, ends, strict=True)]


@dataclass(frozen=True)
class Rents:
    """`net[t, y]` is the monthly net rent from 1 July of `first_year + y`; `service` likewise."""

    first_year: int
    net: Ints
    service: Ints

    def gross_on(self, first_of_month: date) -> Ints:
        year = first_of_month.year - (first_of_month.month < 7) - self.first_year
        gross: Ints = self.net[:, year] + self.service[:, year]
        return gross

    def levels_of(self, leases: Leases, window: Window) -> list[list[Component]]:
        """Per tenancy its components with every change from the beginning to the end or the last day."""
        july = [day_number(date(self.first_year + y, 7, 1)) for y in range(self.net.shape[1])]
        last = np.minimum(leases.end, window.last).tolist()
        begin, ended = leases.begin.tolist(), (~leases.running).tolist()
        parking, net, service = leases.parking.tolist(), self.net.tolist(), self.service.tolist()
        made = []
        for i in range(len(begin)):
            stop = last[i] if ended[i] else 0
            own = _PARKING if parking[i] else _DWELLING
            components = zip(own, (net[i], service[i]), strict=False)
            made.append(
                [(*name, _changes(levels, july, begin[i], last[i], stop)) for name, levels in components]
            )
        return made


@dataclass(frozen=True)
class Charges:
    """What was charged, one row each. The due day is the day the charge came into being."""

    tenancy: Ints
    day: Ints
    cents: Ints
    kind: Ints  # RENT, SETTLEMENT, COSTS
    month: Ints  # month of the window


def make_rents(stock: Stock, leases: Leases, window: Window, draws: Draws) -> Rents:
    """Draws the rent of today and takes the increases off again, year by year, back to the oldest lease."""
    last = window.last_day.year - (window.last_day.month < 7)
    first = day_of(int(min(leases.begin.min(), window.firsts[0]))).year - 1
    size = len(leases)
    complex_net = draws.between(500_00, 760_00, len(stock.complexes))
    complex_service = draws.between(12_00, 68_00, len(stock.complexes))
    group = stock.home_complex[leases.home]
    net = complex_net[group] + draws.between(-60_00, 95_00, size)
    service = complex_service[group] // 25 * 25
    net = np.where(leases.parking, draws.between(38_00, 62_00, size), net)
    service = np.where(leases.parking, 0, service)
    nets, services = np.empty((2, size, last - first + 1), dtype=np.int64)
    for year in range(last, first - 1, -1):
        nets[:, year - first], services[:, year - first] = net, service
        net = net * 1000 // (1000 + INCREASE_PERMILLE.get(year, _USUAL_INCREASE_PERMILLE))
        service = service * 1000 // 1030 if year % 2 == 0 else service
    return Rents(first, nets, services)


def rent_matrix(leases: Leases, rents: Rents, window: Window) -> tuple[Ints, Ints]:
    """Cents charged and the day of the charge, [tenancy, month]; 0 where nothing is charged."""
    cents = np.zeros((len(leases), window.months), dtype=np.int64)
    days = np.zeros_like(cents)
    for month in range(window.months):
        first, after = int(window.firsts[month]), int(window.firsts[month + 1])
        begin, stop = np.maximum(leases.begin, first), np.minimum(leases.end + 1, after)
        let = np.maximum(stop - begin, 0)
        cents[:, month] = rents.gross_on(window.month_first(month)) * let // (after - first)
        days[:, month] = begin
    return cents, days


def settlement_matrix(leases: Leases, rents: Rents, window: Window, draws: Draws) -> Ints:
    """Yearly settlement of service costs, booked on 15 June for who rented all of the year before.

    Most tenants owe a little or get a little back; one in seven has nothing to settle.
    """
    cents = np.zeros((len(leases), window.months), dtype=np.int64)
    for month in range(window.months):
        first = window.month_first(month)
        if first.month != 6:
            continue
        year_begin, booked = day_number(date(first.year - 1, 1, 1)), int(window.firsts[month]) + 14
        whole: Flags = (leases.begin <= year_begin) & (leases.end >= booked) & ~leases.parking
        amount = draws.between(-120, 160, len(leases)) * 85
        owes = whole & (draws.below(7, len(leases)) > 0)
        cents[:, month] = np.where(owes, amount, 0)
    return cents


def annual_rent(leases: Leases, rents: Rents, window: Window) -> int:
    """Twelve times the gross monthly rent of the tenancies that run on the last day, in cents."""
    gross = rents.gross_on(window.month_first(window.months - 1))
    return 12 * int(gross[leases.running].sum())
