"""What may never come in: the citizen service number and three other facts without ground in collection.

`bsn`, `nationaliteit`, `burgerlijkeStaat` and `opleidingen` are dropped at the door, in whatever spelling and
at whatever depth, before any value or message is made. In free text a number that looks like a bsn goes out
(`base.bsn`); keys and references are left alone. Source: article 46 of the UAVG (a bsn only where a law says so)
and the principle of least data (article 5 GDPR). What it leaves out: names and addresses, which collection needs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tijdig.base.bsn import clean

HIDDEN = "▒▒▒"
_BSN = ("bsn", "burgerservicen", "sofi")
_STEMS = (*_BSN, "nationaliteit", "burgerlijkestaat", "opleiding")


@dataclass(slots=True)
class Dropped:
    """How many citizen numbers a reader dropped with their column or field."""

    count: int = 0

    def look(self, value: object) -> None:
        """Count those in a JSON value, at any depth."""
        if isinstance(value, dict):
            for key, item in value.items():
                if item and names_a_bsn(key):
                    self.count += 1
                else:
                    self.look(item)
        elif isinstance(value, list):
            for item in value:
                self.look(item)


@lru_cache(maxsize=4096)
def is_private(name: str) -> bool:
    """Is this name, or a part of this dotted path, dropped? `is_private("persoon.BSN")` is true."""
    parts = name.lower().split(".")
    return any(re.sub(r"[^a-z]", "", part).startswith(_STEMS) for part in parts)


@lru_cache(maxsize=4096)
def names_a_bsn(name: str) -> bool:
    """Is this the name of a column or field of citizen numbers? `names_a_bsn("persoon.BSN")` is true."""
    return re.sub(r"[^a-z]", "", name.lower().rpartition(".")[2]).startswith(_BSN)


def scrub(value: object) -> object:
    """A JSON value without the dropped fields, at any depth, and with its strings masked."""
    if isinstance(value, dict):
        return {key: scrub(item) for key, item in value.items() if not is_private(key)}
    if isinstance(value, list):
        return [scrub(item) for item in value]
    return clean(value) if isinstance(value, str) else value


def scrub_row(header: Sequence[str], cells: Sequence[str], delimiter: str) -> str:
    """A row of a table as text, for a message: dropped columns masked, and whatever might have shifted into
    view.

    Where the row has more or fewer cells than the header, a private value may stand under any other name:
    then only the cells before the first private column are shown.
    """
    private = [place for place, name in enumerate(header) if is_private(name)]
    shown = [HIDDEN if place in private else clean(cell) for place, cell in enumerate(cells)]
    if private and len(cells) != len(header):
        shown = [*shown[: private[0]], HIDDEN]
    return delimiter.join(shown)
