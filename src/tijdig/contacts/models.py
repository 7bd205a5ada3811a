"""Contacts, promises, what was taken back, and answers that came in: append-only.

What a person wrote stands apart, so that it can be erased. `ReplyWork` alone is changed: it is what waits now, and can be
made anew from the facts.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from tijdig.contacts.kinds import Cause, Channel, Direction, NextStep, Outcome, Reached, Who
from tijdig.contacts.reply_kinds import Deed, How, Why
from tijdig.contacts.talk import SPOKEN
from tijdig.law.contact_hours import DAY_MINUTES
from tijdig.tenancies.models import Owned, Person, Tenancy

_WORDS: dict[str, type[StrEnum]] = {
    "channel": Channel,
    "direction": Direction,
    "reached": Reached,
    "who": Who,
    "outcome": Outcome,
    "next_step": NextStep,
}


def _values(words: type[StrEnum]) -> list[str]:
    return [word.value for word in words]


class Contact(Owned):
    """One attempt or talk. `effective_on` is the day of `at` in Amsterdam; `asked_as` is the form that asked for it."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, db_index=False)
    channel = models.CharField(max_length=30)
    direction = models.CharField(max_length=30)
    reached = models.CharField(max_length=30)
    who = models.CharField(max_length=30)
    outcome = models.CharField(max_length=30)
    causes = ArrayField(models.CharField(max_length=30), default=list)
    effective_on = models.DateField()
    at = models.DateTimeField()
    minutes = models.SmallIntegerField(null=True)
    next_step = models.CharField(max_length=30)
    next_on = models.DateField(null=True)
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()
    confidential = models.BooleanField(default=False, db_default=False)  # its note is not for everybody

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="contacts_contact_once"),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{field}__in": _values(words)}), name=f"contacts_contact_{field}"
                )
                for field, words in _WORDS.items()
            ),
            models.CheckConstraint(
                condition=models.Q(causes__contained_by=_values(Cause)), name="contacts_contact_causes"
            ),
            models.CheckConstraint(
                condition=~models.Q(reached=Reached.TALKED.value)
                | models.Q(channel__in=sorted(word.value for word in SPOKEN)),
                name="contacts_contact_talk_is_spoken",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes=None) | models.Q(minutes__range=(0, DAY_MINUTES)),
                name="contacts_contact_minutes",
            ),
            models.CheckConstraint(
                condition=models.Q(next_on=None)
                | (
                    models.Q(next_on__gte=models.F("effective_on")) & ~models.Q(next_step=NextStep.NONE.value)
                ),
                name="contacts_contact_next",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenancy", "effective_on"], name="contacts_contact_tenancy"),
            models.Index(fields=["organisation", "effective_on"], name="contacts_contact_day"),
        ]


class ContactText(Owned):
    """The note. Personal: erased with the person. One that is confidential is not there for customer service (walls of
    `bailiff`, 0012)."""

    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()


class Promise(Owned):
    """What was promised at a contact. Tenancy and day are those of the contact: the walls hold that (`0002`)."""

    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, primary_key=True)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    made_on = models.DateField()
    amount_cents = models.BigIntegerField()
    due_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0), name="contacts_promise_above_zero"
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("made_on")), name="contacts_promise_after_contact"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "due_on"], name="contacts_promise_tenancy")]


class Withdrawal(Owned):
    """A contact that was taken back: it counts for nothing and is still shown."""

    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())


class WithdrawalText(Owned):
    """Why a contact was taken back. Personal: erased with the person."""

    withdrawal = models.OneToOneField(Withdrawal, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()


class Reply(Owned):
    """An answer that came in, with what it was matched to then. `effective_on` is the day of `received_at` in Amsterdam."""

    of_few = True
    channel = models.CharField(max_length=30)
    received_at = models.DateTimeField()
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    digest = models.CharField(max_length=64)  # of the message, for ever: the same one is taken once
    folder = models.CharField(max_length=200, blank=True)
    validity = models.BigIntegerField(null=True)  # with `uid` its place in the folder
    uid = models.BigIntegerField(null=True)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, null=True, db_index=False)
    how = models.CharField(max_length=20, blank=True)
    said = models.CharField(max_length=40, blank=True)  # the number that it named
    why = models.CharField(max_length=20, blank=True)  # why it found nobody
    suggested = models.JSONField(default=list)  # tenancy, how, said
    automatic = models.BooleanField()
    automatic_why = models.CharField(max_length=20, blank=True)
    trouble = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "digest"], name="contacts_reply_once"),
            models.UniqueConstraint(
                fields=["organisation", "folder", "validity", "uid"],
                condition=models.Q(uid__isnull=False),
                name="contacts_reply_place",
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=[Channel.EMAIL.value, Channel.SMS.value]),
                name="contacts_reply_channel",
            ),
            models.CheckConstraint(
                condition=models.Q(tenancy=None, how="", why__in=_values(Why))
                | models.Q(tenancy__isnull=False, how__in=_values(How), why=""),
                name="contacts_reply_matched",
            ),
            models.CheckConstraint(
                condition=models.Q(automatic=False, automatic_why="")
                | (models.Q(automatic=True) & ~models.Q(automatic_why="")),
                name="contacts_reply_automatic",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenancy", "effective_on"], name="contacts_reply_tenancy"),
            models.Index(fields=["organisation", "effective_on"], name="contacts_reply_day"),
        ]


class ReplyText(Owned):
    """What was written, by whom, and the names of what came with it. Personal: erased with the person."""

    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, primary_key=True)
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    shortened = models.BooleanField()
    attached = models.JSONField(default=list)  # name, bytes


class ReplyDeed(Owned):
    """What somebody did with an answer, in order. The last one about its place counts (`reply.standing`)."""

    of_few = True
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, db_index=False)
    number = models.SmallIntegerField()
    deed = models.CharField(max_length=20)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, null=True, db_index=False)
    effective_on = models.DateField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reply", "number"], name="contacts_replydeed_number"),
            models.CheckConstraint(
                condition=models.Q(deed__in=_values(Deed)), name="contacts_replydeed_deed"
            ),
            models.CheckConstraint(
                condition=models.Q(deed=Deed.ASSIGNED.value, tenancy__isnull=False)
                | (~models.Q(deed=Deed.ASSIGNED.value) & models.Q(tenancy=None)),
                name="contacts_replydeed_tenancy",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["tenancy"],
                condition=models.Q(tenancy__isnull=False),
                name="contacts_replydeed_to",
            )
        ]


class ReplyDeedText(Owned):
    """Why somebody did it. Personal: erased with the person."""

    deed = models.OneToOneField(ReplyDeed, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()


class ReplyWork(Owned):
    """An answer that somebody must look at: without a tenancy, whose it is; with one, what it says."""

    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, primary_key=True)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, null=True, db_index=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation"], name="contacts_replywork_all")]
