"""What the VERA readers give besides the drafts of `tenancies` and `ledger`: contacts, clearings, control
values.

Control values are never posted. They are what the source itself says about the outcome, for the controls that
are shown after each load: the sum of our entries against `DebtorBalance`, our open items against
`OpenAmount`, our imputation against `Clearing`. A difference is shown, never repaired silently.

`contract_key` and `tenancy_key` hold the key of the overeenkomst exactly as the row gives it: its `id`, or
its `code` where the row has no `id`. The caller resolves it by key first, then by contract number. An entry
that names only its debtor carries `DEBTOR_PREFIX` and the debtor's key, which `DebtorBalance.contract_key`
may resolve.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from tijdig.base.problems import Problem
from tijdig.ledger.entry import EntryDraft
from tijdig.tenancies.drafts import TenancyRecord

SOURCE = "vera"
DEBTOR_PREFIX = "debiteur/"


class Signs(StrEnum):
    """How a source signs money that came in; the standard does not say.

    `BY_KIND`: a receipt of 650.00 is written as 650.00 and its kind says that it lowers the debt.
    `SIGNED`: it is written as -650.00, as in the ledger itself.
    """

    BY_KIND = "by_kind"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class DebtorBalance:
    """The source's own balance of one debtor: positive owes us."""

    key: str
    contract_key: str  # empty where the source keeps one balance for all contracts of a debtor
    balance_cents: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class OpenAmount:
    """What the source says is still open of one entry (`saldo`), with the sign of the ledger."""

    reference: str
    open_cents: int


@dataclass(frozen=True, slots=True)
class Clearing:
    """The source's own settlement of one entry by another (`aflettering`)."""

    reference: str
    counter_reference: str
    cleared_on: date
    amount_cents: int  # as written; it has no direction of its own
    place: str = ""


@dataclass(frozen=True, slots=True)
class PaymentReference:
    """A payment reference (`betalingskenmerk`) that tenants of this contract use; given once per pair."""

    contract_key: str
    payment_reference: str
    reference: str  # the entry on which it was first seen


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """One way to reach a person (`contactgegeven`)."""

    person_key: str
    kind: str  # CONTACTGEGEVENSOORT: EMA, MOB, TEL ...
    value: str
    status: str = ""  # AAN, GEV, ONG
    preference: str = ""  # EER first, TWE second


VeraValue: TypeAlias = (
    TenancyRecord
    | EntryDraft
    | DebtorBalance
    | OpenAmount
    | Clearing
    | PaymentReference
    | ContactDraft
    | Problem
)

_RANK = {"EER": 0, "TWE": 1}


def best_contacts(contacts: Iterable[ContactDraft]) -> tuple[str, str]:
    """The e-mail address and the telephone number to use for one person; empty where there is none.

    First the source's own preference, then a validated one, then a mobile number (it takes text messages),
    then the order of the file. A contact with status ONG (invalid) is never used.
    """
    usable = [c for c in contacts if c.status != "ONG"]
    ranked = sorted(usable, key=lambda c: (_RANK.get(c.preference, 2), c.status != "GEV", c.kind != "MOB"))
    email = next((c.value for c in ranked if c.kind == "EMA"), "")
    phone = next((c.value for c in ranked if c.kind in ("MOB", "TEL")), "")
    return email, phone
