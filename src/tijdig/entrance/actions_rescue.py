"""For who keeps the server: somebody who can come in by no way at all gets a new password and nothing else."""

from __future__ import annotations

import secrets
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tijdig.access.actions_sessions import end_sessions_of
from tijdig.access.models import User
from tijdig.access.scope import as_person, before_the_walls
from tijdig.access.sign_in import person_of
from tijdig.entrance.actions import wrote
from tijdig.entrance.actions_factor import take_away
from tijdig.entrance.models import Identity, Passkey
from tijdig.entrance.values import NotDone


def rescue(*, email: str, on: date) -> str:
    """Second step, passkeys and who they are at the provider are forgotten, wrong tries too, and every session is over.

    Answers the new password. `NotDone` where nobody with this address is switched on.
    """
    with transaction.atomic():
        before_the_walls("tijdig.email", email.strip().lower())
        user_id = (
            User.objects.filter(email=email.strip().lower(), program=False)
            .values_list("id", flat=True)
            .first()
        )
        before_the_walls("tijdig.email", "")
    person = person_of(user_id) if user_id else None
    if person is None:
        raise NotDone("Er is niemand met dit e-mailadres, of het account staat uit.")
    password = secrets.token_urlsafe(12)
    with as_person(person):
        take_away(person.id)
        Passkey.objects.filter(user_id=person.id).delete()
        Identity.objects.filter(user_id=person.id).delete()
        User.objects.filter(pk=person.id).update(password=make_password(password), failures=0, failed_at=None)
        end_sessions_of(user_id=person.id)
        wrote(
            person=person,
            verb="person_rescued",
            subject=f"user:{person.id}",
            on=on,
            actor="system:command",
        )
    return password
