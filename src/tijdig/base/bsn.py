"""Numbers that look like a burgerservicenummer, taken out of free text: the one rule, and the one mark in their place.

Decides: nine digits that pass the eleven test, alone, in groups of three (`123 456 782`), as `1234.56.782`, or in three or
more groups with one and the same space or dot; and behind a word that says so (bsn, sofi), eight or nine digits with any
marks between them, eight as an old number without its zero. Never digits of a longer number, of an amount with cents, of
an IBAN, of a 16-digit or RF reference, and never a number that the caller knows as a key of its own (a contract number).

It is a suspicion: an RSIN and an old bank account pass the same test, and so does one in eleven of all nine-digit numbers.
Losing those is the safe side. Source: article 46 of the UAVG (a bsn only where a law says so) and article 87 GDPR. No
errors. Example: `clean("bsn 111222333 ok")` is `"bsn [bsn weg] ok"`. Left out: numbers in
words, digits with letters between.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tijdig.base.known_numbers import blank, known_spans

MASK = "[bsn weg]"  # not longer than what it stands for: it fits wherever that fitted

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_GAP = "[ \u00a0\u202f.]"
_QUICK = re.compile(r"\d(?:[^\w\n]{0,2}\d){7}")
_BEFORE, _AFTER = r"(?<!\d)(?<!\d[.,\-])", r"(?![.,\-]?\d)"
_NINE = re.compile(
    rf"{_BEFORE}(?:\d{{9}}|\d{{3}}([ \u00a0\u202f.\-])\d{{3}}\1\d{{3}}|\d{{4}}[.]\d{{2}}[.]\d{{3}}){_AFTER}"
)
_GROUPS = re.compile(
    rf"{_BEFORE}(?<!\d{_GAP})\d{{1,4}}({_GAP})\d{{1,4}}(?:\1\d{{1,4}})+(?!{_GAP}?\d){_AFTER}"
)
_NAMED = re.compile(
    r"((?:bsn|b\.s\.n|burgerservicen|sofi)[^\d\n]{0,24}?)(?<!\d)(\d(?:[^\w\n]{0,2}\d){7,8})(?!\d)",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\D")


def passes_eleven_test(digits: str) -> bool:
    """The eleven test of the bsn, on nine digits; 000000000 does not count."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    return total % 11 == 0 and any(digit != "0" for digit in digits)


def clean(text: str) -> str:
    """Text without numbers that look like a bsn."""
    return without_bsn(text)[0]


def without_bsn(text: str, is_key: Callable[[str], bool] = lambda _: False) -> tuple[str, int]:
    """The text with `MASK` for every number that looks like a bsn, and how many there were.

    `is_key` is asked about nine digits that would go: it says that they are a number of our own.
    """
    if not _QUICK.search(text):
        return text, 0
    spans = [
        (start, end)
        for start, end, digits in _found(text)
        if passes_eleven_test(digits) and not is_key(digits)
    ]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    for start, end in reversed(kept):
        text = text[:start] + MASK + text[end:]
    return text, len(kept)


def _found(text: str) -> list[tuple[int, int, str]]:
    free = blank(text, known_spans(text))
    found = [(*hit.span(), _digits(hit[0])) for shape in (_NINE, _GROUPS) for hit in shape.finditer(free)]
    for hit in _NAMED.finditer(free):
        digits = _digits(hit[2])
        # an old number is a digit shorter than the mark: the mark takes the space before it as well
        short = len(digits) == 8 and hit[1][-1:] in " :="
        found.append((hit.start(2) - short, hit.end(2), digits.zfill(9)))
    return [one for one in found if len(one[2]) == 9]


def _digits(text: str) -> str:
    return _OTHER.sub("", text)
