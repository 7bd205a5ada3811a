"""The only writer of what became of a step that the program does itself: done, or not yet and why."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models.functions import Now

from tijdig.cases.models import PlannedStep
from tijdig.cases.planned import State
from tijdig.history.actions import record

_LONGEST = 400


def take_planned(planned_id: int) -> bool:
    """Lock a step that is still planned, in the caller's transaction; False where it is not any more, or somebody has it."""
    rows = PlannedStep.objects.select_for_update(skip_locked=True).filter(
        pk=planned_id, state=State.PLANNED.value
    )
    return rows.exists()


def finish(*, organisation_id: int, actor: str, planned_id: int, subject: str, on: date) -> None:
    """It was done; `subject` names by what. In the transaction that did it."""
    PlannedStep.objects.filter(pk=planned_id, state=State.PLANNED.value).update(
        state=State.TAKEN.value, subject=subject, ended_on=on, ended_at=Now(), ended_by=actor
    )
    _tell(organisation_id, actor, planned_id, "step_taken", {"subject": subject}, on)


def postpone(*, organisation_id: int, actor: str, planned_id: int, why: str, on: date) -> None:
    """It could not be done today: it is tried again tomorrow, and the reason stands beside it."""
    row = PlannedStep.objects.get(pk=planned_id)
    known = row.note == why[:_LONGEST]
    row.note, row.due_on = why[:_LONGEST], on + timedelta(days=1)
    row.save(update_fields=["note", "due_on"])
    if not known:
        _tell(organisation_id, actor, planned_id, "step_postponed", {"why": why[:_LONGEST]}, on)


def _tell(
    organisation_id: int, actor: str, planned_id: int, verb: str, facts: dict[str, object], on: date
) -> None:
    tenancy = PlannedStep.objects.values_list("tenancy_id", flat=True).get(pk=planned_id)
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb=verb,
        subject=f"tenancy:{tenancy}",
        effective_on=on,
        facts={"planned": planned_id, **facts},
    )
