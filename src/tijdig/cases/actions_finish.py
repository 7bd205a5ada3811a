"""The only writer of what became of a step that the program does itself: done, or not yet and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models.functions import Now

from tijdig.cases.models import PlannedStep, Standing
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


def take_back(*, organisation_id: int, actor: str, subjects: Sequence[str], why: str, on: date) -> None:
    """What the program did by these did not happen after all: it is planned again for the next day where the way of working
    still asks it, else withdrawn. In the transaction that took it back."""
    rows = PlannedStep.objects.select_for_update().filter(
        subject__in=subjects, state=State.TAKEN.value, automatic=True
    )
    for row in rows.order_by("id"):
        again = _still_asked(row)
        row.state = (State.PLANNED if again else State.WITHDRAWN).value
        row.note = why[:_LONGEST]
        if again:
            row.subject, row.ended_on, row.ended_at, row.ended_by = "", None, None, ""
            row.due_on = on + timedelta(days=1)
        else:
            row.ended_by = actor
        row.save()
        facts = {"why": why[:_LONGEST], "again": again}
        _tell(organisation_id, actor, row.pk, "step_taken_back", facts, on)


def _still_asked(row: PlannedStep) -> bool:
    """Does the tenancy stand at that step, with nothing else planned and its case open?"""
    planned = PlannedStep.objects.filter(tenancy_id=row.tenancy_id, state=State.PLANNED.value)
    stands = Standing.objects.filter(tenancy_id=row.tenancy_id, rule=row.rule)
    return stands.exists() and not planned.exists() and row.case.closed_at is None


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
