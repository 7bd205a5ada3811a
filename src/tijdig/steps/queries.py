"""Reads of steps, in the scope of one organisation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from tijdig.steps import models
from tijdig.steps.kinds import Kind, Step

_STEPS = """
SELECT id, tenancy_id, kind, effective_on, recorded_at, actor, subject, facts::text FROM steps_step
 WHERE tenancy_id = ANY(%(ids)s) AND kind = ANY(%(kinds)s) AND effective_on <= %(as_of)s
   AND (%(known_at)s::timestamptz IS NULL OR recorded_at <= %(known_at)s)
 ORDER BY tenancy_id, effective_on, id
"""


def steps_of(
    tenancy_ids: Sequence[int],
    *,
    kinds: Sequence[Kind] = tuple(Kind),
    as_of: date,
    known_at: datetime | None = None,
) -> list[Step]:
    """The steps of these tenancies up to a day, as known at a moment; by tenancy, oldest first."""
    named: dict[str, Any] = {
        "ids": [int(one) for one in tenancy_ids],
        "kinds": [kind.value for kind in kinds],
        "as_of": as_of,
        "known_at": known_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, named)
        return [
            Step(pk, tenancy, Kind(kind), on, at, actor, subject, json.loads(facts))
            for pk, tenancy, kind, on, at, actor, subject, facts in cursor.fetchall()
        ]


def has_step(subject: str, kind: Kind) -> bool:
    """Was a step of this kind about this subject written before?"""
    return models.Step.objects.filter(subject=subject, kind=kind.value).exists()


_OFFERED = """
SELECT tenancy_id FROM steps_step
 WHERE tenancy_id = ANY(%(ids)s) AND kind IN ('letter_sent', 'signal_objected') AND effective_on <= %(as_of)s
 GROUP BY tenancy_id
HAVING max(effective_on) FILTER (WHERE kind = 'letter_sent' AND facts->>'letter_kind' = 'early_signal')
     > coalesce(max(effective_on) FILTER (WHERE kind = 'signal_objected'), '-infinity')
"""


def offered_without_no(tenancy_ids: Sequence[int], as_of: date) -> set[int]:
    """Who was offered that the municipality is told, and did not say no since: they may say so now."""
    if not tenancy_ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_OFFERED, {"ids": list(tenancy_ids), "as_of": as_of})
        return {row[0] for row in cursor.fetchall()}
