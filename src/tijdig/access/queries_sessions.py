"""Reads of sessions: who is here now, and where somebody is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from tijdig.access.people import Person
from tijdig.access.scope import as_person, before_the_walls
from tijdig.access.sessions import HOW_LABEL, LONGEST, How, browser


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody who is signed in, and when that was last written down."""

    person: Person
    session_id: int
    seen_at: datetime


def who_is_here(*, user_id: int, session_id: int, at: datetime) -> Here | None:
    """The person of a session that holds at this moment; None where it is over, or the person is switched off."""
    with transaction.atomic():
        before_the_walls("tijdig.user", str(user_id))
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT u.id, coalesce(u.organisation_id, 0), u.name, u.role, u.language, u.shortcuts, u.partner_id,
                          s.seen_at
                     FROM access_user u JOIN access_session s ON s.user_id = u.id
                    WHERE u.id = %(user)s AND u.is_active AND s.id = %(session)s AND s.ended_at IS NULL
                      AND s.stamp = u.stamp AND s.begun_at > %(oldest)s
                      AND s.seen_at > %(at)s - s.idle_minutes * interval '1 minute'""",
                {"user": user_id, "session": session_id, "at": at, "oldest": at - LONGEST},
            )
            row = cursor.fetchone()
    return Here(Person(*row[:-1]), session_id, row[-1]) if row else None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session as its owner sees it."""

    id: int
    begun_at: datetime
    seen_at: datetime
    how: str
    browser: str


def signed_in(person: Person, at: datetime) -> list[SignedIn]:
    """Where somebody is signed in at this moment, the newest first."""
    with as_person(person), connection.cursor() as cursor:
        cursor.execute(
            """SELECT s.id, s.begun_at, s.seen_at, s.how, s.agent
                 FROM access_session s JOIN access_user u ON u.id = s.user_id
                WHERE s.user_id = %(user)s AND s.ended_at IS NULL AND s.stamp = u.stamp
                  AND s.begun_at > %(oldest)s AND s.seen_at > %(at)s - s.idle_minutes * interval '1 minute'
                ORDER BY s.begun_at DESC""",
            {"user": person.id, "at": at, "oldest": at - LONGEST},
        )
        return [
            SignedIn(pk, begun, seen, HOW_LABEL[How(how)], browser(agent))
            for pk, begun, seen, how, agent in cursor.fetchall()
        ]
