"""The cases of tenancies as stretches of time: since when each was behind, and when that was paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from tijdig.base.arrays import literal
from tijdig.cases.ended import settled_codes
from tijdig.cases.queries_policy import places

_READ = """
SELECT tenancy_id, opened_on, CASE WHEN closed_by = ANY(%(settled)s) THEN closed_on END
  FROM cases_case WHERE tenancy_id = ANY(%(ids)s::integer[]) ORDER BY tenancy_id, opened_on, id
"""


@dataclass(frozen=True, slots=True)
class Episode:
    """One case: `settled_on` where it ended because nothing was overdue any more."""

    opened_on: date
    settled_on: date | None


def episodes(ids: Sequence[int]) -> dict[int, list[Episode]]:
    """By tenancy, the oldest first; who never had a case is left out."""
    found: dict[int, list[Episode]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_READ, {"ids": literal("integer", ids), "settled": settled_codes(places())})
        for tenancy, opened_on, settled_on in cursor.fetchall():
            found[tenancy].append(Episode(opened_on, settled_on))
    return dict(found)
