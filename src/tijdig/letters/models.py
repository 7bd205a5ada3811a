"""Letters as they were made, what became of them, and the texts they were made with. Personal text stands apart."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from tijdig.carriers.channel import Channel
from tijdig.letters.states import State
from tijdig.tenancies.models import Owned, Tenancy


class LetterText(Owned):
    """A version of the sentences of a kind of letter. Append-only: a change is a new version, the highest one counts."""

    kind = models.CharField(max_length=30)
    version = models.SmallIntegerField()
    own = models.BooleanField()  # the corporation's, or as tijdig ships it
    body = models.JSONField()
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=80)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind", "version"], name="letters_text_version")
        ]


class Letterhead(Owned):
    """Who writes: name, addresses, account, help. Append-only; the last one counts."""

    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=80)
    body = models.JSONField()


class Letter(Owned):
    """A letter that was made: what it is about and the digest of its PDF. `LetterPaper` has its text and bytes."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    text = models.ForeignKey(LetterText, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=30)
    dated_on = models.DateField()
    reference = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    large_print = models.BooleanField()
    open_cents = models.BigIntegerField()
    entries = ArrayField(models.BigIntegerField(), default=list)  # the ledger entries that it is about
    facts = models.JSONField(default=dict)  # amounts and terms
    digest = models.CharField(max_length=64)
    made_with = models.CharField(max_length=16)  # digest of the layout and the typesetter
    pages = models.SmallIntegerField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField(db_default=Now())
    stood_cents = models.BigIntegerField()  # what was open on those entries when the letter was made
    override_by = models.CharField(
        max_length=120, blank=True
    )  # the reason is in the letter's value, on its paper
    asked_as = models.UUIDField(null=True)  # the form that asked for it: twice the same form is one letter

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="letters_letter_reference"),
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="letters_letter_asked_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "-id"], name="letters_letter_tenancy")]


class LetterPaper(Owned):
    """The exact PDF, its text, and the letter as a value. Personal: erased with the person."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, primary_key=True)
    pdf = models.BinaryField()
    text = models.TextField()
    value = models.JSONField()


class Batch(Owned):
    """Letters for the print house, in the order of their place. Handed over once."""

    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=80)
    dated_on = models.DateField()
    letters = models.IntegerField()
    part_size = models.SmallIntegerField()
    handed_on = models.DateField(null=True)
    handed_by = models.CharField(max_length=80, blank=True)
    receipt = models.CharField(max_length=80, blank=True)  # the print house's or post's own number

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(handed_on=None) | ~models.Q(handed_by=""), name="letters_batch_handed_by"
            )
        ]


class BatchPart(Owned):
    """One PDF of a batch, made once. The bytes stand apart."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT)
    number = models.SmallIntegerField()
    first = models.IntegerField()
    letters = models.IntegerField()
    pages = models.IntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="letters_batchpart_once")
        ]


class BatchPaper(Owned):
    """The PDF of a part. Personal: gone when it is no longer needed."""

    part = models.OneToOneField(BatchPart, on_delete=models.PROTECT, primary_key=True)
    pdf = models.BinaryField()


class Link(Owned):
    """A payment link. When it is paid that is a promise: the money counts when the bank statement shows it."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT)
    key = models.UUIDField(unique=True)
    amount_cents = models.BigIntegerField()
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=60, blank=True)
    url = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10)  # payment_link.LinkState
    expires_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    checked_at = models.DateTimeField(null=True)
    paid_cents = models.BigIntegerField(default=0)
    paid_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount_cents__gt=0), name="letters_link_amount")
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "state"], name="letters_link_state")]


class Sending(Owned):
    """One way in which a letter goes. Its key never changes, so a carrier can be asked whether it has it."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT)
    channel = models.CharField(max_length=10)
    key = models.UUIDField(unique=True)
    state = models.CharField(max_length=10, default=State.QUEUED.value)
    why = models.CharField(max_length=40, blank=True)  # code of why it is held or did not arrive
    overruled = models.CharField(max_length=200, blank=True)  # what persons let it go for (`holds.and_for`)
    trial = models.BooleanField(default=False)  # goes to the program's own mailbox; nobody gets it
    tries = models.SmallIntegerField(default=0)  # in all: names a try
    retries = models.SmallIntegerField(default=0)  # since a person last looked
    go_at = models.DateTimeField()  # not before
    handed_at = models.DateTimeField(null=True)
    sent_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    carrier = models.CharField(max_length=20, blank=True)
    provider_id = models.CharField(max_length=100, blank=True)
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField(db_default=Now())
    link = models.ForeignKey(Link, on_delete=models.PROTECT, null=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True)
    place = models.IntegerField(null=True)  # in the batch, from 1

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in State]), name="letters_sending_state"
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=[channel.value for channel in Channel]),
                name="letters_sending_channel",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["sent", "delivered", "bounced"])
                | models.Q(sent_on__isnull=False),
                name="letters_sending_sent_on",
            ),
            models.UniqueConstraint(fields=["batch", "place"], name="letters_sending_place"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "go_at"],
                name="letters_sending_waits",
                condition=models.Q(state__in=["queued", "handing"]) & ~models.Q(channel="print"),
            ),
            models.Index(
                fields=["organisation", "go_at"],
                name="letters_sending_sms",
                condition=models.Q(state="sent", channel="sms"),
            ),
            models.Index(fields=["organisation", "state", "-id"], name="letters_sending_box"),
            models.Index(fields=["organisation", "provider_id"], name="letters_sending_provider"),
        ]


class SendingText(Owned):
    """What goes and where to, and what the carrier said. Personal: erased with the person."""

    sending = models.OneToOneField(Sending, on_delete=models.PROTECT, primary_key=True)
    address = models.CharField(max_length=254, blank=True)
    body = models.TextField(blank=True)
    detail = models.CharField(max_length=400, blank=True)


class Try(Owned):
    """One time that a message was given to a carrier, and how it ended. Append-only, so two rows a try."""

    sending = models.ForeignKey(Sending, on_delete=models.PROTECT)
    number = models.SmallIntegerField()
    what = models.CharField(max_length=12)  # "begun", or an outcome of `channel.Outcome`
    at = models.DateTimeField(db_default=Now())


class Mail(Owned):
    """The mailbox of a corporation that sends nothing to the outside: what would have gone."""

    key = models.UUIDField(unique=True)
    channel = models.CharField(max_length=10)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-id"], name="letters_mail_newest")]
