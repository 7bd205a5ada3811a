"""Which numbers somebody names in an answer: of a letter, of a contract, of a payment.

Decides it from the text alone. A number is *called* what it is where a word for it stands directly before it: contract,
overeenkomst, kenmerk, referentie, brief, dossier, and their English; perhaps with `nummer`, `is` or a colon between. A
payment reference of 16 digits, or one that begins with RF, needs no word: nothing else looks like it. Any other number is
*bare*: six digits can be a price or a ticket of somebody else.

A contract number is given as it was written and without dots, dashes and spaces, at most 40 signs; a number of a letter as
`B12`. Of a text the first 20,000 signs are looked at, and at most 40 numbers of each sort.

Example: `Ons kenmerk: B12, contract 100.001, ik betaal 100000` calls `B12`, `100.001` and `100001`; `100000` is bare.
Errors: none, whatever the text. Left out: whose they are (`queries_signs`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOST_SIGNS, _MOST = 20_000, 40
_WORD = (
    r"(?:(?:huur)?contract|(?:huur)?overeenkomst|contract ?(?:nummer|nr|number|no)|kenmerk|referentie|reference|ref|brief"
    r"|letter|dossier)(?:-?(?:nummer|nr|number|no))?"
)
_NUMBER = r"[0-9A-Z](?:[0-9A-Z./-]{0,38}[0-9A-Z])?"
_CALLED = re.compile(
    rf"\b{_WORD}\b[\s.:#=]{{0,5}}(?:(?:is|nummer|nr|number|no)\b[\s.:]{{0,3}})?({_NUMBER})\b", re.IGNORECASE
)
_ANY = re.compile(rf"(?<![\w./@+€-])({_NUMBER})(?![\w@])", re.IGNORECASE)
_PAYMENT = re.compile(
    r"(?<!\d)(\d{4}(?: ?\d{4}){3})(?!\d)|\b(RF\d{2}(?: ?[0-9A-Z]{1,4}){1,6})\b", re.IGNORECASE
)
_LETTER = re.compile(r"B[1-9]\d{0,17}", re.IGNORECASE)
_SHORTEST = 5  # signs of a bare number


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: letters, and numbers that may be of a contract or a payment. `bare` is what was not called so."""

    letters: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        return bool(self.letters or self.numbers or self.bare)


def named_in(*texts: str) -> Named:
    """The numbers in these texts, each once, in the order in which they stand."""
    text = "\n".join(texts)[:_MOST_SIGNS]
    called = [hit[1] for hit in _CALLED.finditer(text)]
    payments = ["".join((hit[1] or hit[2]).split()).upper() for hit in _PAYMENT.finditer(text)]
    letters = [one.upper() for one in called if _LETTER.fullmatch(one)]
    numbers = [*payments, *_both(called)]
    seen = {*letters, *numbers}
    loose = [hit[1] for hit in _ANY.finditer(text)]
    bare = [
        one
        for one in _both(loose)
        if len(one) >= _SHORTEST and any(map(str.isdigit, one)) and one not in seen
    ]
    return Named(_each(letters), _each(numbers), _each(bare))


def _both(numbers: list[str]) -> list[str]:
    """As written, in capitals, and without what people put in between; one that holds no digit is no number."""
    forms = ((one, one.upper(), re.sub(r"[./-]", "", one.upper())) for one in numbers)
    return [form for all_forms in forms for form in all_forms if any(map(str.isdigit, form))]


def _each(numbers: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(numbers))[:_MOST]
