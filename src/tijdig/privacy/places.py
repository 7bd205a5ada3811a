"""Where a row belongs to a tenancy or to a person, table by table, and the SQL that finds it.

Decides of every table that tells about somebody how one gets from a row to the tenancy or the person: by a column of its
own, or by the row of another table. Units: names of tables and columns as they are in the database. Errors: `KeyError` for
a table that is in no list. Worked example: a note stands in `contacts_contacttext`, whose `contact_id` is an id of
`contacts_contact`, which has a `tenancy_id`. Left out: which of it is shown or erased.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml


class Hop(NamedTuple):
    """`column` of a table is a `tenancy`, a `person`, or `parent_column` of the table `parent`."""

    column: str
    parent: str
    parent_column: str


@cache
def hops() -> dict[str, Hop]:
    """By table; in the file `column` stands for a root, and `column > table.column` for a row of another table."""
    text = (Path(__file__).parent / "places.yaml").read_text(encoding="utf-8")
    return {table: _hop(told) for table, told in yaml.safe_load(text).items()}


def _hop(told: str) -> Hop:
    column, _, parent = (part.strip() for part in told.partition(">"))
    if parent in ("tenancy", "person"):
        return Hop(column, parent, "")
    table, _, parent_column = parent.partition(".")
    return Hop(column, table, parent_column)


def root_of(table: str) -> str:
    """Does a row of this table belong to a `tenancy` or to a `person`?"""
    hop = hops()[table]
    return hop.parent if hop.parent in ("tenancy", "person") else root_of(hop.parent)


def rows_of(table: str, name: str = "ids") -> str:
    """The condition on rows of a table that belong to the tenancies or people of the parameter `name`."""
    hop = hops()[table]
    if hop.parent in ("tenancy", "person"):
        return f"{hop.column} = ANY(%({name})s)"
    inner = rows_of(hop.parent, name)
    return f"{hop.column} IN (SELECT {hop.parent_column} FROM {hop.parent} WHERE {inner})"


def owner_of(table: str, alias: str = "x") -> tuple[str, str]:
    """The joins from a table, under this alias, and the column that then holds its tenancy or person."""
    joins, hop, number = [], hops()[table], 0
    while hop.parent not in ("tenancy", "person"):
        number += 1
        joins.append(f"JOIN {hop.parent} j{number} ON j{number}.{hop.parent_column} = {alias}.{hop.column}")
        alias, hop = f"j{number}", hops()[hop.parent]
    return " ".join(joins), f"{alias}.{hop.column}"
