"""One transaction inside a camt entry (`TxDtls`): references, both sides, remittance, return reason, amount.

A detail is taken out of the tree as soon as it is finished, so that one entry with fifty thousand collections
costs fifty thousand small values and not a tree. Whose side is the other side is decided by account number,
never by tag: with a storno the roles turn round, and the tenant stands under `Cdtr`; some foreign banks leave
the tenant under `Dbtr`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tijdig.imports.camt_fields import DETAIL, RawDetail
from tijdig.imports.xml_stream import Element, excerpt
from tijdig.imports.xml_values import EUR, Unreadable, account_number, cents_of, is_credit

_NOT_GIVEN = frozenset({"NOTPROVIDED", "NOT PROVIDED", "NONREF"})
_SLASH = re.compile(r"/(PREF|MARF|RTRN)/([^/]+)")
_NOT_THE_BANKS = re.compile(r"/(?:NAME|REMI)/")  # from here on others wrote the text


class BankCode(NamedTuple):
    """The bank transaction code: the standard's three levels, and the bank's own."""

    domain: str = ""
    family: str = ""
    subfamily: str = ""
    own: str = ""
    own_issuer: str = ""

    @property
    def written(self) -> str:
        """`PMNT/IDDT/UPDD`, or the bank's own code where the standard's is not given."""
        return f"{self.domain}/{self.family}/{self.subfamily}" if self.domain else self.own


class Detail(NamedTuple):
    """One transaction. `cents` is signed when the detail gives a direction; `None`: it gives no amount."""

    no: int = 1
    raw: RawDetail = RawDetail()
    cents: int | None = None
    signed: bool = False
    fault: Unreadable | None = None
    text: str = ""  # of the element, when there is a fault


def slash_codes(text: str) -> dict[str, str]:
    """The bank's own references in slash-coded text: `/RTYP/../MARF/M-1/RTRN/MS03` gives MARF and RTRN.

    Only what stands before a name or remittance, which a payer can fill with codes of his own. Use it where a
    payer has no hand in the text at all: on debits, and on the sum of a batch.
    """
    return dict(_SLASH.findall(_NOT_THE_BANKS.split(text, maxsplit=1)[0])) if text.startswith("/") else {}


def given(reference: str) -> str:
    """A reference, or nothing where the bank says that there is none (NOTPROVIDED)."""
    return "" if reference.upper() in _NOT_GIVEN else reference


@lru_cache(maxsize=1_024)
def bank_code(detail: tuple[str, ...], entry: tuple[str, ...]) -> BankCode:
    """The code of a transaction: what the detail gives, and from its entry what the detail leaves out."""
    standard = detail if detail[0] else entry
    own = detail if detail[3] else entry
    return BankCode(*standard[:3], *own[3:])


def other_side(raw: RawDetail, own_account: str, credit: bool) -> tuple[str, str]:
    """Account and name of the side that is not us.

    By account; when only one side has an account, that one; when neither account is ours, or there are only
    names, the side that the direction of the money points at: who paid on a credit, who got it on a debit.
    """
    debtor, creditor = raw.debtor_account, raw.creditor_account
    debtor, creditor = debtor and account_number(debtor), creditor and account_number(creditor)
    if debtor != creditor and own_account in (debtor, creditor):
        take_debtor = creditor == own_account
    elif bool(debtor) != bool(creditor):
        take_debtor = bool(debtor)
    elif credit:
        take_debtor = bool(debtor or raw.debtor)
    else:
        take_debtor = not (creditor or raw.creditor)
    return (debtor, raw.debtor) if take_debtor else (creditor, raw.creditor)


def _amount(raw: RawDetail) -> str:
    """The amount in euro, if any. An amount in another currency is what the payer was asked."""
    if raw.amount and raw.amount_currency in (EUR, ""):
        return raw.amount
    if raw.booked_amount and raw.booked_currency in (EUR, ""):
        return raw.booked_amount
    return raw.asked_amount if raw.asked_currency in (EUR, "") else ""


def read_detail(element: Element, no: int) -> Detail:
    """One transaction. A fault in its amount is kept with it: the entry is then given as one sum."""
    return detail_of(DETAIL.take(element), no, element)


def detail_of(raw: RawDetail, no: int, element: Element) -> Detail:
    """The same, of texts that were taken already; `element` is for the text of a fault."""
    amount = _amount(raw)
    if not amount:
        return Detail(no, raw)
    try:
        cents = cents_of(amount)
        if not raw.direction:
            return Detail(no, raw, cents)
        return Detail(no, raw, cents if is_credit(raw.direction) else -cents, True)
    except Unreadable as fault:
        return Detail(no, raw, fault=fault, text=excerpt(element))
