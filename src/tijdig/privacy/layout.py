"""What a report shows of each table, as `report.yaml` says it, and what is in no report, with why.

Decides nothing of its own: it reads the file once and gives it as values. Units: none. Errors: `KeyError` for a reason that
the file does not know. Worked example: `layout().sections[0].tables[0].table` is `tenancies_person`. Left out: how a value
is shown (`showing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    label: str
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One table of a section. `beside` are tables with one row for each row of it; `head` is what a row begins with."""

    table: str
    title: str = ""
    head: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    beside: Mapping[str, tuple[Column, ...]]
    as_table: bool = False
    special: str = ""
    order: str = ""
    only_person: bool = False
    json: frozenset[str] = frozenset()
    out: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    about: str
    tables: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """`why` has the sentences of the reasons, `never` the columns of no table, `exceptions` the tables in no report."""

    sections: tuple[Part, ...]
    why: Mapping[str, str]
    never: Mapping[str, str]
    json_only: frozenset[str]
    exceptions: Mapping[str, str]

    def is_out(self, shown: Shown, column: str) -> bool:
        return column in shown.out or (column in self.never and not _is_labelled(shown, column))


def _is_labelled(shown: Shown, column: str) -> bool:
    return any(one.name == column for one in (*shown.columns, *sum(shown.beside.values(), ())))


@cache
def layout() -> Layout:
    told = yaml.safe_load((Path(__file__).parent / "report.yaml").read_text(encoding="utf-8"))
    sections = tuple(
        Part(one["title"], one.get("about", ""), tuple(_shown(table) for table in one["tables"]))
        for one in told["sections"]
    )
    exceptions = {table: reason for reason, tables in told["exceptions"].items() for table in tables}
    return Layout(sections, told["why"], told["never"], frozenset(told["json_only"]), exceptions)


def _shown(told: dict[str, Any]) -> Shown:
    return Shown(
        table=told["table"],
        title=told.get("title", ""),
        head=tuple(told.get("head", ())),
        columns=_columns(told["columns"]),
        beside={table: _columns(columns) for table, columns in told.get("with", {}).items()},
        as_table=told.get("shape") == "table",
        special=told.get("special", ""),
        order=told.get("order", ""),
        only_person=told.get("only_person", False),
        json=frozenset(told.get("json", ())),
        out=told.get("out", {}),
    )


def _columns(told: dict[str, str]) -> tuple[Column, ...]:
    split = ((name, *(part.strip() for part in words.partition("|")[::2])) for name, words in told.items())
    return tuple(Column(name, label, how) for name, label, how in split)
