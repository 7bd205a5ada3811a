"""Reads of what was erased: how many rows of a kind on which day, and how runs ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True, slots=True)
class Went:
    """Of one kind on one day: how many rows, of how many tenancies, by which version."""

    on: date
    rule: str
    rows: int
    tenancies: int
    version: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that came to its end."""

    on: date
    tenancies: int
    rows: int
    version: int


def went(most: int, tenancy_id: int | None = None) -> list[Went]:
    """The newest first; of one tenancy where it is named."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT e."on", e.rule, sum(e.rows)::integer, count(DISTINCT e.tenancy_id)::integer, v.number
                 FROM privacy_erasure e JOIN privacy_retentionversion v ON v.id = e.version_id
                WHERE %(tenancy)s::integer IS NULL OR e.tenancy_id = %(tenancy)s
                GROUP BY 1, 2, 5 ORDER BY 1 DESC, 5 DESC, 2 LIMIT %(most)s""",
            {"tenancy": tenancy_id, "most": most},
        )
        return [Went(*row) for row in cursor.fetchall()]


def runs(most: int) -> list[Ended]:
    """The newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT r."on", r.tenancies, r.rows, v.number FROM privacy_run r
                 JOIN privacy_retentionversion v ON v.id = r.version_id ORDER BY r."on" DESC, r.id DESC LIMIT %s""",
            [most],
        )
        return [Ended(*row) for row in cursor.fetchall()]
