"""The spreadsheet for a municipality, and the rows of a file that it sends back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import BinaryIO

import xlsxwriter

from tijdig.base.bsn import clean
from tijdig.base.cells import WORKBOOK
from tijdig.base.problems import Problem
from tijdig.help.answer_sheet import NotThisFile
from tijdig.help.leaving import Leaving
from tijdig.help.sheet import Field, read
from tijdig.help.values import Municipality
from tijdig.imports.excel_rows import is_excel, open_excel
from tijdig.imports.table_rows import open_csv
from tijdig.sandbox.limits import Stopped
from tijdig.sandbox.process import in_a_limited_process

MOST_BYTES = 10_000_000
_WIDTH = 18


def filled(place: Municipality, going: Sequence[Leaving], on: date, landlord: str) -> bytes:
    """The columns of this municipality, a line per signal. Text that looks like a formula stays text."""
    columns, _ = read(place.sheet)
    target = BytesIO()
    with xlsxwriter.Workbook(target, WORKBOOK) as book:
        sheet = book.add_worksheet("Signalen")
        head = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "0.00"})
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, _WIDTH)
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column.heading, head)
            for line, one in enumerate(going, 1):
                value = one.field(column.field, on, landlord)
                if isinstance(value, date):
                    sheet.write_datetime(line, at, value, day)
                elif column.field is Field.AMOUNT:
                    sheet.write_number(line, at, round(int(value) / 100, 2), money)
                elif isinstance(value, int):
                    sheet.write_number(line, at, value)
                else:
                    sheet.write_string(line, at, value)
    return target.getvalue()


def rows_of(content: bytes) -> list[list[str]]:
    """The rows of a CSV or Excel file as text, headings first. Raises `NotThisFile` for what is no table."""
    if not content or len(content) > MOST_BYTES:
        raise NotThisFile(
            f"Kies een bestand van ten hoogste {MOST_BYTES // 1_000_000} MB. Er is niets ingelezen."
        )
    try:
        return in_a_limited_process(_rows, content)
    except Stopped as stopped:
        raise NotThisFile(stopped.sentence) from None


def _rows(stream: BinaryIO) -> Iterator[list[list[str]]]:
    content = stream.read()
    table = open_excel(BytesIO(content)) if is_excel(content) else open_csv(BytesIO(content))
    if table.problem is not None:
        raise NotThisFile("Dit is geen leesbaar CSV- of Excel-bestand. Er is niets ingelezen.")
    rows = [list(table.header)]
    for one in table.lines:
        if isinstance(one, Problem):
            raise NotThisFile("Een regel van dit bestand is niet te lezen. Er is niets ingelezen.")
        rows.append(list(one[1]))
    yield [[clean(cell) for cell in row] for row in rows]
