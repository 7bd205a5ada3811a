"""Who works which tenancy, who is away, and who is busy now. Facts are append-only; reasons stand apart, to be erased."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from tijdig.access.models import User
from tijdig.caseload.kinds import Why
from tijdig.tenancies.models import Owned, OwnedMany, Tenancy


class Assignment(Owned):
    """From this day on somebody works a tenancy. The newest row of a tenancy holds."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, db_index=False)
    from_on = models.DateField()
    why = models.CharField(max_length=20)
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(why__in=[one.value for one in Why]), name="caseload_assignment_why"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenancy", "-id"], name="caseload_assignment_newest", include=["user"]),
        ]


class Holder(OwnedMany):
    """Whose each tenancy is: its newest assignment, kept so by trigger. Read where a whole list asks at once.

    Without a user: it asks for somebody, and nobody had it yet.
    """

    tenancy = models.OneToOneField(Tenancy, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    assignment_id = models.BigIntegerField(null=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, db_index=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "user"], name="caseload_holder_user", include=["tenancy"]),
        ]


class AssignmentText(Owned):
    """Why, in a sentence: the program's own, or a person's. Personal: erased with the person."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()


class Absence(Owned):
    """Somebody is away, up to and including a day (empty: nobody knows). Without a stand-in the work is spread."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, db_index=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    stand_in = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, db_index=False, related_name="stands_in"
    )
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("from_on")),
                name="caseload_absence_days",
            ),
            models.CheckConstraint(
                condition=models.Q(stand_in=None) | ~models.Q(stand_in=models.F("user")),
                name="caseload_absence_other",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "from_on"], name="caseload_absence_user")]


class AbsenceEnd(Owned):
    """Back before the day that was said: `back_on` is the first day there. Before the first day: it was called off."""

    absence = models.OneToOneField(Absence, on_delete=models.PROTECT, primary_key=True)
    back_on = models.DateField()
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())


class Workday(Owned):
    """From this day on, the minutes for tenants on Monday to Sunday. The newest that has begun holds."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, db_index=False)
    from_on = models.DateField()
    minutes = ArrayField(models.SmallIntegerField(), size=7)
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-from_on", "-id"], name="caseload_workday_user")]


class Pickup(Owned):
    """Somebody is busy with a tenancy, until `until_at` or until he ended it. Never two at one moment (the walls)."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, db_index=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until_at__gt=models.F("from_at")), name="caseload_pickup_lasts"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("from_at")),
                name="caseload_pickup_ends",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "-until_at"], name="caseload_pickup_newest")]
