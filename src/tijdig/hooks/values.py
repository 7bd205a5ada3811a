"""A system that wants to know, and a message to it, as they stand; and how it is said that something cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tijdig.hooks.kinds import KIND_LABEL, STATE_LABEL, Kind, State


class NotDone(Exception):  # noqa: N818 - an answer to a person
    """It cannot be; the sentence says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Subscription:
    id: int
    name: str
    url: str
    kinds: frozenset[str]
    made_at: datetime
    paused_at: datetime | None
    paused_because: str
    earlier_until: datetime | None
    waiting: int
    failed: int
    done_at: datetime | None  # when the last message was taken


@dataclass(frozen=True, slots=True)
class Delivery:
    id: int
    kind: Kind
    corporation: str
    file_id: int | None
    arrangement_id: int | None
    number: int
    at: datetime
    state: State
    tries: int
    next_at: datetime
    status: int | None
    detail: str
    done_at: datetime | None

    @property
    def label(self) -> str:
        return KIND_LABEL[self.kind]

    @property
    def state_label(self) -> str:
        return STATE_LABEL[self.state]
