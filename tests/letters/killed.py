"""A carrier as SMTP is: it takes messages, and cannot say afterwards whether it has one."""

from __future__ import annotations

from tijdig.letters.actions_mailbox import Mailbox
from tijdig.letters.channel import Asked, Known


class SilentAfterwards(Mailbox):
    def ask(self, key: str, to: str) -> Asked:
        return Asked(Known.CANNOT_SAY)
