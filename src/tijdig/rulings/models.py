"""Rulings and what ended them early: append-only. Reasons stand apart, so that they can be erased with the person.

That one ruling holds for each place of a tenancy, and that an ending lies within its ruling, is held by triggers (`0002`).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.rulings.kinds import OF_A_STEP, Kind
from tijdig.rulings.values import ABOUT
from tijdig.tenancies.models import Owned, Tenancy

_WITH_STEP = [kind.value for kind in OF_A_STEP]


class Ruling(Owned):
    """What a named person decided about a tenancy. `asked_as` is the form that asked for it."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=20)
    instead_of = models.CharField(max_length=40, blank=True)  # code of the step from which it deviates
    do = models.CharField(max_length=40, blank=True)  # code of the step in its place
    from_on = models.DateField()
    until_on = models.DateField()  # the last day on which it holds
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()
    about = models.CharField(max_length=60, blank=True)  # where it came from: "conference:12"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="rulings_ruling_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in Kind]), name="rulings_ruling_kind"
            ),
            models.CheckConstraint(
                condition=(models.Q(kind__in=_WITH_STEP) & ~models.Q(instead_of=""))
                | (~models.Q(kind__in=_WITH_STEP) & models.Q(instead_of="")),
                name="rulings_ruling_instead_of",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(kind=Kind.OTHER.value) & ~models.Q(do="") & ~models.Q(do=models.F("instead_of"))
                )
                | (~models.Q(kind=Kind.OTHER.value) & models.Q(do="")),
                name="rulings_ruling_do",
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")), name="rulings_ruling_days"
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(actor=""), name="rulings_ruling_named"
            ),
            models.CheckConstraint(
                condition=models.Q(about="") | models.Q(about__regex=ABOUT), name="rulings_ruling_about"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenancy", "until_on"], name="rulings_ruling_tenancy"),
            models.Index(fields=["organisation", "until_on"], name="rulings_ruling_until"),
        ]


class RulingText(Owned):
    """Why. Personal: erased with the person."""

    ruling = models.OneToOneField(Ruling, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()


class Ending(Owned):
    """A ruling that ended before its last day: by a person, or because another one took its place."""

    ruling = models.OneToOneField(Ruling, on_delete=models.PROTECT, primary_key=True)
    ended_on = models.DateField()  # the first day on which it does not hold any more
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(actor=""), name="rulings_ending_by"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "ended_on"], name="rulings_ending_day"),
        ]


class EndingText(Owned):
    """Why it ended. Personal: erased with the person."""

    ending = models.OneToOneField(Ending, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()
