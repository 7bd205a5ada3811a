"""Steps towards tenancies: append-only. What was wrong is followed by a step that says so."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.steps.kinds import Kind
from tijdig.tenancies.models import Owned, Tenancy


class Step(Owned):
    """One thing that was done. `subject` names the row that has more of it: "letter:12"."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=30)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    actor = models.CharField(max_length=80)
    subject = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "subject", "kind"], name="steps_step_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in Kind]), name="steps_step_kind_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "effective_on"], name="steps_step_tenancy")]
