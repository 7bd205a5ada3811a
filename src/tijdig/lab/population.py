"""A made-up social housing corporation: the same seed gives the same people, payments and files, byte for
byte.

`make` draws homes, leases and tenants, deals every tenancy a behaviour, plays the months, and then
calibrates: tenants who pay on time are turned into long-term debtors, one after the other, until what
sitting tenants owe past its due day is 1.53% of annual rent. The histories are independent, so the outcome
of that count is known before the final run. Early in a month the rent just charged may already exceed the
target; then a smallest share of debtors remains, and the figure is above it until the debits have run.

Leaves out: moves within the stock, deaths, moratoria, arrangements. See docs/rules/population.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from tijdig.lab.behaviour import Behaviour, starts
from tijdig.lab.calibrate import calibrate, deal_behaviours
from tijdig.lab.draws import Draws, Ints
from tijdig.lab.history import play
from tijdig.lab.leases import Leases, make_leases
from tijdig.lab.numbers import contract_number, iban
from tijdig.lab.people import People, habits, make_people
from tijdig.lab.rents import (
    Charges,
    Rents,
    annual_rent,
    make_rents,
    rent_matrix,
    settlement_matrix,
)
from tijdig.lab.scene import Scene, mandate_ends
from tijdig.lab.statements import FIRST_ACCOUNT, SECOND_ACCOUNT, Bank, put_on_accounts, usual_style
from tijdig.lab.stock import Stock, make_stock
from tijdig.lab.truth import BankFact, Overdue, Position, bank_facts, judge, positions, still_to_collect
from tijdig.lab.window import NO_END, Window, window

NAME = "Woonstichting De Veldsleutel"
ACCOUNTS = (iban(1_000_000_001), iban(2_000_000_002))
_SECOND_BANK_REGION = 4
_PARTS = ("stock", "leases", "rents", "people", "kinds", "payments", "settlements", "debtors")


@dataclass(frozen=True)
class Corporation:
    """One corporation and its history up to and including the last day of the window."""

    name: str
    seed: int
    window: Window
    stock: Stock
    leases: Leases
    rents: Rents
    people: People
    kinds: Ints  # Behaviour per tenancy
    debit_day: Ints  # 0: never paid by direct debit
    body: Ints  # which debt-help body, of a helped tenant
    helped_from: Ints
    charges: Charges
    bank: Bank

    @property
    def last_day(self) -> date:
        return self.window.last_day

    @property
    def annual_rent_cents(self) -> int:
        return annual_rent(self.leases, self.rents, self.window)

    @property
    def mandate_end(self) -> Ints:
        """Day number on which a reversal ended the mandate, per tenancy; 0 where none did."""
        ends = mandate_ends(self.bank.payments, len(self.leases))
        ends[ends == NO_END] = 0
        return ends

    def is_helped(self, tenancy: int) -> bool:
        """Does a debt-help body pay for this tenancy by the last day?"""
        helped = self.kinds[tenancy] == Behaviour.HELPED
        return bool(helped and self.helped_from[tenancy] < self.window.months)

    def truth(self) -> dict[str, Position]:
        """Balance and overdue per contract number, as of the last day. For tests: never delivered."""
        balance, overdue = positions(self.leases, self.charges, self.bank.payments, self.window.last)
        pairs = zip(balance.tolist(), overdue.tolist(), strict=True)
        return {contract_number(i): Position(b, o) for i, (b, o) in enumerate(pairs)}

    def bank_truth(self) -> Iterator[BankFact]:
        """Per payment whether it must match by itself, must wait for a person, or may do either."""
        verdicts = judge(self.leases, self.charges, self.bank)
        return bank_facts(self.bank, verdicts, ACCOUNTS, self.end_to_end_ids())

    def end_to_end_ids(self) -> Iterator[str]:
        """Per payment our own reference of the direct debit; empty for a transfer."""
        months = [self.window.yyyymm(m) for m in range(self.window.months)]
        payments = self.bank.payments
        rows = zip(payments.tenancy.tolist(), payments.month.tolist(), payments.kind.tolist(), strict=True)
        return (f"{contract_number(t)}-{months[m]}" if kind < 2 else "" for t, m, kind in rows)

    def overdue(self) -> Overdue:
        """Cents owed past the due day on the last day, of sitting and of departed tenants apart."""
        payments, span, running = self.bank.payments, self.window, self.leases.running
        _, overdue = positions(self.leases, self.charges, payments, span.last)
        by_debit = (self.debit_day > 0) & (self.mandate_end == 0) & running
        month = span.months - 1
        first = int(span.firsts[month])
        waiting = still_to_collect(self.charges, payments, month, first, by_debit, overdue)
        return Overdue(int(overdue[running].sum()), int(overdue[~running].sum()), waiting)


def make(homes: int, months: int = 24, *, seed: int, last_day: date) -> Corporation:
    """A corporation of `homes` homes whose history covers `months` months and ends on `last_day`."""
    if homes < 1:
        raise ValueError("a corporation has at least one home")
    draws = {part: Draws(seed, number) for number, part in enumerate(_PARTS)}
    span = window(months, last_day)
    stock = make_stock(homes, draws["stock"])
    leases = make_leases(stock, span, draws["leases"])
    rents = make_rents(stock, leases, span, draws["rents"])
    people = make_people(leases, last_day, draws["people"])
    debit_day, kinds, body = deal_behaviours(leases, draws["kinds"])
    habit = habits(draws["kinds"], len(leases))
    helped = kinds == Behaviour.HELPED
    rent, rent_day = rent_matrix(leases, rents, span)
    scene = Scene(
        window=span,
        seed=seed,
        begin=leases.begin,
        end=leases.end,
        rent=rent,
        rent_day=rent_day,
        settlement=settlement_matrix(leases, rents, span, draws["settlements"]),
        debit_day=debit_day,
        habit=np.where(helped, body, habit),
        start_draw=habits(draws["kinds"], len(leases)),
    )
    kinds = calibrate(scene, leases, kinds, annual_rent(leases, rents, span), draws["debtors"])
    charges, payments = play(scene, kinds)
    helped_from = starts(kinds, scene.start_draw, months)
    account = _accounts(leases, span)
    style = usual_style(draws["payments"], len(leases))
    bank = put_on_accounts(payments, kinds, helped_from, body, account, style, draws["payments"])
    return Corporation(
        name=NAME,
        seed=seed,
        window=span,
        stock=stock,
        leases=leases,
        rents=rents,
        people=people,
        kinds=kinds,
        debit_day=debit_day,
        body=body,
        helped_from=helped_from,
        charges=charges,
        bank=bank,
    )


def _accounts(leases: Leases, span: Window) -> Ints:
    """Older tenants of one region still pay to the account at the second bank."""
    second = (leases.region == _SECOND_BANK_REGION) & (leases.begin < span.firsts[0])
    account: Ints = np.where(second, SECOND_ACCOUNT, FIRST_ACCOUNT)
    return account
