"""Objections and their answers: append-only. What a person wrote stands apart, so that it can be erased."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from tijdig.objections.kinds import About, Outcome, Way
from tijdig.tenancies.models import Owned, Tenancy


def _values(words: type[StrEnum]) -> list[str]:
    return [word.value for word in words]


class Objection(Owned):
    """That a tenant does not agree. `asked_as` is the form that asked for it.

    That the entries are charges of the tenancy, the walls hold (`0002`).
    """

    of_few = True
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    about = models.CharField(max_length=20)
    entries = ArrayField(models.BigIntegerField(), default=list)
    received_on = models.DateField()
    way = models.CharField(max_length=20)
    answer_by_on = models.DateField()
    wants_person = models.BooleanField(default=False)
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="objections_objection_once"),
            models.CheckConstraint(
                condition=models.Q(about__in=_values(About)), name="objections_objection_about"
            ),
            models.CheckConstraint(condition=models.Q(way__in=_values(Way)), name="objections_objection_way"),
            models.CheckConstraint(
                condition=models.Q(about=About.ENTRY.value, entries__len__gt=0)
                | (~models.Q(about=About.ENTRY.value) & models.Q(entries__len=0)),
                name="objections_objection_entries",
            ),
            models.CheckConstraint(
                condition=models.Q(answer_by_on__gte=models.F("received_on")),
                name="objections_objection_term",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenancy", "received_on"], name="objections_objection_tenancy"),
            models.Index(fields=["organisation", "answer_by_on"], name="objections_objection_term_day"),
        ]


class ObjectionText(Owned):
    """The tenant's own words. Personal: erased with the person."""

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()


class Answer(Owned):
    """What a person answered: one for an objection, for good. The day of receipt is that of the objection (`0002`)."""

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, primary_key=True)
    received_on = models.DateField()
    outcome = models.CharField(max_length=20)
    answered_on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=_values(Outcome)), name="objections_answer_outcome"
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on__gte=models.F("received_on")),
                name="objections_answer_after_receipt",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="objections_answer_named"),
        ]


class AnswerText(Owned):
    """What was answered, and why. Personal: erased with the person."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()
