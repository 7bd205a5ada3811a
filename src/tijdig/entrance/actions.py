"""What every action of this room does: who owns a row, and the line of history that goes with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password

from tijdig.access.models import User
from tijdig.access.people import Person
from tijdig.access.scope import as_person
from tijdig.access.sign_in import count_failure, is_shut
from tijdig.entrance.models import PartnerAct
from tijdig.entrance.values import NotDone
from tijdig.history.actions import record


def owner(person: Person) -> dict[str, int | None]:
    """Of whom a row of this person is."""
    return {"organisation_id": person.organisation_id or None, "partner_id": person.partner_id}


def wrote(*, person: Person, verb: str, subject: str, on: date, actor: str = "", **facts: Any) -> None:
    """One line of history: a corporation's in its chain, a partner's among its own acts. In the act's transaction.

    The actor is the person, unless somebody else did it to them.
    """
    actor = actor or f"user:{person.id}"
    if person.partner_id is None:
        record(
            organisation_id=person.organisation_id,
            actor=actor,
            verb=verb,
            subject=subject,
            effective_on=on,
            facts=facts,
        )
    else:
        PartnerAct.objects.create(
            partner_id=person.partner_id,
            actor=actor,
            verb=verb,
            subject=subject,
            effective_on=on,
            facts=facts,
        )


def key() -> str:
    return str(settings.SECRET_KEY)


def check_own_password(person: Person, typed: str) -> None:
    """`NotDone` where this is not their password. A wrong one counts like a wrong one at the door: who sits down at
    somebody's open screen cannot guess there. A transaction of its own, so that the count stays."""
    with as_person(person):
        user = User.objects.select_for_update().get(pk=person.id)
        right = not is_shut(user) and check_password(typed, user.password)
        if not right:
            count_failure(user)
    if not right:
        raise NotDone(
            "Dit is niet uw wachtwoord. Er is niets veranderd. Na vijf keer fout moet u een kwartier wachten."
        )
