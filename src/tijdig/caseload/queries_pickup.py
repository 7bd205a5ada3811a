"""Who is busy with which tenancy now, in the scope of one organisation. One query, however many are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from tijdig.access.people import initials
from tijdig.caseload.pickup import Pickup

_NOW = """
SELECT p.id, p.tenancy_id, p.user_id, u.name, p.from_at, p.until_at
  FROM caseload_pickup p JOIN access_user u ON u.id = p.user_id
 WHERE p.tenancy_id = ANY(%s) AND p.ended_at IS NULL AND p.until_at > %s
"""


def pickups(tenancy_ids: Iterable[int], now: datetime) -> dict[int, Pickup]:
    """Who is busy at this moment, by tenancy; where nobody is, the tenancy is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW, [list(tenancy_ids), now])
        rows = cursor.fetchall()
    return {
        tenancy: Pickup(pk, tenancy, user, name, initials(name), from_at, until_at)
        for pk, tenancy, user, name, from_at, until_at in rows
    }
