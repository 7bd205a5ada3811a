"""What a step towards a tenancy can be, and what it says of itself.

Decides nothing. A step is a dated fact: `effective_on` is the day it was true. Its `facts` are amounts, terms and ids, no
personal text. What a letter says of itself is in `LetterFacts`, so that the room that writes it and the rooms that
read it agree.

Left out: calls and visits, which have a room of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What was done, or what became of it."""

    LETTER_SENT = "letter_sent"
    LETTER_DELIVERED = "letter_delivered"
    LETTER_BOUNCED = "letter_bounced"
    LINK_PAID = "link_paid"  # a promise: the money counts when the bank shows it
    SIGNAL_OBJECTED = "signal_objected"  # the tenant does not want the municipality to be told
    SIGNAL_SENT = "signal_sent"
    SIGNAL_REFUSED = "signal_refused"  # by the platform: it reached nobody
    SIGNAL_ANSWERED = "signal_answered"
    HANDED_OVER = "handed_over"  # to the bailiff
    HANDED_BACK = "handed_back"


LABEL = {
    Kind.LETTER_SENT: "brief verstuurd",
    Kind.LETTER_DELIVERED: "brief bezorgd",
    Kind.LETTER_BOUNCED: "brief kwam terug",
    Kind.LINK_PAID: "betaald via de betaallink; de bank moet het nog laten zien",
    Kind.SIGNAL_OBJECTED: "huurder wil niet dat de gemeente bericht krijgt",
    Kind.SIGNAL_SENT: "vroegsignaal gedaan bij de gemeente",
    Kind.SIGNAL_REFUSED: "vroegsignaal geweigerd door het platform",
    Kind.SIGNAL_ANSWERED: "antwoord van de gemeente op het vroegsignaal",
    Kind.HANDED_OVER: "overgedragen aan de deurwaarder",
    Kind.HANDED_BACK: "terug van de deurwaarder",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What a letter that was sent asked: which letter and channel, for which ledger entries, with which costs.

    `entries` are the charges in the letter. `fee_cents` and `vat_cents` are the costs that it announced, `fee_from_on` the
    first day on which they are due as assumed at sending (empty where the letter announces none). `dated_on` is the day of
    the letter, by whose conventions its costs were worked out. `proof` says how it can be shown: the batch and its place, or
    the carrier and its id.
    """

    letter_id: int
    letter_kind: str
    channel: str
    reference: str
    digest: str
    open_cents: int = 0
    entries: tuple[int, ...] = ()
    fee_cents: int = 0
    vat_cents: int = 0
    fee_from_on: str = ""
    dated_on: str = ""
    proof: str = ""

    def plain(self) -> dict[str, Any]:
        return asdict(self) | {"entries": list(self.entries)}

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> LetterFacts:
        known = {name: facts[name] for name in cls.__slots__ if name in facts}
        return cls(**(known | {"entries": tuple(facts.get("entries", ()))}))

    @property
    def fee_due_on(self) -> date | None:
        return date.fromisoformat(self.fee_from_on) if self.fee_from_on else None

    @property
    def made_on(self) -> date | None:
        """The day of the letter, where it is known."""
        return date.fromisoformat(self.dated_on) if self.dated_on else None


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it stands: what, when it was true, when it was learned, who did it, and its facts."""

    id: int
    tenancy_id: int
    kind: Kind
    effective_on: date
    recorded_at: datetime
    actor: str
    subject: str
    facts: Mapping[str, Any]
