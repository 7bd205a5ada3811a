"""The layouts of the files of the Schuldenknooppunt, in and out, read from `traffic_layouts.yaml`.

Decides which kind of message and which version a file is, by its headings alone: every heading of the layout, each once,
and no other; their order is free, because a column is found by its name. What no layout fits is refused with the nearest
one that is known, what is missing of it and what is new: a new version is a new entry in the file, not a guess.

Units: working days, calendar days where it says so. Errors: `NotThisFile` with a Dutch sentence. Example: the eleven
columns A to K are a balance request of version 1; without `Adres` they are nothing, and the message says that `Adres` is
missing. Left out: what a cell may hold (`traffic_cells`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tijdig.help.answer_sheet import NotThisFile
from tijdig.help.traffic import MESSAGE_LABEL, SHEET_LABEL, EndedAs, Message, Sheet

LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `needed`: may not be empty; `of_claim`: told of each claim apart."""

    heading: str
    field: str
    needed: bool
    of_claim: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """One version of one kind of file that comes in or goes out. `kind` is a value of `Message` or `Sheet`."""

    kind: str
    version: str
    confirmed: bool
    source: str
    note: str
    columns: tuple[Column, ...]

    @property
    def label(self) -> str:
        words = (
            SHEET_LABEL[Sheet(self.kind)] if self.kind in set(Sheet) else MESSAGE_LABEL[Message(self.kind)]
        )
        return f"{words}, versie {self.version}"

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(one.heading for one in self.columns)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the hub asks of whoever is connected, in working days; `known_days` and `as_of_days` are calendar days."""

    answer_working_days: int
    kept_working_days: int
    match_working_days: int
    known_days: int
    as_of_days: int
    source: str


@cache
def _raw() -> Mapping[str, Any]:
    text = Path(__file__).with_name("traffic_layouts.yaml").read_text(encoding="utf-8")
    raw: Mapping[str, Any] = yaml.safe_load(text)
    return raw


@cache
def terms() -> Terms:
    return Terms(**_raw()["terms"])


@cache
def layouts() -> tuple[Layout, ...]:
    """What can come in."""
    return tuple(_layout(one, "message") for one in _raw()["layouts"])


@cache
def sheets() -> Mapping[Sheet, Layout]:
    """What we make."""
    return {Sheet(one["sheet"]): _layout(one, "sheet") for one in _raw()["sheets"]}


@cache
def ended_words() -> Mapping[str, EndedAs]:
    """What the hub's words for an end mean, in small letters."""
    return {word: EndedAs(meaning) for word, meaning in _raw()["words"]["ended_as"].items()}


def yes_no(yes: bool) -> str:
    words: Mapping[str, str] = _raw()["words"]["yes_no"]
    return words["yes" if yes else "no"]


def debt_open() -> str:
    return str(_raw()["words"]["debt_open"])


def _layout(raw: Mapping[str, Any], key: str) -> Layout:
    columns = tuple(_column(one) for one in raw["columns"])
    return Layout(raw[key], raw["version"], raw["confirmed"], raw["source"], raw["note"], columns)


def _column(text: str) -> Column:
    heading, _, field = text.partition(" = ")
    return Column(heading, field.rstrip("!*"), field.endswith("!"), field.endswith("*"))


def recognised(found: Sequence[str]) -> Layout:
    """The layout of a file with these headings. Raises `NotThisFile` where none fits."""
    doubled = sorted({one for one in found if one and found.count(one) > 1})
    if doubled:
        raise NotThisFile(f"Deze kolom staat er twee keer: {', '.join(doubled)}. Er is niets ingelezen.")
    for layout in layouts():
        if set(layout.headings) == set(found):
            return layout
    nearest = max(layouts(), key=lambda one: _alike(one, found))
    missing = [one for one in nearest.headings if one not in found]
    new = [one for one in found if one not in nearest.headings]
    if len(missing) == len(nearest.headings):
        raise NotThisFile(
            "Dit is geen bestand van het Schuldenknooppunt dat we kennen: geen enkele kolom komt overeen. "
            "Kies het CSV-bestand zoals het portaal het geeft. Er is niets ingelezen."
        )
    told = [f"Dit lijkt op {nearest.label}, maar de kolommen zijn anders."]
    told += [f"Ontbreekt: {', '.join(missing)}."] if missing else []
    told += [f"Nieuw: {', '.join(one or '(zonder naam)' for one in new)}."] if new else []
    told += ["Vraag de beheerder om deze versie toe te voegen. Er is niets ingelezen."]
    raise NotThisFile(" ".join(told))


def _alike(layout: Layout, found: Sequence[str]) -> int:
    """Higher is nearer: headings in common, less those that only one of the two has."""
    both = len(set(layout.headings) & set(found))
    return 3 * both - len(layout.headings) - len(found)
