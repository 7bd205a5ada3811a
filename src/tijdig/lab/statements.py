"""From payments to lines on two bank accounts: who pays, what the payer writes, which statement, which
line.

Account 1 books a day's direct debits as one sum without details (the collection file splits it); account 2,
at another bank, books each on a line of its own. A debt-help body pays for all its people in one transfer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tijdig.lab.behaviour import Behaviour
from tijdig.lab.draws import MILLION, Draws, Flags, Ints
from tijdig.lab.scene import COLLECTION, TRANSFER, Payments

FIRST_ACCOUNT, SECOND_ACCOUNT = 0, 1
STRUCTURED, REFERENCE_IN_TEXT, CONTRACT_IN_TEXT, NOTHING, MISTYPED = range(5)
OWN, OTHER_ACCOUNT, RELATIVE, BODY = range(4)
_STYLE_WEIGHTS = (550, 200, 140, 90, 20)


@dataclass(frozen=True)
class Lines:
    """Bank lines in the order of account, day and line; rows `first[i]` to `first[i+1]` of the payments are
    line i.
    """

    account: Ints
    day: Ints
    cents: Ints
    kind: Ints
    first: Ints  # one longer than the others
    statement: Ints  # number of the statement, from 1, per account
    entry: Ints  # number of the line in the statement, from 1

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True)
class Bank:
    """Payments in the order of the lines, with how each transfer was written, and the lines."""

    payments: Payments
    style: Ints
    payer: Ints
    variation: Ints  # 0 .. 999,999, for the wording
    lines: Lines


def usual_style(draws: Draws, size: int) -> Ints:
    """How a tenant usually refers to the rent."""
    return draws.pick(_STYLE_WEIGHTS, size)


def put_on_accounts(
    payments: Payments,
    kinds: Ints,
    helped_from: Ints,
    body: Ints,
    account: Ints,
    style: Ints,
    draws: Draws,
) -> Bank:
    """Orders the payments into lines. `helped_from` is the month from which a helped tenant's body pays."""
    size, who = len(payments), payments.tenancy
    transfer = payments.kind == TRANSFER
    by_body = transfer & (kinds[who] == Behaviour.HELPED) & (payments.month >= helped_from[who])
    odd = draws.below(MILLION, size)
    payer = np.where(odd < 15_000, OTHER_ACCOUNT, OWN)
    payer = np.where(kinds[who] == Behaviour.FAMILY, RELATIVE, payer)
    payer = np.where(by_body, BODY, payer)
    slip = draws.below(MILLION, size) < 12_000
    written = np.where(slip, MISTYPED, style[who])
    where = np.where(by_body, FIRST_ACCOUNT, account[who])
    part = _part(payments, where, by_body, body)
    order = np.lexsort((part, payments.kind, payments.day, where))
    lines = _lines(payments.take(order), where[order], part[order])
    variation = draws.below(MILLION, size)
    return Bank(payments.take(order), written[order], payer[order], variation[order], lines)


def _part(payments: Payments, where: Ints, by_body: Flags, body: Ints) -> Ints:
    """What payments of one account, day and kind share a line: a number per line-to-be."""
    alone = 1_000_000 + np.arange(len(payments), dtype=np.int64)
    batched = (payments.kind == COLLECTION) & (where == FIRST_ACCOUNT)
    return np.where(batched, 0, np.where(by_body, 1 + body[payments.tenancy], alone))


def _lines(payments: Payments, account: Ints, part: Ints) -> Lines:
    day, kind = payments.day, payments.kind
    begins = np.ones(len(day), dtype=np.bool_)
    same = (account[1:] == account[:-1]) & (day[1:] == day[:-1]) & (kind[1:] == kind[:-1])
    begins[1:] = ~(same & (part[1:] == part[:-1]))
    first = np.flatnonzero(begins).astype(np.int64)
    totals = np.add.reduceat(payments.cents, first) if len(first) else np.zeros(0, dtype=np.int64)
    account, day = account[first], day[first]
    opens = np.ones(len(first), dtype=np.bool_)
    opens[1:] = (account[1:] != account[:-1]) | (day[1:] != day[:-1])
    running = np.cumsum(opens)
    before = int(running[account == FIRST_ACCOUNT].max(initial=0))
    starts = np.flatnonzero(opens)
    return Lines(
        account=account,
        day=day,
        cents=totals,
        kind=kind[first],
        first=np.append(first, len(payments)),
        statement=np.where(account == FIRST_ACCOUNT, running, running - before),
        entry=np.arange(len(first), dtype=np.int64) - starts[running - 1] + 1,
    )
