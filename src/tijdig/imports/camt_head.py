"""The head of one camt statement, report or notification: whose account, which number, from what to what.

Opening is OPBD, else PRCD (the closing balance of the day before); closing is CLBD. A closing balance of any
other type, or in another currency than the account, leaves it unknown: `None`, never zero. Where a file has
several (one per day), the first opening and the last closing count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tijdig.base.problems import Problem
from tijdig.imports.drafts import Statement
from tijdig.imports.xml_plan import Plan
from tijdig.imports.xml_stream import Element, local_name
from tijdig.imports.xml_values import (
    EUR,
    Unreadable,
    account_number,
    as_problem,
    cents_of,
    day_of_choice,
    is_credit,
)

# The element of one statement, and the message it belongs to.
KINDS = {"Stmt": "camt.053", "Rpt": "camt.052", "Ntfctn": "camt.054"}


class _Head(NamedTuple):
    id: str
    sequence: str
    account: str
    currency: str
    balance_currency: str
    entry_currency: str


class _Balance(NamedTuple):
    kind: str
    amount: str
    currency: str
    direction: str
    day: str
    moment: str


_HEAD = Plan(
    _Head,
    {
        "id": "Id",
        "sequence": "ElctrncSeqNb | LglSeqNb",
        "account": "Acct/Id/IBAN | Acct/Id/Othr/Id",
        "currency": "Acct/Ccy",
        "balance_currency": "Bal/Amt@Ccy",
        "entry_currency": "Ntry/Amt@Ccy",
    },
)
_BALANCE = Plan(
    _Balance,
    {
        "kind": "Tp/CdOrPrtry/Cd | Tp/CdOrPrtry/Prtry",
        "amount": "Amt",
        "currency": "Amt@Ccy",
        "direction": "CdtDbtInd",
        "day": "Dt/Dt",
        "moment": "Dt/DtTm",
    },
)


@dataclass(frozen=True, slots=True)
class Balance:
    """One balance; negative when we owe the bank."""

    kind: str
    cents: int
    day: date | None


def _balance(raw: _Balance, account_currency: str) -> Balance:
    currency = raw.currency or account_currency
    if raw.kind in ("OPBD", "PRCD", "CLBD") and currency != account_currency:
        raise Unreadable("balance_currency", currency=currency, account_currency=account_currency)
    cents = cents_of(raw.amount)
    signed = cents if is_credit(raw.direction) else -cents
    return Balance(raw.kind, signed, day_of_choice(raw.day, raw.moment))


def _balances(elements: Iterable[Element], place: str, currency: str) -> tuple[list[Balance], list[Problem]]:
    balances: list[Balance] = []
    problems: list[Problem] = []
    for element in elements:
        if local_name(element) == "Bal":
            try:
                balances.append(_balance(_BALANCE.take(element), currency))
            except Unreadable as fault:
                problems.append(as_problem(fault, f"{place}, Bal", element))
    return balances, problems


def _closing(balances: Sequence[Balance]) -> Balance | None:
    return next((balance for balance in reversed(balances) if balance.kind == "CLBD"), None)


def _up_to_first_entry(statement: Element) -> Iterator[Element]:
    """How much of the statement has been read by now depends on the size of a read; this does not."""
    for element in statement:
        yield element
        if local_name(element) == "Ntry":
            return


def _currency(raw: _Head) -> str:
    return (raw.currency or raw.balance_currency or raw.entry_currency).upper()


def read_head(statement: Element, place: str, message: str) -> tuple[Statement, list[Problem]]:
    """The head: what stands before the first entry, and what was wrong in it.

    `message` is the version as the file names it. A statement in another currency than EUR is a Problem; its
    entries will each be one too.
    """
    elements = list(_up_to_first_entry(statement))
    raw = _HEAD.take(elements)
    currency = _currency(raw)
    balances, problems = _balances(elements, place, currency)
    if currency not in (EUR, ""):
        problems.append(as_problem(Unreadable("currency", currency=currency), place, statement))
    kind = KINDS[local_name(statement)]
    by_type = {balance.kind: balance for balance in reversed(balances)}
    opening, closing = by_type.get("OPBD") or by_type.get("PRCD"), _closing(balances)
    head = Statement(
        format=message if message.startswith(kind) else kind,
        place=place,
        account=account_number(raw.account),
        currency=currency,
        statement_id=raw.id,
        sequence=raw.sequence,
        opening_cents=opening.cents if opening else None,
        opening_on=opening.day if opening else None,
        closing_cents=closing.cents if closing else None,
        closing_on=closing.day if closing else None,
        booked=kind == "camt.053",
    )
    return head, problems


def read_late_closing(statement: Element, head: Statement) -> tuple[Balance | None, list[Problem]]:
    """A closing balance that stands behind the entries, against the standard's order."""
    balances, problems = _balances(statement, head.place, head.currency)
    return _closing(balances), problems
