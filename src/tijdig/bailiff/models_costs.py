"""What is said of a cost beside the booking itself: why this amount, that somebody agreed, that it was a mistake."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.tenancies.models import Owned


class CostText(Owned):
    """Why it is this amount. To be erased."""

    cost = models.OneToOneField("bailiff.Cost", on_delete=models.PROTECT, primary_key=True)
    reason = models.TextField()


class CostWithdrawal(Owned):
    """Booked by mistake: it counts for nothing and is still shown."""

    cost = models.OneToOneField("bailiff.Cost", on_delete=models.PROTECT, primary_key=True)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())


class CostAgreement(Owned):
    """Somebody of the corporation agrees by name to what a partner booked for the tenant: from then it is owed."""

    cost = models.OneToOneField("bailiff.Cost", on_delete=models.PROTECT, primary_key=True)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="bailiff_costagreement_named"),
        ]
