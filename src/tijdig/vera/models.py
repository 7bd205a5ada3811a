"""What other programs sent: every message that was done or refused, so that the same message twice is done once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.access.models import ApiClient, Organisation, Partner


class Message(models.Model):
    """One message that would change something, and what came of it. Of a corporation or of a partner, as its program is."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, db_index=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, db_index=False)
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, db_index=False)
    at = models.DateTimeField(db_default=Now())
    method = models.CharField(max_length=6)
    path = models.CharField(max_length=120)
    reference = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64)  # SHA-256 of the body
    status = models.SmallIntegerField()
    code = models.CharField(max_length=60, blank=True)
    sentence = models.CharField(max_length=800, blank=True)
    resource = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["client", "-id"], name="vera_message_client")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["client", "method", "path", "reference"],
                condition=~models.Q(reference="") & models.Q(status__lt=400),
                name="vera_message_done_once",
            )
        ]


class MessageText(models.Model):
    """The text of a message that was refused. Personal: to be erased."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, db_index=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, db_index=False)
    message = models.OneToOneField(Message, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()
