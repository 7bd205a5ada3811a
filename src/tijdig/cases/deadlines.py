"""The two terms that are promised and guarded: a talk with a person, and a named decision, counted from the second clock.

Decides when a term is met, near, missed or answered for. A talk is one with somebody of the household since the arrears
began; an attempt is no talk. A decision is one by name that holds on the day: to hand over, to arrange, to pause or to
help; a kept arrangement and a file with the bailiff are decisions that were taken. What was missed stays missed until
somebody answers for it by name, or the arrears are paid. The term counts from the first day of arrears that have not been
broken since, so that who pays a little each month arrives somewhere. Arrears that were older when their case opened (who was
behind on a corporation's first day, who owed too little to be asked) have the days that the way of working gives from then;
so has the old debt of a debt procedure that ended. While one runs, only what fell due since it began counts.

Units: days. Errors: none. Worked example: behind since 1 October with terms of 21 and 61 days, the talk must have been by 22
October and the decision by 1 December; five days ahead of each it shows. Left out: what is done about it (policy).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tijdig.policy.terms import Deadlines
from tijdig.policy.words import Bucket


class Deadline(StrEnum):
    TALK = "talk"
    DECISION = "decision"


DEADLINE_LABEL = {
    Deadline.TALK: "gesprek met de huurder",
    Deadline.DECISION: "besluit op naam",
}


class State(StrEnum):
    """`AHEAD` is not near yet."""

    MET = "met"
    AHEAD = "ahead"
    NEAR = "near"
    MISSED = "missed"
    ANSWERED = "answered"


STATE_LABEL = {
    State.MET: "gehaald",
    State.AHEAD: "op tijd",
    State.NEAR: "nadert",
    State.MISSED: "gemist",
    State.ANSWERED: "gemist, verantwoord",
}
# Where nobody is asked, no term runs: nothing to talk about, or something that holds was agreed or decided. Nor where the
# step asks for no alert: a direct debit that still has to run, a bank statement that does not tie.
QUIET = frozenset({Bucket.NOTHING, Bucket.BELOW, Bucket.ARRANGEMENT, Bucket.PAUSED, Bucket.BAILIFF})


@dataclass(frozen=True, slots=True)
class Guarded:
    """One term of one tenancy as it stands on a day."""

    tenancy_id: int
    deadline: Deadline
    since_on: date
    due_on: date
    state: State

    @property
    def sentence(self) -> str:
        """What it is about, in the words of a list."""
        what = f"{DEADLINE_LABEL[self.deadline]} uiterlijk {self.due_on:%d-%m-%Y}"
        return f"Gemist: {what}." if self.state is State.MISSED else f"Nog te doen: {what}."


def due_by(deadline: Deadline, since_on: date, opened_on: date | None, terms: Deadlines) -> date:
    """The last day that is in time."""
    talk = deadline is Deadline.TALK
    by = since_on + timedelta(days=terms.talk_by_days if talk else terms.decide_by_days)
    if opened_on is None:
        return by
    return max(by, opened_on + timedelta(days=terms.talk_within_days if talk else terms.decide_within_days))


def guarded(
    deadline: Deadline,
    *,
    tenancy_id: int,
    since_on: date,
    opened_on: date | None,
    on: date,
    terms: Deadlines,
    met: bool,
    answered: bool,
) -> Guarded:
    """How a term stands. `met` is whether what it asks has been done since the arrears began, or holds now; `opened_on` is
    the day on which their case opened, or on which a debt procedure last ended where that is later."""
    due_on = due_by(deadline, since_on, opened_on, terms)
    if met:
        state = State.MET
    elif on > due_on:
        state = State.ANSWERED if answered else State.MISSED
    else:
        state = State.NEAR if on >= due_on - timedelta(days=terms.warn_days) else State.AHEAD
    return Guarded(tenancy_id, deadline, since_on, due_on, state)
