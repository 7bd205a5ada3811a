"""One at a time per tenancy: whoever writes about it holds it until the end of his transaction."""

from __future__ import annotations

from django.db import connection


def lock_tenancy(tenancy_id: int) -> bool:
    """Wait for whoever else writes about this tenancy, in the caller's transaction, so that one sees what stands.

    False where this organisation has no such tenancy. Reading, and rows that point to it, wait for nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM tenancies_tenancy WHERE id = %s FOR NO KEY UPDATE", [tenancy_id])
        return cursor.fetchone() is not None
