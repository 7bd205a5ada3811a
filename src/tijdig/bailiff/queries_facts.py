"""What is known of a tenancy for the check list of a hand-over, in the scope of one organisation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tijdig.arrears.imputation import positions
from tijdig.bailiff.checklist import Attempt, Facts, Letter, Signal
from tijdig.bailiff.queries import agreements, files_of
from tijdig.bailiff.queries_around import household_of
from tijdig.bailiff.queries_stops import OBJECTION, UNHEARD, administrator_unheard, disputes_rent
from tijdig.base.days import day_number
from tijdig.cases.actions_legal import seen_now
from tijdig.cases.legal_steps import Row, about_them, resting
from tijdig.cases.queries_claim import claim_file
from tijdig.cases.queries_engine import load_full
from tijdig.contacts.kinds import CHANNEL_LABEL, OUTCOME_LABEL, REACHED_LABEL, Direction
from tijdig.contacts.queries import contacts_of
from tijdig.law.answer import NotKnown
from tijdig.policy.words import NAMED, Feature
from tijdig.steps.kinds import Kind
from tijdig.steps.queries import steps_of
from tijdig.tenancies.queries import Lease, lease

_LETTER = {0: Letter.NONE, 1: Letter.RUNNING, 2: Letter.PASSED}
_SIGNAL = {0: Signal.NONE, 1: Signal.OFFERED, 2: Signal.OBJECTED, 3: Signal.SENT, 4: Signal.SENT}


def facts_of(tenancy_id: int, on: date) -> Facts | None:
    """None where this organisation has no such tenancy. Of one that is with a bailiff already, what still matters then."""
    row, who = seen_now(tenancy_id, on), lease(tenancy_id, on)
    if row is None or who is None:
        return None
    there = went_before(tenancy_id, on) is not None
    talked = bool(row[Feature.TALKED_IN_ARREARS])
    claim_cents, doubts = _claim(tenancy_id, on)
    return Facts(
        overdue_cents=int(row[Feature.OVERDUE_CENTS]),
        decided=int(row[Feature.DECIDED]) == NAMED[Feature.DECIDED]["hand_over"],
        departed=bool(row[Feature.DEPARTED]),
        talked_on=on - timedelta(days=int(row[Feature.DAYS_SINCE_TALK])) if talked else None,
        phone_attempts=int(row[Feature.PHONE_ATTEMPTS]),
        visit_attempts=int(row[Feature.VISIT_ATTEMPTS]),
        letter=_LETTER[int(row[Feature.FOURTEEN_DAY_LETTER])],
        signal=_SIGNAL[int(row[Feature.EARLY_SIGNAL])],
        stops=tuple(_stops(tenancy_id, row, on)),
        rests=tuple(_rests(row, there)),
        claim_cents=claim_cents,
        doubts=doubts,
        unknown=tuple(_unknown(who)),
        asked_who_lives=household_of(tenancy_id) is not None,
        arranged=_arranged(row),
        there=there,
        attempts=tuple(_attempts(tenancy_id, row, on)),
    )


def went_before(tenancy_id: int, on: date) -> date | None:
    """The day on which a file went to a bailiff outside tijdig; None where it is with none, or with a partner."""
    moves = steps_of([tenancy_id], kinds=(Kind.HANDED_OVER, Kind.HANDED_BACK), as_of=on)
    if not moves or moves[-1].kind is Kind.HANDED_BACK:
        return None
    return None if any(one.ended_on is None for one in files_of(tenancy_id)) else moves[-1].effective_on


def agreed_after(went_on: date) -> set[int]:
    """The partners with which the first thing was agreed after a day: they alone can be told that they have a file that went
    then."""
    begun: dict[int, date] = {}
    for one in agreements():
        if one.approved:
            begun[one.partner_id] = min(one.begin_on, begun.get(one.partner_id, one.begin_on))
    return {partner for partner, day in begun.items() if went_on < day}


def overdue_on(tenancy_id: int, on: date) -> int:
    """What was overdue at the end of a day, in cents."""
    return int(positions(load_full(on, [tenancy_id]).portfolio, day_number(on)).overdue[0])


def _stops(tenancy_id: int, row: Row, on: date) -> Iterator[str]:
    yield from about_them(row)
    yield from first_heard(tenancy_id, row, on)


def first_heard(tenancy_id: int, row: Row, on: date) -> Iterator[str]:
    """Who says that certain months are not owed has an answer; and who runs the money of somebody under administration was
    spoken to in these arrears."""
    if disputes_rent(tenancy_id, on):
        yield OBJECTION
    since = on - timedelta(days=int(row[Feature.DAYS_IN_ARREARS]))
    if administrator_unheard(tenancy_id, since, on):
        yield UNHEARD


def _attempts(tenancy_id: int, row: Row, on: date) -> Iterator[Attempt]:
    """Each time that somebody of the corporation sought contact in these arrears, the newest first."""
    since = on - timedelta(days=int(row[Feature.DAYS_IN_ARREARS]))
    for one in reversed(contacts_of([tenancy_id], as_of=on)):
        if one.direction is Direction.OUT and one.on >= since:
            yield Attempt(
                one.at, CHANNEL_LABEL[one.channel], REACHED_LABEL[one.reached], OUTCOME_LABEL[one.outcome]
            )


def _rests(row: Row, there: bool) -> Iterator[str]:
    """What must be over before a file goes. One that is there already may have an arrangement: the partner keeps it."""
    if row[Feature.WITH_BAILIFF] and not there:
        yield "Het dossier is al bij de deurwaarder."
    if _arranged(row) and not there:
        yield "Er loopt een regeling die wordt nagekomen."
    yield from resting(row)


def _arranged(row: Row) -> bool:
    named = NAMED[Feature.ARRANGEMENT]
    return int(row[Feature.ARRANGEMENT]) in (named["kept"], named["late"])


def _claim(tenancy_id: int, on: date) -> tuple[int | None, tuple[str, ...]]:
    """The whole claim, and what is not sure about it where nobody took that on by name."""
    try:
        found = claim_file(tenancy_id, as_of=on)
    except NotKnown as refused:
        return None, (str(refused),)
    if found is None:
        return None, ()
    doubts = tuple(dict.fromkeys(one.sentence for one in found.claim.doubts)) if found.unsure else ()
    return found.claim.total_cents, doubts


def _unknown(who: Lease) -> Iterator[str]:
    if not any(who.names):
        yield "hoe de huurder heet"
    if not who.address:
        yield "waar de huurder woont"
