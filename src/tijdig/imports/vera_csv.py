"""VERA as flat CSV: one entity per file, a header with VERA field names, nested fields with a dot
(`status.code`).

`read` gives the same values as `vera_json.read` for the same facts. Decimal mark, date order and encoding are
told from the file (`table_shape.detect`); where they cannot be told the file is refused with what to confirm.
A file whose columns miss part of the minimum, or hold something else than they should, is refused whole.
Errors: per row a `Problem` with `regel <n>` (the line on which the row starts) and the row's text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import BinaryIO

from tijdig.base.problems import Problem
from tijdig.imports.table_rows import CsvTable, checked, fitted, open_csv
from tijdig.imports.table_shape import TableShape, detect
from tijdig.imports.vera_fields import (
    AMOUNTS,
    DAYS,
    canonical,
    entity_of_columns,
    missing_columns,
    plain_name,
)
from tijdig.imports.vera_plain import PlainEntries
from tijdig.imports.vera_privacy import Dropped, is_private, names_a_bsn, scrub_row
from tijdig.imports.vera_read import Item, Reading, values
from tijdig.imports.vera_row import Row
from tijdig.imports.vera_values import Signs, VeraValue


def recognises(head: bytes, name: str) -> str | None:
    """The entity of a flat VERA file, by its header; `None` for anything else."""
    text = head[:65536].decode(detect(head[:65536]).encoding, errors="ignore")
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first or first.lstrip().startswith(("{", "[", "<", ":", "PK")):
        return None
    delimiter = detect(head[:65536]).delimiter
    headers = [part.strip().strip('"') for part in first.split(delimiter)]
    return entity_of_columns(headers, name) if len(headers) > 1 else None


def read(
    stream: BinaryIO,
    entity: str,
    *,
    shape: TableShape | None = None,
    signs: Signs | None = None,
    dropped: Dropped | None = None,
) -> Iterator[VeraValue]:
    """Every value of one flat file; `shape` and `signs` as a person confirmed them for this source."""
    reading = Reading(signs)
    return values(_rows(stream, entity, shape, reading, dropped or Dropped()), reading)


def _rows(
    stream: BinaryIO, entity: str, shape: TableShape | None, reading: Reading, dropped: Dropped
) -> Iterator[Item]:
    table = open_csv(stream, shape)
    columns = _columns(table.header)
    refused = _missing(table, entity, columns) or checked(table, _kinds(columns))
    if refused:
        yield refused
        return
    width = len(table.header)
    bsns = [at for at, name in enumerate(table.header) if names_a_bsn(name)]
    plain = PlainEntries(columns, width, table.shape, reading).values if entity == "boekingen" else _never
    for item in table.lines:
        if isinstance(item, Problem):
            yield item
            continue
        number, cells = item
        dropped.count += sum(bool(cells[at : at + 1] and cells[at].strip()) for at in bsns)
        read_already = plain(number, cells) if len(cells) == width else None
        yield _row(item, entity, table, columns) if read_already is None else read_already
    if table.lines_not_utf8:
        count, first = len(table.lines_not_utf8), table.lines_not_utf8[0]
        yield Problem("encoding_mixed", f"regel {first}", params={"count": str(count)})


def _never(_number: int, _cells: Sequence[str]) -> list[VeraValue] | None:
    return None


def _row(item: tuple[int, list[str]], entity: str, table: CsvTable, columns: dict[str, int]) -> Row | Problem:
    number, cells = item
    place = f"regel {number}"
    fit = fitted(cells, len(table.header))
    if fit is None:
        params = {"cells": str(len(cells)), "columns": str(len(table.header))}
        return Problem("row_width", place, scrub_row(table.header, cells, table.shape.delimiter), params)
    fields = {name: value for name, at in columns.items() if (value := fit[at].strip())}
    raw = partial(scrub_row, table.header, fit, table.shape.delimiter)
    return Row(entity, place, fields, table.shape, raw)


def _columns(header: list[str]) -> dict[str, int]:
    """Canonical name -> position; of two spellings of one field the first is read, private columns never."""
    columns: dict[str, int] = {}
    for at, name in enumerate(header):
        known = "" if is_private(name) else canonical(name)
        if known:
            columns.setdefault(known, at)
    return columns


def _kinds(columns: dict[str, int]) -> dict[int, str]:
    kinds = {at: "amount" for name, at in columns.items() if name in AMOUNTS}
    return kinds | {at: "day" for name, at in columns.items() if name in DAYS}


def _missing(table: CsvTable, entity: str, columns: dict[str, int]) -> Problem | None:
    missing = missing_columns(entity, columns)
    if table.problem or not missing:
        return table.problem
    names = ", ".join(plain_name(need) for need in missing)
    params = {"entity": entity, "fields": names}
    return Problem("columns_missing", "kop", table.shape.delimiter.join(table.header), params, fatal=True)
