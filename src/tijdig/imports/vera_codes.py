"""The code lists of VERA, as dated facts, and the question "is this a code of that list, on that day?".

The lists live in `vera_codes.yaml` beside this module, with their source. The standard moves, so an unknown
code never refuses a row: the reader keeps the original and says so once per file.

A code such as `BET` means payer agreement, arrangement or payer, depending on the list: always ask with the
list. What it leaves out: whether a detail code fits the code above it; VERA allows any pair for entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("vera_codes.yaml")


@dataclass(frozen=True, slots=True)
class Code:
    """One row of a list. `begin_on` and `end_on` are the list's own days; `None` is open."""

    code: str
    name: str
    begin_on: date | None = None
    end_on: date | None = None
    parent: str = ""  # LIST.CODE


@cache
def code_lists() -> dict[str, dict[str, tuple[Code, ...]]]:
    """Every list: name -> code -> the rows with that code (the source repeats some pairs)."""
    lists: dict[str, dict[str, tuple[Code, ...]]] = {}
    for name, rows in yaml.safe_load(_FILE.read_text(encoding="utf-8"))["lists"].items():
        table = lists.setdefault(name, {})
        for row in rows:
            table[row["code"]] = (*table.get(row["code"], ()), Code(**row))
    return lists


@cache
def known_codes(list_name: str) -> frozenset[str]:
    """The codes of one list, ended ones too: a row may be as old as the code."""
    return frozenset(code_lists()[list_name])


def ended_before(list_name: str, code: str, day: date) -> bool:
    """Had every row of this known code ended before `day`?

    `ended_before("BETAALWIJZESOORT", "HND", date(2026, 1, 1))` is true: HND ended on 11 April 2025. An
    unknown code is not "ended"; a code that began after `day` is accepted, because sources convert their old
    rows.
    """
    rows = code_lists()[list_name].get(code, ())
    return bool(rows) and all(row.end_on is not None and row.end_on < day for row in rows)


def name_of(list_name: str, code: str) -> str:
    """The Dutch name of a code; empty where the list does not know it."""
    rows = code_lists()[list_name].get(code, ())
    return rows[0].name if rows else ""
