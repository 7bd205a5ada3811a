"""Reads field 61 (one booking) and the balances of fields 60 and 62.

Source: SWIFT Standards MT940, fields 60a, 61 and 62a. Amounts carry a comma and no thousands separator,
days are `YYMMDD`. Whole euros without any comma do occur (Knab) and are read as such. Units: whole cents,
signed as our account sees it. Errors: `LineError` with a problem code. Left out: anything a single bank
adds (the dialects).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_BALANCE = re.compile(r"^(?P<mark>[CD])(?P<day>\d{6})(?P<currency>[A-Z]{3})(?P<amount>[\d.,]+)$", re.ASCII)
_LINE = re.compile(
    r"^(?P<value>\d{6})(?P<entry>\d{4})?(?P<mark>R?[CD])[A-Z]?(?P<amount>\d[\d.,]*)"
    r"(?P<kind>[NSF][A-Z0-9 ]{3})(?P<rest>.*)$",
    re.ASCII,
)
_OWN_CODE = re.compile(r"\d{3}", re.ASCII)
_AMOUNT = re.compile(r"^(\d{1,13})(?:,(\d*))?$", re.ASCII)


class LineError(ValueError):
    """This field cannot be read; `code` names the sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Balance:
    cents: int
    on: date
    currency: str


@dataclass(frozen=True, slots=True)
class Line:
    """One field 61. `extra` is its second line: a counter account or a name, by dialect."""

    value_on: date
    booked_on: date
    reversal: bool  # RC or RD
    amount_cents: int  # + came in
    kind: str  # NTRF, N541, NOVB ...
    reference: str  # the customer's side of "reference//bank reference"
    bank_reference: str
    code: str  # ING /TRCD/01315/, BNG NMSC092: the bank's own code
    extra: str


def read_balance(text: str) -> Balance:
    """`"C261102EUR1000,00"` gives 100000 cents on 2 November 2026 in EUR; D gives a minus."""
    match = _BALANCE.match(text)
    if match is None:
        raise LineError("mt940_balance_unreadable")
    amount = cents(match["amount"])
    return Balance(-amount if match["mark"] == "D" else amount, _day(match["day"]), match["currency"])


def read_line(text: str, extra: str = "") -> Line:
    """`"2611021102D650,10NRTIEREF//0001/TRCD/01315/"` gives -65010 cents, kind NRTI, code 01315.

    `RC` takes a credit back and is money out; `RD` takes a debit back and is money in.
    """
    match = _LINE.match(text)
    if match is None:
        raise LineError("mt940_line_unreadable")
    amount = cents(match["amount"])
    value_on = _day(match["value"])
    rest, _, code = match["rest"].partition("/TRCD/")
    reference, _, bank_reference = rest.partition("//")
    if match["kind"] == "NMSC" and _OWN_CODE.fullmatch(reference):
        code = reference
    return Line(
        value_on=value_on,
        booked_on=_entry_day(match["entry"], value_on),
        reversal=match["mark"].startswith("R"),
        amount_cents=-amount if match["mark"] in ("D", "RC") else amount,
        kind=match["kind"].strip(),
        reference=reference.strip(),
        bank_reference=bank_reference.strip(" /"),
        code=code.strip(" /"),
        extra=" ".join(extra.split()),
    )


def cents(text: str) -> int:
    """Whole cents of `"650,10"`, `"650,1"`, `"650,"` or `"650"`. A dot or a third decimal is an error."""
    match = _AMOUNT.match(text)
    if match is None:
        raise LineError("mt940_amount_unreadable")
    fraction = match[2] or ""
    if len(fraction) > 2:
        raise LineError("mt940_amount_decimals")
    return int(match[1]) * 100 + int(fraction.ljust(2, "0"))


def _day(text: str) -> date:
    """Two-digit years up to 79 are of this century, as SWIFT has it."""
    year = int(text[:2])
    try:
        return date(year + (2000 if year < 80 else 1900), int(text[2:4]), int(text[4:6]))
    except ValueError:
        raise LineError("mt940_day_unreadable") from None


def _entry_day(text: str | None, value_on: date) -> date:
    """The booking day `MMDD` in the year that brings it nearest to the value day; absent, the value day.

    Value 31 December 2026 with entry 0102 is booked on 2 January 2027.
    """
    if not text:
        return value_on
    month, day = int(text[:2]), int(text[2:])
    days = []
    for year in (value_on.year - 1, value_on.year, value_on.year + 1):
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    if not days:
        raise LineError("mt940_day_unreadable")
    return min(days, key=lambda candidate: abs((candidate - value_on).days))
