"""One cell of a file of the Schuldenknooppunt: a conversation's number, a day, an amount, a share, a code, a text.

Decides what a cell says, or why it says nothing that we can use. Amounts are in Dutch notation and become whole cents
without rounding; shares are hundredths of a percent; days are dd-mm-yyyy. In text and in the numbers of others, what looks
like a citizen service number goes out (`base.bsn`): we may not keep that number. Only our own number stays as it is.
Codes of the hub must be known.

Units: cents, hundredths of a percent, days. Errors: `ValueError` with a Dutch sentence that names the cell. Example:
`"1.234,56"` is 123456 cents and `"12,5"` is 1250 hundredths; `"12.50"` is no Dutch amount. Left out: which cell is which
(`traffic_layouts`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from tijdig.base.bsn import clean
from tijdig.base.money import AmountError, cents_from_comma
from tijdig.help.traffic import EndedAs, Settlement
from tijdig.help.traffic_layouts import ended_words
from tijdig.tenancies.names import plain

HIDDEN = "▒▒▒"
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NAME = re.compile(r"[^\W\d_]{3,}")
_FIRST_DAY = date(2000, 1, 1)
_MOST_CENTS = 100_000_000_00
_WHOLE_SHARE = 100_00
_MOST_MONTHS = 120
_LONGEST = {"remark": 1000, "client": 200, "partner": 200, "address": 300, "contact": 200, "counsellor": 200}
_LONGEST_CODE = 80
_LONGEST_NAME = 200
_OURS = "our_number"


def base_name(text: str, people: Iterable[str]) -> str:
    """What a file was called, without its folders and without a name or a number of somebody who is in it."""
    bare = clean(re.split(r"[\\/]", text)[-1])[:_LONGEST_NAME]
    names = {plain(word) for one in people for word in _NAME.findall(one)}
    return _NAME.sub(lambda hit: HIDDEN if plain(hit[0]) in names else hit[0], bare)


def conversation(text: str) -> UUID:
    if not _UUID.fullmatch(text):
        raise ValueError(f"'{text[:60]}' is geen nummer van een gesprek (een UUID van 36 tekens).")
    return UUID(text)


def day(text: str) -> date:
    """A day from 2000 on."""
    try:
        found = datetime.strptime(text, "%d-%m-%Y").date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        found = date.min
    if found < _FIRST_DAY:
        raise ValueError(f"'{text[:60]}' is geen dag (dd-mm-jjjj).")
    return found


def cents(text: str) -> int:
    """An amount of at least nothing."""
    try:
        found = cents_from_comma(text)
    except AmountError:
        raise ValueError(f"'{text[:60]}' is geen bedrag. Zo wel: 1.234,56.") from None
    if not 0 <= found <= _MOST_CENTS:
        raise ValueError(f"'{text[:60]}' is geen bedrag dat kan kloppen.")
    return found


def share(text: str) -> int:
    """A percentage from 0 to 100, in hundredths."""
    try:
        found = cents_from_comma(text.removesuffix("%").strip())
    except AmountError:
        found = -1
    if not 0 <= found <= _WHOLE_SHARE:
        raise ValueError(f"'{text[:60]}' is geen percentage van 0 tot en met 100. Zo wel: 12,5.")
    return found


def months(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 0 < int(text) <= _MOST_MONTHS):
        raise ValueError(f"'{text[:60]}' is geen aantal maanden.")
    return int(text)


def settlement(text: str) -> Settlement:
    if text.upper() not in set(Settlement):
        raise ValueError(
            f"'{text[:60]}' is geen soort schuldregeling die we kennen ({', '.join(Settlement)})."
        )
    return Settlement(text.upper())


def ended_as(text: str) -> EndedAs:
    found = ended_words().get(text.casefold())
    if found is None:
        raise ValueError(
            f"'{text[:60]}' is geen reden die we kennen. Bekend zijn: {', '.join(ended_words())}."
        )
    return found


_READ: Mapping[str, Callable[[str], object]] = {
    "conversation": conversation,
    "stated_on": day,
    "agreed_on": day,
    "ended_on": day,
    "current": cents,
    "expected": cents,
    "percentage": share,
    "months": months,
    "settlement": settlement,
    "ended_as": ended_as,
}


def read(field: str, heading: str, text: str) -> object:
    """What a cell that is not empty says. Raises `ValueError` with a sentence that names the column."""
    try:
        if field in _READ:
            return _READ[field](text)
        most = _LONGEST.get(field, _LONGEST_CODE)
        if len(text) > most:
            raise ValueError(f"langer dan {most} tekens.")
    except ValueError as wrong:
        raise ValueError(f"{heading}: {wrong}") from None
    return text if field == _OURS else clean(text)
