"""Reads of somebody's own passkeys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tijdig.access.people import Person
from tijdig.access.scope import as_person


@dataclass(frozen=True, slots=True)
class Passkey:
    id: int
    credential: str
    name: str
    made_at: datetime
    used_at: datetime | None


def passkeys(person: Person) -> list[Passkey]:
    """Theirs, the oldest first."""
    with as_person(person), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, credential, name, made_at, used_at FROM entrance_passkey WHERE user_id = %s ORDER BY id",
            [person.id],
        )
        return [Passkey(*row) for row in cursor.fetchall()]
