"""A carrier as SMTP is: it takes messages, and cannot say afterwards whether it has one."""

from __future__ import annotations

from tijdig.carriers.channel import Asked, Known
from tijdig.letters.actions_mailbox import Mailbox


class SilentAfterwards(Mailbox):
    def ask(self, key: str, to: str) -> Asked:
        return Asked(Known.CANNOT_SAY)
