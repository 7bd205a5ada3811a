"""Municipalities that a corporation works with, signals and what became of them. Append-only but the municipality.

What left the house about a person stands apart (`SignalData`, `BatchFile`, `RejectedLine`), so that it can be erased.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from tijdig.help.kinds import Mark, Noticed, Result
from tijdig.help.models_referral import Helper as Helper
from tijdig.help.models_referral import Referral as Referral
from tijdig.help.models_referral import ReferralAnswer as ReferralAnswer
from tijdig.help.models_referral import ReferralAnswerText as ReferralAnswerText
from tijdig.help.models_referral import ReferralText as ReferralText
from tijdig.help.models_referral import RootCause as RootCause
from tijdig.help.models_referral import RootCauseText as RootCauseText
from tijdig.help.models_traffic import Conversation as Conversation
from tijdig.help.models_traffic import ConversationMatch as ConversationMatch
from tijdig.help.models_traffic import ConversationRelease as ConversationRelease
from tijdig.help.models_traffic import ConversationText as ConversationText
from tijdig.help.models_traffic import Message as Message
from tijdig.help.models_traffic import MessageRetraction as MessageRetraction
from tijdig.help.models_traffic import TrafficExport as TrafficExport
from tijdig.help.models_traffic import TrafficExportFile as TrafficExportFile
from tijdig.help.models_traffic import TrafficExportItem as TrafficExportItem
from tijdig.help.models_traffic import TrafficFile as TrafficFile
from tijdig.help.models_traffic import TrafficLine as TrafficLine
from tijdig.help.models_traffic import TrafficLook as TrafficLook
from tijdig.tenancies.models import Owned, Tenancy


def _values(words: type[StrEnum]) -> list[str]:
    return [word.value for word in words]


class Municipality(Owned):
    """Where signals go, as the corporation keeps it. `towns` are places of its homes; each is of one municipality."""

    name = models.CharField(max_length=80)
    code = models.CharField(max_length=6)  # CBS: GM and four digits
    towns = ArrayField(models.CharField(max_length=80))
    platform = models.CharField(max_length=80, blank=True)
    agreed_on = models.DateField(null=True)  # the agreement under the national covenant
    help_line = models.CharField(max_length=200, blank=True)
    sheet = models.TextField()  # `sheet.written`
    answers = models.TextField()  # `answer_sheet.written`

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "code"], name="help_municipality_code"),
            models.UniqueConstraint(fields=["organisation", "name"], name="help_municipality_name"),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^GM[0-9]{4}$"), name="help_municipality_code_shape"
            ),
            models.CheckConstraint(condition=models.Q(towns__len__gt=0), name="help_municipality_towns"),
        ]


class Signal(Owned):
    """That a named person decided to tell a municipality. `evidence` is what showed the four duties then."""

    of_few = True
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    decided_on = models.DateField()
    since_on = models.DateField()  # of which arrears
    amount_cents = models.BigIntegerField()
    evidence = models.JSONField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="help_signal_once"),
            models.CheckConstraint(condition=models.Q(amount_cents__gt=0), name="help_signal_amount"),
            models.CheckConstraint(condition=~models.Q(name=""), name="help_signal_named"),
            models.CheckConstraint(
                condition=models.Q(since_on__lte=models.F("decided_on")), name="help_signal_since"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "-id"], name="help_signal_tenancy")]


class Batch(Owned):
    """One file to one municipality; `way` is "file", or "typed" where a person typed them into the platform."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    way = models.CharField(max_length=10)
    signals = models.IntegerField()
    digest = models.CharField(max_length=64, blank=True)
    sent_on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(way__in=["file", "typed"]), name="help_batch_way"),
            models.CheckConstraint(condition=models.Q(signals__gt=0), name="help_batch_signals"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-id"], name="help_batch_newest")]


class BatchFile(Owned):
    """The file itself, byte for byte. Personal: erased when its time is over."""

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, primary_key=True)
    content = models.BinaryField()


class SignalMark(Owned):
    """What became of a signal: sent, or withdrawn before that, each once; received or refused by the platform."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=20)
    on = models.DateField()
    reason = models.CharField(max_length=40, blank=True)  # a code of `Stop` or `Duty`; words stand apart
    amount_cents = models.BigIntegerField(null=True)  # of the day on which it was sent
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, db_index=False)
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=_values(Mark)), name="help_mark_kind"),
            models.UniqueConstraint(
                fields=["signal"],
                condition=models.Q(kind__in=[Mark.SENT.value, Mark.WITHDRAWN.value]),
                name="help_mark_goes_once",
            ),
            models.UniqueConstraint(
                fields=["signal", "kind"],
                condition=models.Q(kind__in=[Mark.RECEIVED.value, Mark.REFUSED.value]),
                name="help_mark_told_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=Mark.SENT.value) | models.Q(batch__isnull=False, amount_cents__gt=0),
                name="help_mark_sent_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["signal", "id"], name="help_mark_signal")]


class SignalMarkText(Owned):
    """Why somebody took a signal back, or what the platform said. Personal: to be erased."""

    mark = models.OneToOneField(SignalMark, on_delete=models.PROTECT, primary_key=True)
    words = models.CharField(max_length=200)


class SignalData(Owned):
    """What left about a person, field by field. Personal: erased with the person."""

    signal = models.OneToOneField(Signal, on_delete=models.PROTECT, primary_key=True)
    fields = models.JSONField()


class AnswerFile(Owned):
    """A file of answers that was read, once: the same bytes are the same file."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, db_index=False)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    lines = models.IntegerField()
    taken = models.IntegerField()
    known = models.IntegerField()  # said what we knew
    rejected = models.IntegerField()
    read_on = models.DateField()
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "digest"],
                condition=models.Q(rejected=0),
                name="help_answer_file_whole_once",
            ),
        ]


class RejectedLine(Owned):
    """A line of such a file that we could not use, with its text and the reason. Personal: erased when its time is over."""

    file = models.ForeignKey(AnswerFile, on_delete=models.PROTECT)
    number = models.IntegerField()
    text = models.TextField()
    reason = models.CharField(max_length=300)


class SignalAnswer(Owned):
    """What the municipality says came of a signal; a later answer stands beside it. `attempts` is how often they tried."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, db_index=False)
    result = models.CharField(max_length=20)
    answered_on = models.DateField()
    attempts = models.SmallIntegerField(null=True)
    file = models.ForeignKey(AnswerFile, on_delete=models.PROTECT, null=True, db_index=False)
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(result__in=_values(Result)), name="help_answer_result"),
            models.UniqueConstraint(fields=["signal", "result", "answered_on"], name="help_answer_told_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["signal", "id"], name="help_answer_signal")]


class Worry(Owned):
    """What somebody noticed about a household, for whoever works its tenancy. `asked_as` is the form that told it."""

    of_few = True
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    what = ArrayField(models.CharField(max_length=20))
    talked = models.BooleanField()  # with somebody of the household
    noticed_on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="help_worry_once"),
            models.CheckConstraint(
                condition=models.Q(what__len__gt=0, what__contained_by=_values(Noticed)),
                name="help_worry_what",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="help_worry_named"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenancy", "-id"], name="help_worry_tenancy"),
            models.Index(fields=["organisation", "actor", "-id"], name="help_worry_actor"),
        ]


class WorryText(Owned):
    """In whose own words. Personal: erased with the person."""

    worry = models.OneToOneField(Worry, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()


class WorryPickup(Owned):
    """That somebody took a worry up, once. More than that whoever noticed it does not learn."""

    worry = models.OneToOneField(Worry, on_delete=models.PROTECT, primary_key=True)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
