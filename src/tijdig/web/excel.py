"""The worklist as a workbook: real numbers and dates, a frozen header, the filter on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import BinaryIO

import xlsxwriter

from tijdig.base.cells import WORKBOOK
from tijdig.cases.values import WorkRow

HEADERS = (
    ("Contract", 14),
    ("Huurder", 30),
    ("Adres", 36),
    ("Regio", 14),
    ("Achterstand", 14),
    ("Sinds", 12),
    ("Dagen", 8),
    ("Maanden", 9),
    ("Fase", 16),
    ("Stap", 22),
    ("Uiterlijk", 12),
    ("Waarom", 80),
)


def worklist_book(target: BinaryIO, rows: Sequence[WorkRow], as_of: date) -> None:
    """Write the rows as one sheet. Text that looks like a formula stays text."""
    with xlsxwriter.Workbook(target, WORKBOOK) as book:
        sheet = book.add_worksheet(f"Werkvoorraad {as_of:%d-%m-%Y}")
        head = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "€ #,##0.00"})
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for column, (title, width) in enumerate(HEADERS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, head)
        for number, row in enumerate(rows, 1):
            for column, text in ((0, row.contract_number), (1, row.name), (2, row.address), (3, row.region),
                                 (8, row.phase_label), (9, row.step_label), (11, row.why)):  # fmt: skip
                sheet.write_string(number, column, text)
            # A cell of a workbook is a binary number by its format; the cents behind it stay whole.
            sheet.write_number(number, 4, row.overdue_cents / 100, money)
            sheet.write_number(number, 6, row.days)
            sheet.write_number(number, 7, row.due_months)
            for column, value in ((5, row.since_on), (10, row.step_due_on)):
                if value is not None:
                    sheet.write_datetime(number, column, value, day)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(HEADERS) - 1)
