"""The only writers of conferences: begin one, say who is there, close it. Nothing is changed or deleted."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection

from tijdig.access.queries import colleagues
from tijdig.access.scope import organisation_scope
from tijdig.conferences.meeting import Conference as Meeting
from tijdig.conferences.models import Closing, Conference
from tijdig.conferences.models import Presence as PresenceRow
from tijdig.conferences.queries import conference, counts_of
from tijdig.conferences.values import (
    Fault,
    NotConferred,
    Presence,
    fault,
    held_faults,
    presence_faults,
)
from tijdig.history.actions import record

_LOCK = 7466  # shared by whoever writes in a conference, exclusive for who closes it


def begin(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    held_on: date,
    there: Presence,
    asked_as: UUID,
    on: date,
) -> int:
    """Begin a conference with who is there; returns its id, also when the same form comes twice. Raises `NotConferred`."""
    with organisation_scope(organisation_id):
        known = Conference.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()
        if known is not None:
            return known
        faults = (*held_faults(held_on, on), *_there_faults(organisation_id, there))
        if faults:
            raise NotConferred(faults)
        row = Conference.objects.create(
            organisation_id=organisation_id, held_on=held_on, actor=actor, name=name, asked_as=asked_as
        )
        _note_presence(organisation_id, actor, row.pk, there)
        _record(organisation_id, actor, "conference_begun", row.pk, on, {"held_on": held_on.isoformat()})
        return int(row.pk)


def attend(*, organisation_id: int, actor: str, conference_id: int, there: Presence, on: date) -> None:
    """Say anew who is there, for the decisions from now on. Raises `NotConferred`."""
    with organisation_scope(organisation_id):
        open_conference(conference_id)
        if faults := _there_faults(organisation_id, there):
            raise NotConferred(faults)
        _note_presence(organisation_id, actor, conference_id, there)
        facts = {"present": list(there.present), "guests": len(there.guests)}
        _record(organisation_id, actor, "conference_attended", conference_id, on, facts)


def close(*, organisation_id: int, actor: str, name: str, conference_id: int, on: date) -> None:
    """End a conference: what it decided is fixed, and what it did not come to stays on the agenda. Raises `NotConferred`."""
    with organisation_scope(organisation_id):
        open_conference(conference_id, shared=False)
        Closing.objects.create(
            organisation_id=organisation_id, conference_id=conference_id, on=on, actor=actor, name=name
        )
        decided = counts_of([conference_id]).get(conference_id, 0)
        _record(organisation_id, actor, "conference_closed", conference_id, on, {"decided": decided})


def open_conference(conference_id: int, *, shared: bool = True) -> Meeting:
    """The conference, locked, where it is open; who writes in it and who closes it wait for each other."""
    if conference(conference_id) is None:
        raise NotConferred((fault("conference_unknown"),))
    kind = "_shared" if shared else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(%s, %s)", [_LOCK, conference_id])
    held = conference(conference_id)  # as whoever held the lock before left it
    assert held is not None, "a conference does not go away"
    if held.closed:
        raise NotConferred((fault("closed"),))
    return held


def _there_faults(organisation_id: int, there: Presence) -> tuple[Fault, ...]:
    known = {one.id for one in colleagues(organisation_id)}
    strangers = () if set(there.present) <= known else (fault("colleague_unknown"),)
    return (*presence_faults(there), *strangers)


def _note_presence(organisation_id: int, actor: str, conference_id: int, there: Presence) -> None:
    PresenceRow.objects.create(
        organisation_id=organisation_id,
        conference_id=conference_id,
        chair=there.chair.strip(),
        present=sorted(set(there.present)),
        guests=[one.strip() for one in there.guests if one.strip()],
        actor=actor,
    )


def _record(
    organisation_id: int,
    actor: str,
    verb: str,
    conference_id: int,
    on: date,
    facts: dict[str, object],
) -> None:
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb=verb,
        subject=f"conference:{conference_id}",
        effective_on=on,
        facts=facts,
    )
