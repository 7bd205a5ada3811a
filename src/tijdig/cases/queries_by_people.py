"""What people decided and said beside the engine, for the time line: a source a room.

Rulings and decisions of the group, objections and answers of the tenant, circumstances, who works the tenancy, and acts
that others carried out. What was not true or not known yet is in none of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from tijdig.access.queries import names
from tijdig.caseload.kinds import WHY_LABEL
from tijdig.caseload.queries import given_of
from tijdig.cases.deadlines import DEADLINE_LABEL, Deadline
from tijdig.cases.queries_facts import ANSWERED, REMARKED, Facts
from tijdig.cases.time_line import Behind, Kind, Target, TimeLineItem, moment_on
from tijdig.cases.wording_time_line import first_words
from tijdig.conferences.queries import outcomes_of
from tijdig.conferences.told import doer
from tijdig.conferences.told import told as outcome_told
from tijdig.contacts.kinds import Channel
from tijdig.contacts.queries_replies import replies_of
from tijdig.contacts.reply_kinds import State as ReplyState
from tijdig.contacts.said import BY_TENANT
from tijdig.law.answer import short_day
from tijdig.objections.kinds import ABOUT_LABEL, OUTCOME_LABEL
from tijdig.rulings.queries import rulings_of
from tijdig.rulings.ruling import told as ruling_told
from tijdig.steps.kinds import LABEL as STEP_LABEL
from tijdig.steps.kinds import Kind as StepKind
from tijdig.tenancies.flags import FLAG_LABEL, LEARNED_LABEL

_OF_THE_GROUP = "conference:"
_ACTS = (
    StepKind.SIGNAL_OBJECTED,
    StepKind.SIGNAL_SENT,
    StepKind.SIGNAL_REFUSED,
    StepKind.SIGNAL_ANSWERED,
    StepKind.HANDED_OVER,
    StepKind.HANDED_BACK,
)


def rulings(facts: Facts) -> Iterator[TimeLineItem]:
    """What a person decided apart from the way of working; a decision of the group is told by the group."""
    for one in rulings_of(facts.tenancy_id, facts.as_of, facts.known_at):
        if one.about.startswith(_OF_THE_GROUP):
            continue
        said = ruling_told(one, facts.labels)
        yield TimeLineItem(
            kind=Kind.RULING,
            on=one.from_on,
            at=moment_on(one.from_on, one.recorded_at),
            title="Besluit van een medewerker",
            sentence=f"{said}. {one.reason}".strip(),
            actor=one.actor,
            target=Target(Behind.RULING, one.id),
            seq=one.id,
        )
        if one.ended_on is not None and one.ended_on <= facts.as_of:
            yield TimeLineItem(
                kind=Kind.RULING_ENDED,
                on=one.ended_on,
                title="Besluit van een medewerker beëindigd",
                sentence=f"{said}. {one.ended_reason}".strip(),
                actor=one.ended_by,
                target=Target(Behind.RULING, one.id),
                seq=one.id,
            )


def outcomes(facts: Facts) -> Iterator[TimeLineItem]:
    """What the group decided, as it stands: what a conference replaced in the same case is not told."""
    for one in outcomes_of(facts.tenancy_id, facts.as_of):
        if facts.was(one.decided_on, one.recorded_at):
            parts = (outcome_told(one, facts.labels), doer(one.who_name, one.do_by_on), one.reason)
            yield TimeLineItem(
                kind=Kind.OUTCOME,
                on=one.decided_on,
                at=moment_on(one.decided_on, one.recorded_at),
                title="Besluit van het overleg",
                sentence=". ".join(part.rstrip(".") for part in parts if part),
                actor=one.actor,
                target=Target(Behind.CONFERENCE, one.conference_id),
                seq=one.id,
            )


def objections(facts: Facts) -> Iterator[TimeLineItem]:
    """What the tenant did not agree with, and what was answered."""
    for one in facts.objections:
        yield TimeLineItem(
            kind=Kind.OBJECTION,
            on=one.received_on,
            at=moment_on(one.received_on, one.recorded_at),
            title="Bezwaar",
            sentence=f"over {ABOUT_LABEL[one.about]}; antwoord uiterlijk {short_day(one.answer_by_on)}",
            actor=one.actor,
            target=Target(Behind.OBJECTION, one.id),
            seq=one.id,
        )
        if made := one.answer:
            yield TimeLineItem(
                kind=Kind.OBJECTION_ANSWERED,
                on=made.answered_on,
                at=moment_on(made.answered_on, made.recorded_at),
                title="Bezwaar beantwoord",
                sentence=f"over {ABOUT_LABEL[one.about]}: {OUTCOME_LABEL[made.outcome]}",
                actor=made.actor,
                target=Target(Behind.OBJECTION, one.id),
                seq=one.id,
            )


def replies(facts: Facts) -> Iterator[TimeLineItem]:
    """Answers that came in by themselves; those of programs are named so."""
    for one in replies_of(facts.tenancy_id, facts.as_of, facts.known_at):
        title = (
            "Automatisch antwoord" if one.state is ReplyState.AUTOMATIC else BY_TENANT[Channel(one.channel)]
        )
        yield TimeLineItem(
            kind=Kind.REPLY,
            on=one.on,
            at=one.received_at,
            title=title,
            sentence=first_words(one.text or one.subject),
            target=Target(Behind.REPLY, one.id),
            seq=one.id,
        )


def circumstances(facts: Facts) -> Iterator[TimeLineItem]:
    """What is the matter with a household, since when, and that it is over."""
    for place, one in enumerate(reversed(facts.circumstances)):
        label = FLAG_LABEL[one.kind]
        yield TimeLineItem(
            kind=Kind.CIRCUMSTANCE,
            on=one.begin_on,
            at=moment_on(one.begin_on, one.recorded_at) if one.recorded_at else None,
            title=f"Bijzonderheid: {label}",
            sentence=_learned(LEARNED_LABEL[one.learned_from], one.note),
            actor=one.actor,
            target=Target(Behind.FLAGS, facts.tenancy_id),
            seq=2 * place,
        )
        if over := one.end:
            yield TimeLineItem(
                kind=Kind.CIRCUMSTANCE,
                on=over.end_on,
                at=moment_on(over.end_on, over.recorded_at),
                title=f"Bijzonderheid voorbij: {label}",
                sentence=_learned(LEARNED_LABEL[over.learned_from], over.note),
                actor=over.actor,
                target=Target(Behind.FLAGS, facts.tenancy_id),
                seq=2 * place + 1,
            )


def _learned(source: str, note: str) -> str:
    return f"gehoord van {source}" + (f": {note}" if note else "")


def assignments(facts: Facts) -> Iterator[TimeLineItem]:
    """Who got the tenancy, and why."""
    given = given_of(facts.tenancy_id, facts.as_of, known_at=facts.known_at)
    called = names()
    for one in given:
        yield TimeLineItem(
            kind=Kind.ASSIGNED,
            on=one.from_on,
            at=moment_on(one.from_on, one.recorded_at),
            title=f"Behandelaar: {called.get(one.user_id, 'een collega')}",
            sentence=WHY_LABEL[one.why] + (f": {one.reason}" if one.reason else ""),
            actor=one.actor,
            target=Target(Behind.HANDLER, facts.tenancy_id),
            seq=one.id,
        )


def acts(facts: Facts) -> Iterator[TimeLineItem]:
    """Signals to the municipality and hand-overs to the bailiff, as others wrote them down."""
    said = {str(told.facts.get("about")): told.text for told in facts.told[REMARKED]}
    for step in facts.steps:
        if step.kind in _ACTS:
            label = STEP_LABEL[step.kind]
            yield TimeLineItem(
                kind=Kind.ACT,
                on=step.effective_on,
                at=moment_on(step.effective_on, step.recorded_at),
                title=label[:1].upper() + label[1:],
                sentence=said.get(step.subject, ""),
                actor=step.actor,
                seq=step.id,
            )


def answers(facts: Facts) -> Iterator[TimeLineItem]:
    """Who answered for a term that was missed, and what he said."""
    for told in facts.told[ANSWERED]:
        label = DEADLINE_LABEL[Deadline(told.facts["deadline"])]
        yield TimeLineItem(
            kind=Kind.ANSWERED,
            on=told.effective_on,
            at=moment_on(told.effective_on, told.recorded_at),
            title="Antwoord op een gemiste termijn",
            sentence=f"{label[:1].upper()}{label[1:]}. {told.text}".strip(),
            actor=told.actor,
            seq=told.id,
        )
