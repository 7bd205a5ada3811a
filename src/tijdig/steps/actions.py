"""The only writer of steps. A step of one kind about one subject is written once, however often a job runs again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tijdig.history.actions import record
from tijdig.steps.kinds import Kind
from tijdig.steps.models import Step


def note(
    *,
    organisation_id: int,
    actor: str,
    tenancy_id: int,
    kind: Kind,
    on: date,
    subject: str,
    facts: Mapping[str, Any],
) -> bool:
    """Write the step and its line of history, in the caller's transaction; False where it stands already."""
    row, new = Step.objects.get_or_create(
        organisation_id=organisation_id,
        subject=subject,
        kind=kind.value,
        defaults={"tenancy_id": tenancy_id, "effective_on": on, "actor": actor, "facts": dict(facts)},
    )
    if new:
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb=kind.value,
            subject=f"tenancy:{tenancy_id}",
            effective_on=on,
            facts={"step": row.pk, "about": subject},
        )
    return new
