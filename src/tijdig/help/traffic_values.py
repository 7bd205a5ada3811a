"""One conversation with a debt counsellor as it stands: its messages both ways, of whom it is, and what still waits.

Decides what waits for an answer: a request or a proposal without one, unless a later message took the question away
(`traffic.OVERTAKEN`). It is agreed from the agreement until an end. Units: days, cents. Errors: none. Example: a balance
request of 2 November and a second one of 9 November: only the second waits. Left out: what an agreement does
(`actions_traffic_effects`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tijdig.base.money import euro
from tijdig.help.traffic import (
    ASKS,
    ENDED_LABEL,
    INCOMING,
    MESSAGE_LABEL,
    OVERTAKEN,
    REFUSAL_LABEL,
    SETTLEMENT_LABEL,
    EndedAs,
    Message,
    Refusal,
    Settlement,
)
from tijdig.help.traffic_match import FITS_LABEL, Asked, Fits


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One message. `on` is the day on which it came in or was answered; `answers` is the message that it answers.

    The texts are empty once the person was erased. `went_on` is the day of the file that carried an answer, `back_on` the
    day on which an answer was taken back, by `back_by`: then it does not stand.
    """

    id: int
    conversation_id: int
    kind: Message
    on: date
    due_on: date | None
    facts: Mapping[str, Any]
    name: str
    answers: int | None
    went_on: date | None
    contact: str
    client: str
    partner: str
    address: str
    remark: str
    actor: str
    recorded_at: datetime
    erased: bool = False  # the texts were taken away, or an answer has none
    back_on: date | None = None
    back_by: str = ""

    @property
    def label(self) -> str:
        return MESSAGE_LABEL[self.kind]

    @property
    def incoming(self) -> bool:
        return self.kind in INCOMING

    def day(self, fact: str) -> date | None:
        found = self.facts.get(fact)
        return date.fromisoformat(found) if found else None

    @property
    def said(self) -> tuple[str, ...]:
        """Its facts in words."""
        told = []
        if settlement := self.facts.get("settlement"):
            told.append(SETTLEMENT_LABEL[Settlement(settlement)])
        for fact, words in (("agreed_on", "akkoord op"), ("ended_on", "geëindigd op"), ("stated_on", "van")):
            if day := self.day(fact):
                told.append(f"{words} {day:%d-%m-%Y}")
        if ended := self.facts.get("ended_as"):
            told.append(ENDED_LABEL[EndedAs(ended)])
        if months := self.facts.get("months"):
            told.append(f"{months} maanden")
        if payments := self.facts.get("payments"):
            told.append(f"uitbetaling: {payments}")
        if reason := self.facts.get("reason"):
            told.append(REFUSAL_LABEL[Refusal(reason)])
        if (open_cents := self.facts.get("open_cents")) is not None:
            told.append(f"{euro(open_cents)} open")
        if as_of := self.day("as_of"):
            told.append(f"stand van {as_of:%d-%m-%Y}")
        return tuple(told)


@dataclass(frozen=True, slots=True)
class Matched:
    """That the conversation is about a tenancy."""

    id: int
    tenancy_id: int
    proof: Mapping[str, str]
    by_itself: bool
    on: date
    name: str

    @property
    def why(self) -> str:
        """What agreed, in words."""
        words = {"number": "nummer", "name": "naam", "address": "adres"}
        if self.proof.get("partner", Fits.NOT_GIVEN) != Fits.NOT_GIVEN:
            words["partner"] = "partner"
        return ", ".join(
            f"{words[key]} {FITS_LABEL[Fits(self.proof[key])]}" for key in words if key in self.proof
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """`messages` and `matches` are the oldest first; a match that was a mistake is not among them."""

    id: int
    number: str
    counsellor: str
    begun_on: date
    messages: tuple[Told, ...]
    matches: tuple[Matched, ...]
    released: bool  # a person said of a match that it was a mistake

    def newest(self, fact: str) -> str:
        """What was said of something last: a fact that is a code."""
        found = (one.facts[fact] for one in reversed(self.messages) if one.incoming and one.facts.get(fact))
        return str(next(found, ""))

    def text(self, name: str) -> str:
        """The same for what is about people."""
        found = (getattr(one, name) for one in reversed(self.messages) if one.incoming and getattr(one, name))
        return str(next(found, ""))

    @property
    def asked(self) -> Asked:
        """Who it is about, as it was written last."""
        return Asked(
            self.newest("our_number"), self.text("client"), self.text("partner"), self.text("address")
        )

    def answer_to(self, message_id: int) -> Told | None:
        return next((one for one in self._standing if one.answers == message_id), None)

    @property
    def waits(self) -> Told | None:
        """What waits for an answer; the oldest where there are two."""
        return next((one for one in self.messages if self.unanswered(one)), None)

    @property
    def agreed(self) -> Told | None:
        """The agreement that runs."""
        last = self._last(Message.AGREEMENT, Message.END)
        return last if last and last.kind is Message.AGREEMENT else None

    def split_on(self, agreed: Told) -> date:
        """The first day of which the rent is no part of the settlement that was agreed: the day of the balance that we gave
        last before it, which holds what was due before that day; else the day of agreement."""
        on = agreed.day("agreed_on")
        assert on is not None  # an agreement without its day is not read
        given = [one for one in self._standing if one.kind is Message.BALANCE and one.id < agreed.id]
        as_of = given[-1].day("as_of") if given else None
        return min(on, as_of) if as_of else on

    def splits(self, agreed: Told) -> set[date]:
        """Every day on which that may have been, whichever answer was taken back since."""
        on = agreed.day("agreed_on")
        assert on is not None
        given = [
            one.day("as_of") for one in self.messages if one.kind is Message.BALANCE and one.id < agreed.id
        ]
        return {on, *(min(on, as_of) for as_of in given if as_of)}

    @property
    def ended(self) -> Told | None:
        last = self._last(*INCOMING)
        return last if last and last.kind is Message.END else None

    @property
    def unknown(self) -> bool:
        """We said that we do not know this client, nothing came in since, and nothing waits."""
        last = self._standing[-1] if self._standing else None
        return last is not None and last.kind is Message.UNKNOWN and self.waits is None

    @property
    def nobody(self) -> bool:
        """Nobody said yet of whom it is."""
        return not (self.matches or self.unknown or self.ended)

    @property
    def may_match(self) -> bool:
        """A person may still say of whom it is, also after an answer that we do not know the client."""
        return not (self.matches or self.ended)

    @property
    def deniable(self) -> Told | None:
        """What `client unknown` would answer: what waits, else what came in last; None where that was answered."""
        asked = self.waits or self._last(*INCOMING)
        return None if asked is None or self.ended or self.answer_to(asked.id) else asked

    @property
    def answers(self) -> tuple[Told, ...]:
        """What we answered and did not take back."""
        return tuple(one for one in self._standing if not one.incoming)

    @property
    def retractable(self) -> Told | None:
        """Our answer after which nothing came in: it may be taken back."""
        last = self._standing[-1] if self._standing else None
        return None if last is None or last.incoming else last

    def unanswered(self, one: Told) -> bool:
        """It waits for an answer of ours, and no later message took the question away."""
        if one.kind not in ASKS or self.answer_to(one.id):
            return False
        later = {other.kind for other in self._standing if other.id > one.id}
        return not later & set(OVERTAKEN[one.kind])

    def last_of(self, kind: Message) -> Told | None:
        """The last message of a kind."""
        return self._last(kind)

    @property
    def tenancy_ids(self) -> tuple[int, ...]:
        return tuple(one.tenancy_id for one in self.matches)

    def _last(self, *kinds: Message) -> Told | None:
        return next((one for one in reversed(self._standing) if one.kind in kinds), None)

    @property
    def _standing(self) -> list[Told]:
        return [one for one in self.messages if one.back_on is None]
