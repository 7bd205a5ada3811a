"""Payment references in the text of a payment: found by shape, believed by check digit.

Sources: the rules of Betaalvereniging Nederland for the betalingskenmerk, ISO 11649 for the creditor
reference (RF), ISO 13616 for the IBAN. All functions are pure, none raises on dirty text. Left out: which tenancy a
reference belongs to, and citizen numbers (`base.bsn`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import cycle
from operator import mul

from stdnum import iso11649

from tijdig.base.known_numbers import BEGINS_ALIKE, RF, SIXTEEN, blank, ends_in_one, iban_spans, known_spans

_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
_SEPARATORS = re.compile(r"[\s.\-]")
_DIGITS = re.compile(r"\d+", re.ASCII)

_DATE = re.compile(r"(?<!\w)(?:\d{1,2}([-./])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?!\w)", re.ASCII)
_MONTH = re.compile(
    r"(?<![\w./-])(?:(?:0?[1-9]|1[0-2])[-./](?:19|20)\d{2}|(?:19|20)\d{2}[-./](?:0[1-9]|1[0-2]))(?!\w|[./-]\d)",
    re.ASCII,
)
_AMOUNT = re.compile(r"(?<!\w)(?:\d{1,3}(?:\.\d{3})+|\d+),\d{2}(?!\w)", re.ASCII)
_SIXTEEN_DIGITS = re.compile(r"\d{16}|\d{4} \d{4} \d{4} \d{4}", re.ASCII)

_WHEN = re.compile(f"{_DATE.pattern}|{_MONTH.pattern}", re.ASCII)
_LONGEST_CONTRACT = 10  # digits, as the shapes below have it

CONTRACT_SHAPES: tuple[re.Pattern[str], ...] = (
    re.compile(r"(?<![A-Z0-9])[A-Z]{1,4}[-.]?\d{3,10}(?:[-.]\d{1,6})*(?![A-Z0-9])", re.ASCII | re.IGNORECASE),
    re.compile(r"(?<!\d)(?<!\d[.\-])\d{1,10}(?:[.\-]\d{1,6})*(?![.\-]?\d)", re.ASCII),
)
"""Letters and digits as one number (`HC-104233`), and digits with dots or dashes (`104.233`, `104233-1`)."""


class ReferenceKind(StrEnum):
    CUR = "cur"  # betalingskenmerk of 16 digits
    RF = "rf"  # ISO 11649


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference whose check digits are right, without spaces."""

    kind: ReferenceKind
    value: str


def compact(kenmerk: str) -> str:
    """A betalingskenmerk without spaces, dots and dashes: `"5000 0567 8901 2345"` gives 16 digits."""
    return _SEPARATORS.sub("", kenmerk)


def is_valid(kenmerk: str) -> bool:
    """Does this betalingskenmerk have a permitted length and, where there are check digits, the right ones?

    7 digits carry no check. 9 to 14 digits are check digit, length digit (length of the rest modulo 10) and
    a number of 7 to 12 digits. 16 digits are a check digit and 15 digits. `is_valid("5000056789012345")` is
    true.
    """
    digits = compact(kenmerk)
    if not _DIGITS.fullmatch(digits):
        return False
    if len(digits) == 7:
        return True
    if 9 <= len(digits) <= 14:
        return int(digits[1]) == (len(digits) - 2) % 10 and digits[0] == check_digit(digits[1:])
    return len(digits) == 16 and digits[0] == check_digit(digits[1:])


def check_digit(digits: str) -> str:
    """The check digit that stands before `digits`: weights 2 4 8 5 10 9 7 3 6 1 from the right, modulo 11.

    11 minus the remainder, with 10 written as 1 and 11 as 0, so that one digit in eleven values is shared.
    """
    total = sum(map(mul, map(int, reversed(digits)), cycle(_WEIGHTS)))
    return {10: "1", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def make(number: str) -> str:
    """The 16-digit betalingskenmerk of 15 digits (or fewer, filled with zeros on the left).

    `make("000056789012345")` gives `"5000056789012345"`. Raises `ValueError` on anything but 1 to 15 digits.
    """
    if not _DIGITS.fullmatch(number) or len(number) > 15:
        raise ValueError(f"a betalingskenmerk is made of 1 to 15 digits, not of {number!r}")
    digits = number.zfill(15)
    return check_digit(digits) + digits


def find_references(text: str) -> list[Reference]:
    """Every 16-digit betalingskenmerk and every RF reference in free text that passes its check, once each.

    Digits inside an IBAN do not count. A spaced RF reference that could end at more than one place is not
    believed.
    """
    if (loose := _loose_numbers(text)) is not None:
        valid = [one for one in loose if len(one) == 16 and is_valid(one)] if loose else []
        return [Reference(ReferenceKind.CUR, one) for one in dict.fromkeys(valid)] if valid else []
    found = [(start, Reference(ReferenceKind.RF, value)) for start, value in _rf_references(text)]
    if not found and not _SIXTEEN_DIGITS.search(text):
        return []
    free = blank(text, iban_spans(text))
    for match in SIXTEEN.finditer(free):
        digits = compact(match[0])
        if len(digits) == 16 and is_valid(digits):
            found.append((match.start(), Reference(ReferenceKind.CUR, digits)))
    return list(dict.fromkeys(reference for _, reference in sorted(found, key=lambda pair: pair[0])))


def find_ibans(text: str) -> list[str]:
    """Every valid IBAN in free text, without spaces, in capitals, once each and in order."""
    spans = iban_spans(text)
    return list(dict.fromkeys("".join(text[start:end].split()).upper() for start, end in spans))


def contract_candidates(text: str, shapes: Sequence[re.Pattern[str]] = CONTRACT_SHAPES) -> list[str]:
    """What may be a contract number in free text, without dots and dashes, in capitals, once each.

    `"Huur 11-2026 contract 104.233-1"` gives `["1042331"]`: the caller keeps those that exist.
    Dates, months with their year, amounts with cents, IBANs and checked references are left out, and so is
    everything shorter than 3 characters.
    """
    if shapes is CONTRACT_SHAPES and (loose := _loose_numbers(text)) is not None:
        return (
            list(dict.fromkeys(one for one in loose if 3 <= len(one) <= _LONGEST_CONTRACT)) if loose else []
        )
    spans = [match.span() for shape in (_DATE, _MONTH) for match in shape.finditer(text)]
    if "," in text:
        spans += [match.span() for match in _AMOUNT.finditer(text)]
    free = blank(text, [*spans, *known_spans(text)])
    found = [(match.start(), match[0]) for shape in shapes for match in shape.finditer(free)]
    found.sort(key=lambda pair: pair[0])
    numbers = (compact(candidate).upper() for _, candidate in found)
    return list(dict.fromkeys(number for number in numbers if len(number) >= 3))


@lru_cache(maxsize=16)  # one text is looked at for references and for contract numbers, one after the other
def _loose_numbers(text: str) -> tuple[str, ...] | None:
    """The numbers of a text in which each stands alone between spaces; dates left out. `None`: look with more care.

    Most texts of payments are so ("Huur november 2026 contract 104233"), and then nothing else can stand in them: no
    account number, no RF reference, no amount with cents. Four groups of four digits may be a reference in parts.
    """
    found: list[str] = []
    fours = 0
    for piece in text.split():
        if piece.isalpha():
            continue
        if piece.isdigit() and piece.isascii():
            fours += len(piece) == 4
            found.append(piece)
        elif _DIGITS.search(piece):
            if not _WHEN.fullmatch(piece):
                return None
            fours += 1  # its year may stand at an end
    return tuple(found) if fours < 4 else None


def _rf_references(text: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    if not BEGINS_ALIKE.search(text):
        return found
    for match in RF.finditer(text):
        groups = match[0].upper().split()
        ends = ["".join(groups[: count + 1]) for count in range(len(groups))]
        valid = [value for value in ends if len(value) > 4 and _is_rf(value)]
        if len(valid) == 1:
            found.append((match.start(), valid[0]))
    return found


@lru_cache(maxsize=4_096)  # the same text is searched for references and contract numbers
def _is_rf(value: str) -> bool:
    return ends_in_one(value) and iso11649.is_valid(value)
