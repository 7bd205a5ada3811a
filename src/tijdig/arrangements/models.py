"""Arrangements as they were agreed, and what became of them. Plans and changes are append-only; reasons stand apart."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from tijdig.arrangements.kinds import EndReason, Rhythm, State
from tijdig.tenancies.models import Owned, Tenancy

_OVER = [State.ENDED.value, State.CANCELLED.value]


class Arrangement(Owned):
    """What was agreed with a tenant. Its state follows from its `Change`s; one at a time a tenancy."""

    of_few = True
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    agreed_on = models.DateField()
    debt_cents = models.BigIntegerField()
    entries = ArrayField(models.BigIntegerField())  # the ledger entries that it is about
    last_entry = models.BigIntegerField()  # of the ledger when it was agreed: what came later is money for it
    rhythm = models.CharField(max_length=20)
    grace_days = models.SmallIntegerField()  # by the policy of that day
    policy_version = models.CharField(max_length=40)
    warned = ArrayField(
        models.CharField(max_length=20), default=list
    )  # what policy would rather have seen otherwise
    state = models.CharField(max_length=20)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=20, blank=True)
    asked_as = models.UUIDField()  # the form that asked for it: twice the same form is one arrangement
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenancy"],
                condition=~models.Q(state__in=_OVER),
                name="arrangements_one_at_a_time",
            ),
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="arrangements_asked_once"),
            models.CheckConstraint(condition=models.Q(debt_cents__gt=0), name="arrangements_debt"),
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in State]), name="arrangements_state"
            ),
            models.CheckConstraint(
                condition=models.Q(rhythm__in=[one.value for one in Rhythm]), name="arrangements_rhythm"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=_OVER, ended_on__isnull=False)
                | (~models.Q(state__in=_OVER) & models.Q(ended_on=None, end_reason="")),
                name="arrangements_over",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.ENDED.value)
                | models.Q(end_reason__in=[one.value for one in EndReason]),
                name="arrangements_end_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "-id"], name="arrangements_tenancy")]


class Instalment(Owned):
    """One amount of the plan."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.PROTECT, db_index=False)
    number = models.SmallIntegerField()
    due_on = models.DateField()
    cents = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["arrangement", "number"], name="arrangements_instalment_once"),
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="arrangements_instalment_cents"),
        ]


class Change(Owned):
    """What became of an arrangement: requested, active, frozen until a day, resumed, ended, cancelled."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.PROTECT)
    verb = models.CharField(max_length=20)
    on = models.DateField()
    until = models.DateField(null=True)  # the last frozen day
    end_reason = models.CharField(max_length=20, blank=True)
    actor = models.CharField(max_length=80)
    made_at = models.DateTimeField(db_default=Now())


class ChangeText(Owned):
    """Why, in a person's own words. Personal: erased with the person."""

    change = models.OneToOneField(Change, on_delete=models.PROTECT, primary_key=True)
    text = models.CharField(max_length=400)
