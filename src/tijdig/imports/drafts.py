"""What a bank-file reader gives: a flat stream of values, one at a time, so that memory stays bounded.

A reader is `read(stream) -> Iterator[Event]`: for each statement a `Statement`, then its `Movement`s, then a
`StatementEnd`; a `Problem` wherever something could not be read. It touches no database, no clock and no
setting. Amounts are whole cents seen from our own account: positive came in, negative went out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from tijdig.base.problems import Problem
from tijdig.base.values import positional


class Nature(StrEnum):
    """What a movement is, as far as the file itself tells."""

    PAYMENT = "payment"  # credit transfer in, iDEAL, card, cash
    COLLECTION = "collection"  # one of our own direct debits, credited
    BATCH = "batch"  # a batch of our direct debits booked as one sum, without its details
    STORNO = "storno"  # one of our direct debits taken back (reject, return, refund)
    STORNO_BATCH = "storno_batch"  # several taken back, booked as one sum without details
    RETURNED_TRANSFER = "returned_transfer"  # our own pay-out that came back: never a storno
    PAYOUT = "payout"  # money we sent
    BANK_COSTS = "bank_costs"  # refund compensation, fees
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Statement:
    """The head of one statement. Unknown parts are `None`, never zero."""

    format: str  # camt.053.001.02, camt.052.001.08, mt940/ing ...
    place: str
    account: str  # IBAN or account number, without spaces
    currency: str
    statement_id: str
    sequence: str
    opening_cents: int | None
    opening_on: date | None
    closing_cents: int | None
    closing_on: date | None
    booked: bool = True  # False for camt.052 (intraday) and camt.054 (notification): never a balance to tie


@dataclass(frozen=True, slots=True)
class Movement:
    """One transaction. An entry with several transactions gives several movements with one `entry_no`."""

    place: str
    entry_no: int  # 1-based within the statement
    tx_no: int  # 1-based within the entry; 1 where the entry is its own transaction
    tx_count: int  # how many transactions this entry gives
    amount_cents: int  # + came in, - went out
    currency: str
    booked_on: date
    value_on: date
    nature: Nature
    booked: bool = True  # False: pending or intraday; never reaches the ledger
    bank_reference: str = ""  # AcctSvcrRef, or the bank's reference in :61:
    end_to_end_id: str = ""  # empty for NOTPROVIDED and the like
    mandate_id: str = ""
    batch_id: str = ""  # PmtInfId
    batch_count: int = 0  # NbOfTxs where the file says so
    structured_reference: str = ""  # as written; CUR or RF is found by its own check digits
    remittance: str = ""
    counter_account: str = ""
    counter_name: str = ""
    reason_code: str = ""  # ISO return reason (AM04 ...), or the bank's own where there is no other
    bank_code: str = ""  # domain/family/subfamily or proprietary code as written


movement_of = positional(Movement)  # for readers' inner loops


@dataclass(frozen=True, slots=True)
class StatementEnd:
    """Closes the statement opened before it. `closing_*` where the format gives it only at the end."""

    place: str
    entry_count: int
    movement_count: int
    movement_cents: int  # sum of booked entries as booked (not of details), for opening + entries = closing
    closing_cents: int | None = None
    closing_on: date | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection of our own pain.008 file: what we asked of whom, so that a batch can be split."""

    place: str
    message_id: str
    batch_id: str
    collect_on: date
    end_to_end_id: str
    mandate_id: str
    amount_cents: int
    debtor_account: str
    debtor_name: str
    remittance: str = ""
    creditor_account: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refusal of a pain.002: a collection that the bank will not (or did not) carry out.

    Given at group, batch or transaction level; `end_to_end_id` is empty when a whole batch or message is refused.
    """

    place: str
    original_message_id: str
    batch_id: str
    end_to_end_id: str
    reason_code: str
    amount_cents: int | None = None
    mandate_id: str = ""
    debtor_account: str = ""
    debtor_name: str = ""
    collect_on: date | None = None


Event: TypeAlias = Statement | Movement | StatementEnd | Collection | Refusal | Problem
