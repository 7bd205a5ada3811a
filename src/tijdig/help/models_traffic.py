"""Traffic with debt counsellors: files, conversations, messages both ways, of whom each is, and the files that went out.

Append-only; what is about a person stands apart (`TrafficLine`, `ConversationText`, `TrafficExportFile`), to be erased.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.help.traffic import ANSWERS, INCOMING, Sheet
from tijdig.help.traffic import Message as Word
from tijdig.tenancies.models import Owned, Tenancy


def _values(words: type[StrEnum]) -> list[str]:
    return [word.value for word in words]


class TrafficFile(Owned):
    """A reading of a file. The same bytes are the same file, and are read whole once; until then they may come again.

    `version` is that of its layout.
    """

    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    version = models.CharField(max_length=40)
    lines = models.IntegerField()
    taken = models.IntegerField()
    known = models.IntegerField()  # said what we knew
    rejected = models.IntegerField()
    read_on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "digest"],
                condition=models.Q(rejected=0),
                name="help_traffic_file_whole_once",
            ),
            models.CheckConstraint(
                condition=models.Q(lines=models.F("taken") + models.F("known") + models.F("rejected")),
                name="help_traffic_file_whole",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="help_traffic_file_named"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-read_on"], name="help_traffic_file_newest")
        ]


class TrafficLook(Owned):
    """That somebody looked at the portal and there was nothing to fetch: once a day is enough."""

    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "on"], name="help_traffic_look_once")
        ]


class TrafficLine(Owned):
    """A line that we could not use, with its text and the reason. Personal: erased when its time is over."""

    file = models.ForeignKey(TrafficFile, on_delete=models.PROTECT)
    number = models.IntegerField()
    text = models.TextField()
    reason = models.CharField(max_length=300)


class Conversation(Owned):
    """What a counsellor and we write each other about one client. `number` is the hub's, the rest the first message's."""

    number = models.UUIDField()
    counsellor = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    helper_number = models.CharField(max_length=80, blank=True)
    our_number = models.CharField(max_length=80, blank=True)
    settlement = models.CharField(max_length=2, blank=True)
    begun_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="help_conversation_once")
        ]


class ConversationMatch(Owned):
    """That a conversation is about a tenancy, and what showed it. One client may rent more than one."""

    of_few = True
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    proof = models.JSONField()
    by_itself = models.BooleanField()
    matched_on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="help_match_named")
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "-id"], name="help_match_tenancy")]


class ConversationRelease(Owned):
    """That a match was a mistake."""

    match = models.OneToOneField(ConversationMatch, on_delete=models.PROTECT, primary_key=True)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())


class Message(Owned):
    """One message. `facts` holds codes, days and cents and nothing about a person; an answer says what it `answers`."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=20)
    direction = models.CharField(max_length=3)
    received_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    due_on = models.DateField(null=True)  # the last day to answer
    facts = models.JSONField()
    digest = models.CharField(max_length=64, blank=True)  # of the facts of what came in
    file = models.ForeignKey(TrafficFile, on_delete=models.PROTECT, null=True, db_index=False)
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True
    )  # one that stands: whoever writes holds the talk
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    direction="in",
                    kind__in=[one.value for one in INCOMING],
                    received_on__isnull=False,
                    answers__isnull=True,
                )
                | models.Q(
                    direction="out",
                    kind__in=[one.value for one in ANSWERS],
                    answered_on__isnull=False,
                    answers__isnull=False,
                ),
                name="help_message_form",
            ),
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="help_message_asked_once"),
            models.CheckConstraint(condition=models.Q(kind__in=_values(Word)), name="help_message_kind"),
            models.CheckConstraint(condition=~models.Q(name=""), name="help_message_named"),
        ]
        indexes: ClassVar = [models.Index(fields=["conversation", "id"], name="help_message_conversation")]


class ConversationText(Owned):
    """What a message says about people: who wrote, the client, the partner, the address, words. Personal: to be erased."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, primary_key=True)
    contact = models.CharField(max_length=200, blank=True)
    client = models.CharField(max_length=200, blank=True)
    partner = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    remark = models.TextField(blank=True)


class MessageRetraction(Owned):
    """That an answer of ours does not stand: a person took it back, or it told of a tenant whose conversation it was not."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, primary_key=True)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="help_retraction_named")
        ]


class TrafficExport(Owned):
    """A file of answers that was made, for a person to bring to the portal."""

    sheet = models.CharField(max_length=20)
    version = models.CharField(max_length=40)
    messages = models.IntegerField()
    digest = models.CharField(max_length=64)
    made_on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(sheet__in=_values(Sheet)), name="help_export_sheet"),
            models.CheckConstraint(condition=models.Q(messages__gt=0), name="help_export_messages"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-id"], name="help_export_newest")]


class TrafficExportFile(Owned):
    """The file itself, byte for byte. Personal: erased when its time is over."""

    export = models.OneToOneField(TrafficExport, on_delete=models.PROTECT, primary_key=True)
    content = models.BinaryField()


class TrafficExportItem(Owned):
    """Which answer a file carries: an answer goes once."""

    export = models.ForeignKey(TrafficExport, on_delete=models.PROTECT)
    message = models.OneToOneField(Message, on_delete=models.PROTECT)
