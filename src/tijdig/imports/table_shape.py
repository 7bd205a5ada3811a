"""How a table is written: delimiter, decimal mark, order of a date, encoding; and what could not be told.

`detect` looks at a sample and never guesses silently: what the sample does not decide stands in `doubts`, and
`confident` is then false. The caller asks a person once, keeps the answer with `confirmed`, and reads on.

Worked example: amounts `650,00` and `1.234` with dates `05-06-2025` and `17-06-2025` give a comma (one cell
proves it) and day before month (17 is no month). With only `1.234` and `05-06-2025` both stay in doubt. What
it leaves out: two conventions inside one column; the cells that do not fit are error values when read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from tijdig.base.days import amsterdam_day
from tijdig.base.money import AmountError, cents_from_comma, cents_from_dot

_DELIMITERS = ";,\t|"
_COMMA = re.compile(r"^-?€?\s*-?(\d{1,3}(\.\d{3})+|\d+),\d{1,2}$|^-?\d{1,3}(\.\d{3}){2,}$|^-?\d+,\d{4,}$")
_POINT = re.compile(r"^-?€?\s*-?(\d{1,3}(,\d{3})+|\d+)\.\d{1,2}$|^-?\d{1,3}(,\d{3}){2,}$|^-?\d+\.\d{4,}$")
_NUMBER = re.compile(r"^-?€?\s*-?\d[\d.,]*$")
_MARKED_NUMBER = re.compile(r"^-?€?\s*-?\d+[.,][\d.,]*$")
_SPLIT_DATE = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T].*)?$")
_COMPACT = re.compile(r"^\d{8}$")
_AMOUNT_NAMES = ("bedrag", "saldo", "amount", "prijs", "huurprijs")
_DATE_NAMES = ("datum", "date", "dag", "ingang")


@dataclass(frozen=True, slots=True)
class TableShape:
    """`decimal` is "," or "."; `date_order` is "iso", "dmy" or "mdy" (ISO days are read in any order)."""

    delimiter: str = ";"
    decimal: str = ","
    date_order: str = "dmy"
    encoding: str = "utf-8-sig"  # or cp1252
    confident: bool = True
    doubts: tuple[str, ...] = ()  # of "decimal", "date_order"; empty when confident


JSON_SHAPE = TableShape(delimiter="", decimal=".", date_order="iso", encoding="utf-8-sig")


def confirmed(shape: TableShape, *, decimal: str = "", date_order: str = "") -> TableShape:
    """The shape as a person confirmed it: what they name replaces the guess, and no doubt remains."""
    return replace(
        shape,
        decimal=decimal or shape.decimal,
        date_order=date_order or shape.date_order,
        confident=True,
        doubts=(),
    )


def detect(sample: bytes) -> TableShape:
    """The shape of a CSV file from its first bytes; a last line that is cut off does not count."""
    encoding = _encoding(sample)
    text = sample.decode(encoding, errors="ignore")
    lines = text.splitlines()
    if len(lines) > 2 and not text.endswith(("\n", "\r")):
        lines = lines[:-1]
    delimiter = _delimiter(lines)
    rows = list(csv.reader(lines, delimiter=delimiter))
    return detect_cells(rows[0] if rows else [], rows[1:], TableShape(delimiter=delimiter, encoding=encoding))


def detect_cells(header: Sequence[str], rows: Iterable[Sequence[str]], shape: TableShape) -> TableShape:
    """Decimal mark and date order from cells, with what stays in doubt. Columns named as amounts go first."""
    table = [row for row in rows if len(row) == len(header)]
    decimal, decimal_sure = _decimal(_cells(header, table, _AMOUNT_NAMES, _NUMBER, _MARKED_NUMBER))
    order, order_sure = _date_order(_cells(header, table, _DATE_NAMES, _SPLIT_DATE, _SPLIT_DATE))
    found = (("decimal", decimal_sure), ("date_order", order_sure))
    doubts = tuple(name for name, sure in found if not sure)
    return replace(shape, decimal=decimal, date_order=order, doubts=doubts, confident=not doubts)


def _encoding(sample: bytes) -> str:
    """UTF-8 unless a byte proves otherwise; a character cut off at the end of the sample is no proof."""
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 3:
            return "cp1252"
    return "utf-8-sig"


def _delimiter(lines: Sequence[str]) -> str:
    """The mark that cuts the header in most parts; `;` where the header is one column."""
    header = lines[0] if lines else ""
    best = max(_DELIMITERS, key=header.count)
    return best if header.count(best) else ";"


def _cells(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    names: tuple[str, ...],
    pattern: re.Pattern[str],
    elsewhere: re.Pattern[str],
) -> list[str]:
    """The fitting cells of the columns so named; where none is, what fits `elsewhere` in any column."""
    named = [place for place, name in enumerate(header) if any(part in name.lower() for part in names)]
    places, fits = (named, pattern) if named else (list(range(len(header))), elsewhere)
    return [cell for row in rows for place in places if fits.match(cell := row[place].strip())]


def _decimal(cells: Sequence[str]) -> tuple[str, bool]:
    comma = sum(bool(_COMMA.match(cell)) for cell in cells)
    point = sum(bool(_POINT.match(cell)) for cell in cells)
    return ("." if point > comma else ","), not cells or (comma > 0) != (point > 0)


def _date_order(cells: Sequence[str]) -> tuple[str, bool]:
    if not cells:
        return "iso", True
    matches = [match for cell in cells if (match := _SPLIT_DATE.match(cell))]
    day_first = any(int(match[1]) > 12 for match in matches)
    month_first = any(int(match[2]) > 12 for match in matches)
    return ("mdy" if month_first and not day_first else "dmy"), day_first != month_first


def looks_like_day(cell: str) -> bool:
    """Is this written as a day, in any order?"""
    return bool(_SPLIT_DATE.match(cell) or re.match(r"^\d{4}-\d{2}-\d{2}", cell))


def looks_like_amount(cell: str) -> bool:
    """Is this written as a number with cents or thousands, in either convention?"""
    return bool(re.match(r"^-?€?\s*-?\d[\d.,]*-?$", cell)) and not looks_like_day(cell)


class DayError(ValueError):
    """The text is not a day in this shape."""


@lru_cache(maxsize=65536)
def read_day(text: str, order: str) -> date:
    """The day of an ISO day, an ISO moment (as a day in Amsterdam), `d-m-yyyy` by the order, or eight digits.

    Eight digits never clash: `yyyymmdd` has a month where `ddmmyyyy` would have the century. With order "iso"
    a `d-m-yyyy` is an error, not a guess. Years before 1900 are errors.
    """
    try:
        day = _iso_day(text) or _split_day(text, order) or _compact_day(text)
    except ValueError:
        day = None
    if day is None or day.year < 1900:
        raise DayError(text)
    return day


def _iso_day(text: str) -> date | None:
    if len(text) == 10 and text[4] == "-":
        return date.fromisoformat(text)
    if len(text) > 10 and text[4] == "-":
        return amsterdam_day(datetime.fromisoformat(text))
    return None


def _split_day(text: str, order: str) -> date | None:
    match = _SPLIT_DATE.match(text)
    if match is None or order == "iso":
        return None
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    return date(year, first, second) if order == "mdy" else date(year, second, first)


def _compact_day(text: str) -> date | None:
    if not _COMPACT.match(text):
        return None
    if text[4:6] > "12":
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


@lru_cache(maxsize=65536)
def read_cents(text: str, decimal: str) -> int:
    """Cents of an amount in this shape; `AmountError` where it does not fit.

    A trailing minus (`12,50-`, usual in ledgers) is understood. With a decimal point, commas may group
    thousands.
    """
    plain = "-" + text[:-1].strip() if text.endswith("-") else text
    if decimal == ",":
        return cents_from_comma(plain)
    if "," in plain and not re.match(r"^-?\d{1,3}(,\d{3})+(\.\d+)?$", plain):
        raise AmountError("amount_unreadable", text)
    return cents_from_dot(plain.replace(",", "").removeprefix("€").strip())
