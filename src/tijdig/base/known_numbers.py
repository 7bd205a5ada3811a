"""Where numbers stand in free text that are known to be something else: bank accounts, 16-digit and RF references.

Decides by shape and check digit. Sources: ISO 13616 for the IBAN, ISO 11649 for the creditor reference (RF), the rules of
Betaalvereniging Nederland for the 16-digit betalingskenmerk. No errors on dirty text. Example: in `"van NL91ABNA0417164300"`
the IBAN stands at 4 to 22. Left out: what a number means (`imports.references`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from stdnum import iban

_LETTERS = {ord(letter): str(int(letter, 36)) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}

SIXTEEN = re.compile(r"(?<!\w)(?:\d{16}|\d{4}(?: \d{4}){3,})(?!\w)", re.ASCII)
RF = re.compile(
    r"(?<!\w)RF\d{2}(?:[0-9A-Z]{1,21}(?!\w)|(?: [0-9A-Z]{1,4}(?!\w)){1,6})", re.ASCII | re.IGNORECASE
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?!\w)", re.ASCII | re.IGNORECASE)
_IBAN_SHAPE = re.compile(r"(?<!\w)[A-Z]{2}\d{2}[A-Z]{4}[A-Z0-9]{7,26}(?!\w)", re.ASCII | re.IGNORECASE)
_ID = re.compile(
    r"(?<!\w)(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32,64})(?!\w)", re.ASCII | re.IGNORECASE
)  # UUIDs and digests
# What a text must have before a search above can find anything: most texts have none of it, and are done at once.
BEGINS_ALIKE = re.compile(r"(?<!\w)[A-Z]{2}\d{2}", re.ASCII | re.IGNORECASE)  # an IBAN or an RF reference


def ends_in_one(number: str) -> bool:
    """ISO 7064 modulo 97 of letters and digits, the first four moved to the end: a quick no before the full check."""
    return int((number[4:] + number[:4]).translate(_LETTERS)) % 97 == 1


@lru_cache(maxsize=4_096)
def _is_iban(text: str) -> bool:
    return ends_in_one(text.replace(" ", "").upper()) and iban.is_valid(text)


def iban_spans(text: str) -> list[tuple[int, int]]:
    """Where the valid IBANs stand. The shape may run on into the next words: shorter ends are tried too."""
    spans: list[tuple[int, int]] = []
    at = 0 if BEGINS_ALIKE.search(text) else len(text)
    while match := _IBAN.search(text, at):
        start, end = match.span()
        ends = [end, *(start + gap.start() for gap in reversed(list(re.finditer(" ", match[0]))))]
        end = next((last for last in ends if _is_iban(text[start:last])), -1)
        if end > 0:
            spans.append((start, end))
        at = end if end > 0 else start + 2
    return spans


def known_spans(text: str) -> list[tuple[int, int]]:
    """Where numbers stand that are known to be something else: IBANs (also mistyped ones), references, ids of programs."""
    alike = BEGINS_ALIKE.search(text) is not None
    shapes = (_IBAN_SHAPE, SIXTEEN, _ID, RF) if alike else (SIXTEEN, _ID)
    spans = iban_spans(text) if alike else []
    return spans + [match.span() for shape in shapes for match in shape.finditer(text)]


def blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with these spans replaced by a mark of the same length that no shape matches."""
    for start, end in spans:
        text = text[:start] + "\u241f" * (end - start) + text[end:]
    return text
