"""How a message leaves the house: what is handed over, what the carrier says of it, and what may be asked afterwards.

Decides nothing. A carrier is an SMTP server, an SMS gateway, or the mailbox of the demo; each has a module of its
own. A message has a key that never changes: whoever hands it over again hands over the same message.

What a carrier says has four outcomes, because each asks for something else: `SENT` is taken, `REFUSED` will never arrive,
`LATER` may be tried again, and `UNSURE` may have been taken while the answer was lost. After a crash the program asks
(`ask`): only a carrier that knows the key can say that a message is not there, and only then may it be handed over again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Channel(StrEnum):
    """The way a letter goes."""

    PRINT = "print"
    EMAIL = "email"
    SMS = "sms"


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, whole. `key` is 32 hexadecimal digits; `to` is an e-mail address, or a number as +31612345678.

    `sender` is the address that the message comes from, or for SMS the name that a telephone shows (at most 11 letters
    and digits). `language` is nl or en. `subject`, `reply_to` and `attachments` are for e-mail alone.
    """

    key: str
    channel: Channel
    to: str
    sender: str
    sender_name: str
    body: str
    subject: str = ""
    reply_to: str = ""
    language: str = "nl"
    attachments: tuple[Attachment, ...] = ()


class Outcome(StrEnum):
    """What came of handing a message over."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Handed:
    """`provider_id` is the carrier's own name of the message; `detail` says in Dutch what went wrong, with its code."""

    outcome: Outcome
    provider_id: str = ""
    detail: str = ""


class Known(StrEnum):
    """Whether a carrier has a message: it has, it has not, or it cannot say."""

    YES = "yes"
    NO = "no"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True)
class Asked:
    known: Known
    provider_id: str = ""


class Arrival(StrEnum):
    """What became of a message that was taken."""

    DELIVERED = "delivered"
    BOUNCED = "bounced"
    UNDER_WAY = "under_way"


@dataclass(frozen=True, slots=True)
class Report:
    """What a carrier tells of a message afterwards: by its own name, by our key, or by both."""

    arrival: Arrival
    key: str = ""
    provider_id: str = ""
    detail: str = ""
    at: datetime | None = None


class Carrier(Protocol):
    """Something that takes messages. None of these raises for what a network may do; they tell it."""

    name: str

    def hand_over(self, message: Message) -> Handed: ...

    def ask(self, key: str, to: str) -> Asked:
        """Does the carrier have the message with this key?"""
        ...

    def arrival(self, provider_id: str) -> Report | None:
        """What became of it, fetched from the carrier; None where it cannot say."""
        ...
