"""Reads of the programs that may call the API of a corporation or of a partner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tijdig.access.people import Person
from tijdig.access.scope import as_person


@dataclass(frozen=True, slots=True)
class Program:
    """`earlier_until` where a token of before opens the same until then."""

    id: int
    name: str
    scopes: str
    created_at: datetime
    used_at: datetime | None
    earlier_until: datetime | None

    @property
    def may(self) -> frozenset[str]:
        return frozenset(self.scopes.split())


def programs(person: Person, at: datetime) -> list[Program]:
    """Those that were not switched off, by name."""
    with as_person(person), connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, name, scopes, created_at, used_at,
                      CASE WHEN earlier_digest IS NOT NULL AND earlier_until > %s THEN earlier_until END
                 FROM access_apiclient
                WHERE revoked_at IS NULL AND coalesce(organisation_id, 0) = %s AND coalesce(partner_id, 0) = %s
                ORDER BY lower(name), id""",
            [at, person.organisation_id, person.partner_id or 0],
        )
        return [Program(*row) for row in cursor.fetchall()]
