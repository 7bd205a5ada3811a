"""What is true of a made-up corporation, by simple accounting: the answers an import chain is held against.

Balance: charges minus what came in plus what went back, up to and including the last day. Overdue: what was
charged and due before the last day, minus all that came in and stayed; never below zero. Because every charge
comes into being on its due day, no order of settlement gives another figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from tijdig.base.days import day_of
from tijdig.lab.draws import Flags, Ints
from tijdig.lab.leases import Leases
from tijdig.lab.numbers import contract_number
from tijdig.lab.rents import RENT, Charges
from tijdig.lab.scene import COLLECTION, REVERSAL, TRANSFER, Payments
from tijdig.lab.statements import (
    BODY,
    CONTRACT_IN_TEXT,
    MISTYPED,
    NOTHING,
    OWN,
    RELATIVE,
    Bank,
)


class Expect(StrEnum):
    """What matching must do with a payment. EITHER: both answers can be defended."""

    AUTO = "auto"
    QUEUE = "queue"
    EITHER = "either"


# Why, in the order in which it is tested; the first that holds counts. The number indexes this table.
REASONS: tuple[tuple[Expect, str], ...] = (
    (Expect.AUTO, "own_end_to_end_id"),
    (Expect.QUEUE, "several_people"),
    (Expect.QUEUE, "former_tenant"),
    (Expect.QUEUE, "unknown_account"),  # and no reference
    (Expect.QUEUE, "shared_account"),  # and no reference
    (Expect.QUEUE, "wrong_reference"),  # and the account does not tell either
    (Expect.QUEUE, "contract_of_another_name"),
    (Expect.EITHER, "has_left_since"),  # paid while the lease ran; the ERP of today calls them departed
    (Expect.EITHER, "more_than_owed"),
    (Expect.EITHER, "named_but_shared_account"),
    (Expect.EITHER, "wrong_reference_known_account"),
    (Expect.AUTO, "contract_in_text"),
    (Expect.AUTO, "known_account"),
    (Expect.AUTO, "payment_reference"),
)


class Overdue(NamedTuple):
    """Cents owed past the due day on the last day; `waiting` is the part of `sitting` that this month's debit
    still has to collect."""

    sitting: int
    departed: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Position:
    balance_cents: int
    overdue_cents: int


@dataclass(frozen=True, slots=True)
class BankFact:
    """One payment of one tenancy. A line that pays for several tenancies gives several facts."""

    account: str
    statement: int
    entry: int
    booked_on: date
    contract_number: str
    cents: int  # + came in, - went out
    end_to_end_id: str  # of a direct debit or its reversal, else empty
    expect: Expect
    why: str


def positions(leases: Leases, charges: Charges, payments: Payments, last: int) -> tuple[Ints, Ints]:
    """Balance and overdue in cents per tenancy, as of day number `last`."""
    size = len(leases)
    charged, due, moved = (np.zeros(size, dtype=np.int64) for _ in range(3))
    np.add.at(charged, charges.tenancy, charges.cents)
    np.add.at(due, charges.tenancy, np.where(charges.day < last, charges.cents, 0))
    np.add.at(moved, payments.tenancy, payments.cents)
    return charged - moved, np.maximum(due - moved, 0)


def still_to_collect(
    charges: Charges, payments: Payments, month: int, first_day: int, by_debit: Flags, overdue: Ints
) -> int:
    """What this month's direct debits will still take of what is overdue: at most this month's rent each."""
    size = len(overdue)
    rent, collected = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.bool_)
    now = (charges.kind == RENT) & (charges.month == month) & (charges.day == first_day)
    rent[charges.tenancy[now]] = charges.cents[now]
    ran = (payments.kind == COLLECTION) & (payments.month == month)
    collected[payments.tenancy[ran]] = True
    return int(np.minimum(overdue, rent)[by_debit & ~collected].sum())


def _end_of_day(size: int, charges: Charges, payments: Payments) -> Ints:
    """Each payment's tenancy balance at the end of its day, as if that day's reversals had not come yet."""
    none = np.zeros(len(charges.day), dtype=np.int64)
    who = np.concatenate([charges.tenancy, payments.tenancy])
    day = np.concatenate([charges.day, payments.day])
    cents = np.concatenate([charges.cents, -payments.cents])
    back = np.concatenate([none, np.where(payments.kind == REVERSAL, -payments.cents, 0)])
    order = np.lexsort((day, who))
    key = who[order] * 100_000 + day[order]
    total = np.cumsum(cents[order])
    sum_back = np.cumsum(back[order])
    last_of_day = np.searchsorted(key, key, side="right") - 1
    first_of_day = np.searchsorted(key, key, side="left")
    first_of_lease = np.searchsorted(who[order], who[order], side="left")
    before = total[first_of_lease] - cents[order][first_of_lease]
    back_today = sum_back[last_of_day] - sum_back[first_of_day] + back[order][first_of_day]
    result = np.empty(len(who), dtype=np.int64)
    result[order] = total[last_of_day] - before - back_today
    return result[len(none) :]


def shared_accounts(leases: Leases) -> Flags:
    """Tenancies whose bank account pays more than one running tenancy: a dwelling and its parking place."""
    shared = leases.parking.copy()
    shared[leases.parking_of[leases.parking]] = True
    return shared


def judge(leases: Leases, charges: Charges, bank: Bank) -> Ints:
    """Per payment the row of `REASONS` that holds."""
    payments, who = bank.payments, bank.payments.tenancy
    style, known = bank.style, bank.payer == OWN
    alone = known & ~shared_accounts(leases)[who]
    steps = [
        payments.kind != TRANSFER,
        bank.payer == BODY,
        payments.day > leases.end[who],
        (style == NOTHING) & ~known,
        (style == NOTHING) & ~alone,
        (style == MISTYPED) & ~alone,
        (style == CONTRACT_IN_TEXT) & (bank.payer == RELATIVE),
        ~leases.running[who],
        _end_of_day(len(leases), charges, payments) < 0,
        known & ~alone,
        style == MISTYPED,
        style == CONTRACT_IN_TEXT,
        style == NOTHING,
    ]
    return np.select(steps, list(range(len(steps))), len(steps)).astype(np.int64)


def bank_facts(
    bank: Bank, verdicts: Ints, accounts: tuple[str, str], end_to_end_ids: Iterator[str]
) -> Iterator[BankFact]:
    """One fact per payment, in the order of the bank lines."""
    lines, payments = bank.lines, bank.payments
    line_of = np.repeat(np.arange(len(lines), dtype=np.int64), np.diff(lines.first)).tolist()
    account, statement, entry = lines.account.tolist(), lines.statement.tolist(), lines.entry.tolist()
    columns = zip(
        line_of,
        payments.tenancy.tolist(),
        payments.day.tolist(),
        payments.cents.tolist(),
        verdicts.tolist(),
        end_to_end_ids,
        strict=True,
    )
    for line, tenancy, day, cents, verdict, end_to_end_id in columns:
        expect, why = REASONS[verdict]
        yield BankFact(
            account=accounts[account[line]],
            statement=statement[line],
            entry=entry[line],
            booked_on=day_of(day),
            contract_number=contract_number(tenancy),
            cents=cents,
            end_to_end_id=end_to_end_id,
            expect=expect,
            why=why,
        )
