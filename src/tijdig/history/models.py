"""Append-only events. Facts are here; personal text stands apart and may be erased while the chain still verifies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.history.reading import What, Why


class Event(models.Model):
    """One thing somebody did. `effective_on` is when it was true, `recorded_at` when we learned it."""

    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, db_index=False)
    actor = models.CharField(max_length=80)  # "user:12", "client:3", "system:night"
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)  # "tenancy:104", "file:7"
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    facts = models.JSONField(default=dict)
    text_digest = models.CharField(max_length=64, blank=True)  # sha256(salt + text)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "subject", "id"], name="history_event_subject"),
            models.Index(
                fields=["organisation", "id"],
                name="history_event_learned",
                condition=models.Q(verb__in=["tenancies_loaded", "line_assigned"]),
            ),
            models.Index(
                fields=["organisation", "actor", "id"],
                name="history_event_by_people",
                condition=models.Q(actor__gte="user:"),
            ),
        ]


class EventText(models.Model):
    """Personal text of an event, with the salt of its digest. Erasing a person deletes this row."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, db_index=False)
    salt = models.CharField(max_length=32)
    text = models.TextField()


class Reading(models.Model):
    """Somebody looked at something: once in ten minutes, however often. With another reason it is another look."""

    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, db_index=False)
    actor = models.CharField(max_length=80)
    what = models.CharField(max_length=12)
    subject = models.CharField(max_length=80)  # "tenancy:12", "letter:7", "partner_file:3"
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())
    slot = models.BigIntegerField()
    why = models.CharField(max_length=12, db_default="")  # where it is asked
    text_digest = models.CharField(max_length=64, db_default="")  # sha256(salt + text)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "subject", "id"], name="history_reading_subject"),
            models.Index(fields=["organisation", "actor", "id"], name="history_reading_actor"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "actor", "subject", "what", "slot", "why", "text_digest"],
                name="history_reading_once",
            ),
            models.CheckConstraint(
                condition=models.Q(why__in=["", *(one.value for one in Why)]),
                name="history_reading_why_known",
            ),
            models.CheckConstraint(
                condition=models.Q(what__in=[one.value for one in What]), name="history_reading_what_known"
            ),
        ]


class ReadingText(models.Model):
    """Why somebody took it, in words, with the salt of its digest. Personal: to be erased."""

    reading = models.OneToOneField(Reading, on_delete=models.PROTECT, primary_key=True)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, db_index=False)
    salt = models.CharField(max_length=32)
    text = models.TextField()


class Seal(models.Model):
    """A link of the chain: the digest of all events up to one, and of the link before it.

    `number` counts the links of a corporation from 1 and `total` the events in them; both take part in the digest. Links
    from before they were kept have neither.
    """

    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT)
    last_event_id = models.BigIntegerField()
    events = models.IntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(db_default=Now())
    number = models.IntegerField(null=True)
    total = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "last_event_id"], name="history_seal_once"),
            models.UniqueConstraint(fields=["organisation", "number"], name="history_seal_number_once"),
        ]
