"""Which systems want to know, what happened since they were last told, and every message to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.access.models import Organisation, Partner
from tijdig.hooks.kinds import Kind, State
from tijdig.tenancies.models import Owned


class Subscription(models.Model):
    """A system of a corporation or of a partner, at an address. Its secret is kept sealed; while it is renewed two sign."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True)
    name = models.CharField(max_length=120)
    url = models.CharField(max_length=500)
    kinds = models.CharField(max_length=400)  # with spaces
    secret = models.TextField()
    earlier_secret = models.TextField(blank=True)
    earlier_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(db_default=Now())
    paused_at = models.DateTimeField(null=True)
    paused_because = models.CharField(max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, partner__isnull=True)
                | models.Q(organisation__isnull=True, partner__isnull=False),
                name="hooks_subscription_of_one",
            )
        ]


class Event(Owned):
    """Something happened, and nobody was told yet. Written by the database itself, in the transaction of what happened."""

    tenancy_id = models.IntegerField()
    file_id = models.BigIntegerField(null=True)
    partner_id = models.IntegerField(null=True)
    kind = models.CharField(max_length=40)
    resource_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "id"], name="hooks_event_next")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[one.value for one in Kind]), name="hooks_event_kind"
            )
        ]


class ToldBreak(Owned):
    """That a break of an arrangement was told: each once."""

    arrangement_id = models.BigIntegerField()
    broken_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["arrangement_id", "broken_on"], name="hooks_toldbreak_once")
        ]


class Delivery(models.Model):
    """One message to one system. `number` counts up per file, so that a receiver sees what is missing."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, db_index=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, db_index=False)
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, db_index=False)
    event_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    corporation = models.CharField(max_length=200)
    tenancy_id = models.IntegerField(null=True)
    file_id = models.BigIntegerField(null=True)
    arrangement_id = models.BigIntegerField(null=True)
    number = models.IntegerField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10, default=State.WAITING.value)
    tries = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField()
    status = models.SmallIntegerField(null=True)  # of the last answer
    detail = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subscription", "-id"], name="hooks_delivery_of"),
            models.Index(fields=["subscription", "tenancy_id", "number"], name="hooks_delivery_order"),
            models.Index(
                fields=["subscription", "id"],
                name="hooks_delivery_waits",
                condition=models.Q(state="waiting"),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscription", "event_id"], name="hooks_delivery_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in State]), name="hooks_delivery_state"
            ),
        ]
