"""Amounts, days and currencies out of ISO 20022 elements, exact or not at all.

Whatever cannot be read raises `Unreadable`; the reader that knows the place turns it into a `Problem` with
the text of the element (`as_problem`). So a wrong amount never becomes a zero and never stops the file.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from tijdig.base.days import amsterdam_day
from tijdig.base.money import AmountError, cents_from_dot
from tijdig.base.problems import Problem
from tijdig.imports.xml_stream import Element, excerpt

EUR = "EUR"
_MOST_FIGURES = 16  # before the point: what still fits, in cents, where amounts are added up and stored
_PLAIN_AMOUNT = re.compile(r"\d{1,16}\.\d\d", re.ASCII).fullmatch  # as nearly all are written
_ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)?")


class Unreadable(Exception):  # noqa: N818 - a value of the file, not a fault in the code
    """One value of the file cannot be read. `code` and `params` as in `Problem`."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def as_problem(fault: Unreadable, place: str, element: Element) -> Problem:
    """The fault with its place and the text of the element it is in."""
    return Problem(fault.code, place=place, text=excerpt(element), params=fault.params)


@lru_cache(maxsize=4_096)  # rents repeat, and an entry repeats the amount of its one transaction
def cents_of(text: str) -> int:
    """Whole cents of the text of an `Amt`: `1950.3` is 195030.

    The direction stands in `CdtDbtInd`, so a minus here says something else than the standard does: an
    error. More than sixteen figures before the point is no amount.
    Codes: `amount_missing`, `amount_negative`, `amount_decimals`, `amount_unreadable`.
    """
    if _PLAIN_AMOUNT(text):
        return int(text[:-3] + text[-2:])
    if not text:
        raise Unreadable("amount_missing")
    if text.startswith("-"):
        raise Unreadable("amount_negative", amount=text)
    if len(text.partition(".")[0]) > _MOST_FIGURES or len(text) > 2 * _MOST_FIGURES:
        raise Unreadable("amount_unreadable", amount=text[:_MOST_FIGURES] + "…")
    try:
        return cents_from_dot(text)
    except AmountError as error:
        raise Unreadable(error.code, amount=text) from None


def is_credit(direction: str) -> bool:
    """True for CRDT, false for DBIT; `direction_missing` for anything else."""
    if direction not in ("CRDT", "DBIT"):
        raise Unreadable("direction_missing", direction=direction)
    return direction == "CRDT"


def count_of(text: str) -> int:
    """A number of transactions; 0 when it is not given or not a number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def account_number(text: str) -> str:
    """An IBAN, or the account number of a bank without one, without spaces, in capitals."""
    return text.replace(" ", "").upper()


@lru_cache(maxsize=1_024)
def _plain_day(text: str) -> date:
    day = date.fromisoformat(text[:10])
    if len(text) < 10 or text[4] + text[7] != "--" or not _ZONE.fullmatch(text, 10):
        raise ValueError(text)
    return day


def day_of_text(text: str) -> date:
    """`2026-11-02`; a time zone behind it says nothing of a day. Anything else is `date_unreadable`."""
    try:
        return _plain_day(text)
    except ValueError:
        raise Unreadable("date_unreadable", date=text) from None


def day_of_choice(day: str, moment: str) -> date | None:
    """The day of an element that holds `Dt` or `DtTm`, a moment taken as its day in Amsterdam.

    `2014-01-04T23:00:00.000Z` is 5 January 2014. `None` when the file gives neither.
    """
    if day:
        return day_of_text(day)
    if not moment:
        return None
    try:
        return amsterdam_day(datetime.fromisoformat(moment))
    except (ValueError, OverflowError):  # the year 1 has no day before it
        raise Unreadable("date_unreadable", date=moment) from None
