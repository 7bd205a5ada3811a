"""The only writers of who comes in: ending sessions, inviting, changing, switching off."""

from __future__ import annotations

from datetime import date

from tijdig.access.actions_sessions import end_sessions_of
from tijdig.access.people import Person
from tijdig.access.scope import as_person
from tijdig.entrance.actions import wrote


def end_other_sessions(*, person: Person, keep: int, on: date) -> None:
    """Signed out everywhere but here."""
    with as_person(person):
        end_sessions_of(user_id=person.id, keep=keep)
        wrote(person=person, verb="other_sessions_ended", subject=f"user:{person.id}", on=on)
