"""Where a tenancy stands, what was decided and why, and the checkpoints that keep an ordinary night short."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from tijdig.tenancies.models import Owned, OwnedMany, Tenancy


class Standing(OwnedMany):
    """The last evaluation of a tenancy: what the worklist reads. Replaced when it changes; `Decision` keeps history."""

    tenancy = models.OneToOneField(Tenancy, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    as_of = models.DateField()
    balance_cents = models.BigIntegerField()
    overdue_cents = models.BigIntegerField()
    not_due_cents = models.BigIntegerField()
    credit_cents = models.BigIntegerField()
    oldest_due_on = models.DateField(null=True)
    due_months = models.SmallIntegerField()
    open_items = models.IntegerField()
    rent_cents = models.BigIntegerField(null=True)
    departed = models.BooleanField()
    rule = models.CharField(max_length=40)  # code of the policy's step that applied
    step_due_on = models.DateField()
    phase = models.SmallIntegerField()  # arrears.position.Phase
    alert = models.BooleanField()
    policy_version = models.CharField(max_length=40)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "step_due_on", "-overdue_cents"],
                name="cases_standing_work",
                condition=models.Q(alert=True),
            )
        ]


class Decision(OwnedMany):
    """What the engine proposed for a tenancy on a day, with what it saw. Append-only; written when it differs."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    as_of = models.DateField()
    decided_at = models.DateTimeField(db_default=Now())
    policy_version = models.CharField(max_length=40)
    rule = models.CharField(max_length=40)
    step_due_on = models.DateField()
    alert = models.BooleanField()
    actor = models.CharField(max_length=80)
    saw = ArrayField(models.BigIntegerField())  # what the policy saw, in the order of policy.document.Feature

    class Meta:
        indexes: ClassVar = [models.Index(fields=["tenancy", "id"], name="cases_decision_tenancy")]


class Alert(Owned):
    """A tenancy fell behind. Open until cured; one open alert a tenancy at most."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    cause = models.CharField(max_length=20)  # due, reversal, fact
    raised_on = models.DateField()
    raised_at = models.DateTimeField(db_default=Now())
    since_on = models.DateField()
    overdue_cents = models.BigIntegerField()
    due_months = models.SmallIntegerField()
    rule = models.CharField(max_length=40)
    entries = models.JSONField(default=list)  # ledger entry ids behind it
    cured_on = models.DateField(null=True)
    cured_at = models.DateTimeField(null=True)
    ended_by = models.CharField(
        max_length=40, blank=True, default="", db_default=""
    )  # code of the step that followed

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenancy"], condition=models.Q(cured_at=None), name="cases_alert_one_open"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-raised_at"], name="cases_alert_recent")]


class Outbox(OwnedMany):
    """What open screens are told, by id: a stream that was cut resumes after the last id it saw."""

    kind = models.CharField(max_length=20)
    subject = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "id"], name="cases_outbox_resume")]


class Checkpoint(OwnedMany):
    """Up to and including `day`, a tenancy's ledger is summed up in its `CheckpointItem`s."""

    tenancy = models.OneToOneField(Tenancy, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    day = models.DateField()
    last_payment_on = models.DateField(null=True)
    last_reversal_on = models.DateField(null=True)


class CheckpointItem(OwnedMany):
    """What was still open at a checkpoint: a charge with its open amount, or a credit with its remainder."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_constraint=False)
    entry_id = models.BigIntegerField()
    open_cents = models.BigIntegerField()


class Night(Owned):
    """One night run: when, how long, what it found."""

    day = models.DateField()
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)
    actor = models.CharField(max_length=80)
    tenancies = models.IntegerField(default=0)
    lines_read = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    alerts = models.IntegerField(default=0)
    cures = models.IntegerField(default=0)
    full = models.IntegerField(default=0)
    timings = models.JSONField(default=dict)
    error = models.TextField(blank=True)


class Acceptance(Owned):
    """A claim that is not sure in every part, taken on by a person by name. Append-only; once for the same doubts."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    as_of = models.DateField()
    rent_on = models.DateField(null=True)  # the day whose rent counted; empty: as asked
    doubts = models.JSONField()  # each a code and a sentence
    digest = models.CharField(max_length=64)  # of the doubts
    total_cents = models.BigIntegerField()
    made_by = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    reason = models.CharField(max_length=400)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenancy", "as_of", "rent_on", "digest"],
                name="cases_acceptance_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(reason=""), name="cases_acceptance_has_reason"
            ),
        ]
