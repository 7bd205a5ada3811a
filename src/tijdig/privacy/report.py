"""An access report as a value: what is known of a person, for paper and for machines.

Decides the order of what is said and the two forms of it. Units: text as it is shown; in the form for machines whole cents
and days as ISO dates. Errors: none. Worked example: one entry is a heading ("18-11-2026, telefoon") with its facts below.
Left out: what is read (`queries_report`) and how it is set on paper (`letters.render`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    head: str
    facts: tuple[tuple[str, str], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A table on paper: its columns, which of them are amounts, and its rows."""

    columns: tuple[str, ...]
    money: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What one table of the database gave: entries or lines on paper, `rows` for machines."""

    title: str = ""
    sentences: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    lines: Lines | None = None
    table: str = ""
    rows: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    about: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything of one person on a day. `papers` are PDFs that go with it, by their name."""

    corporation: str
    person_id: int
    name: str
    on: date
    made_by: str
    contracts: tuple[str, ...]
    sections: tuple[Section, ...]
    papers: tuple[tuple[str, bytes], ...] = field(default=())

    @property
    def file_name(self) -> str:
        plain = "-".join(re.findall(r"[A-Za-z0-9]+", self.name)) or str(self.person_id)
        return f"inzage-{plain.lower()}-{self.on:%Y-%m-%d}"


_NOTHING = "Hierover hebben wij niets van u."


def document(report: Report) -> dict[str, Any]:
    """The data of the template."""
    day = f"{report.on:%d-%m-%Y}"
    return {
        "title": f"Wat wij van u weten: {report.name}",
        "author": report.corporation,
        "day": [report.on.year, report.on.month, report.on.day],
        "footer": f"{report.corporation}, inzage voor {report.name}, {day}",
        "contents": "Inhoud",
        "opening": [
            f"Dit is alles wat {report.corporation} in tijdig van u weet. tijdig is het programma waarmee wij werken als de "
            "huur niet op tijd binnen is. U heeft recht op deze gegevens: artikel 15 van de privacywet (AVG).",
            "Klopt er iets niet, of begrijpt u iets niet? Laat het ons weten. Achterin staat wat u kunt doen. "
            "Dezelfde gegevens zitten erbij als bestand voor computers: gegevens.json.",
        ],
        "facts": [
            ["Voor", report.name],
            ["Contract", ", ".join(report.contracts)],
            ["Van", report.corporation],
            ["Gemaakt op", day],
            ["Gemaakt door", report.made_by],
        ],
        "sections": [_section(one) for one in report.sections],
    }


def _section(one: Section) -> dict[str, Any]:
    blocks = [_block(block) for block in one.blocks if block.sentences or block.entries or block.lines]
    said = [one.about] if one.about else []
    return {"title": one.title, "sentences": said if blocks else [_NOTHING], "blocks": blocks}


def _block(one: Block) -> dict[str, Any]:
    lines = one.lines
    return {
        "title": one.title,
        "sentences": list(one.sentences),
        "entries": [
            {"head": entry.head, "facts": [list(pair) for pair in entry.facts], "text": entry.text}
            for entry in one.entries
        ],
        "table": None
        if lines is None
        else {
            "columns": list(lines.columns),
            "widths": _widths(lines),
            "money": list(lines.money),
            "rows": [list(row) for row in lines.rows],
        },
    }


def _widths(lines: Lines) -> list[int]:
    """A column is as wide as its longest text asks, within bounds."""
    longest = (max((len(row[place]) for row in lines.rows), default=0) for place in range(len(lines.columns)))
    return [min(max(size, 13), 48) for size in longest]


def for_machines(report: Report) -> dict[str, Any]:
    """The same as values: by section the rows of each table, days as ISO dates and amounts in cents."""
    return {
        "corporation": report.corporation,
        "person": {"id": report.person_id, "name": report.name},
        "made_on": report.on.isoformat(),
        "made_by": report.made_by,
        "contracts": list(report.contracts),
        "amounts": "cents",
        "sections": [
            {
                "title": one.title,
                "about": one.about,
                "tables": [
                    {"table": block.table, "title": block.title, "rows": list(block.rows)}
                    for block in one.blocks
                    if block.table
                ],
                "sentences": [sentence for block in one.blocks for sentence in block.sentences],
            }
            for one in report.sections
        ],
        "papers": [name for name, _ in report.papers],
    }
