"""A case for the group, a conference and a decision as a person writes them down, and what may be wrong with them.

Decides whether a draft may be written. A case needs a question. A conference is held today or lately, has a chair and at
least one colleague. A decision needs a reason and the last day on which it holds; where something is to be done, somebody
does it by a day that is not after that last day. *Een andere stap* names that step, another one than is next; no other
decision names one.

Units: days and signs. Errors: none. Worked example: on 2 November *eerst een regeling* until 30 November, done by
1 December: `do_by_late`, because the decision is over by then.

Left out: whether tenancy, case, conference and colleagues exist (`actions`), and how long a decision may hold at most,
which the room of rulings says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tijdig.conferences.agenda import Outcome
from tijdig.conferences.habits import habits
from tijdig.conferences.kinds import CHOOSES, DECISION_LABEL, DONE_BY, OF_A_STEP, Decision
from tijdig.conferences.wording import REFUSED

LONGEST_QUESTION, LONGEST_REASON, LONGEST_NAME = 2000, 400, 120  # signs
MOST_GUESTS = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a code, and a Dutch sentence that says which and what to do."""

    code: str
    sentence: str


class NotConferred(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """It is not put on the agenda, not taken off, or not decided; `faults` says why, and what to do."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(one.sentence for one in faults))
        self.faults = faults


class Outdated(NotConferred):
    """Somebody else decided this case since the screen was opened; `now` is what stands."""

    def __init__(self, now: Outcome) -> None:
        super().__init__((fault("outdated"),))
        self.now = now


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDraft:
    """A case to put on the agenda. `wanted_by_on` is the day by which an answer is wanted; None: the next conference."""

    tenancy_id: int
    question: str
    wanted_by_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Who is there: the ids of colleagues, the names of guests (a bailiff, the social team), and who leads it."""

    chair: str
    present: tuple[int, ...]
    guests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDraft:
    """A decision to write down. `seen` is the decision of this case that stood on the screen, None for none yet.

    `until_on` is the last day on which it holds. `instead_of` is the code of the step that stood on the screen, `do` that of
    the one in its place, empty but for another step. `who_id` is the colleague who does it, by `do_by_on`.
    """

    item_id: int
    conference_id: int
    seen: int | None
    decision: Decision | None
    reason: str
    until_on: date | None
    do: str = ""
    instead_of: str = ""
    who_id: int | None = None
    do_by_on: date | None = None


def fault(code: str, *parts: object) -> Fault:
    return Fault(code, REFUSED[code].format(*parts))


def item_faults(draft: ItemDraft, on: date) -> Iterator[Fault]:
    """Why this case does not go on the agenda; nothing where it does."""
    question, wanted_days = draft.question.strip(), habits(on).wanted_days
    if not question:
        yield fault("question_missing")
    if len(question) > LONGEST_QUESTION:
        yield fault("question_long", LONGEST_QUESTION)
    if draft.wanted_by_on is not None and draft.wanted_by_on < on:
        yield fault("wanted_past")
    if draft.wanted_by_on is not None and draft.wanted_by_on > on + timedelta(days=wanted_days):
        yield fault("wanted_far", wanted_days)


def held_faults(held_on: date, on: date) -> Iterator[Fault]:
    """Why a conference cannot be of that day; nothing where it can."""
    back_days = habits(on).back_days
    if held_on > on:
        yield fault("held_future")
    if held_on < on - timedelta(days=back_days):
        yield fault("held_old", back_days)


def presence_faults(draft: Presence) -> Iterator[Fault]:
    """What is wrong with who is there; nothing where all is well."""
    if not draft.chair.strip():
        yield fault("chair_missing")
    if len(draft.chair) > LONGEST_NAME:
        yield fault("chair_long", LONGEST_NAME)
    if not draft.present:
        yield fault("nobody_present")
    if len(draft.guests) > MOST_GUESTS:
        yield fault("guests_many", MOST_GUESTS)
    for name in draft.guests:
        if len(name) > LONGEST_NAME:
            yield fault("name_long", f"{name[:20]}…", LONGEST_NAME)


def reason_faults(reason: str) -> Iterator[Fault]:
    """What is wrong with why a case goes off the agenda."""
    if not reason.strip():
        yield fault("reason_missing")
    if len(reason.strip()) > LONGEST_REASON:
        yield fault("reason_long", LONGEST_REASON)


def outcome_faults(draft: OutcomeDraft, on: date, codes: Collection[str]) -> tuple[Fault, ...]:
    """Why this may not be decided, all at once; nothing where it may. `codes` are the steps that there are."""
    if draft.decision is None:
        return (fault("decision_missing"), *_text_faults(draft))
    return (
        *_step_faults(draft, draft.decision, codes),
        *_until_faults(draft, draft.decision, on),
        *_doer_faults(draft, draft.decision, on),
        *_text_faults(draft),
    )


def _step_faults(draft: OutcomeDraft, decision: Decision, codes: Collection[str]) -> Iterator[Fault]:
    if decision in OF_A_STEP and draft.instead_of not in codes:
        yield fault("step_gone")
    if decision not in CHOOSES:
        if draft.do:
            yield fault("step_unasked", DECISION_LABEL[decision])
    elif not draft.do:
        yield fault("step_missing")
    elif draft.do not in codes:
        yield fault("step_unknown")
    elif draft.do == draft.instead_of:
        yield fault("step_same")


def _until_faults(draft: OutcomeDraft, decision: Decision, on: date) -> Iterator[Fault]:
    if draft.until_on is None:
        yield fault("until_missing", DECISION_LABEL[decision])
    elif draft.until_on < on:
        yield fault("until_past")


def _doer_faults(draft: OutcomeDraft, decision: Decision, on: date) -> Iterator[Fault]:
    must = decision in DONE_BY
    if must and draft.who_id is None:
        yield fault("who_missing")
    if draft.do_by_on is None:
        if must:
            yield fault("do_by_missing")
        return
    if not must and draft.who_id is None:
        yield fault("do_by_alone")
    if draft.do_by_on < on:
        yield fault("do_by_past")
    elif draft.until_on is not None and on <= draft.until_on < draft.do_by_on:
        yield fault("do_by_late", f"{draft.until_on:%d-%m-%Y}")


def _text_faults(draft: OutcomeDraft) -> Iterator[Fault]:
    reason = draft.reason.strip()
    if not reason:
        yield fault("explanation_missing")
    if len(reason) > LONGEST_REASON:
        yield fault("explanation_long", LONGEST_REASON)
