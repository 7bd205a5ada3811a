"""Bank statements in XML as a flat stream: camt.053 (booked), camt.052 (intraday), camt.054 (notification).

Read by local names, so version 02, version 08 and what lies between are one format; never gated on the
schema, which banks' own examples break. One pass, one entry at a time: memory follows the largest entry.

What is sure of each event is written with it: `Statement.booked` is False for camt.052 and camt.054, which
never carry a balance to tie; `Movement.booked` is False for whatever is not BOOK, and for all of camt.052.
Amounts are cents, days are Amsterdam days. `StatementEnd.movement_cents` is the sum of the booked entries in
the currency of the account, so that opening + movements = closing can be tested by the caller.

Sources: ISO 20022 camt.052/053/054 versions 001.02 and 001.08; the Dutch banks' guideline for camt.053 of
May 2011. Errors: `Problem` values with the place ("Stmt 1, Ntry 3, Tx 2") and the text. A fatal one is the
last event, and then nothing of the file may be posted. The sentences are in `wording_bank`.

Left out: dividing a batch over our own collections, recognising whose money it is, and any judgement.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from tijdig.base.problems import Problem
from tijdig.imports.camt_details import Detail, read_detail
from tijdig.imports.camt_entry import entry_events
from tijdig.imports.camt_head import KINDS, read_head, read_late_closing
from tijdig.imports.drafts import Event, Movement, Statement, StatementEnd
from tijdig.imports.xml_prolog import XmlRefused, decoded_head, open_prolog
from tijdig.imports.xml_stream import (
    Element,
    excerpt,
    finished_elements,
    local_name,
    other_message,
    shed,
    shed_before,
)

_CAMT = re.compile(r":camt\.05[234]\.|<(?:\w+:)?BkToCstmr(?:Stmt|AcctRpt|DbtCdtNtfctn)\b")
_MESSAGES = frozenset({"BkToCstmrStmt", "BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn"})
# A Problem about an entry shows at most 4,000 characters, so only its first details need to stay readable.
_KEPT_DETAILS = 8


@dataclass(slots=True)
class _Open:
    """The statement that is being read."""

    head: Statement
    entries: int = 0
    movements: int = 0
    cents: int = 0


@dataclass(slots=True)
class _Reading:
    """Where we are in the file."""

    message: str
    counts: dict[str, int] = field(default_factory=dict)  # statements finished, by element name
    statement: _Open | None = None
    details: list[Detail] = field(default_factory=list)


def recognises(head: bytes) -> bool:
    """Do the first bytes (4 KiB will do) look like a camt message? A file with a document type does too."""
    text = decoded_head(head)
    return text.startswith("<") and _CAMT.search(text) is not None


def read(stream: BinaryIO) -> Iterator[Event]:
    """Per statement `Statement`, its `Movement`s, `StatementEnd`; a `Problem` wherever one is needed."""
    try:
        yield from _events(stream)
    except XmlRefused as refusal:
        yield refusal.problem


def _events(stream: BinaryIO) -> Iterator[Event]:
    prolog = open_prolog(stream, *KINDS.values())
    reading = _Reading(prolog.message)
    root = None
    for element in finished_elements(stream, prolog, ("TxDtls", "Ntry", *KINDS)):
        name = local_name(element)
        if name == "TxDtls":
            _take_detail(reading, element)
        elif name == "Ntry":
            yield from _take_entry(reading, element)
        elif name in KINDS:
            yield from _take_end(reading, element, name)
        else:
            root = element
    if not reading.counts:
        raise _without_statements(root)


def _place(reading: _Reading, name: str) -> str:
    return f"{name} {reading.counts.get(name, 0) + 1}"


def _take_detail(reading: _Reading, element: Element) -> None:
    reading.details.append(read_detail(element, len(reading.details) + 1))
    if len(reading.details) > _KEPT_DETAILS:
        shed(element)


def _take_entry(reading: _Reading, element: Element) -> Iterator[Event]:
    details, reading.details = reading.details, []
    statement = reading.statement
    if statement is None:
        parent = element.getparent()
        if parent is None or (name := local_name(parent)) not in KINDS:
            yield Problem("entry_outside_statement", text=excerpt(element))
            return
        statement = yield from _take_head(reading, parent, name)
    statement.entries += 1
    cents, events = entry_events(element, details, statement.head, statement.entries)
    statement.cents += cents
    for event in events:
        statement.movements += isinstance(event, Movement)
        yield event
    shed_before(element)  # and this one at the next


def _take_head(reading: _Reading, element: Element, name: str) -> Generator[Event, None, _Open]:
    head, problems = read_head(element, _place(reading, name), reading.message)
    statement = reading.statement = _Open(head)
    yield head
    yield from problems
    return statement


def _take_end(reading: _Reading, element: Element, name: str) -> Iterator[Event]:
    closing, statement = None, reading.statement
    if statement is None:
        statement = yield from _take_head(reading, element, name)
    else:
        closing, problems = read_late_closing(element, statement.head)
        yield from problems
    yield StatementEnd(
        place=statement.head.place,
        entry_count=statement.entries,
        movement_count=statement.movements,
        movement_cents=statement.cents,
        closing_cents=closing.cents if closing else None,
        closing_on=closing.day if closing else None,
    )
    reading.counts[name] = reading.counts.get(name, 0) + 1
    reading.statement = None
    shed(element)
    shed_before(element)


def _without_statements(root: Element | None) -> XmlRefused:
    """A file without a single statement is another message, or an empty shell."""
    names = {local_name(element) for element in (root, *root)} if root is not None else set()
    if root is None or _MESSAGES.isdisjoint(names):
        return other_message(root, " of ".join(KINDS.values()))
    return XmlRefused("camt_no_statement", text=excerpt(root))
