"""The only writers of objections and answers: one transaction each, a line of history, and a mark for a new evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from tijdig.access.scope import broken_rule, organisation_scope
from tijdig.history.actions import record
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.objections.habits import answer_by
from tijdig.objections.models import Answer, AnswerText, Objection, ObjectionText
from tijdig.objections.objection import Objection as Standing
from tijdig.objections.queries import are_charges, objection, touches_from
from tijdig.objections.values import (
    AnswerDraft,
    Fault,
    NotHeard,
    ObjectionDraft,
    answer_faults,
    draft_faults,
    fault,
)
from tijdig.tenancies.models import Tenancy


def object_to(*, organisation_id: int, actor: str, draft: ObjectionDraft, asked_as: UUID, on: date) -> int:
    """Write an objection down; returns its id. `asked_as` names the form: the same form twice is one, the first.

    Raises `NotHeard` with all that is wrong.
    """
    with organisation_scope(organisation_id):
        if known := _asked(asked_as):
            return known
        if faults := (*draft_faults(draft, on), *_place_faults(draft)):
            raise NotHeard(faults)
        try:
            with transaction.atomic():
                row = _store(organisation_id, actor, draft, asked_as)
        except IntegrityError as error:
            known = _asked(asked_as)
            if known is None or broken_rule(error) != "objections_objection_once":
                raise
            return known  # the same form came in at the same moment, and the other one was first
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="objection_received",
            subject=f"tenancy:{row.tenancy_id}",
            effective_on=row.received_on,
            facts=_facts(row),
            text=draft.words.strip(),
        )
        mark_dirty(
            organisation_id=organisation_id, tenancy_ids=[row.tenancy_id], on=touches_from(row.entries, on)
        )
        return int(row.pk)


def answer(*, organisation_id: int, actor: str, draft: AnswerDraft, on: date) -> None:
    """Answer an objection, once and for good. Raises `NotHeard` with all that is wrong."""
    with organisation_scope(organisation_id):
        known = objection(draft.objection_id)
        if known is None:
            raise NotHeard((fault("objection_unknown"),))
        if known.answer:
            raise NotHeard((fault("answered_already"),))
        if faults := tuple(answer_faults(draft, known.received_on, on)):
            raise NotHeard(faults)
        try:
            with transaction.atomic():
                _store_answer(organisation_id, actor, draft, known)
        except IntegrityError as error:
            raise NotHeard((fault("answered_already"),)) from error
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="objection_answered",
            subject=f"tenancy:{known.tenancy_id}",
            effective_on=draft.answered_on,
            facts={
                "objection": known.id,
                "about": known.about.value,
                "outcome": draft.outcome.value,
                "answer_by_on": known.answer_by_on.isoformat(),
            },
            text=draft.words.strip(),
        )
        mark_dirty(
            organisation_id=organisation_id,
            tenancy_ids=[known.tenancy_id],
            on=touches_from(known.entries, on),
        )


def _asked(asked_as: UUID) -> int | None:
    return Objection.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()


def _place_faults(draft: ObjectionDraft) -> Iterator[Fault]:
    """A foreign key looks through the wall; this does not."""
    if not Tenancy.objects.filter(pk=draft.tenancy_id).exists():
        yield fault("tenancy_unknown")
    elif draft.entries and not are_charges(draft.tenancy_id, draft.entries):
        yield fault("entries_unknown")


def _store(organisation_id: int, actor: str, draft: ObjectionDraft, asked_as: UUID) -> Objection:
    row = Objection.objects.create(
        organisation_id=organisation_id,
        tenancy_id=draft.tenancy_id,
        about=draft.about.value,
        entries=sorted(set(draft.entries)),
        received_on=draft.received_on,
        way=draft.way.value,
        answer_by_on=answer_by(draft.received_on),
        wants_person=draft.wants_person,
        actor=actor,
        asked_as=asked_as,
    )
    if words := draft.words.strip():
        ObjectionText.objects.create(objection=row, organisation_id=organisation_id, text=words)
    return row


def _store_answer(organisation_id: int, actor: str, draft: AnswerDraft, known: Standing) -> None:
    Answer.objects.create(
        objection_id=known.id,
        organisation_id=organisation_id,
        received_on=known.received_on,
        outcome=draft.outcome.value,
        answered_on=draft.answered_on,
        actor=actor,
        name=draft.name.strip(),
    )
    if words := draft.words.strip():
        AnswerText.objects.create(answer_id=known.id, organisation_id=organisation_id, text=words)


def _facts(row: Objection) -> dict[str, object]:
    """What history keeps: codes, ids and days, no personal text."""
    return {
        "objection": row.pk,
        "about": row.about,
        "entries": row.entries,
        "way": row.way,
        "wants_person": row.wants_person,
        "answer_by_on": row.answer_by_on.isoformat(),
    }
