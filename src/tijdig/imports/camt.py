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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from tijdig.base.problems import Problem
from tijdig.imports.camt_details import Detail, detail_of, read_detail
from tijdig.imports.camt_entry import entry_events
from tijdig.imports.camt_fields import DETAIL, ENTRY, RawDetail, RawEntry
from tijdig.imports.camt_head import KINDS, read_head, read_late_closing
from tijdig.imports.drafts import Event, Statement, StatementEnd
from tijdig.imports.xml_prolog import XmlRefused, decoded_head, open_prolog
from tijdig.imports.xml_shapes import Shapes
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
_ENTRY_TEXTS = len(RawEntry._fields)
_record = tuple.__new__  # `_make` of a named tuple, without counting its fields


def _texts(entry: Element, detail: Element | None) -> tuple[str, ...]:
    texts = ENTRY.take(entry)
    return texts if detail is None else texts + DETAIL.take(detail)


def _shapes() -> Shapes:
    return Shapes(_texts, "TxDtls")


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
    first: Element | None = None  # the first detail of an entry, unread: most entries have no other
    without: Shapes = field(default_factory=_shapes)  # entries without details
    single: Shapes = field(default_factory=_shapes)  # entries with one


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
    if not reading.details:
        if reading.first is None:
            reading.first = element
            return
        reading.details.append(read_detail(reading.first, 1))
        reading.first = None
    reading.details.append(read_detail(element, len(reading.details) + 1))
    if len(reading.details) > _KEPT_DETAILS:
        shed(element)


def _take_texts(reading: _Reading, element: Element) -> tuple[RawEntry, list[Detail]]:
    """What the entry says itself, and its details."""
    details, reading.details = reading.details, []
    first, reading.first = reading.first, None
    if details:
        return ENTRY.take(element), details
    if first is None:
        return RawEntry._make(reading.without.take(element, None)), details
    texts = reading.single.take(element, first)
    details.append(detail_of(_record(RawDetail, texts[_ENTRY_TEXTS:]), 1, first))
    return _record(RawEntry, texts[:_ENTRY_TEXTS]), details


def _take_entry(reading: _Reading, element: Element) -> Iterable[Event]:
    raw, details = _take_texts(reading, element)
    statement = reading.statement
    opening: tuple[Event, ...] = ()
    if statement is None:
        parent = element.getparent()
        if parent is None or (name := local_name(parent)) not in KINDS:
            return [Problem("entry_outside_statement", text=excerpt(element))]
        statement, opening = _take_head(reading, parent, name)
    statement.entries += 1
    cents, count, events = entry_events(raw, element, details, statement.head, statement.entries)
    statement.cents += cents
    statement.movements += count
    shed_before(element)  # and this one at the next
    return chain(opening, events) if opening else events


def _take_head(reading: _Reading, element: Element, name: str) -> tuple[_Open, tuple[Event, ...]]:
    head, problems = read_head(element, _place(reading, name), reading.message)
    statement = reading.statement = _Open(head)
    return statement, (head, *problems)


def _take_end(reading: _Reading, element: Element, name: str) -> Iterator[Event]:
    closing, statement = None, reading.statement
    if statement is None:
        statement, opening = _take_head(reading, element, name)
        yield from opening
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
