"""Reads of who has an account, who is invited, and whose link somebody holds."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from tijdig.access.people import Person
from tijdig.access.scope import as_person, before_the_walls
from tijdig.access.sign_in import token_digest
from tijdig.entrance.values import Invited, Member

HOLDS = timedelta(days=7)
_INVITED = """SELECT id, email, role, region, made_at, until, coalesce(organisation_id, 0), partner_id, renews
                FROM entrance_invitation
               WHERE withdrawn_at IS NULL AND accepted_at IS NULL AND until > %s"""


def members(person: Person) -> list[Member]:
    """Everybody with an account in their corporation or at their partner: who is on first, then by name."""
    with as_person(person), connection.cursor() as cursor:
        cursor.execute(
            """SELECT u.id, u.name, u.email, u.role, u.region, u.is_active, u.second_step,
                      (SELECT max(s.seen_at) FROM access_session s WHERE s.user_id = u.id)
                 FROM access_user u
                WHERE coalesce(u.organisation_id, 0) = %s AND coalesce(u.partner_id, 0) = %s AND NOT u.program
                ORDER BY u.is_active DESC, lower(u.name), u.id""",
            [person.organisation_id, person.partner_id or 0],
        )
        names = ("id", "name", "email", "role", "region", "is_active", "second_step", "last_at")
        return [Member(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def member(person: Person, user_id: int) -> Member | None:
    return next((one for one in members(person) if one.id == user_id), None)


def invitations(person: Person, at: datetime) -> list[Invited]:
    """Those that can still be accepted, the newest first."""
    with as_person(person), connection.cursor() as cursor:
        cursor.execute(
            f"""{_INVITED} AND coalesce(organisation_id, 0) = %s AND coalesce(partner_id, 0) = %s
                ORDER BY made_at DESC""",
            [at, person.organisation_id, person.partner_id or 0],
        )
        return [_invited(row) for row in cursor.fetchall()]


def invitation_of(token: str, at: datetime) -> Invited | None:
    """The invitation of which somebody holds the link; None where there is none that can be accepted now."""
    digest = token_digest(token)
    with transaction.atomic():
        before_the_walls("tijdig.invitation", digest)
        with connection.cursor() as cursor:
            cursor.execute(f"{_INVITED} AND digest = %s", [at, digest])
            row = cursor.fetchone()
        before_the_walls("tijdig.invitation", "")
    return _invited(row) if row else None


def _invited(row: tuple[object, ...]) -> Invited:
    names = ("id", "email", "role", "region", "made_at", "until", "organisation_id", "partner_id", "renews")
    return Invited(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type]
