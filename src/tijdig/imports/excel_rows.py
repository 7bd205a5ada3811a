"""The rows of the first sheet of an Excel file, as text: days as ISO days, numbers as Excel shows them.

A number in Excel is a binary fraction; its fifteen significant digits are what the person saw, so `650.3` is
read as 650.30 and a sum that is off in the seventeenth digit does no harm. A third decimal that Excel shows
is an error value. What it leaves out: other sheets, hidden rows, cells that show something else than they
hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from itertools import chain, islice
from numbers import Real
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from tijdig.base.problems import Problem
from tijdig.imports.table_rows import CsvTable
from tijdig.imports.table_shape import TableShape, detect_cells
from tijdig.imports.zip_check import explodes

MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls
_SAMPLE = 2000


def is_excel(head: bytes) -> bool:
    return head.startswith(MAGIC)


def open_excel(stream: BinaryIO, shape: TableShape | None = None) -> CsvTable:
    """The header, the shape of what stands there as text, and the rows with their row numbers."""
    content = BytesIO(stream.read())
    if explodes(content):
        return CsvTable([], shape or TableShape(), iter(()), problem=Problem("excel_too_large", fatal=True))
    content.seek(0)
    try:
        sheet = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0)
    except (CalamineError, IndexError):
        problem = Problem("excel_unreadable", fatal=True)
        return CsvTable([], shape or TableShape(), iter(()), problem=problem)
    rows: Iterator[tuple[int, list[object]]] = (
        (number, [*row]) for number, row in enumerate(sheet.iter_rows(), 1)
    )
    filled = ((number, row) for number, row in rows if any(cell != "" for cell in row))
    _, first = next(filled, (0, []))
    header = [_text(cell, ".").strip() for cell in first]
    if not header:
        problem = Problem("table_empty", fatal=True)
        return CsvTable([], shape or TableShape(), iter(()), problem=problem)
    sample = list(islice(filled, _SAMPLE))
    shape = shape or _shape(header, [row for _, row in sample])
    return CsvTable(header, shape, _cells(chain(sample, filled), shape.decimal))


def _cells(rows: Iterator[tuple[int, list[object]]], decimal: str) -> Iterator[tuple[int, list[str]]]:
    for number, row in rows:
        yield number, [_text(cell, decimal) for cell in row]


def _shape(header: list[str], rows: list[list[object]]) -> TableShape:
    """Only what was typed as text can be in doubt; real numbers and days are what they are."""
    typed = [[cell if isinstance(cell, str) else "" for cell in row] for row in rows]
    return detect_cells(header, typed, TableShape(delimiter="", encoding="excel"))


def _text(cell: object, decimal: str) -> str:
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Real):
        return format(cell, ".15g").replace(".", decimal)
    return str(cell)
