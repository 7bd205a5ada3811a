"""The kinds of ledger entry and what each does to the tenant's debt.

Amounts are signed: positive raises what the tenant owes, negative lowers it. `ROLE` is how the engine treats a
kind under articles 6:43 and 6:44 BW: costs before interest before principal; a credit settles; an undo takes a
credit back. A kind's number is stored and never changes.
"""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """What an entry is. The Dutch word is in `LABEL`; the VERA pair in `imports`."""

    RENT = 1
    SERVICE_COSTS = 2
    SETTLEMENT = 3
    COLLECTION_COSTS = 4
    INTEREST = 5
    COURT_COSTS = 6
    BAILIFF_COSTS = 7
    OTHER_CHARGE = 8
    PAYMENT = 20
    DIRECT_DEBIT = 21
    REVERSAL = 22
    REFUND = 23
    WRITE_OFF = 24
    CORRECTION = 25


class Role(IntEnum):
    """How the engine walks an entry. The first three are charges, in the order in which 6:44 BW settles them."""

    COSTS = 0
    INTEREST = 1
    PRINCIPAL = 2
    CREDIT = 3
    UNDO = 4


LABEL: dict[Kind, str] = {
    Kind.RENT: "huur",
    Kind.SERVICE_COSTS: "servicekosten",
    Kind.SETTLEMENT: "afrekening servicekosten",
    Kind.COLLECTION_COSTS: "incassokosten",
    Kind.INTEREST: "rente",
    Kind.COURT_COSTS: "proceskosten",
    Kind.BAILIFF_COSTS: "deurwaarderskosten",
    Kind.OTHER_CHARGE: "overige vordering",
    Kind.PAYMENT: "betaling",
    Kind.DIRECT_DEBIT: "automatische incasso",
    Kind.REVERSAL: "storno",
    Kind.REFUND: "terugbetaling",
    Kind.WRITE_OFF: "afboeking",
    Kind.CORRECTION: "correctie",
}

PAID_IN = frozenset({Kind.PAYMENT, Kind.DIRECT_DEBIT})
_COSTS = frozenset({Kind.COLLECTION_COSTS, Kind.COURT_COSTS, Kind.BAILIFF_COSTS})
_RAISES = frozenset(
    {Kind.RENT, Kind.SERVICE_COSTS, Kind.INTEREST, Kind.OTHER_CHARGE, Kind.REVERSAL, Kind.REFUND} | _COSTS
)
_LOWERS = PAID_IN | {Kind.WRITE_OFF}


def sign_fits(kind: Kind, amount_cents: int) -> bool:
    """May an entry of this kind have this sign? Settlements and corrections go both ways; nothing is ever zero."""
    if amount_cents == 0:
        return False
    if kind in _RAISES:
        return amount_cents > 0
    if kind in _LOWERS:
        return amount_cents < 0
    return True


def role_of(kind: Kind, amount_cents: int, *, target_is_credit: bool) -> Role:
    """The engine's role of an entry, from its kind, its sign and what it points back to.

    A reversal (or a raising correction) that points to a credit undoes it. One that points to nothing, or to a
    charge, is a claim of its own. Anything that lowers the debt is a credit.
    """
    if amount_cents < 0:
        return Role.CREDIT
    if kind in (Kind.REVERSAL, Kind.CORRECTION) and target_is_credit:
        return Role.UNDO
    if kind in _COSTS:
        return Role.COSTS
    return Role.INTEREST if kind is Kind.INTEREST else Role.PRINCIPAL
