"""The only writers of sessions."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from tijdig.access.models import Organisation, Partner, Session, User
from tijdig.access.people import Person
from tijdig.access.scope import as_person
from tijdig.access.sessions import KEPT, How


def begin_session(*, person: Person, how: How, agent: str, at: datetime) -> int:
    """Somebody showed who they are, in full. Forgets what went wrong before, and what ended long ago."""
    with as_person(person):
        user = User.objects.get(pk=person.id)
        if user.failures:
            User.objects.filter(pk=person.id).update(failures=0, failed_at=None)
        Session.objects.filter(seen_at__lt=at - KEPT).delete()  # of everybody of this house
        made = Session.objects.create(
            organisation_id=person.organisation_id or None,
            partner_id=person.partner_id,
            user=user,
            stamp=user.stamp,
            begun_at=at,
            seen_at=at,
            idle_minutes=_idle_minutes(person),
            how=how,
            agent=agent[:200],
        )
        return int(made.pk)


def _idle_minutes(person: Person) -> int:
    if person.partner_id:
        return Partner.objects.get(pk=person.partner_id).idle_minutes
    return Organisation.objects.get(pk=person.organisation_id).idle_minutes


def see(*, person: Person, session_id: int, at: datetime) -> None:
    """They are here at this moment."""
    with as_person(person):
        Session.objects.filter(pk=session_id, user_id=person.id).update(seen_at=at)


def end_session(*, person: Person, session_id: int, at: datetime) -> None:
    """They signed out there."""
    with as_person(person):
        Session.objects.filter(pk=session_id, user_id=person.id, ended_at=None).update(ended_at=at)


def end_sessions_of(*, user_id: int, keep: int | None = None) -> None:
    """Every session of this person is over, but the one that is kept. Inside the scope of whoever decides it."""
    User.objects.filter(pk=user_id).update(stamp=F("stamp") + 1)
    if keep is not None:
        stamp = User.objects.get(pk=user_id).stamp
        Session.objects.filter(pk=keep, user_id=user_id).update(stamp=stamp)
