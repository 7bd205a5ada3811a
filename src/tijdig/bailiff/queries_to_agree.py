"""Costs that partners booked for tenants without a tariff to hold them against, and that wait for the corporation."""

from __future__ import annotations

from django.db import connection

from tijdig.bailiff.costs import Cost, waits_for_corporation
from tijdig.bailiff.queries import all_files
from tijdig.bailiff.queries_earlier import of_files
from tijdig.bailiff.queries_in_file import costs_by_file
from tijdig.bailiff.values import File


def costs_to_agree() -> list[tuple[File, Cost]]:
    """By file, also of files that ended, the oldest first; inside the wall of the corporation."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT c.file_id FROM bailiff_cost c
                WHERE c.asks_agreement AND c.received_on IS NULL
                  AND NOT EXISTS (SELECT 1 FROM bailiff_costagreement g WHERE g.cost_id = c.id)
                  AND NOT EXISTS (SELECT 1 FROM bailiff_costwithdrawal w WHERE w.cost_id = c.id)"""
        )
        asking = {int(row[0]) for row in cursor.fetchall()}
    if not asking:
        return []
    files = [one for one in all_files() if one.id in asking]
    costs, stands = costs_by_file(asking), of_files(files)
    found = []
    for one in files:
        judged = stands[one.id].judgment
        judged_on = judged.on if judged else None
        found += [(one, cost) for cost in costs[one.id] if waits_for_corporation(cost, judged_on)]
    return found
