"""Reads of root causes, in the scope of one organisation: what was ticked at contacts, and what stands on its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from tijdig.contacts.kinds import Cause, Reached, Who
from tijdig.contacts.queries import contacts_of
from tijdig.help import models
from tijdig.help.cause import NoticedBy, Says, Sighting, Standing, standings
from tijdig.tenancies.queries import any_of

_READ = """
SELECT c.id, c.cause, c.says, c.noticed_by, c.noticed_on, c.actor, c.name, coalesce(x.text, ''),
       c.recorded_at
  FROM help_rootcause c LEFT JOIN help_rootcausetext x ON x.root_cause_id = c.id
 WHERE c.tenancy_id = %(tenancy)s AND c.noticed_on <= %(as_of)s ORDER BY c.id
"""
_KNOWS_NOTHING = (Cause.UNKNOWN,)
_BY_WHO = {Who.REPRESENTATIVE: NoticedBy.HELPER, Who.RELATIVE: NoticedBy.RELATIVE}


def causes_of(tenancy_id: int, as_of: date) -> list[Standing]:
    """How each cause stands, those that hold first."""
    return standings([*_of_contacts(tenancy_id, as_of), *sightings(tenancy_id, as_of)])


def sightings(tenancy_id: int, as_of: date) -> list[Sighting]:
    """What was written down on its own, the oldest first."""
    if not any_of(models.RootCause, tenancy_id):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_READ, {"tenancy": tenancy_id, "as_of": as_of})
        return [_sighting(row) for row in cursor.fetchall()]


def _sighting(row: tuple[Any, ...]) -> Sighting:
    pk, cause, says, noticed_by, noticed_on, actor, name, words, at = row
    return Sighting(
        cause=Cause(cause),
        says=Says(says),
        noticed_by=NoticedBy(noticed_by),
        noticed_on=noticed_on,
        actor=actor,
        name=name,
        words=words,
        id=pk,
        recorded_at=at,
    )


def _of_contacts(tenancy_id: int, as_of: date) -> Iterator[Sighting]:
    for one in contacts_of([tenancy_id], as_of=as_of):
        told = one.reached is Reached.TALKED
        for cause in one.causes:
            if cause not in _KNOWS_NOTHING:
                yield Sighting(
                    cause=cause,
                    says=Says.TOLD if told else Says.GUESS,
                    noticed_by=_BY_WHO.get(one.who, NoticedBy.TENANT) if told else NoticedBy.CONSULTANT,
                    noticed_on=one.on,
                    actor=one.actor,
                    contact_id=one.id,
                    recorded_at=one.recorded_at,
                )
