"""A file that goes to the Schuldenknooppunt: UTF-8, `;` between the cells, CRLF at the end of a line.

Decides how a cell is written so that a spreadsheet that opens it runs nothing: text that begins with `=`, `+`, `-`, `@`,
a tab or a line end gets an apostrophe before it. What has only digits, spaces, `+` and `-` can run nothing and stays as
it is, because a reference must come back as it was given. Our own telephone number begins with 0, not with +31. Amounts
are numbers in Dutch notation without thousands and stay numbers.

Units: whole cents, days. Errors: none. Example: `=1+1` is written `'=1+1`, `-12` stays `-12`, 123456 cents are `1234,56`.
Left out: which columns there are (`traffic_layouts`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date

from tijdig.base.cells import harmless
from tijdig.help.traffic_layouts import Layout

_ONLY_DIGITS = re.compile(r"[-+0-9 ]+")
_COUNTRY = re.compile(r"(?:\+|00)31[ -]?(?:\(0\))?[ -]?")
_AMOUNTS = ("original", "open")


def filled(layout: Layout, lines: Sequence[Mapping[str, object]]) -> bytes:
    """The headings and a row per line; what a line does not say is empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(layout.headings)
    for line in lines:
        writer.writerow([_cell(one.field, line.get(one.field, "")) for one in layout.columns])
    return out.getvalue().encode("utf-8")


def _cell(field: str, value: object) -> str:
    if field in _AMOUNTS and isinstance(value, int):
        return amount(value)
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    text = _COUNTRY.sub("0", str(value), count=1) if field == "by_phone" else str(value)
    return text if _ONLY_DIGITS.fullmatch(text) else harmless(text)


def amount(cents: int) -> str:
    """`1234,56`; below zero `-1234,56`."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole},{rest:02d}"
