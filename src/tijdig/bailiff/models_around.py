"""What is known before a file goes, and what the partner says when it comes back. Both personal: to be erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.bailiff.kinds import Lives
from tijdig.tenancies.models import Owned, Tenancy


class Household(Owned):
    """Who lives there, as somebody asked. The last one holds; without names, ages or words."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    lives = models.CharField(max_length=10)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(lives__in=[one.value for one in Lives]), name="bailiff_household_lives"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="bailiff_household_named"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "-id"], name="bailiff_household_tenancy")]


class FileEndText(Owned):
    """Why the partner gave a file back, in its own words."""

    file = models.OneToOneField("bailiff.File", on_delete=models.PROTECT, primary_key=True)
    reason = models.TextField()
