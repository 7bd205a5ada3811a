"""Objections to write down and to answer, for the tests of this room: on Monday 2 November 2026."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import connection

from tijdig.objections.actions import answer, object_to
from tijdig.objections.kinds import About, Outcome, Way
from tijdig.objections.values import AnswerDraft, ObjectionDraft

TODAY = date(2026, 11, 2)


def draft(tenancy: int = 1, about: About = About.ARREARS, **changed: object) -> ObjectionDraft:
    plain: dict[str, object] = {
        "tenancy_id": tenancy,
        "about": about,
        "received_on": TODAY,
        "way": Way.PHONE,
    }
    return ObjectionDraft(**plain | changed)  # type: ignore[arg-type]


def heard(
    organisation: int,
    tenancy: int,
    about: About = About.ARREARS,
    *,
    actor: str = "user:1",
    asked_as: UUID | None = None,
    on: date = TODAY,
    **changed: object,
) -> int:
    return object_to(
        organisation_id=organisation,
        actor=actor,
        draft=draft(tenancy, about, **changed),
        asked_as=asked_as or uuid4(),
        on=on,
    )


def given(number: int = 1, outcome: Outcome = Outcome.REJECTED, **changed: object) -> AnswerDraft:
    plain: dict[str, object] = {
        "objection_id": number,
        "outcome": outcome,
        "answered_on": TODAY,
        "name": "Sanne Smit",
        "words": "De rekening klopt, want de betaling van 2 oktober is verrekend met september.",
    }
    return AnswerDraft(**plain | changed)  # type: ignore[arg-type]


def answered(
    organisation: int,
    number: int,
    outcome: Outcome = Outcome.REJECTED,
    *,
    on: date = TODAY,
    **changed: object,
) -> None:
    answer(organisation_id=organisation, actor="user:2", draft=given(number, outcome, **changed), on=on)


def charges(tenancy: int) -> list[int]:
    """The charges of a tenancy, by id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM ledger_entry WHERE tenancy_id = %s AND role < 3 ORDER BY id", [tenancy]
        )
        return [row[0] for row in cursor.fetchall()]
