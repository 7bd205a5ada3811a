"""Which homes the people of a tenancy rent besides, in the scope of one organisation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

_OTHERS = """
SELECT DISTINCT q.tenancy_id
  FROM tenancies_party p JOIN tenancies_party q ON q.person_id = p.person_id AND q.tenancy_id <> p.tenancy_id
  JOIN tenancies_tenancy t ON t.id = q.tenancy_id
 WHERE p.tenancy_id = ANY(%(ids)s) AND p.role IN ('HUU', 'MDH') AND q.role IN ('HUU', 'MDH')
   AND (t.end_on IS NULL OR t.end_on >= %(on)s
        OR (SELECT sum(e.amount_cents) FROM ledger_entry e WHERE e.tenancy_id = t.id) > 0)
 ORDER BY 1
"""


def others(ids: Sequence[int], on: date) -> list[int]:
    """Tenancies of the same people that run, or of which something is still open."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, {"ids": list(ids), "on": on})
        return [int(row[0]) for row in cursor.fetchall()]
