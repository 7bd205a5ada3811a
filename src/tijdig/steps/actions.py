"""The only writer of steps. A step of one kind about one subject is written once, however often a job runs again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tijdig.history.actions import record_many
from tijdig.steps.kinds import Kind
from tijdig.steps.models import Step


@dataclass(frozen=True, slots=True)
class Draft:
    """A step to write: whose it is, which row has more of it, and its facts."""

    tenancy_id: int
    subject: str
    facts: Mapping[str, Any]


def note(*, organisation_id: int, actor: str, kind: Kind, on: date, steps: Sequence[Draft]) -> int:
    """Write these steps with a line of history each, in the caller's transaction; those that stand already stay.

    Returns how many were new.
    """
    subjects = [draft.subject for draft in steps]
    known = set(
        Step.objects.filter(
            organisation_id=organisation_id, kind=kind.value, subject__in=subjects
        ).values_list("subject", flat=True)
    )
    rows = [
        Step(
            organisation_id=organisation_id,
            tenancy_id=draft.tenancy_id,
            kind=kind.value,
            effective_on=on,
            actor=actor,
            subject=draft.subject,
            facts=dict(draft.facts),
        )
        for draft in steps
        if draft.subject not in known
    ]
    Step.objects.bulk_create(rows, batch_size=1000)
    record_many(
        organisation_id=organisation_id,
        actor=actor,
        verb=kind.value,
        effective_on=on,
        happened=[(f"tenancy:{row.tenancy_id}", {"step": row.pk, "about": row.subject}) for row in rows],
    )
    return len(rows)
