"""Reads of steps, in the scope of one organisation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tijdig.steps import models
from tijdig.steps.kinds import Kind, Step


def steps_of(
    tenancy_ids: Sequence[int],
    *,
    kinds: Sequence[Kind] = tuple(Kind),
    as_of: date,
    known_at: datetime | None = None,
) -> list[Step]:
    """The steps of these tenancies up to a day, as known at a moment; by tenancy, oldest first."""
    rows = models.Step.objects.filter(
        tenancy_id__in=tenancy_ids, kind__in=[kind.value for kind in kinds], effective_on__lte=as_of
    )
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    return [
        Step(
            row.pk,
            row.tenancy_id,
            Kind(row.kind),
            row.effective_on,
            row.recorded_at,
            row.actor,
            row.subject,
            row.facts,
        )
        for row in rows.order_by("tenancy_id", "effective_on", "id")
    ]
