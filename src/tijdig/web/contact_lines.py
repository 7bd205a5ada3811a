"""How a contact is written on a page: in one line, with its promise, and who wrote it down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from tijdig.base.money import euro
from tijdig.cases.queries_promises import watched_promises
from tijdig.contacts.contact import Contact
from tijdig.contacts.kinds import CAUSE_LABEL, NEXT_STEP_LABEL, OUTCOME_LABEL, WHO_LABEL, NextStep, Outcome
from tijdig.contacts.promise import STATE_LABEL, Promise, State, Watched
from tijdig.contacts.queries import contacts_of
from tijdig.contacts.said import said as said_in_dutch
from tijdig.contacts.withdrawal import is_undo
from tijdig.letters.queries import named
from tijdig.web.templatetags.letters import who_did
from tijdig.web.templatetags.tijdig import dutch_date

NEWEST = 10


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """What was promised and where it stands; `state` is empty where that is not known."""

    cents: int
    due_on: date
    state: str
    came_cents: int  # only while it is open
    repaired_on: date | None


@dataclass(frozen=True, slots=True)
class Gone:
    """Who took a contact back, when, and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One contact as it is shown. Labels of closed lists are Dutch; `said` is in the reader's language."""

    id: int
    at: datetime
    said: str
    who: str
    outcome: str
    causes: str
    promise: PromiseLine | None
    next_step: str
    next_on: date | None
    minutes: int | None
    note: str
    confidential: bool
    by: str
    may_undo: bool
    gone: Gone | None


def lines(
    tenancy_id: int,
    *,
    on: date,
    now: datetime,
    actor: str,
    most: int = NEWEST,
    known_at: datetime | None = None,
    withdrawn: bool = True,
) -> list[Line]:
    """The newest contacts of a tenancy up to a day, the newest first. `actor` is who reads: he may undo his own."""
    known = contacts_of([tenancy_id], as_of=on, known_at=known_at, withdrawn=withdrawn)
    newest = known[: -most - 1 : -1]
    stands = watched_promises(tenancy_id, as_of=on, known_at=known_at) if newest else {}
    return lines_of(newest, stands, now=now, actor=actor, names=names_of(newest))


def lines_of(
    contacts: Sequence[Contact],
    stands: Mapping[int, Watched],
    *,
    now: datetime,
    actor: str,
    names: Mapping[str, str],
) -> list[Line]:
    """These contacts, in their order, with where their promises stand."""
    return [_line(one, stands.get(one.id), names, is_undo(one, actor, now)) for one in contacts]


def said(contact: Contact) -> str:
    """`Gebeld, gesproken`, in the reader's language."""
    return ", ".join(gettext(part) for part in said_in_dutch(contact) if part)


def told(contact: Contact) -> str:
    """The whole contact in one sentence: `Gebeld, gesproken: toezegging van € 640,00 op 28-11-2026.`"""
    return f"{said(contact)}: {_came_of_it(contact.outcome, contact.promise)}."


def _came_of_it(outcome: Outcome, promise: Promise | None) -> str:
    if promise is None:
        return OUTCOME_LABEL[outcome]
    words = gettext("toezegging van %(sum)s op %(day)s") % {
        "sum": euro(promise.amount_cents),
        "day": dutch_date(promise.due_on),
    }
    return words if outcome is Outcome.PROMISE else f"{OUTCOME_LABEL[outcome]}, {words}"


def actors_of(contacts: Sequence[Contact]) -> set[str]:
    """Who wrote them down and who took them back."""
    return {one.actor for one in contacts} | {one.withdrawn.actor for one in contacts if one.withdrawn}


def names_of(contacts: Sequence[Contact]) -> dict[str, str]:
    actors = actors_of(contacts)
    return named(actors) if actors else {}


def _line(one: Contact, stands: Watched | None, names: Mapping[str, str], undo: bool) -> Line:
    gone = one.withdrawn
    return Line(
        id=one.id,
        at=one.at,
        said=said(one),
        who=WHO_LABEL[one.who],
        outcome=OUTCOME_LABEL[one.outcome],
        causes=", ".join(CAUSE_LABEL[cause] for cause in one.causes),
        promise=_promise(one.promise, stands) if one.promise else None,
        next_step="" if one.next_step is NextStep.NONE else NEXT_STEP_LABEL[one.next_step],
        next_on=one.next_on,
        minutes=one.minutes,
        note=one.note,
        confidential=one.confidential,
        by=who_did(one.actor, names),
        may_undo=undo and gone is None,
        gone=Gone(who_did(gone.actor, names), gone.at, gone.reason) if gone else None,
    )


def _promise(made: Promise, stands: Watched | None) -> PromiseLine:
    if stands is None:
        return PromiseLine(made.amount_cents, made.due_on, "", 0, None)
    came_cents = stands.came_cents if stands.state is State.OPEN else 0
    return PromiseLine(
        made.amount_cents, made.due_on, STATE_LABEL[stands.state], came_cents, stands.repaired_on
    )
