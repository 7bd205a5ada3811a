"""How an objection is written on a page: what it is about, by when a person answers, what waits, and the answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tijdig.cases.values import TenancyFile
from tijdig.cases.wording import urgency
from tijdig.letters.queries import named
from tijdig.objections.kinds import ABOUT_LABEL, OUTCOME_LABEL, WAY_LABEL
from tijdig.objections.objection import Answer, Objection, Pause
from tijdig.objections.queries import objections_of
from tijdig.objections.wording import WAITS, WAITS_AFTER
from tijdig.web.templatetags.letters import who_did


@dataclass(frozen=True, slots=True)
class OpenLine:
    """An objection without an answer, in the few words that a page of a tenant has for it."""

    id: int
    about: str
    answer_by_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """What was answered, by whom, and when. The outcome is Dutch."""

    outcome: str
    answered_on: date
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionLine:
    """One objection as it is shown. Labels of closed lists are Dutch, and so is `waits`; empty where nothing waits."""

    id: int
    tenancy_id: int
    about: str
    items: tuple[str, ...]
    received_on: date
    way: str
    answer_by_on: date
    urgency: str
    wants_person: bool
    text: str
    by: str
    waits: str
    answer: AnswerLine | None


def open_lines(tenancy_id: int, *, on: date, known_at: datetime | None = None) -> list[OpenLine]:
    """What waits for an answer on a day, the newest first."""
    return open_of(objections_of(tenancy_id, on, known_at))


def open_of(objections: Iterable[Objection]) -> list[OpenLine]:
    """The same of objections that were read already."""
    return [
        OpenLine(one.id, ABOUT_LABEL[one.about], one.answer_by_on) for one in objections if one.answer is None
    ]


def lines(
    objections: Iterable[Objection],
    *,
    today: date,
    file: TenancyFile | None = None,
    left_out: Collection[int] = (),
) -> list[ObjectionLine]:
    """As given. `file` puts names to the entries, `left_out` are those that are not asked today."""
    known = list(objections)
    names = named({one.actor for one in known}) if known else {}
    labels = {line.entry_id: line.label for line in file.lines} if file else {}
    return [_line(one, today, names, labels, left_out) for one in known]


def _line(
    one: Objection,
    today: date,
    names: Mapping[str, str],
    labels: Mapping[int, str],
    left_out: Collection[int],
) -> ObjectionLine:
    return ObjectionLine(
        id=one.id,
        tenancy_id=one.tenancy_id,
        about=ABOUT_LABEL[one.about],
        items=tuple(labels[entry] for entry in one.entries if entry in labels),
        received_on=one.received_on,
        way=WAY_LABEL[one.way],
        answer_by_on=one.answer_by_on,
        urgency=urgency(one.answer_by_on, today),
        wants_person=one.wants_person,
        text=one.text,
        by=who_did(one.actor, names),
        waits=_waits(one, left_out),
        answer=_answer(one.answer),
    )


def _answer(given: Answer | None) -> AnswerLine | None:
    if given is None:
        return None
    return AnswerLine(
        outcome=OUTCOME_LABEL[given.outcome],
        answered_on=given.answered_on,
        name=given.name,
        text=given.text,
    )


def _waits(one: Objection, left_out: Collection[int]) -> str:
    if one.answer is None:
        return WAITS[one.pause]
    return WAITS_AFTER if one.pause is Pause.ENTRIES and set(one.entries) & set(left_out) else ""
