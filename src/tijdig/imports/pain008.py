"""Our own collection files (pain.008): what we asked of whom, so that a batch can be divided.

Versions 02 and 08, by local names, one collection at a time. The sums that the file gives of itself
(`NbOfTxs`, `CtrlSum` of each batch) are checked: a batch that does not agree with itself is a Problem, its
collections are given all the same. Amounts are cents, positive. Sources: ISO 20022 pain.008.001.02 and .08.

Errors: a collection without a readable amount, day or end-to-end id is a Problem with its text; a fatal
Problem is the last event, and then nothing of the file may be used. Left out: creditor scheme id, sequence
type and addresses, which say nothing about who owes what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from tijdig.base.money import euro
from tijdig.base.problems import Problem
from tijdig.imports.drafts import Collection, Event
from tijdig.imports.xml_plan import Plan, one_line
from tijdig.imports.xml_prolog import XmlRefused, decoded_head, open_prolog
from tijdig.imports.xml_stream import Element, finished_elements, local_name, other_message, shed_before
from tijdig.imports.xml_values import EUR, Unreadable, account_number, as_problem, cents_of, day_of_text

_WANTED = "pain.008"
_PAIN = re.compile(r":pain\.008\.|<(?:\w+:)?CstmrDrctDbtInitn\b")


class _Batch(NamedTuple):
    batch_id: str
    told_count: str
    told_total: str
    collect_on: str
    creditor_account: str


class _Asked(NamedTuple):
    end_to_end_id: str
    amount: str
    currency: str
    mandate_id: str
    debtor: str
    debtor_account: str
    structured: str
    remittance: str


class _Header(NamedTuple):
    message_id: str


_HEADER = Plan(_Header, {"message_id": "MsgId"})
_BATCH = Plan(
    _Batch,
    {
        "batch_id": "PmtInfId",
        "told_count": "NbOfTxs",
        "told_total": "CtrlSum",
        "collect_on": "ReqdColltnDt | ReqdColltnDt/Dt",
        "creditor_account": "CdtrAcct/Id/IBAN | CdtrAcct/Id/Othr/Id",
    },
)
_COLLECTION = Plan(
    _Asked,
    {
        "end_to_end_id": "PmtId/EndToEndId",
        "amount": "InstdAmt",
        "currency": "InstdAmt@Ccy",
        "mandate_id": "DrctDbtTx/MndtRltdInf/MndtId",
        "debtor": "Dbtr/Nm | Dbtr/Pty/Nm",
        "debtor_account": "DbtrAcct/Id/IBAN | DbtrAcct/Id/Othr/Id",
        "structured": "RmtInf/Strd/CdtrRefInf/Ref",
        "remittance": "RmtInf/Ustrd+",
    },
)


@dataclass(slots=True)
class _Reading:
    message_id: str = ""
    batches: int = 0  # finished
    batch: _Batch | None = None  # being read
    count: int = 0
    cents: int = 0
    unread: int = 0

    @property
    def place(self) -> str:
        return f"PmtInf {self.batches + 1}"


def recognises(head: bytes) -> bool:
    """Do the first bytes (4 KiB will do) look like a pain.008 message?"""
    text = decoded_head(head)
    return text.startswith("<") and _PAIN.search(text) is not None


def read(stream: BinaryIO) -> Iterator[Event]:
    """The `Collection`s of a file in order, with a `Problem` for whatever could not be read."""
    try:
        yield from _events(stream)
    except XmlRefused as refusal:
        yield refusal.problem


def _events(stream: BinaryIO) -> Iterator[Event]:
    reading, root = _Reading(), None
    prolog = open_prolog(stream, _WANTED)
    for element in finished_elements(stream, prolog, ("GrpHdr", "DrctDbtTxInf", "PmtInf")):
        name = local_name(element)
        if name == "GrpHdr":
            reading.message_id = _HEADER.take(element).message_id
        elif name == "DrctDbtTxInf":
            yield _take(reading, element)
        elif name == "PmtInf":
            yield from _take_end(reading, element)
        else:
            root = element
    if not reading.batches:
        raise other_message(root, _WANTED)


def _take(reading: _Reading, element: Element) -> Event:
    if reading.batch is None:
        parent = element.getparent()
        reading.batch = _BATCH.take(element if parent is None else parent)
    reading.count += 1
    place = f"{reading.place}, DrctDbtTxInf {reading.count}"
    try:
        collection = _collection(reading.message_id, reading.batch, _COLLECTION.take(element), place)
    except Unreadable as fault:
        reading.unread += 1
        return as_problem(fault, place, element)
    reading.cents += collection.amount_cents
    shed_before(element)
    return collection


def _collection(message_id: str, batch: _Batch, asked: _Asked, place: str) -> Collection:
    if asked.currency not in (EUR, ""):
        raise Unreadable("currency", currency=asked.currency)
    if asked.end_to_end_id.upper() in ("", "NOTPROVIDED"):  # one id for all names none of them
        raise Unreadable("end_to_end_missing")
    if not batch.collect_on:
        raise Unreadable("date_missing")
    return Collection(
        place=place,
        message_id=message_id,
        batch_id=batch.batch_id,
        collect_on=day_of_text(batch.collect_on),
        end_to_end_id=asked.end_to_end_id,
        mandate_id=asked.mandate_id,
        amount_cents=cents_of(asked.amount),
        debtor_account=account_number(asked.debtor_account),
        debtor_name=one_line(asked.debtor),
        remittance=asked.structured or one_line(asked.remittance),
        creditor_account=account_number(batch.creditor_account),
    )


def _take_end(reading: _Reading, element: Element) -> Iterator[Problem]:
    batch = reading.batch or _BATCH.take(element)
    try:
        if not reading.unread:
            _check(batch, reading.count, reading.cents)
    except Unreadable as fault:
        yield as_problem(fault, reading.place, element)
    reading.batches += 1
    reading.batch, reading.count, reading.cents, reading.unread = None, 0, 0, 0
    shed_before(element)


def _check(batch: _Batch, count: int, cents: int) -> None:
    """Does a batch agree with the sums it gives of itself? Both are optional in the standard."""
    told = cents_of(batch.told_total) if batch.told_total else None
    if batch.told_count not in ("", str(count)) or told not in (None, cents):
        raise Unreadable(
            "control_sum",
            count=str(count),
            sum=euro(cents),
            told_count=batch.told_count or "een onbekend aantal",
            told_sum="geen bedrag" if told is None else euro(told),
        )
