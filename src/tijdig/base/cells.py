"""Tables that leave the house: one writer of CSV, and what keeps a spreadsheet from running what stands in a cell.

Decides it for text that a person typed or a file brought: what begins with a sign that a spreadsheet runs (`=`, `+`, `-`,
`@`, also in their wide forms, a tab or a line end), also behind spaces, gets an apostrophe before it. What is only digits,
spaces, `+`, `-` and cents behind a comma can run nothing and stays as it is: a reference must come back as it was given.
In a workbook each text is written as text (`WORKBOOK`).

Units: whole cents, days. Errors: none. Example: `=1+1` becomes `'=1+1`, `Jansen` and `-12` stay, 123456
cents are `1234,56`. Left out: which columns there are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
WORKBOOK: dict[str, Any] = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""How a workbook is begun: a text is a text, whatever it begins with."""
_ONLY_DIGITS = re.compile(r"[-+0-9 ]+(?:,[0-9]{2})?", re.ASCII)


def harmless(text: str) -> str:
    """The same text, which runs nothing."""
    return f"'{text}" if text.startswith(RUNS) or text.lstrip(" \u00a0\ufeff").startswith(RUNS) else text


def cell(value: date | str | int) -> str:
    """A day, a whole number or a text as it stands in a CSV file."""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    text = str(value)
    return text if _ONLY_DIGITS.fullmatch(text) else harmless(text)


def amount(cents: int) -> str:
    """`1234,56`; below zero `-1234,56`."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole},{rest:02d}"


def csv_file(
    headings: Sequence[str], rows: Iterable[Sequence[date | str | int]], *, encoding: str = "utf-8-sig"
) -> bytes:
    """`;` between the cells, CRLF at the end of a line; with a mark for its letters unless `encoding` is without."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode(encoding)
