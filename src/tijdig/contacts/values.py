"""A contact as a person writes it down, and what may be wrong with it.

Decides whether a draft may be written: its moment lies behind us and not too far, outcome and reach go together, a
promise has an amount and a day that can be, and what comes next lies ahead. A promise goes with `pays_now` or `promise`
only: who promises a part and wants an arrangement for the rest is written down as `promise`, with the arrangement as
next step. Decides also whether a person should be warned: an outgoing call or visit outside the contact hours is a
fact, so it is written down.

Units: whole cents, days and aware moments; the day of a contact is its day in Amsterdam. Errors: `TypeError` for a
moment without a time zone. Worked example: a promise of 12 January at a contact of 2 November is 71 days ahead:
`promise_far`.

Left out: whether the tenancy and the person exist (`actions`), and whether a promise is wise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tijdig.base.days import AMSTERDAM, amsterdam_day
from tijdig.contacts.habits import habits
from tijdig.contacts.kinds import (
    OUTCOME_LABEL,
    REACHED_LABEL,
    Cause,
    Channel,
    Direction,
    NextStep,
    Outcome,
    Reached,
    Who,
)
from tijdig.contacts.talk import SPOKEN, fits
from tijdig.contacts.wording import OUTSIDE_HOURS, REFUSED
from tijdig.law.answer import NotKnown
from tijdig.law.contact_hours import DAY_MINUTES, hours, may_contact

LONGEST_NOTE, LONGEST_REASON = 4000, 400  # signs
_MOST_CENTS = 100_000_000  # a million euro is a typing error
_PROMISING = (Outcome.PAYS_NOW, Outcome.PROMISE)
_TIMED = (Channel.PHONE, Channel.VISIT)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a code, and a Dutch sentence that says which and what to do."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDraft:
    """One contact to write down. `causes` are the boxes that were ticked, as they came; `minutes` is how long it took.

    `promise_cents` and `promise_on` are what the tenant promised, both or neither; `next_on` is when the next step is.
    """

    tenancy_id: int
    channel: Channel
    direction: Direction
    reached: Reached
    who: Who
    outcome: Outcome
    at: datetime
    person_id: int | None = None
    causes: tuple[str, ...] = ()
    note: str = ""
    next_step: NextStep = NextStep.NONE
    next_on: date | None = None
    minutes: int | None = None
    promise_cents: int | None = None
    promise_on: date | None = None
    confidential: bool = False  # the note is not for customer service

    @property
    def on(self) -> date:
        """The day of the contact."""
        return amsterdam_day(self.at)


def fault(code: str, *parts: object) -> Fault:
    return Fault(code, REFUSED[code].format(*parts))


def draft_faults(draft: ContactDraft, today: date, now: datetime) -> tuple[Fault, ...]:
    """Why this may not be written down, all at once; nothing where it may."""
    return (
        *_moment_faults(draft, today, now),
        *_word_faults(draft),
        *_promise_faults(draft, today),
        *_next_faults(draft, today),
    )


def draft_warnings(draft: ContactDraft) -> tuple[Fault, ...]:
    """What a person should know and may do all the same. Before there were contact hours nothing is said."""
    if draft.direction != Direction.OUT or draft.channel not in _TIMED:
        return ()
    local = draft.at.astimezone(AMSTERDAM)
    try:
        if may_contact(draft.on, local.hour * 60 + local.minute):
            return ()
    except NotKnown:
        return ()
    held = hours().at(draft.on).value
    return (Fault("outside_hours", OUTSIDE_HOURS.format(_clock(held.opens_at), _clock(held.closes_at))),)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}.{minutes % 60:02d}"


def _moment_faults(draft: ContactDraft, today: date, now: datetime) -> Iterator[Fault]:
    back_days = habits(today).back_days
    if draft.at > now:
        yield fault("moment_future")
    if draft.on < today - timedelta(days=back_days):
        yield fault("moment_old", back_days)


def _word_faults(draft: ContactDraft) -> Iterator[Fault]:
    if draft.reached == Reached.TALKED and draft.channel not in SPOKEN:
        yield fault("talk_in_writing")
    if not fits(draft.reached, draft.outcome, draft.direction):
        yield fault("outcome_unfit", OUTCOME_LABEL[draft.outcome], REACHED_LABEL[draft.reached])
    for cause in draft.causes:
        if cause not in set(Cause):
            yield fault("cause_unknown", cause)
    if draft.minutes is not None and not 0 <= draft.minutes <= DAY_MINUTES:
        yield fault("minutes_wrong", DAY_MINUTES)
    if len(draft.note) > LONGEST_NOTE:
        yield fault("note_long", LONGEST_NOTE)


def _promise_faults(draft: ContactDraft, today: date) -> Iterator[Fault]:
    cents, due_on = draft.promise_cents, draft.promise_on
    given = cents is not None or due_on is not None
    if given and draft.outcome not in _PROMISING:
        yield fault("promise_unasked", OUTCOME_LABEL[draft.outcome])
        return
    if (given or draft.outcome == Outcome.PROMISE) and (cents is None or due_on is None):
        yield fault("promise_missing")
    if cents is not None and cents <= 0:
        yield fault("promise_amount")
    if cents is not None and cents > _MOST_CENTS:
        yield fault("promise_large")
    promise_days = habits(today).promise_days
    if due_on is not None and due_on < draft.on:
        yield fault("promise_before")
    if due_on is not None and due_on > draft.on + timedelta(days=promise_days):
        yield fault("promise_far", promise_days)


def _next_faults(draft: ContactDraft, today: date) -> Iterator[Fault]:
    if draft.next_on is None:
        return
    if draft.next_on < today:
        yield fault("next_past")
    if draft.next_step == NextStep.NONE:
        yield fault("next_missing")
