"""A contact as it stands, with its note, its promise, and who took it back; and the contacts of many tenancies as columns.

Decides nothing. Units: whole cents, minutes; days in columns are numbers since 1970-01-01. Left out: names of people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import numpy.typing as npt

from tijdig.contacts.kinds import Cause, Channel, Direction, NextStep, Outcome, Reached, Who
from tijdig.contacts.promise import Promise
from tijdig.contacts.talk import is_attempt, is_talk

NO_DAY = int(np.iinfo(np.int32).min)  # as in the columns of the engine
Days = npt.NDArray[np.int32]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Who took a contact back, when, and why; the reason is empty for an undo, and once the person was erased."""

    at: datetime
    actor: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact. `on` is its day, `at` its moment, `recorded_at` when it was learned; `note` is empty once erased."""

    id: int
    tenancy_id: int
    person_id: int | None
    channel: Channel
    direction: Direction
    reached: Reached
    who: Who
    outcome: Outcome
    causes: tuple[Cause, ...]
    on: date
    at: datetime
    minutes: int | None
    next_step: NextStep
    next_on: date | None
    actor: str
    recorded_at: datetime
    note: str
    promise: Promise | None
    withdrawn: Withdrawn | None
    confidential: bool = False

    @property
    def talk(self) -> bool:
        return is_talk(self.channel, self.direction, self.reached, self.who)

    @property
    def attempt(self) -> bool:
        return is_attempt(self.channel, self.direction, self.reached, self.who)


@dataclass(frozen=True, slots=True)
class ContactColumns:
    """One row a tenancy that had any contact lately, in the order of tenancies; `NO_DAY` where there was none of the kind.

    The attempts are those since the last talk: by telephone or video, and by visit. `messages` are the text messages,
    e-mails and letters that somebody wrote since then, which are no attempts.
    """

    tenancy: Whole
    last_talk_day: Days
    last_attempt_day: Days
    last_in_day: Days
    phone_attempts: Whole
    visit_attempts: Whole
    messages: Whole
