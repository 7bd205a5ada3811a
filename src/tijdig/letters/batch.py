"""Many letters for the print house: a few PDFs of many letters each, with a control sheet in front of each.

Decides what a part of a batch is and what its control sheet says: how many letters and pages, and for each letter its
place, kind, reference, pages and the begin of its digest. A part is one document, and memory is that of one part, whatever
the batch. Every letter begins on a right-hand page, so both sides may be printed.

Units: pages of A4, those of a letter without the empty one that may follow it. Errors: those of a single letter, which was
rendered before it comes here; a part that was made stays good. Example: 5,000 letters in parts of 250 give 20 PDFs.

Left out: one file of all parts (a print house takes a folder), and postcode order: the letters come in the order given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from tijdig.letters.kind_words import KIND_NAMES
from tijdig.letters.letter import Letter
from tijdig.letters.render import Rendered, forget, typeset
from tijdig.letters.sheet import sheet
from tijdig.letters.texts import Text

PART_LETTERS = 250
_COLUMNS = ("Nr.", "Soort", "Kenmerk", "Bladzijden", "Controle")


@dataclass(frozen=True, slots=True)
class ToPrint:
    """A letter that exists already, with the text that it was rendered with."""

    letter: Letter
    text: Text
    rendered: Rendered


@dataclass(frozen=True, slots=True)
class Part:
    """One PDF for the print house; `number` from 1, `first` is the place of its first letter in the batch."""

    number: int
    first: int
    letters: int
    pages: int
    pdf: bytes


def part(name: str, on: date, author: str, held: Sequence[ToPrint], number: int, first: int) -> Part:
    """One part of a batch: its number from 1, and the place of its first letter."""
    title = f"{name}, deel {number}"
    pages = sum(one.rendered.pages for one in held)
    data = {
        "title": f"Controleblad {title}",
        "author": author,
        "day": [on.year, on.month, on.day],
        "facts": [
            ["Aantal brieven", str(len(held))],
            ["Eerste en laatste nummer", f"{first} tot en met {first + len(held) - 1}"],
            ["Bladzijden met tekst", str(pages)],
            ["Vellen, dubbelzijdig", str(sum((one.rendered.pages + 1) // 2 for one in held))],
        ],
        "columns": _COLUMNS,
        "rows": [_row(first + at, one) for at, one in enumerate(held)],
        "letters": [_laid(one) for one in held],
    }
    pdf = typeset("batch", data, datetime.combine(on, time(), UTC))
    forget()
    return Part(number, first, len(held), pages, pdf)


def _row(place: int, one: ToPrint) -> list[str]:
    kind, rendered = KIND_NAMES[one.letter.kind], one.rendered
    return [str(place), kind, one.letter.reference, str(rendered.pages), rendered.digest[:12]]


def _laid(one: ToPrint) -> dict[str, Any]:
    length = one.rendered.pages
    return sheet(one.letter, one.text) | {"length": length, "pages": length if length > 1 else None}
