"""Payments and charges from anybody's table, CSV or Excel, by a mapping that was saved for that source.

`read_table` gives entry drafts with `source` from the mapping, and problems. A table in which a column holds
something else than it should is refused before its first row; so is a mapping that is not whole, or a shape
nobody confirmed. A payment lowers the debt, a charge raises it; a negative charge is a correction; a payment
against its own direction is refused, because nobody can see whether it was a reversal or a refund. Without a
reference column the reference is made of contract, day, amount, and a number for equal rows: reading the same
table twice posts nothing twice, in whatever order its rows stand. What it leaves out: tenancies and people
from tables (VERA's flat form is the way for those).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from io import BytesIO
from typing import BinaryIO

from tijdig.base.bsn import clean
from tijdig.base.problems import Problem
from tijdig.imports.excel_rows import is_excel, open_excel
from tijdig.imports.table_mapping import ColumnMapping, kind_of_word, missing_fields, suggest_mapping
from tijdig.imports.table_rows import CsvTable, checked, fitted, open_csv
from tijdig.imports.table_shape import TableShape
from tijdig.imports.vera_privacy import is_private, scrub_row
from tijdig.imports.vera_row import FieldError, Row
from tijdig.imports.vera_values import Signs
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind

_DAYS = ("effective_on", "booked_on", "due_on")


def recognises(head: bytes, name: str) -> str | None:
    """What the headers can be read as: payments or charges; Excel, by its name alone, is "table".

    Ask the VERA readers first: a flat VERA file of entries has such columns too.
    """
    if is_excel(head):
        return "table" if name.lower().endswith((".xlsx", ".xls", ".ods", ".xlsm")) else None
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"", b"{", b"[", b"<", b":"):
        return None
    header = open_csv(BytesIO(head)).header
    mapping = suggest_mapping(header)
    kindless = [need for need in missing_fields(mapping, header) if need != "kind"]
    return mapping.entity if len(header) > 1 and not kindless else None


def headers_of(stream: BinaryIO) -> tuple[list[str], TableShape]:
    """What the page shows before a mapping exists: the headers and the shape, with its doubts."""
    table = _opened(stream, None)
    return table.header, table.shape


def read_table(stream: BinaryIO, mapping: ColumnMapping) -> Iterator[EntryDraft | Problem]:
    """Every row as a draft or a problem; a fatal problem is the only value of a table that is refused."""
    table = _opened(stream, mapping.shape)
    refused = table.problem or _incomplete(mapping, table.header)
    columns = {} if refused else _positions(mapping, table.header)
    refused = refused or checked(table, _kinds(columns))
    if refused:
        yield refused
        return
    drafts = _Drafts(mapping)
    for item in table.lines:
        yield item if isinstance(item, Problem) else _draft(item, table, columns, drafts)
    if table.lines_not_utf8:
        count, first = len(table.lines_not_utf8), table.lines_not_utf8[0]
        yield Problem("encoding_mixed", f"regel {first}", params={"count": str(count)})


def _opened(stream: BinaryIO, shape: TableShape | None) -> CsvTable:
    data = stream.read(4)
    rest = _Rejoined(data, stream)
    return open_excel(rest, shape) if is_excel(data) else open_csv(rest, shape)


class _Rejoined(BytesIO):
    """A stream whose first bytes were looked at, with those bytes back in front; still read in pieces."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head = head
        self._rest = rest

    def read(self, size: int | None = -1, /) -> bytes:
        head, self._head = self._head, b""
        if size is None or size < 0:
            return head + self._rest.read()
        return head + self._rest.read(max(size - len(head), 0))

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._rest.readline()

    def __next__(self) -> bytes:
        return next(self._rest)


def _incomplete(mapping: ColumnMapping, header: list[str]) -> Problem | None:
    missing = missing_fields(mapping, header)
    params = {"fields": ", ".join(missing), "source": mapping.source}
    return Problem("mapping_incomplete", "kop", ";".join(header), params, fatal=True) if missing else None


def _positions(mapping: ColumnMapping, header: list[str]) -> dict[str, int]:
    return {ours: header.index(theirs) for ours, theirs in mapping.columns.items() if not is_private(theirs)}


def _kinds(columns: Mapping[str, int]) -> dict[int, str]:
    kinds = {at: "day" for ours, at in columns.items() if ours in _DAYS}
    return kinds | ({columns["amount"]: "amount"} if "amount" in columns else {})


def _draft(
    item: tuple[int, list[str]], table: CsvTable, columns: Mapping[str, int], drafts: _Drafts
) -> EntryDraft | Problem:
    number, cells = item
    place, fit = f"regel {number}", fitted(cells, len(table.header))
    if fit is None:
        params = {"cells": str(len(cells)), "columns": str(len(table.header))}
        return Problem("row_width", place, scrub_row(table.header, cells, ";"), params)
    fields = {ours: value for ours, at in columns.items() if (value := fit[at].strip())}
    row = Row(drafts.mapping.entity, place, fields, table.shape, partial(scrub_row, table.header, fit, ";"))
    try:
        return drafts.draft(row)
    except FieldError as error:
        theirs = drafts.mapping.columns.get(error.params.get("field", ""), "")
        return row.problem(error.code, **{**error.params, **({"field": theirs} if theirs else {})})


@dataclass(slots=True)
class _Drafts:
    """The drafts of one table; counts equal rows, so that each keeps a reference of its own."""

    mapping: ColumnMapping
    _equal: Counter[str] = field(default_factory=Counter)
    _seen: set[str] = field(default_factory=set)

    def draft(self, row: Row) -> EntryDraft:
        given = row.need_cents("amount")
        if given == 0:
            raise FieldError("amount_zero")
        kind, amount_cents = self._charge(row, given) if row.entity == "charges" else self._payment(given)
        due_on = row.need_day("due_on") if row.entity == "charges" else None
        effective_on = row.day("effective_on") or row.day("booked_on") or row.need_day("due_on")
        contract_number = row.need("contract_number")
        return EntryDraft(
            contract_number=contract_number,
            kind=kind,
            amount_cents=amount_cents,
            effective_on=effective_on,
            booked_on=row.day("booked_on") or effective_on,
            source=self.mapping.source,
            reference=self._reference(row, contract_number, due_on or effective_on, amount_cents),
            due_on=due_on if amount_cents > 0 else None,
            description=clean(row.text("description")),
            place=row.place,
        )

    def _payment(self, given: int) -> tuple[Kind, int]:
        amount_cents = -given if self.mapping.signs is Signs.BY_KIND else given
        if amount_cents > 0:
            raise FieldError("payment_sign")
        return Kind.PAYMENT, amount_cents

    def _charge(self, row: Row, given: int) -> tuple[Kind, int]:
        word = row.text("kind")
        kind = kind_of_word(word) if word else self.mapping.kind
        if kind is None:
            raise FieldError("kind_unknown", value=clean(word))
        if given > 0 and not _is_claim(kind):
            raise FieldError("kind_unknown", value=clean(word))
        return (kind if given > 0 or kind is Kind.SETTLEMENT else Kind.CORRECTION), given

    def _reference(self, row: Row, contract_number: str, day: date, amount_cents: int) -> str:
        if "reference" in self.mapping.columns:
            reference = row.need("reference")
            if reference in self._seen:
                raise FieldError("duplicate_key", entity=row.entity, key=reference)
            self._seen.add(reference)
            return reference
        alike = f"{contract_number}/{day.isoformat()}/{amount_cents}"
        self._equal[alike] += 1
        return f"{alike}/{self._equal[alike]}"


def _is_claim(kind: Kind) -> bool:
    """May a positive row of a table of charges be of this kind? Money that came in may not."""
    return kind not in (Kind.PAYMENT, Kind.DIRECT_DEBIT, Kind.WRITE_OFF)
