"""What is never erased of a tenant, column by column, and why.

Decides nothing of its own: it reads `kept.yaml` once and gives it as values. Units: names of tables and columns. Errors:
none. Worked example: `contacts_contact.reached` stays, because it shows that the corporation sought contact. Left out:
amounts, days and numbers of rows, which all stay; what goes (`kinds`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Kept:
    """Columns that stay for one reason, by their table."""

    why: str
    columns: Mapping[str, frozenset[str]]


@cache
def kept() -> tuple[Kept, ...]:
    told = yaml.safe_load((Path(__file__).parent / "kept.yaml").read_text(encoding="utf-8"))
    return tuple(
        Kept(one["why"], {name: frozenset(of) for name, of in one["columns"].items()}) for one in told
    )
