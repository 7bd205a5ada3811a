"""The one time line of a tenancy: everything that happened, in one order, by day, and narrowed to one group.

Decides the order, the days and the groups; what happened comes from one source a room (`queries_time_line`). The newest
comes first. Within a day what has a time of day stands above what has none, because a booking is known by its day alone;
at the same moment what follows stands above what it follows from: booking, contact, letter, decision, alert. Every kind
belongs to one group, so the groups together are the whole line and no line stands in two of them.

Units: whole cents; days, and aware moments. Errors: `TypeError` for a moment without a time zone. Worked example: a rent
of 1 November, a call on that day at 14:05 and the decision of that night at 07:00 stand as call, decision, rent.

Left out: the words (`wording_time_line`), what may be seen (`queries_time_line`), and addresses of pages (the door).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from tijdig.base.days import amsterdam_day


class Group(StrEnum):
    """What a reader may narrow the line to."""

    MONEY = "money"
    CONTACT = "contact"
    LETTERS = "letters"
    ARRANGEMENTS = "arrangements"
    DECISIONS = "decisions"


GROUP_LABEL = {
    Group.MONEY: "geld",
    Group.CONTACT: "contact",
    Group.LETTERS: "brieven",
    Group.ARRANGEMENTS: "regelingen",
    Group.DECISIONS: "besluiten",
}


class Kind(StrEnum):
    """What happened. The order is that of cause and consequence at one moment."""

    ENTRY = "entry"
    LINK_PAID = "link_paid"
    TALK = "talk"
    ATTEMPT = "attempt"
    VISIT = "visit"  # a talk at the door
    VISIT_ATTEMPT = "visit_attempt"
    MESSAGE = "message"  # neither a talk nor an attempt to have one
    WITHDRAWN = "withdrawn"  # a contact that was taken back
    REPLY = "reply"  # an answer that came in by itself
    OBJECTION = "objection"
    OBJECTION_ANSWERED = "objection_answered"
    PROMISE = "promise"  # what became of one
    WORRY = "worry"  # what somebody noticed
    CAUSE = "cause"  # why the rent was not paid
    LETTER_WRITTEN = "letter_written"
    LETTER_SENT = "letter_sent"
    LETTER_DELIVERED = "letter_delivered"
    LETTER_BOUNCED = "letter_bounced"
    PREFERENCES = "preferences"
    ARRANGEMENT = "arrangement"  # agreed
    ARRANGEMENT_CHANGED = "arrangement_changed"
    CIRCUMSTANCE = "circumstance"
    ASSIGNED = "assigned"
    DECISION = "decision"
    ALERT = "alert"
    ALERT_ENDED = "alert_ended"
    RULING = "ruling"
    RULING_ENDED = "ruling_ended"
    OUTCOME = "outcome"  # of the group
    REFERRAL = "referral"  # to a helper, and how it went
    COUNSELLOR = "counsellor"  # what a debt counsellor wrote, and what we answered
    ACT = "act"  # a signal to the municipality, a hand-over
    ACCEPTANCE = "acceptance"
    ANSWERED = "answered"  # for a term that was missed


GROUP_OF: Mapping[Kind, Group] = {
    Kind.ENTRY: Group.MONEY,
    Kind.LINK_PAID: Group.MONEY,
    Kind.TALK: Group.CONTACT,
    Kind.ATTEMPT: Group.CONTACT,
    Kind.VISIT: Group.CONTACT,
    Kind.VISIT_ATTEMPT: Group.CONTACT,
    Kind.MESSAGE: Group.CONTACT,
    Kind.WITHDRAWN: Group.CONTACT,
    Kind.REPLY: Group.CONTACT,
    Kind.OBJECTION: Group.CONTACT,
    Kind.OBJECTION_ANSWERED: Group.CONTACT,
    Kind.PROMISE: Group.CONTACT,
    Kind.WORRY: Group.CONTACT,
    Kind.CAUSE: Group.CONTACT,
    Kind.LETTER_WRITTEN: Group.LETTERS,
    Kind.LETTER_SENT: Group.LETTERS,
    Kind.LETTER_DELIVERED: Group.LETTERS,
    Kind.LETTER_BOUNCED: Group.LETTERS,
    Kind.PREFERENCES: Group.LETTERS,
    Kind.ARRANGEMENT: Group.ARRANGEMENTS,
    Kind.ARRANGEMENT_CHANGED: Group.ARRANGEMENTS,
    Kind.CIRCUMSTANCE: Group.DECISIONS,
    Kind.ASSIGNED: Group.DECISIONS,
    Kind.DECISION: Group.DECISIONS,
    Kind.ALERT: Group.DECISIONS,
    Kind.ALERT_ENDED: Group.DECISIONS,
    Kind.RULING: Group.DECISIONS,
    Kind.RULING_ENDED: Group.DECISIONS,
    Kind.OUTCOME: Group.DECISIONS,
    Kind.REFERRAL: Group.DECISIONS,
    Kind.COUNSELLOR: Group.CONTACT,
    Kind.ACT: Group.DECISIONS,
    Kind.ACCEPTANCE: Group.DECISIONS,
    Kind.ANSWERED: Group.DECISIONS,
}
_RANK = {kind: rank for rank, kind in enumerate(Kind)}
_NEVER = datetime.min.replace(tzinfo=UTC)


class Behind(StrEnum):
    """What a line leads to."""

    ENTRY = "entry"
    CONTACT = "contact"
    LETTER = "letter"
    ARRANGEMENT = "arrangement"
    DECISION = "decision"
    CLAIM = "claim"
    PREFERENCES = "preferences"
    FLAGS = "flags"
    HANDLER = "handler"
    RULING = "ruling"
    CONFERENCE = "conference"
    OBJECTION = "objection"
    REPLY = "reply"
    HELP = "help"
    WORRY = "worry"
    SIGNAL = "signal"


class Target(NamedTuple):
    """One thing behind a line; `on` where it is looked at as of a day."""

    kind: Behind
    id: int
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLineItem:
    """One thing that happened, in Dutch. `at` is empty where only the day is known.

    `about` is a code for which a room above has the word, such as the kind of a letter. `actor` is who did it, empty where
    nobody did. `seq` puts what is of one kind and moment in order: the higher the later.
    """

    kind: Kind
    on: date
    title: str
    sentence: str = ""
    at: datetime | None = None
    actor: str = ""
    target: Target | None = None
    cents: int | None = None
    about: str = ""
    seq: int = 0

    @property
    def group(self) -> Group:
        return GROUP_OF[self.kind]


class Day(NamedTuple):
    """A day and what happened on it, the newest first."""

    on: date
    items: tuple[TimeLineItem, ...]


def moment_on(on: date, at: datetime) -> datetime | None:
    """The moment, where it lies on that day: what was learned later has no time of day that means something."""
    if at.tzinfo is None:
        raise TypeError("a moment has a time zone")
    return at if amsterdam_day(at) == on else None


def _place(item: TimeLineItem) -> tuple[date, bool, datetime, int, int]:
    return (item.on, item.at is not None, item.at or _NEVER, _RANK[item.kind], item.seq)


def ordered(items: Iterable[TimeLineItem]) -> list[TimeLineItem]:
    """The newest first."""
    return sorted(items, key=_place, reverse=True)


def of_group(items: Iterable[TimeLineItem], group: Group | None) -> list[TimeLineItem]:
    """Those of one group, in the order in which they came; all of them without one."""
    return [item for item in items if group is None or item.group is group]


def counted(items: Iterable[TimeLineItem]) -> dict[Group, int]:
    """How many lines each group has; every group is there."""
    found = dict.fromkeys(Group, 0)
    for item in items:
        found[item.group] += 1
    return found


def by_day(items: Sequence[TimeLineItem]) -> list[Day]:
    """Ordered items in their days."""
    return [Day(on, tuple(of_day)) for on, of_day in groupby(items, key=lambda item: item.on)]
