"""A problem about a row of a table, told in the words of the file itself, so that a person can repair it there. Pure.

The ledger and the tenancies refuse what they were asked, and know its line but not its text. A table with a column that is
dropped at the door (bsn) is left as it is: its lines may not be kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import BinaryIO

from tijdig.base.bsn import clean
from tijdig.base.problems import Problem
from tijdig.imports.vera_privacy import is_private

_LINE = re.compile(r"regel (\d+)")
_BOUNDARY = re.compile(r"[;,\t|\"]")


def lines_named(problems: Iterable[Problem]) -> set[int]:
    """The lines that these problems name (`regel 17`)."""
    return {int(match[1]) for one in problems if (match := _LINE.fullmatch(one.place))}


def in_own_words(problems: Iterable[Problem], found: Mapping[int, str]) -> list[Problem]:
    """The same problems; those that name a line with that line as their text."""
    return [
        replace(one, text=found[int(match[1])])
        if (match := _LINE.fullmatch(one.place)) and found.get(int(match[1]))
        else one
        for one in problems
    ]


def lines_of(stream: BinaryIO, wanted: set[int]) -> dict[int, str]:
    """Those lines as they stand, without what may not be kept."""
    found: dict[int, str] = {}
    if not wanted:
        return found
    for number, raw in enumerate(stream, 1):
        if number == 1 and (raw.startswith(b"PK") or any(map(is_private, _BOUNDARY.split(_text(raw))))):
            return found
        if number in wanted:
            found[number] = clean(_text(raw))
            if len(found) == len(wanted):
                break
    return found


def _text(raw: bytes) -> str:
    try:
        return raw.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace").rstrip("\r\n")
