"""The only writer of accounts that an invitation makes, and of passwords that a link renews."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from tijdig.access.actions_sessions import end_sessions_of
from tijdig.access.models import User
from tijdig.access.people import Person
from tijdig.access.scope import as_person
from tijdig.entrance.actions import owner, wrote
from tijdig.entrance.actions_factor import good_password
from tijdig.entrance.models import Invitation
from tijdig.entrance.values import Invited, NotDone

_OVER = "Deze link is al gebruikt, ingetrokken of verlopen. Vraag uw beheerder om een nieuwe."
_TAKEN = "Dit e-mailadres heeft al een account in tijdig. Meld u daarmee aan, of vraag een uitnodiging op een ander adres."


def accept(*, invited: Invited, name: str, password: str, at: datetime, on: date) -> Person:
    """The account, or the other password, of whoever holds the link. Once: the row is held."""
    good_password(password, invited.email)
    if invited.renews:
        return _renewed(invited, password, at, on)
    return made(invited=invited, name=name, hashed=make_password(password), at=at, on=on)


def made(*, invited: Invited, name: str, hashed: str, at: datetime, on: date) -> Person:
    """The account of an invitation. `hashed` is the hashed password, or one that nobody knows."""
    name = " ".join(name.split())[:120]
    if not name:
        raise NotDone("Vul uw naam in, zoals collega's die kennen.")
    with as_person(_nobody(invited)):
        _held(invited, at)
        try:
            with transaction.atomic():
                user = User.objects.create(
                    email=invited.email,
                    name=name,
                    role=invited.role,
                    region=invited.region,
                    password=hashed,
                    **owner(_nobody(invited)),
                )
        except IntegrityError:
            raise NotDone(_TAKEN) from None
        return _accepted(invited, int(user.pk), "invitation_accepted", at, on)


def _renewed(invited: Invited, password: str, at: datetime, on: date) -> Person:
    with as_person(_nobody(invited)):
        user_id = _held(invited, at).user_id
        assert user_id is not None
        if not User.objects.filter(pk=user_id, is_active=True).update(password=make_password(password)):
            raise NotDone(_OVER)
        end_sessions_of(user_id=user_id)
        return _accepted(invited, user_id, "password_renewed", at, on)


def _held(invited: Invited, at: datetime) -> Invitation:
    found = (
        Invitation.objects.select_for_update()
        .filter(pk=invited.id, accepted_at=None, withdrawn_at=None, until__gt=at)
        .first()
    )
    if found is None:
        raise NotDone(_OVER)
    return found


def _accepted(invited: Invited, user_id: int, verb: str, at: datetime, on: date) -> Person:
    Invitation.objects.filter(pk=invited.id).update(accepted_at=at, user_id=user_id)
    row = User.objects.get(pk=user_id)
    person = Person(
        row.pk, row.organisation_id or 0, row.name, row.role, row.language, row.shortcuts, row.partner_id
    )
    wrote(person=person, verb=verb, subject=f"user:{user_id}", on=on, invitation=invited.id)
    return person


def _nobody(invited: Invited) -> Person:
    """Whoever holds the link, before the account is there: of that house, and nobody in it."""
    return Person(0, invited.organisation_id, "", invited.role, "nl", True, invited.partner_id)
