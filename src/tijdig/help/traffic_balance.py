"""What we answer to a balance request: what is open of each charge, and what a person must know before it goes.

Decides what goes: every charge that was due before the day and is not wholly paid, with the day it arose, what it was and
what is open. Interest and costs that the account does not hold go nowhere, and neither do costs that no letter made due;
both are shown. What is not sure is a warning: a payment that waits in the queue, what is provisional, what the tenant
disputes.
It is told as of a day that is not long before the request came
in (`Terms.as_of_days`), because who asks reckons with it now.

Units: whole cents, days. Errors: none. Worked example: two rents of € 700 with € 200 paid on the first: two charges, of €
500 and € 700 open. Left out: reading the account (`queries_traffic_balance`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tijdig.base.money import euro
from tijdig.help.traffic_layouts import terms


@dataclass(frozen=True, slots=True)
class Charge:
    """One charge of the ledger. `reference` is our number of it."""

    entry: int
    reference: str
    label: str
    arose_on: date
    original_cents: int
    open_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What one tenancy owes as of a day, the oldest first."""

    tenancy_id: int
    contract_number: str
    as_of: date
    charges: tuple[Charge, ...]
    interest_cents: int
    costs_cents: int
    loose_cents: int
    credit_cents: int
    waiting_cents: int
    disputed_cents: int
    doubts: tuple[str, ...]
    file_cents: int = 0  # of court and bailiff beside the account, which a room that knows them fills in

    @property
    def open_cents(self) -> int:
        return sum(one.open_cents for one in self.charges)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What may make this answer wrong, in Dutch."""
        return (*self._waits(), *self.doubts)

    @property
    def left_out(self) -> tuple[str, ...]:
        """What is no part of the answer."""
        told = []
        if self.interest_cents:
            told.append(f"{euro(self.interest_cents)} rente die niet in de rekening staat.")
        if self.costs_cents:
            told.append(f"{euro(self.costs_cents)} incassokosten die niet in de rekening staan.")
        if self.loose_cents:
            told.append(
                f"{euro(self.loose_cents)} incassokosten in de rekening die geen brief verschuldigd maakte."
            )
        if self.file_cents:
            told.append(
                f"{euro(self.file_cents)} kosten van rechter en deurwaarder die niet in de rekening staan."
            )
        return tuple(told)

    def _waits(self) -> Iterator[str]:
        if self.waiting_cents:
            yield (
                f"Er wacht een betaling van {euro(self.waiting_cents)} in de wachtrij die van deze huurder kan zijn. "
                "Wijs die eerst toe."
            )
        if self.credit_cents:
            yield f"In de rekening staat {euro(self.credit_cents)} tegoed dat nog niets betaalt."
        if self.disputed_cents:
            yield f"Over {euro(self.disputed_cents)} loopt een bezwaar: dat staat niet in dit antwoord."


def first_day(asked_on: date) -> date:
    """The first day as of which a request that came in on a day may be answered."""
    return asked_on - timedelta(days=terms().as_of_days)


def facts(balances: Sequence[Balance]) -> dict[str, Any]:
    """The answer as it is kept: codes, days and cents, of each tenancy in its turn."""
    return {
        "as_of": max((one.as_of.isoformat() for one in balances), default=""),
        "open_cents": sum(one.open_cents for one in balances),
        "tenancies": [
            {
                "tenancy": one.tenancy_id,
                "contract": one.contract_number,
                "charges": [
                    {
                        "entry": charge.entry,
                        "reference": charge.reference,
                        "arose_on": charge.arose_on.isoformat(),
                        "original_cents": charge.original_cents,
                        "open_cents": charge.open_cents,
                    }
                    for charge in one.charges
                ],
            }
            for one in balances
        ],
    }


def digest(balances: Sequence[Balance]) -> str:
    """Of what a person saw, warnings too: what is written must be what was shown."""
    shown = [facts(balances), [one.warnings for one in balances]]
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()
