"""How it is said that something cannot be, and what the pages show of people and invitations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


class NotDone(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """It cannot be; `sentences` say what must be done first."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class House:
    """What a corporation or a partner asks of everybody who signs in."""

    name: str
    second_factor_required: bool
    idle_minutes: int


@dataclass(frozen=True, slots=True)
class Factor:
    """Somebody's second step: since when, and how many recovery codes are left."""

    set_at: datetime
    codes_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who has an account, as whoever keeps the people sees it."""

    id: int
    name: str
    email: str
    role: str
    region: str
    is_active: bool
    second_step: bool
    last_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation; who holds its link may accept it until then."""

    id: int
    email: str
    role: str
    region: str
    made_at: datetime
    until: datetime
    organisation_id: int
    partner_id: int | None
    renews: bool
