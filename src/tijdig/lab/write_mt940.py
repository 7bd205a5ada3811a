"""A month of account 2 as MT940 in the structured style of Rabobank: one statement per day with bookings.

Amounts are filled up with zeros, the payer's account stands on the second line of field 61, field 86 has
slash codes and is cut at 65 characters, also in the middle of a word. Every direct debit has a line of its
own here. A returned one is a debit of kind N545 with mandate, end-to-end id and reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from tijdig.lab.months import Day, Line, days_of
from tijdig.lab.population import ACCOUNTS, Corporation
from tijdig.lab.reversals import REASONS
from tijdig.lab.scene import COLLECTION, REVERSAL
from tijdig.lab.statements import SECOND_ACCOUNT
from tijdig.lab.wording import Wording, iso_day, short_day

_WIDTH = 65


def write(corporation: Corporation, words: Wording, month: int) -> Iterator[str]:
    """The file in pieces, or nothing where the month has no lines."""
    begun = False
    for day in days_of(corporation, SECOND_ACCOUNT, month):
        if not begun:
            yield ":940:\n"
            begun = True
        yield _statement(day, words)


def _statement(day: Day, words: Wording) -> str:
    on = short_day(day.day)
    lines = "".join(_line(line, day.day, words) for line in day.lines)
    return (
        f":20:940S{on}\n:25:{ACCOUNTS[SECOND_ACCOUNT]} EUR\n:28C:{day.statement}\n"
        f":60F:{_side(day.opening_cents)}{short_day(day.before)}EUR{_amount(day.opening_cents)}\n"
        f"{lines}:62F:{_side(day.closing_cents)}{on}EUR{_amount(day.closing_cents)}\n"
    )


def _side(cents: int) -> str:
    return "C" if cents >= 0 else "D"


def _amount(cents: int) -> str:
    """Twelve digits, a comma and two: `000000000650,10`."""
    whole, rest = divmod(abs(cents), 100)
    return f"{whole:012d},{rest:02d}"


def _line(line: Line, day: int, words: Wording) -> str:
    row = line.rows[0]
    reference = words.end_to_end_id(row.tenancy, row.month)
    ids = f"/MARF/{words.mandate(row.tenancy)}/EREF/{reference}"
    name, account = words.payer(row.tenancy, row.payer)
    if line.kind == REVERSAL:
        kind = "N545MARF"
        text = (
            f"{ids}/RTRN/{REASONS[row.reason]}/BENM//NAME/{name}/REMI/{words.debit(row.tenancy, row.month)}"
        )
    elif line.kind == COLLECTION:
        kind, text = "N501MARF", f"{ids}/ORDP//NAME/{name}/REMI/{words.debit(row.tenancy, row.month)}"
    else:
        structured, said = words.transfer(
            row.tenancy, row.month, row.style, row.payer, row.variation, len(line.rows)
        )
        given = f"/CDTRREFTP//CD/SCOR/ISSR/CUR/CDTRREF/{structured}" if structured else ""
        kind, text = "N541NONREF", f"/ORDP//NAME/{name}/REMI/{said}{given}"
    return (
        f":61:{short_day(day)}{_side(line.cents)}{_amount(line.cents)}{kind}\n{account}\n"
        f":86:{_cut(f'{text}/ISDT/{iso_day(day)}')}\n"
    )


def _cut(text: str) -> str:
    """Lines of at most 65 characters. None begins with what MT940 reads as a sign, none ends in a space."""
    parts = []
    while len(text) > _WIDTH:
        end = _WIDTH
        while text[end] in "-: " or text[end - 1] == " ":
            end -= 1
        parts.append(text[:end])
        text = text[end:]
    return "\n".join([*parts, text])
