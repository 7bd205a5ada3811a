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
SELECT l.tenancy_id FROM steps_step l
 WHERE l.tenancy_id = ANY(%(ids)s) AND l.kind = 'letter_sent' AND l.facts->>'letter_kind' = 'early_signal'
   AND l.effective_on <= %(as_of)s AND l.effective_on > %(as_of)s - %(days)s
   AND NOT EXISTS (SELECT 1 FROM steps_step n WHERE n.tenancy_id = l.tenancy_id AND n.kind = 'signal_objected'
                      AND n.effective_on >= l.effective_on AND n.effective_on <= %(as_of)s)
   AND NOT EXISTS (SELECT 1 FROM steps_step b WHERE b.tenancy_id = l.tenancy_id AND b.kind = 'letter_bounced'
                      AND b.subject = l.subject)
"""
_OFFER_DAYS = 183  # an offer of longer ago was about other arrears


def offered_without_no(tenancy_ids: Sequence[int], as_of: date) -> set[int]:
    """Who was offered lately that the municipality is told, in a letter that came, and did not say no since."""
    if not tenancy_ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_OFFERED, {"ids": list(tenancy_ids), "as_of": as_of, "days": _OFFER_DAYS})
        return {row[0] for row in cursor.fetchall()}
