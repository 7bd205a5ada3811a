"""What programs tell about files: that one should be handed over, and the number that a partner's own system gives it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.access.models import Partner
from tijdig.bailiff.kinds import Start
from tijdig.tenancies.models import Owned, Tenancy


class Proposal(Owned):
    """A program proposes to hand over; a person decides by name. Its id is the one that the file will have: whoever
    proposed asks for the same number before and after."""

    id = models.BigIntegerField(primary_key=True)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    start = models.CharField(max_length=3)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)  # of the program
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="bailiff_proposal_asked_once"),
            models.CheckConstraint(
                condition=models.Q(start__in=[one.value for one in Start]), name="bailiff_proposal_start"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "-id"], name="bailiff_proposal_tenancy")]


class ProposalRefusal(Owned):
    """Somebody decided by name that it is not handed over now."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, primary_key=True)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="bailiff_proposal_refusal_named")
        ]


class FileReference(Owned):
    """The number of a file at the partner. The last one holds."""

    file = models.ForeignKey("bailiff.File", on_delete=models.PROTECT)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    reference = models.CharField(max_length=60)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reference=""), name="bailiff_reference_there")
        ]
