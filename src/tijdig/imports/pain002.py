"""The bank's answer to a collection file (pain.002): what it refused, and why.

With banks that book a batch net this is the only place where a refused rent is told: without it the rent
would look paid. A refusal may stand at the level of the message, of a batch, or of one transaction. Wherever
the file says RJCT there is one `Refusal`: without `batch_id` and `end_to_end_id` for the message (given
last), without `end_to_end_id` for a batch (given after its transactions). A transaction without a status of
its own has that of its batch, else of the message. The reason is the transaction's, else the batch's, else
the message's; a refused message or batch without a reason takes the first that stands below it.

So a collection may be refused twice in one file, by itself and with its batch. That is one refusal to whoever
posts it, with the more exact reason of the two.

Versions 03 and 10, by local names, one transaction at a time; amounts are cents, for a message or a batch its
control sum. Sources: ISO 20022 pain.002.001.03 and .10; the Dutch banks' guideline of May 2011.
Left out: acceptances (ACCP, PDNG and the like), which say only that there is nothing to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from tijdig.imports.drafts import Event, Refusal
from tijdig.imports.xml_plan import Plan, one_line
from tijdig.imports.xml_prolog import XmlRefused, decoded_head, open_prolog
from tijdig.imports.xml_stream import Element, finished_elements, local_name, other_message, shed_before
from tijdig.imports.xml_values import EUR, Unreadable, account_number, as_problem, cents_of, day_of_text

REJECTED = "RJCT"
_WANTED = "pain.002"
_PAIN = re.compile(r":pain\.002\.|<(?:\w+:)?CstmrPmtStsRpt\b")


class _Level(NamedTuple):
    """A message or a batch, as the bank refers to it."""

    id: str = ""
    status: str = ""
    reason: str = ""
    total: str = ""


class _Transaction(NamedTuple):
    end_to_end_id: str
    status: str
    reason: str
    amount: str
    currency: str
    collect_on: str
    mandate_id: str
    debtor: str
    debtor_account: str


_REASON = "StsRsnInf/Rsn/Cd | StsRsnInf/Rsn/Prtry"


def _level(identity: str, status: str) -> Plan[_Level]:
    return Plan(_Level, {"id": identity, "status": status, "reason": _REASON, "total": "OrgnlCtrlSum"})


_MESSAGE = _level("OrgnlMsgId", "GrpSts")
_BATCH = _level("OrgnlPmtInfId", "PmtInfSts")
_REF = "OrgnlTxRef"
_TRANSACTION = Plan(
    _Transaction,
    {
        "end_to_end_id": "OrgnlEndToEndId",
        "status": "TxSts",
        "reason": _REASON,
        "amount": f"{_REF}/Amt/InstdAmt | {_REF}/IntrBkSttlmAmt",
        "currency": f"{_REF}/Amt/InstdAmt@Ccy | {_REF}/IntrBkSttlmAmt@Ccy",
        "collect_on": f"{_REF}/ReqdColltnDt | {_REF}/ReqdColltnDt/Dt",
        "mandate_id": f"{_REF}/MndtRltdInf/MndtId | {_REF}/MndtRltdInf/DrctDbtMndt/MndtId",
        "debtor": f"{_REF}/Dbtr/Nm | {_REF}/Dbtr/Pty/Nm",
        "debtor_account": f"{_REF}/DbtrAcct/Id/IBAN | {_REF}/DbtrAcct/Id/Othr/Id",
    },
)


@dataclass(slots=True)
class _Reading:
    """Where we are in the file. `*_reason` is the first reason seen below that level."""

    message: _Level | None = None
    message_reason: str = ""
    batches: int = 0  # finished
    batch: _Level | None = None  # being read
    batch_reason: str = ""
    transactions: int = 0  # of the batch

    @property
    def place(self) -> str:
        return f"OrgnlPmtInfAndSts {self.batches + 1}"

    @property
    def message_id(self) -> str:
        return self.message.id if self.message else ""


def recognises(head: bytes) -> bool:
    """Do the first bytes (4 KiB will do) look like a pain.002 message?"""
    text = decoded_head(head)
    return text.startswith("<") and _PAIN.search(text) is not None


def read(stream: BinaryIO) -> Iterator[Event]:
    """The `Refusal`s of a file in order, with a `Problem` for whatever could not be read."""
    try:
        yield from _events(stream)
    except XmlRefused as refusal:
        yield refusal.problem


def _events(stream: BinaryIO) -> Iterator[Event]:
    reading, root = _Reading(), None
    prolog = open_prolog(stream, _WANTED)
    names = ("OrgnlGrpInfAndSts", "TxInfAndSts", "OrgnlPmtInfAndSts")
    for element in finished_elements(stream, prolog, names):
        name = local_name(element)
        if name == "OrgnlGrpInfAndSts":
            reading.message = _MESSAGE.take(element)
        elif name == "TxInfAndSts":
            yield from _take(reading, element)
        elif name == "OrgnlPmtInfAndSts":
            yield from _take_batch(reading, element)
        else:
            root = element
    if reading.message is None:
        raise other_message(root, _WANTED)
    yield from _refused_message(reading)


def _cents(total: str) -> int | None:
    """A control sum is only told beside a refusal: one that cannot be read is unknown."""
    try:
        return cents_of(total)
    except Unreadable:
        return None


def _refused_message(reading: _Reading) -> Iterator[Refusal]:
    message = reading.message
    if message is not None and message.status == REJECTED:
        reason = message.reason or reading.message_reason
        yield Refusal("OrgnlGrpInfAndSts", message.id, "", "", reason, _cents(message.total))


def _take_batch(reading: _Reading, element: Element) -> Iterator[Refusal]:
    batch = reading.batch or _BATCH.take(element)
    if batch.status == REJECTED:
        reason = batch.reason or reading.batch_reason or _message_reason(reading)
        yield Refusal(reading.place, reading.message_id, batch.id, "", reason, _cents(batch.total))
    reading.message_reason = reading.message_reason or batch.reason or reading.batch_reason
    reading.batches += 1
    reading.batch, reading.batch_reason, reading.transactions = None, "", 0
    shed_before(element)


def _message_reason(reading: _Reading) -> str:
    return reading.message.reason if reading.message else ""


def _status(reading: _Reading, own: str) -> str:
    """A transaction's own status, else its batch's, else the message's. PART says nothing of a single one."""
    for status in (own, reading.batch.status if reading.batch else "", _message_status(reading)):
        if status and status != "PART":
            return status
    raise Unreadable("refusal_status_missing")


def _message_status(reading: _Reading) -> str:
    return reading.message.status if reading.message else ""


def _take(reading: _Reading, element: Element) -> Iterator[Event]:
    if reading.batch is None:
        parent = element.getparent()
        reading.batch = _BATCH.take(element if parent is None else parent)
    reading.transactions += 1
    place = f"{reading.place}, TxInfAndSts {reading.transactions}"
    raw = _TRANSACTION.take(element)
    try:
        if _status(reading, raw.status) == REJECTED:
            reading.batch_reason = reading.batch_reason or raw.reason
            yield _refusal(reading, reading.batch, raw, place)
    except Unreadable as fault:
        yield as_problem(fault, place, element)
    shed_before(element)


def _refusal(reading: _Reading, batch: _Level, raw: _Transaction, place: str) -> Refusal:
    if raw.currency not in (EUR, ""):
        raise Unreadable("currency", currency=raw.currency)
    if not raw.end_to_end_id:
        raise Unreadable("end_to_end_missing")
    return Refusal(
        place=place,
        original_message_id=reading.message_id,
        batch_id=batch.id,
        end_to_end_id=raw.end_to_end_id,
        reason_code=raw.reason or batch.reason or _message_reason(reading),
        amount_cents=cents_of(raw.amount) if raw.amount else None,
        mandate_id=raw.mandate_id,
        debtor_account=account_number(raw.debtor_account),
        debtor_name=one_line(raw.debtor),
        collect_on=day_of_text(raw.collect_on) if raw.collect_on else None,
    )
