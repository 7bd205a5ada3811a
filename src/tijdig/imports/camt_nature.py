"""What one movement on our account is, as far as the bank's own marks tell.

The question that matters is whether one of our collections was taken back (a storno), because that reopens
rent. Sources: the ISO 20022 bank transaction codes (domain, family, sub-family) and the Dutch banks'
guideline for camt.053 of May 2011, by which a reject, return or refund of an own direct debit is a debit with
the reversal mark, family IDDT and a return reason. Some banks give only their own code: ABN AMRO N245 and
N246, ING 01304, Rabobank 544 and 545.

Three things look alike and are not: a storno (debit), our own pay-out that came back (credit, RCDT/RRTN, also
with the reversal mark and a reason), and the compensation that the tenant's bank charges for a refund (debit
with only the bank's own reference). Money is never called a storno on the ground of the reversal mark alone
when its family says that it is a transfer, a card or a fee.

Left out: whether the storno is really of one of our collections. That is for matching, which has them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tijdig.imports.drafts import Nature

OWN_COLLECTION = "IDDT"
TRANSFER_IN = frozenset({"RCDT", "RRCT"})
TRANSFER_OUT = frozenset({"ICDT", "IRCT"})
PAID_TO_US = TRANSFER_IN | {"CCRD", "MCRD", "CNTR"}  # transfers, cards, cash
COLLECTED_FROM_US = "RDDT"
COSTS = frozenset({"CHRG", "COMM", "FEES", "INTR"})  # sub-families

_STORNO_CODES = {"N245": "ABN", "N246": "ABN", "01304": "ING", "544": "RABO", "545": "RABO"}


class Signs(NamedTuple):
    """The marks that decide. Codes are as written; empty when the file gives none."""

    credit: bool
    family: str = ""
    subfamily: str = ""
    bank_code: str = ""  # proprietary
    bank_code_issuer: str = ""
    reversal: bool = False
    reason: bool = False  # a return reason is given
    undivided: bool = False  # several transactions in one sum, without their details
    mandate: bool = False
    pointer: bool = False  # end-to-end id, mandate or counter account: something to find a collection by
    counter: bool = False  # the other side has an account


def is_storno_code(code: str, issuer: str) -> bool:
    """Does a bank's own code mark a storno? Another bank's 544 does not count when the issuer is written."""
    bank = _STORNO_CODES.get(code)
    return bank is not None and (not issuer or bank in issuer.upper())


@lru_cache(maxsize=1_024)  # a file has a handful of combinations
def nature_of(signs: Signs) -> Nature:
    """`nature_of(Signs(credit=False, family="IDDT", subfamily="UPDD", pointer=True))` is `STORNO`."""
    return _credit(signs) if signs.credit else _debit(signs)


def _came_back(s: Signs) -> bool:
    if s.family in TRANSFER_OUT or s.subfamily == "RRTN":
        return True
    return (s.reversal or s.reason) and (s.family in TRANSFER_IN or not s.family)


def _credit(s: Signs) -> Nature:
    if s.family == OWN_COLLECTION or (not s.family and s.mandate):
        if s.reversal or s.reason:
            return Nature.OTHER  # the bank corrects a storno: a person looks at it
        return Nature.BATCH if s.undivided else Nature.COLLECTION
    if _came_back(s):
        return Nature.RETURNED_TRANSFER
    if s.undivided:
        return Nature.BATCH
    paid = s.family in PAID_TO_US or (not s.family and s.counter)
    return Nature.PAYMENT if paid else Nature.OTHER


def _debit(s: Signs) -> Nature:
    if s.subfamily in COSTS:
        return Nature.BANK_COSTS
    if s.family in ("", OWN_COLLECTION):
        return _debit_of_collections(s)
    ours = s.family in TRANSFER_OUT or s.family == COLLECTED_FROM_US
    return Nature.PAYOUT if ours and not (s.reversal or s.reason) else Nature.OTHER


def _debit_of_collections(s: Signs) -> Nature:
    own = s.family == OWN_COLLECTION
    marked = s.reversal or s.reason or (own and s.subfamily == "UPDD")
    if marked or is_storno_code(s.bank_code, s.bank_code_issuer) or (own and (s.pointer or s.undivided)):
        return Nature.STORNO_BATCH if s.undivided else Nature.STORNO
    return Nature.BANK_COSTS if own else Nature.OTHER


def nature_of_unproven_sum(nature: Nature) -> Nature:
    """For an entry whose details do not add up: a batch of our collections, or else for a person to see."""
    return Nature.BATCH if nature in (Nature.COLLECTION, Nature.BATCH) else Nature.OTHER
