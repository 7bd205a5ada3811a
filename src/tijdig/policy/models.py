"""What a corporation adopted where the law leaves a choice. Append-only: a correction is a newer row of the same day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.law.conventions import DayCount, FirstInterestDay, LeapAnniversary, Rounding, Weekend
from tijdig.tenancies.models import Owned

_CHOICES = {
    "day_count": DayCount,
    "rounding": Rounding,
    "leap_anniversary": LeapAnniversary,
    "first_interest_day": FirstInterestDay,
    "weekend": Weekend,
}


class Adoption(Owned):
    """One convention of each kind, from a day on."""

    from_on = models.DateField()
    day_count = models.CharField(max_length=30)
    rounding = models.CharField(max_length=30)
    leap_anniversary = models.CharField(max_length=30)
    first_interest_day = models.CharField(max_length=30)
    weekend = models.CharField(max_length=30)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=80)
    reason = models.CharField(max_length=400)

    class Meta:
        constraints: ClassVar = [
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{kind}__in": [one.value for one in choice]}),
                    name=f"policy_adoption_{kind}",
                )
                for kind, choice in _CHOICES.items()
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="policy_adoption_has_reason"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-from_on", "-id"], name="policy_adoption_day")
        ]


class Version(Owned):
    """One document of a way of working, as it was written. Never changed: another text is another version."""

    name = models.CharField(max_length=120)
    version = models.CharField(max_length=21)
    text = models.TextField()
    digest = models.CharField(max_length=64)  # SHA-256 of the text
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "version"], name="policy_version_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="policy_version_has_text"),
        ]


class Start(Owned):
    """From which day a version is the way of working. Of two of the same day the newest holds."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT)
    from_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=80)
    reason = models.CharField(max_length=400)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="policy_start_has_reason"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-from_on", "-id"], name="policy_start_day")
        ]
