"""Rules of keeping as a corporation approved them, what is kept longer, what was erased, and its own part of the register.
Append-only; why something is kept longer stands apart, so that it can be erased.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.privacy.kinds import Kind
from tijdig.tenancies.models import Owned, Tenancy


class RetentionVersion(Owned):
    """The rules that somebody approved by name, from a day on. Of two of the same day the newest holds."""

    number = models.SmallIntegerField()
    from_on = models.DateField()
    rules = models.JSONField()  # by kind: the years and why
    reason = models.CharField(max_length=400)
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="privacy_version_number"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(reason=""), name="privacy_version_named"
            ),
        ]


class Hold(Owned):
    """What would be erased of a tenancy is kept up to and including a day. The newest that is not ended holds."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    until_on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="privacy_hold_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="privacy_hold_named"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "-id"], name="privacy_hold_tenancy")]


class HoldText(Owned):
    """Why. Personal: to be erased."""

    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, primary_key=True)
    text = models.CharField(max_length=400)


class HoldEnd(Owned):
    """It need not be kept longer any more."""

    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, primary_key=True)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())


class Erasure(Owned):
    """How many rows of a kind went on a day: of one tenancy, or of none where a file holds many people. No contents."""

    version = models.ForeignKey(RetentionVersion, on_delete=models.PROTECT, db_index=False)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, null=True, db_index=False)
    rule = models.CharField(max_length=20)
    on = models.DateField()
    rows = models.IntegerField()
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(rule__in=[one.value for one in Kind]), name="privacy_erasure_kind"
            ),
            models.CheckConstraint(condition=models.Q(rows__gt=0), name="privacy_erasure_rows"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-on", "-id"], name="privacy_erasure_newest"),
            models.Index(fields=["tenancy", "id"], name="privacy_erasure_tenancy"),
        ]


class Run(Owned):
    """A run that came to its end: nothing of that day was left to erase."""

    version = models.ForeignKey(RetentionVersion, on_delete=models.PROTECT, db_index=False)
    on = models.DateField()
    tenancies = models.IntegerField()
    rows = models.IntegerField()
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-on", "-id"], name="privacy_run_newest")]


class RegisterVersion(Owned):
    """What a corporation adds to the register of processing: who answers, whom to ask, who processes for it."""

    number = models.SmallIntegerField()
    body = models.JSONField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="privacy_register_number"),
            models.CheckConstraint(condition=~models.Q(name=""), name="privacy_register_named"),
        ]
