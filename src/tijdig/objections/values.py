"""An objection and an answer as a person writes them down, and what may be wrong with them.

Decides whether they may be written. An objection came in by now and not too long ago; one about certain months or items
names them, any other names none. An answer lies between the day of receipt and today, says what and why, unless the tenant
took it back, and names the person who gives it. The tenant's own words may be missing: an objection is never refused for
want of words.

Units: days. Errors: none, what is wrong is a `Fault` with a Dutch sentence. Worked example: `about` ENTRY without entries
is `entries_missing`.

Left out: whether the tenancy and the entries exist (`actions`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tijdig.objections.habits import habits
from tijdig.objections.kinds import ABOUT_LABEL, About, Outcome, Way
from tijdig.objections.wording import REFUSED

LONGEST_WORDS, LONGEST_NAME = 4000, 120  # signs


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a code, and a Dutch sentence that says which and what to do."""

    code: str
    sentence: str


class NotHeard(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """An objection or an answer is not written down; `faults` says why, and what to do."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(one.sentence for one in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionDraft:
    """One objection to write down. `words` are the tenant's own; `wants_person` asks to be called or met."""

    tenancy_id: int
    about: About
    received_on: date
    way: Way
    entries: tuple[int, ...] = ()
    wants_person: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft:
    """What a person answers. `name` is whom the tenant may ask for."""

    objection_id: int
    outcome: Outcome
    answered_on: date
    name: str
    words: str = ""


def fault(code: str, *parts: object) -> Fault:
    return Fault(code, REFUSED[code].format(*parts))


def draft_faults(draft: ObjectionDraft, today: date) -> Iterator[Fault]:
    """Why this objection may not be written down, all at once; nothing where it may."""
    back_days = habits(today).back_days
    if draft.received_on > today:
        yield fault("received_future")
    elif draft.received_on < today - timedelta(days=back_days):
        yield fault("received_old", back_days)
    if draft.about is About.ENTRY and not draft.entries:
        yield fault("entries_missing", ABOUT_LABEL[About.ARREARS])
    elif draft.about is not About.ENTRY and draft.entries:
        yield fault("entries_unasked", ABOUT_LABEL[draft.about], ABOUT_LABEL[About.ENTRY])
    yield from _long(draft.words)


def answer_faults(draft: AnswerDraft, received_on: date, today: date) -> Iterator[Fault]:
    """Why this answer may not be written down, all at once; nothing where it may."""
    if draft.answered_on > today:
        yield fault("answered_future")
    elif draft.answered_on < received_on:
        yield fault("answered_early")
    if not draft.words.strip() and draft.outcome is not Outcome.WITHDRAWN:
        yield fault("answer_missing")
    yield from _long(draft.words)
    if not draft.name.strip():
        yield fault("name_missing")
    elif len(draft.name.strip()) > LONGEST_NAME:
        yield fault("name_long", LONGEST_NAME)


def _long(words: str) -> Iterator[Fault]:
    if len(words.strip()) > LONGEST_WORDS:
        yield fault("words_long", LONGEST_WORDS)
