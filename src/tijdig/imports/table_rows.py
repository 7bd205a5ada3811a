"""The rows of a CSV file, one at a time: decoded, cut, checked for swapped columns. Memory stays bounded.

`open_csv` reads the head for the shape and gives a `CsvTable`; `cells` then streams `(line number, cells)`. A
line that is not UTF-8 in a file that seemed to be is read as Windows-1252 and counted. What it leaves out:
UTF-16, and tables whose header is not the first filled line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import BinaryIO, TypeAlias

from tijdig.base.bsn import clean
from tijdig.base.problems import Problem
from tijdig.imports.table_shape import TableShape, detect, looks_like_amount, looks_like_day
from tijdig.imports.vera_privacy import is_private

HEAD_BYTES = 262_144
CHECKED_ROWS = 50
_BOM = b"\xef\xbb\xbf"
NumberedCells: TypeAlias = tuple[int, list[str]] | Problem
_KIND_WORDS = {"day": "een datum", "amount": "een bedrag"}


@dataclass(slots=True)
class CsvTable:
    """An opened table. `problem` refuses it before the first row."""

    header: list[str]
    shape: TableShape
    lines: Iterator[NumberedCells]
    lines_not_utf8: list[int] = field(default_factory=list)  # their count, filled while reading
    problem: Problem | None = None


def open_csv(stream: BinaryIO, shape: TableShape | None = None) -> CsvTable:
    """The header, the shape (given or detected) and the rows of a CSV file."""
    head = stream.read(HEAD_BYTES)
    head += stream.readline()
    shape = shape or detect(head)
    odd: list[int] = []
    table = CsvTable([], shape, iter(()), odd)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        table.problem = Problem("encoding_unreadable", fatal=True)
        return table
    lines = _decoded(chain(head.splitlines(keepends=True), stream), shape.encoding, odd)
    rows = _numbered(lines, shape.delimiter)
    first = next(rows, Problem("table_empty", fatal=True))
    if isinstance(first, Problem):
        table.problem = first
    else:
        table.header = first[1]
    table.lines = rows
    return table


def _decoded(lines: Iterable[bytes], encoding: str, odd: list[int]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == 0:
            line = line.removeprefix(_BOM)
        if encoding == "cp1252":
            yield line.decode("cp1252", errors="replace")
            continue
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            odd.append(number + 1)
            yield line.decode("cp1252", errors="replace")


def _numbered(lines: Iterator[str], delimiter: str) -> Iterator[NumberedCells]:
    """Filled rows with the line on which they start; a quote that never closes ends them, fatally."""
    reader = csv.reader(lines, delimiter=delimiter)
    start = 1
    try:
        for cells in reader:
            if any(cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error:
        yield Problem("table_broken", f"regel {start}", fatal=True)


def fitted(cells: list[str], width: int) -> list[str] | None:
    """The cells cut to the header's width; empty cells too many are harmless, other misfits are `None`."""
    if len(cells) == width:
        return cells
    return cells[:width] if len(cells) > width and not any(cells[width:]) else None


def swapped_column(
    header: Sequence[str], rows: Sequence[Sequence[str]], kinds: Mapping[int, str]
) -> Problem | None:
    """The first column that does not hold what it should: `kinds` gives "day" or "amount" by position.

    Fatal, with the column and its first value: nobody wants a thousand rows of error values. One row is
    enough when it holds the other kind (an amount where days should be); anything else takes three rows, all
    wrong.
    """
    for place, kind in kinds.items():
        cells = [cell for row in rows if place < len(row) and (cell := row[place].strip())]
        fits, other = (
            (looks_like_day, looks_like_amount) if kind == "day" else (looks_like_amount, looks_like_day)
        )
        if not cells or any(fits(cell) or (kind == "day" and _eight_digits(cell)) for cell in cells):
            continue
        if other(cells[0]) or len(cells) >= 3:
            shown = "" if is_private(header[place]) else clean(cells[0])
            params = {"column": header[place], "value": shown, "expected": _KIND_WORDS[kind]}
            return Problem("column_swapped", "kop", ";".join(header), params, fatal=True)
    return None


def _eight_digits(cell: str) -> bool:
    return len(cell) == 8 and cell.isdecimal()


def doubts_problem(shape: TableShape, kinds: Iterable[str]) -> Problem | None:
    """A shape that nobody confirmed is not read where it matters: the caller asks a person once."""
    matters = {"decimal": "amount", "date_order": "day"}
    doubts = [doubt for doubt in shape.doubts if matters[doubt] in kinds]
    return (
        Problem("shape_unconfirmed", "kop", params={"doubts": ", ".join(doubts)}, fatal=True)
        if doubts
        else None
    )


def checked(table: CsvTable, kinds: Mapping[int, str]) -> Problem | None:
    """Everything that refuses a whole table before its first row. The rows looked at are put back."""
    if table.problem:
        return table.problem
    first = list(islice(table.lines, CHECKED_ROWS))
    table.lines = chain(first, table.lines)
    rows = [item[1] for item in first if not isinstance(item, Problem)]
    return swapped_column(table.header, rows, kinds) or doubts_problem(table.shape, set(kinds.values()))
