"""The bank lines of one account in one month, as rows for the writers, with the balances around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import NamedTuple

import numpy as np

from tijdig.lab.population import Corporation

OPENING_CENTS = (1_250_000_00, 85_000_00)


class Row(NamedTuple):
    """One payment on a line. A tuple, because there are millions."""

    tenancy: int
    cents: int
    month: int
    reason: int
    style: int
    payer: int
    variation: int


class Line(NamedTuple):
    entry: int
    cents: int
    kind: int
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Day:
    """One statement. `before` is the bank day of the statement before it, or the day itself."""

    statement: int
    day: int
    before: int
    opening_cents: int
    lines: list[Line]

    @property
    def closing_cents(self) -> int:
        return self.opening_cents + sum(line.cents for line in self.lines)


def days_of(corporation: Corporation, account: int, month: int) -> Iterator[Day]:
    """The statements of one account in one month of the window, in order."""
    lines, window = corporation.bank.lines, corporation.window
    begin, end = (int(i) for i in np.searchsorted(lines.account, [account, account + 1]))
    edges = window.firsts[month : month + 2]
    low, high = (begin + int(i) for i in np.searchsorted(lines.day[begin:end], edges))
    balance = OPENING_CENTS[account] + int(lines.cents[begin:low].sum())
    before = int(lines.day[low - 1]) if low > begin else -1
    heads = zip(
        lines.statement[low:high].tolist(),
        lines.day[low:high].tolist(),
        _lines(corporation, low, high),
        strict=True,
    )
    for (statement, day), group in groupby(heads, key=lambda head: head[:2]):
        made = Day(statement, day, before if before >= 0 else day, balance, [line for *_, line in group])
        yield made
        before, balance = day, made.closing_cents


def _lines(corporation: Corporation, low: int, high: int) -> Iterator[Line]:
    lines = corporation.bank.lines
    first = lines.first[low : high + 1].tolist()
    rows = _rows(corporation, first[0], first[-1])
    columns = (lines.entry, lines.cents, lines.kind)
    heads = zip(*(column[low:high].tolist() for column in columns), strict=True)
    for i, (entry, cents, kind) in enumerate(heads):
        yield Line(entry, cents, kind, list(islice(rows, first[i + 1] - first[i])))


def _rows(corporation: Corporation, low: int, high: int) -> Iterator[Row]:
    bank, payments = corporation.bank, corporation.bank.payments
    columns = (
        payments.tenancy,
        payments.cents,
        payments.month,
        payments.reason,
        bank.style,
        bank.payer,
        bank.variation,
    )
    return map(Row._make, zip(*(c[low:high].tolist() for c in columns), strict=True))
