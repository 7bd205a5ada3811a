"""A file that goes to the Schuldenknooppunt: UTF-8, `;` between the cells, CRLF at the end of a line.

Decides how what we know is written in their columns; what keeps a spreadsheet from running a cell stands in `base.cells`.
Our own telephone number begins with 0, not with +31. Amounts are numbers in Dutch notation, without thousands.

Units: whole cents, days. Errors: none. Example: `=1+1` is written `'=1+1`, `-12` stays `-12`, 123456 cents are `1234,56`.
Left out: which columns there are (`traffic_layouts`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from tijdig.base.cells import amount, csv_file
from tijdig.help.traffic_layouts import Layout

_COUNTRY = re.compile(r"(?:\+|00)31[ -]?(?:\(0\))?[ -]?")
_AMOUNTS = ("original", "open")


def filled(layout: Layout, lines: Sequence[Mapping[str, object]]) -> bytes:
    """The headings and a row per line; what a line does not say is empty."""
    rows = ([_cell(one.field, line.get(one.field, "")) for one in layout.columns] for line in lines)
    return csv_file(layout.headings, rows, encoding="utf-8")


def _cell(field: str, value: object) -> date | str:
    if field in _AMOUNTS and isinstance(value, int):
        return amount(value)
    if isinstance(value, date):
        return value
    return _COUNTRY.sub("0", str(value), count=1) if field == "by_phone" else str(value)
