"""A file of answers from a municipality or its platform: which columns there are, and what their words mean.

Decides what each line says, or why it says nothing that we can use. The platforms publish no layout: which heading holds our
number, the day, the result and the number of attempts, and what their words mean, is written down per municipality, one a
line: `Kop = kenmerk`, `Geen contact -> geen contact gekregen`.

Units: days as dd-mm-yyyy or yyyy-mm-dd. Errors: a Dutch sentence for a setting that cannot be, for a file that lacks a
column (nothing of it is read), and for each line that cannot be used (the others are). Example: with `STANDARD` a line
`VS-12, 3-11-2026, hulp gestart` is `HELP_STARTED` on 3 November 2026 for signal 12.

Left out: whether the signal is ours (`actions_answers`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tijdig.base.bsn import clean
from tijdig.help.kinds import RESULT_LABEL, Result


class Part(StrEnum):
    """What a heading can hold."""

    REFERENCE = "reference"
    ANSWERED_ON = "answered_on"
    RESULT = "result"
    ATTEMPTS = "attempts"


PART_WORD = {
    Part.REFERENCE: "kenmerk",
    Part.ANSWERED_ON: "dag",
    Part.RESULT: "resultaat",
    Part.ATTEMPTS: "pogingen",
}
_PART = {word: part for part, word in PART_WORD.items()}
_RESULT = {label: result for result, label in RESULT_LABEL.items()}
_NEEDED = (Part.REFERENCE, Part.ANSWERED_ON, Part.RESULT)
_REFERENCE = re.compile(r"VS-(\d{1,18})")
_SHAPES = ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y")
_MOST_ATTEMPTS = 99


@dataclass(frozen=True, slots=True)
class Mapped:
    """How a municipality's file is read."""

    headings: Mapping[Part, str]
    words: Mapping[str, Result]  # in small letters


STANDARD = Mapped(
    {
        Part.REFERENCE: "Kenmerk",
        Part.ANSWERED_ON: "Datum",
        Part.RESULT: "Resultaat",
        Part.ATTEMPTS: "Contactpogingen",
    },
    {label: result for result, label in RESULT_LABEL.items()},
)


@dataclass(frozen=True, slots=True)
class Said:
    """What one line says."""

    number: int
    signal_id: int
    result: Result
    answered_on: date
    attempts: int | None


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that says nothing that we can use, with its text and why."""

    number: int
    text: str
    reason: str


class NotThisFile(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """The file cannot be read as a whole; the message says why, and what to do."""


def reference(signal_id: int) -> str:
    """Our number of a signal, as it goes out and comes back."""
    return f"VS-{signal_id}"


def written(mapped: Mapped) -> str:
    """As a person edits it."""
    headings = [f"{heading} = {PART_WORD[part]}" for part, heading in mapped.headings.items()]
    words = [f"{word} -> {RESULT_LABEL[result]}" for word, result in mapped.words.items()]
    return "\n".join([*headings, *words])


def read_mapping(text: str) -> tuple[Mapped, list[str]]:
    """What a person wrote, and what is wrong with it."""
    headings: dict[Part, str] = {}
    words: dict[str, Result] = {}
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        word, arrow, result = (part.strip() for part in line.rpartition("->"))
        heading, equals, part = (each.strip() for each in line.rpartition("="))
        if arrow and word and result in _RESULT:
            words[word.casefold()] = _RESULT[result]
        elif equals and heading and part in _PART:
            headings[_PART[part]] = heading
        else:
            wrong.append(
                f"Regel {number}: schrijf 'Kop = kenmerk' of 'hun woord -> {RESULT_LABEL[Result.NO_CONTACT]}'."
            )
    wrong.extend(f"De kop voor {PART_WORD[part]} ontbreekt." for part in _NEEDED if part not in headings)
    if not words:
        wrong.append("Er is geen enkel woord voor een resultaat.")
    return Mapped(headings, words), wrong


def read_lines(rows: Sequence[Sequence[object]], mapped: Mapped, on: date) -> tuple[list[Said], list[Unread]]:
    """The lines below the headings. Raises `NotThisFile` where a heading is missing: then nothing is read."""
    if not rows:
        raise NotThisFile("Het bestand is leeg.")
    found = [str(cell or "").strip() for cell in rows[0]]
    places = {part: found.index(heading) for part, heading in mapped.headings.items() if heading in found}
    missing = [mapped.headings[part] for part in _NEEDED if part not in places]
    if missing:
        raise NotThisFile(
            f"Deze kolom ontbreekt: {', '.join(missing)}. "
            f"In het bestand staan: {', '.join(filter(None, found)) or 'geen koppen'}. "
            "Pas de koppen aan bij de gemeente, of vraag het platform om een ander bestand. Er is niets ingelezen."
        )
    said: list[Said] = []
    unread: list[Unread] = []
    for number, row in enumerate(rows[1:], 2):
        cells = {part: row[place] if place < len(row) else "" for part, place in places.items()}
        if not any(str(cell or "").strip() for cell in row):
            continue
        one = _line(number, cells, mapped, on)
        if isinstance(one, Said):
            said.append(one)
        else:
            unread.append(Unread(number, clean(";".join(str(cell or "") for cell in row))[:2000], clean(one)))
    return said, unread


def _line(number: int, cells: Mapping[Part, object], mapped: Mapped, on: date) -> Said | str:
    named = _REFERENCE.fullmatch(str(cells[Part.REFERENCE] or "").strip().upper())
    if named is None:
        return f"'{cells[Part.REFERENCE] or ''}' is geen kenmerk van een signaal van ons (VS- en een nummer)."
    word = str(cells[Part.RESULT] or "").strip()
    result = mapped.words.get(word.casefold())
    if result is None:
        return f"'{word}' is een resultaat dat bij deze gemeente nog geen betekenis heeft."
    day = _day(cells[Part.ANSWERED_ON])
    if day is None or day > on:
        return f"'{cells[Part.ANSWERED_ON] or ''}' is geen dag tot en met vandaag."
    attempts = _attempts(cells.get(Part.ATTEMPTS))
    if attempts == -1:
        return f"'{cells.get(Part.ATTEMPTS)}' is geen aantal pogingen van 0 tot {_MOST_ATTEMPTS}."
    return Said(number, int(named[1]), result, day, attempts)


def _day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for shape in _SHAPES:
        try:
            return datetime.strptime(str(cell or "").strip(), shape).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    return None


def _attempts(cell: object) -> int | None:
    """None where nothing is said, -1 where it is no number."""
    text = str(cell if cell is not None else "").strip().removesuffix(".0")
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and int(text) <= _MOST_ATTEMPTS else -1
