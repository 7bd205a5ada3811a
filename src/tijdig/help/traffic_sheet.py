"""A file that came from the Schuldenknooppunt: its bytes in, its messages out, and each line that says nothing we can
use.

Decides how the bytes are read (UTF-8 with or without a mark, else Windows-1252; `;` or `,`), which layout it is, and what
each line says. Lines of one conversation are one message: what is told of each claim apart stands in `claims`, line by
line, the rest must be the same on each line. A message is taken whole or not at all: where one line is no use, the others
of its conversation are none either. A line of headings that stands in the middle again is passed over, and cells that are
missing at the end of a line are empty.

Units: whole cents, hundredths of a percent, days. Errors: `NotThisFile` for what cannot be read as a whole (too large, no
table, headings that no layout has); a line that cannot be used is an `Unread` with its text and why, and the others
count. Example: two lines of one balance request that name two invoices are one message with two claims. Left out: whose
conversation it is.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO
from uuid import UUID

from tijdig.base.bsn import clean
from tijdig.help.answer_sheet import NotThisFile, Unread
from tijdig.help.traffic import Message
from tijdig.help.traffic_cells import conversation, read
from tijdig.help.traffic_layouts import LEFT_OUT, Layout, recognised

MOST_BYTES = 5_000_000
MOST_LINES = 5_000
TEXTS = ("contact", "client", "partner", "address", "remark")  # about people: kept apart, to be erased
_LONGEST_LINE = 2_000
_LONGEST_REASON = 300
_PAST = ("agreed_on", "ended_on", "stated_on")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One message. `facts` are codes, ISO days and cents, and `claims` with the same; `texts` are about people."""

    conversation: UUID
    kind: Message
    lines: tuple[int, ...]
    counsellor: str
    facts: Mapping[str, Any]
    texts: Mapping[str, str]

    @property
    def digest(self) -> str:
        """Of what it says apart from people: the same message twice has the same."""
        said = json.dumps(self.facts, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class TrafficSheet:
    """What a file says. `lines` counts them all."""

    layout: Layout
    messages: tuple[Incoming, ...]
    unread: tuple[Unread, ...]
    lines: int


@dataclass(slots=True)
class _Begun:
    head: dict[str, Any]
    lines: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)


def read_sheet(content: bytes, on: date) -> TrafficSheet:
    """All that a file says, read on a day. Raises `NotThisFile` where it cannot be read as a whole."""
    rows = _rows(_text(content))
    headings = _trimmed(rows[0][1])
    layout = recognised(headings)
    begun: dict[UUID, _Begun] = {}
    broken: dict[UUID, int] = {}
    unread: list[Unread] = []
    lines = 0
    for number, row in rows[1:]:
        if _trimmed(row) == headings:
            continue
        lines += 1
        text = clean(";".join(row))[:_LONGEST_LINE]
        try:
            _add(begun, layout, (number, text), _cells(headings, row, layout, on))
        except ValueError as wrong:
            unread.append(Unread(number, text, clean(str(wrong))[:_LONGEST_REASON]))
            if of := _conversation(headings, row, layout):
                broken.setdefault(of, number)
    if not lines:
        raise NotThisFile("In dit bestand staan alleen koppen. Er is niets ingelezen.")
    kind = Message(layout.kind)
    unread += [one for of, wrong in broken.items() if of in begun for one in _with_it(begun[of], wrong)]
    messages = tuple(_message(of, kind, one) for of, one in begun.items() if of not in broken)
    return TrafficSheet(layout, messages, tuple(sorted(unread, key=lambda one: one.number)), lines)


def sheet_of(stream: BinaryIO, on: date) -> Iterator[TrafficSheet]:
    """The same of a file, for a process with limits."""
    yield read_sheet(stream.read(), on)


def people_of(messages: Sequence[Incoming]) -> list[str]:
    """The names of whom these messages are about."""
    return [one.texts[name] for one in messages for name in ("client", "partner") if one.texts[name]]


def _text(content: bytes) -> str:
    if not content or len(content) > MOST_BYTES:
        raise NotThisFile(
            f"Kies een CSV-bestand van ten hoogste {MOST_BYTES // 1_000_000} MB. Er is niets ingelezen."
        )
    for encoding in ("utf-8", "cp1252"):
        try:
            text = content.removeprefix(_BOM).decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotThisFile("Dit is geen leesbaar CSV-bestand. Er is niets ingelezen.")


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The filled rows with the line on which each begins, the headings first."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for row in reader:
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                rows.append((start, cells))
            if len(rows) > MOST_LINES + 1:
                raise NotThisFile(f"Dit bestand heeft meer dan {MOST_LINES} regels. Er is niets ingelezen.")
            start = reader.line_num + 1
    except csv.Error:
        raise NotThisFile(
            f"Regel {start} is niet te lezen: de aanhalingstekens kloppen niet. Er is niets ingelezen."
        ) from None
    if not rows:
        raise NotThisFile("Het bestand is leeg. Er is niets ingelezen.")
    return rows


def _trimmed(row: Sequence[str]) -> list[str]:
    """Without the empty cells at its end."""
    filled = max((place for place, cell in enumerate(row, 1) if cell), default=0)
    return list(row[:filled])


def _cells(headings: Sequence[str], row: Sequence[str], layout: Layout, on: date) -> dict[str, Any]:
    """What a line says, by field. Raises `ValueError` with why it cannot be used."""
    if any(row[len(headings) :]):
        raise ValueError(f"De regel heeft {len(row)} kolommen en de koppen {len(headings)}.")
    row = [*row, *[""] * (len(headings) - len(row))]
    at = {heading: place for place, heading in enumerate(headings)}
    found: dict[str, Any] = {}
    for one in layout.columns:
        text = row[at[one.heading]]
        if one.needed and not text:
            raise ValueError(f"{one.heading} is leeg.")
        if text and one.field != LEFT_OUT:
            found[one.field] = read(one.field, one.heading, text)
            if one.field in _PAST and found[one.field] > on:
                raise ValueError(f"{one.heading}: {text} ligt na vandaag.")
    return found


def _conversation(headings: Sequence[str], row: Sequence[str], layout: Layout) -> UUID | None:
    """Of which conversation a line is that cannot be used; None where it does not say."""
    place = headings.index(next(one.heading for one in layout.columns if one.field == "conversation"))
    try:
        return conversation(row[place]) if place < len(row) else None
    except ValueError:
        return None


def _with_it(one: _Begun, wrong: int) -> list[Unread]:
    """The lines of a message that goes unread because of one of them."""
    reason = f"Regel {wrong} van dit gesprek is niet te gebruiken. Een bericht wordt heel gelezen of niet."
    return [Unread(number, text, reason) for number, text in zip(one.lines, one.texts, strict=True)]


def _add(begun: dict[UUID, _Begun], layout: Layout, line: tuple[int, str], found: dict[str, Any]) -> None:
    of_claim = {one.field for one in layout.columns if one.of_claim}
    head = {name: value for name, value in found.items() if name not in of_claim}
    one = begun.setdefault(head["conversation"], _Begun(head))
    if one.head != head:
        raise ValueError(f"Zegt over dit gesprek iets anders dan regel {one.lines[0]}.")
    one.lines.append(line[0])
    one.texts.append(line[1])
    claim = {name: _plain(value) for name, value in found.items() if name in of_claim}
    if claim:
        one.claims.append(claim)


def _message(number: UUID, kind: Message, one: _Begun) -> Incoming:
    aside = {"conversation", "counsellor", *TEXTS}
    facts = {name: _plain(value) for name, value in one.head.items() if name not in aside}
    return Incoming(
        conversation=number,
        kind=kind,
        lines=tuple(one.lines),
        counsellor=one.head.get("counsellor", ""),
        facts=facts | {"claims": one.claims},
        texts={name: one.head.get(name, "") for name in TEXTS},
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
