"""The time line of one tenancy: one source a room, each a function that gives what happened.

A source is added by a function and its place in `SOURCES`. What was not true by the day of the page or not known at its
moment is in none of them. Letters lie above this room: what went is read from `steps`, and a page that knows the letters
names them and adds those that did not go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from tijdig.arrangements.values import Arrangement, Change
from tijdig.cases.queries_by_people import (
    acts,
    answers,
    assignments,
    circumstances,
    objections,
    outcomes,
    replies,
    rulings,
)
from tijdig.cases.queries_decisions import acceptances, alerts, decisions
from tijdig.cases.queries_facts import PREFERENCES_SET, Facts
from tijdig.cases.time_line import Behind, Kind, Target, TimeLineItem, moment_on, ordered
from tijdig.cases.wording_time_line import (
    CHANGED,
    PREFERENCES,
    agreed_sentence,
    broken_sentence,
    change_sentence,
    contact_sentence,
    entry_sentence,
    letter_sentence,
    preferences_sentence,
    promised,
)
from tijdig.contacts.contact import Contact
from tijdig.contacts.kinds import Channel
from tijdig.contacts.said import said
from tijdig.steps.kinds import LABEL, LetterFacts
from tijdig.steps.kinds import Kind as StepKind

Source = Callable[[Facts], Iterable[TimeLineItem]]


def ledger(facts: Facts) -> Iterator[TimeLineItem]:
    """Every entry, in the order of the account."""
    for place, line in enumerate(reversed(facts.file.lines)):
        yield TimeLineItem(
            kind=Kind.ENTRY,
            on=line.effective_on,
            title=line.label[:1].upper() + line.label[1:],
            sentence=entry_sentence(line),
            cents=line.amount_cents,
            target=Target(Behind.ENTRY, line.entry_id),
            seq=place,
        )


def contacts(facts: Facts) -> Iterator[TimeLineItem]:
    for one in facts.contacts:
        yield TimeLineItem(
            kind=_kind_of(one),
            on=one.on,
            at=one.at,
            title=said(one).text,
            sentence=contact_sentence(one),
            actor=one.actor,
            target=Target(Behind.CONTACT, one.id),
            seq=one.id,
        )


def _kind_of(one: Contact) -> Kind:
    if one.withdrawn:
        return Kind.WITHDRAWN
    at_the_door = one.channel is Channel.VISIT
    if one.talk:
        return Kind.VISIT if at_the_door else Kind.TALK
    if one.attempt:
        return Kind.VISIT_ATTEMPT if at_the_door else Kind.ATTEMPT
    return Kind.MESSAGE


def promises(facts: Facts) -> Iterator[TimeLineItem]:
    """What became of each promise, on the day on which it did."""
    for number, stands in facts.promises.items():
        ends = (
            ("Toezegging nagekomen", stands.kept_on),
            ("Toezegging niet nagekomen", stands.broken_on),
            ("Toezegging alsnog voldaan", stands.repaired_on),
        )
        for place, (title, on) in enumerate(ends):
            if on is not None:
                yield TimeLineItem(
                    kind=Kind.PROMISE,
                    on=on,
                    title=title,
                    sentence=promised(stands.promise),
                    target=Target(Behind.CONTACT, number),
                    seq=3 * number + place,
                )


_LETTERS = {
    StepKind.LETTER_SENT: Kind.LETTER_SENT,
    StepKind.LETTER_DELIVERED: Kind.LETTER_DELIVERED,
    StepKind.LETTER_BOUNCED: Kind.LETTER_BOUNCED,
}


def letters(facts: Facts) -> Iterator[TimeLineItem]:
    """What was sent and what became of it."""
    for step in facts.steps:
        if kind := _LETTERS.get(step.kind):
            told = LetterFacts.of(step.facts)
            sent = step.kind is StepKind.LETTER_SENT
            yield TimeLineItem(
                kind=kind,
                on=step.effective_on,
                at=moment_on(step.effective_on, step.recorded_at),
                title=LABEL[step.kind].capitalize(),
                sentence=letter_sentence(told) if sent else "",
                actor=step.actor,
                target=Target(Behind.LETTER, told.letter_id),
                cents=told.open_cents or None if sent else None,
                about=told.letter_kind,
                seq=step.id,
            )


def links(facts: Facts) -> Iterator[TimeLineItem]:
    """What was paid by a payment link: a promise, until the bank shows it."""
    for step in facts.steps:
        if step.kind is StepKind.LINK_PAID:
            yield TimeLineItem(
                kind=Kind.LINK_PAID,
                on=step.effective_on,
                at=moment_on(step.effective_on, step.recorded_at),
                title="Betaald via de betaallink",
                sentence="de bank moet het nog laten zien",
                cents=-int(step.facts.get("paid_cents", 0)) or None,
                seq=step.id,
            )


def arrangements(facts: Facts) -> Iterator[TimeLineItem]:
    """What was agreed, and every change of it."""
    for made in facts.arrangements:
        for place, change in enumerate(made.changes):
            yield _of_change(made, change, made.id * 1000 + place)


def _of_change(made: Arrangement, change: Change, seq: int) -> TimeLineItem:
    agreed = change.verb == "active"
    parts = [agreed_sentence(made) if agreed or change.verb == "requested" else "", change_sentence(change)]
    return TimeLineItem(
        kind=Kind.ARRANGEMENT if agreed else Kind.ARRANGEMENT_CHANGED,
        on=change.on,
        at=moment_on(change.on, change.made_at),
        title=CHANGED[change.verb],
        sentence=". ".join(part for part in parts if part),
        actor=change.actor,
        target=Target(Behind.ARRANGEMENT, made.id),
        cents=made.debt_cents if agreed else None,
        seq=seq,
    )


def breaks(facts: Facts) -> Iterator[TimeLineItem]:
    """The days on which an arrangement was broken and repaired, while it ran."""
    for made in facts.arrangements:
        over_on = next((one.on for one in made.changes if one.verb in ("ended", "cancelled")), facts.as_of)
        for place, one in enumerate(facts.kept[made.id].breaks if made.id in facts.kept else ()):
            ends = (("Regeling gebroken", one.broken_on), ("Regeling weer nagekomen", one.repaired_on))
            for which, (title, on) in enumerate(ends):
                if on is not None and on <= over_on:
                    yield TimeLineItem(
                        kind=Kind.ARRANGEMENT_CHANGED,
                        on=on,
                        title=title,
                        sentence=broken_sentence(one) if which == 0 else "",
                        target=Target(Behind.ARRANGEMENT, made.id),
                        cents=one.short_cents if which == 0 else None,
                        seq=made.id * 1000 + 2 * place + which,
                    )


def preferences(facts: Facts) -> Iterator[TimeLineItem]:
    """How a tenant wants letters, each time that it was set."""
    for told in facts.told[PREFERENCES_SET]:
        yield TimeLineItem(
            kind=Kind.PREFERENCES,
            on=told.effective_on,
            at=moment_on(told.effective_on, told.recorded_at),
            title=PREFERENCES,
            sentence=preferences_sentence(told.facts),
            actor=told.actor,
            target=Target(Behind.PREFERENCES, facts.tenancy_id),
            seq=told.id,
        )


SOURCES: tuple[Source, ...] = (
    ledger,
    contacts,
    promises,
    letters,
    links,
    arrangements,
    breaks,
    preferences,
    decisions,
    alerts,
    acceptances,
    rulings,
    outcomes,
    objections,
    replies,
    circumstances,
    assignments,
    acts,
    answers,
)


def time_line(facts: Facts) -> list[TimeLineItem]:
    """All that happened, the newest first."""
    return ordered(chain.from_iterable(source(facts) for source in SOURCES))
