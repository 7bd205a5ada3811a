"""The mailbox of a corporation that sends nothing to the outside: a carrier that keeps what would have gone.

It is asked and answers like any other, so the demo and a trial run of a new corporation go the whole way.
"""

from __future__ import annotations

from uuid import UUID

from tijdig.access.scope import organisation_scope
from tijdig.carriers.channel import Asked, Handed, Known, Message, Outcome, Report
from tijdig.letters.models import Mail


class Mailbox:
    """Takes every message of one corporation; the same key once."""

    name = "postvak"

    def __init__(self, organisation_id: int) -> None:
        self._organisation_id = organisation_id

    def hand_over(self, message: Message) -> Handed:
        with organisation_scope(self._organisation_id):
            row, _ = Mail.objects.get_or_create(
                key=UUID(hex=message.key),
                defaults={
                    "organisation_id": self._organisation_id,
                    "channel": message.channel.value,
                    "address": message.to,
                    "subject": message.subject[:200],
                    "body": message.body,
                },
            )
            return Handed(Outcome.SENT, str(row.pk))

    def ask(self, key: str, to: str) -> Asked:
        with organisation_scope(self._organisation_id):
            found = Mail.objects.filter(key=UUID(hex=key)).values_list("pk", flat=True).first()
        return Asked(Known.YES, str(found)) if found else Asked(Known.NO)

    def arrival(self, provider_id: str) -> Report | None:
        return None
