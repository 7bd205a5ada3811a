"""Reads of what is kept longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

_HOLDS = """
SELECT h.id, h.tenancy_id, h.until_on, h.name, coalesce(x.text, '') FROM privacy_hold h
  LEFT JOIN privacy_holdend e ON e.hold_id = h.id LEFT JOIN privacy_holdtext x ON x.hold_id = h.id
 WHERE e.hold_id IS NULL AND h.until_on >= %(on)s {more} ORDER BY h.tenancy_id, h.until_on DESC, h.id DESC
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of a tenancy, until which day, who said so and why."""

    id: int
    tenancy_id: int
    until_on: date
    name: str
    reason: str


def holds(on: date) -> list[Held]:
    """Every hold that holds on a day; of a tenancy the longest."""
    return list({one.tenancy_id: one for one in reversed(_read(on))}.values())[::-1]


def hold_of(tenancy_id: int, on: date) -> Held | None:
    return next(iter(_read(on, [tenancy_id])), None)


def others_of(held: Held, on: date) -> list[int]:
    """The other holds of the same tenancy that hold too."""
    return [one.id for one in _read(on, [held.tenancy_id]) if one.id != held.id]


def _read(on: date, tenancies: Sequence[int] | None = None) -> list[Held]:
    more = "" if tenancies is None else "AND h.tenancy_id = ANY(%(ids)s)"
    with connection.cursor() as cursor:
        cursor.execute(_HOLDS.format(more=more), {"on": on, "ids": list(tenancies or ())})
        return [Held(*row) for row in cursor.fetchall()]
