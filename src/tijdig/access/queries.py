"""Reads of organisations and users."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tijdig.access.models import Organisation, User
from tijdig.access.scope import read_scope


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
    with read_scope(organisation_id):
        row = Organisation.objects.get(pk=organisation_id)
        return Corporation(row.pk, row.name, row.slug, row.live_since)


@dataclass(frozen=True, slots=True)
class Colleague:
    id: int
    name: str
    initials: str
    role: str
    region: str
    email: str


def colleagues(organisation_id: int) -> list[Colleague]:
    with read_scope(organisation_id):
        return [
            Colleague(user.pk, user.name, user.initials, user.role, user.region, user.email)
            for user in User.objects.filter(is_active=True).order_by("name")
        ]
