"""Reads of organisations and users."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tijdig.access.models import Organisation
from tijdig.access.people import initials
from tijdig.access.reading import read_once
from tijdig.access.scope import partner_scope, read_scope


@dataclass(frozen=True, slots=True)
class Corporation:
    id: int
    name: str
    slug: str
    live_since: datetime | None


def organisation_ids() -> list[int]:
    """Every organisation's id: a function of the owner answers, because no wall may be climbed to ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tijdig_organisation_ids() AS t(id) ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def corporation(organisation_id: int) -> Corporation:
    with read_scope(organisation_id), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, name, slug, live_since FROM access_organisation WHERE id = %s", [organisation_id]
        )
        row = cursor.fetchone()
        if row is None:
            raise Organisation.DoesNotExist(organisation_id)
        return Corporation(*row)


def own_partner() -> str:
    """What the partner is called for whom somebody acts now."""
    with partner_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM access_partner")
        row = cursor.fetchone()
        return str(row[0]) if row else ""


@dataclass(frozen=True, slots=True)
class Colleague:
    id: int
    name: str
    role: str
    region: str
    email: str

    @property
    def initials(self) -> str:
        return initials(self.name)


def colleagues(organisation_id: int) -> list[Colleague]:
    """Who works here now, by name."""
    with read_scope(organisation_id):
        return [person for person, is_here in _people() if is_here]


def names() -> dict[int, str]:
    """What everybody of this organisation is called, also who left, and the people of its partners; inside its scope."""
    return {person.id: person.name for person, _ in _people()} | _partner_names()


def colleagues_at_partner() -> list[int]:
    """Everybody of the partner for whom somebody acts now, also who left; inside its scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM access_user")
        return [int(row[0]) for row in cursor.fetchall()]


@read_once
def _partner_names() -> dict[int, str]:
    """Of partners with whom something was agreed: the name, with that of the partner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM tijdig_partner_names()")
        return dict(cursor.fetchall())


@read_once
def _people() -> list[tuple[Colleague, bool]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name, role, region, email, is_active FROM access_user ORDER BY name")
        return [(Colleague(*row), is_here) for *row, is_here in cursor.fetchall()]
