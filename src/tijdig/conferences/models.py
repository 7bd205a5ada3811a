"""The agenda, conferences and what they decided: append-only. What a person wrote stands apart, so that it can be erased.

`Place` is what holds one case at a time of a tenancy: a row while the case is on the agenda. That a decision is of its
case and of an open conference, and follows the last one, the walls hold (`0002`).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from tijdig.access.models import User
from tijdig.conferences.kinds import CHOOSES, DONE_BY, OF_A_STEP, Decision
from tijdig.tenancies.models import Owned, Tenancy

_CHOOSES = [one.value for one in CHOOSES]
_OF_A_STEP = sorted(one.value for one in OF_A_STEP)
_DONE_BY = sorted(one.value for one in DONE_BY)
_WHO = models.Q(who=None, who_name="") | (models.Q(who__isnull=False) & ~models.Q(who_name=""))


def _just_where(decisions: list[str], field: str) -> models.Q:
    """This field is filled in with these decisions, and with no other."""
    empty = models.Q(**{field: ""})
    return (models.Q(decision__in=decisions) & ~empty) | (~models.Q(decision__in=decisions) & empty)


class AgendaItem(Owned):
    """A case that somebody puts before the group. `asked_as` is the form that asked for it."""

    of_few = True
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    put_on = models.DateField()
    wanted_by_on = models.DateField(null=True)  # null: at the next conference
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="conferences_item_once"),
            models.CheckConstraint(
                condition=models.Q(wanted_by_on=None) | models.Q(wanted_by_on__gte=models.F("put_on")),
                name="conferences_item_wanted",
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(actor=""), name="conferences_item_named"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "put_on"], name="conferences_item_tenancy")]


class ItemText(Owned):
    """The question to the group. Personal: erased with the person."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()


class Place(Owned):
    """The one case of a tenancy that is on the agenda now."""

    tenancy = models.OneToOneField(Tenancy, on_delete=models.PROTECT, primary_key=True)
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT)


class Withdrawal(Owned):
    """A case that was taken off the agenda without a decision."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, primary_key=True)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())


class WithdrawalText(Owned):
    """Why it went off the agenda. Personal: erased with the person."""

    withdrawal = models.OneToOneField(Withdrawal, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()


class Conference(Owned):
    """One meeting of the group. Who is there stands in `Presence`; it is over once there is a `Closing`."""

    held_on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="conferences_conference_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-held_on"], name="conferences_held")]


class Presence(Owned):
    """Who is there, from a moment on: the newest counts. `guests` are names: a bailiff, the social team."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT)
    chair = models.CharField(max_length=120)
    present = ArrayField(models.IntegerField())
    guests = ArrayField(models.CharField(max_length=120), default=list)
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(chair=""), name="conferences_presence_chair"),
            models.CheckConstraint(condition=models.Q(present__len__gt=0), name="conferences_presence_some"),
        ]


class Closing(Owned):
    """A conference that is over: what it decided is fixed."""

    conference = models.OneToOneField(Conference, on_delete=models.PROTECT, primary_key=True)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())


class Outcome(Owned):
    """What was decided of a case. `previous` is the decision of the same case that the group had before it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, db_index=False)
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False)
    decision = models.CharField(max_length=20)
    until_on = models.DateField()  # the last day on which it holds
    instead_of = models.CharField(max_length=40, blank=True)  # code of the step that was next
    do = models.CharField(max_length=40, blank=True)  # code of the step in its place
    who = models.ForeignKey(User, on_delete=models.PROTECT, null=True, db_index=False)
    who_name = models.CharField(max_length=120, blank=True)
    do_by_on = models.DateField(null=True)
    decided_on = models.DateField()
    decided_by = ArrayField(models.CharField(max_length=120))
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="conferences_outcome_once"),
            models.UniqueConstraint(
                fields=["item", "previous"], nulls_distinct=False, name="conferences_outcome_follows"
            ),
            models.CheckConstraint(
                condition=models.Q(decision__in=[one.value for one in Decision]),
                name="conferences_outcome_decision",
            ),
            models.CheckConstraint(
                condition=_just_where(_OF_A_STEP, "instead_of"),
                name="conferences_outcome_instead_of",
            ),
            models.CheckConstraint(
                condition=_just_where(_CHOOSES, "do")
                & (models.Q(do="") | ~models.Q(do=models.F("instead_of"))),
                name="conferences_outcome_do",
            ),
            models.CheckConstraint(condition=_WHO, name="conferences_outcome_who"),
            models.CheckConstraint(
                condition=~models.Q(decision__in=_DONE_BY)
                | models.Q(who__isnull=False, do_by_on__isnull=False),
                name="conferences_outcome_done_by",
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("decided_on"))
                & (
                    models.Q(do_by_on=None)
                    | models.Q(do_by_on__gte=models.F("decided_on"), do_by_on__lte=models.F("until_on"))
                ),
                name="conferences_outcome_days",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__len__gt=0), name="conferences_outcome_decided_by"
            ),
        ]


class OutcomeText(Owned):
    """Why it was decided so. Personal: erased with the person."""

    outcome = models.OneToOneField(Outcome, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()
