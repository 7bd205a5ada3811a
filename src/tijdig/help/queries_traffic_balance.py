"""What a tenancy owes as of a day, charge by charge, as a balance request asks it: the claim of the engine, no second
sum.
"""

from __future__ import annotations

from datetime import date

from tijdig.arrears.imputation import settle
from tijdig.base.days import day_number
from tijdig.cases.account import label
from tijdig.cases.queries_account import Account, account
from tijdig.help.traffic_balance import Balance, Charge
from tijdig.ledger.queries import waiting_cents
from tijdig.objections.queries import disputed_entries
from tijdig.tenancies.queries import cards


def balance(tenancy_id: int, as_of: date) -> Balance | None:
    """All that was due before the day and is open on it; None where this organisation has no such tenancy."""
    card = cards([tenancy_id]).get(tenancy_id)
    if card is None:
        return None
    known = account(tenancy_id, as_of)
    told = known.claim()
    charges = tuple(
        Charge(
            entry=one.entry,
            reference=known.entries[one.entry].reference,
            label=label(known.entries[one.entry]),
            arose_on=one.due_on,
            original_cents=one.amount_cents,
            open_cents=one.open_cents,
        )
        for one in told.instalments
    )
    return Balance(
        tenancy_id=tenancy_id,
        contract_number=card.contract_number,
        as_of=as_of,
        charges=charges,
        interest_cents=told.interest_cents,
        costs_cents=told.costs_cents,
        loose_cents=told.loose_cents,
        credit_cents=told.credit_cents,
        waiting_cents=waiting_cents(tenancy_id),
        disputed_cents=_disputed(known, tenancy_id),
        doubts=tuple(one.sentence for one in told.doubts),
    )


def _disputed(known: Account, tenancy_id: int) -> int:
    """What is open of charges that the tenant disputes, which nobody is asked for."""
    entries = disputed_entries(known.as_of, [tenancy_id]).get(tenancy_id, ())
    if not entries:
        return 0
    order = known.portfolio.entry.tolist()
    left = settle(known.portfolio, day_number(known.as_of)).open_items
    return sum(one.cents for one in left if order[one.row] in entries)
