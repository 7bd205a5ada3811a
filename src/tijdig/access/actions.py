"""The only writers of organisations, partners, users and API clients."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from tijdig.access.api_scopes import OWN_SCOPES
from tijdig.access.models import ApiClient, Organisation, Partner, User
from tijdig.access.people import Person
from tijdig.access.scope import acting, organisation_scope, partner_scope, scope_of, set_local
from tijdig.access.sign_in import token_digest


def create_organisation(*, name: str, slug: str) -> int:
    """Make a corporation and return its id. The id is drawn first, because its row exists only inside its wall."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence('access_organisation', 'id'))")
            (organisation_id,) = cursor.fetchone()
        set_local("tijdig.organisation", str(organisation_id))
        Organisation.objects.create(id=organisation_id, name=name, slug=slug)
        return int(organisation_id)


def create_user(
    *,
    organisation_id: int,
    email: str,
    name: str,
    role: str,
    password: str = "",
    region: str = "",
    hashed: str = "",
) -> int:
    """Make a named person with one role. Raises IntegrityError when the address is already known.

    `hashed` is a password that was hashed before, for making several people at once.
    """
    with organisation_scope(organisation_id):
        user = User(organisation_id=organisation_id, email=email.lower(), name=name, role=role, region=region)
        if hashed:
            user.password = hashed
        else:
            user.set_password(password)
        user.save()
        return int(user.pk)


def create_api_client(
    *, organisation_id: int, name: str, token: str | None = None, scopes: Sequence[str] = ()
) -> tuple[int, str]:
    """Make an API client, for our own API unless scopes are named; the token is returned once, its digest is kept."""
    token = token or secrets.token_urlsafe(32)
    with organisation_scope(organisation_id):
        client = ApiClient.objects.create(
            organisation_id=organisation_id,
            name=name,
            token_digest=token_digest(token),
            scopes=" ".join(scopes) or OWN_SCOPES,
        )
        return int(client.pk), token


def go_live(*, organisation_id: int, at: datetime) -> None:
    """From this moment on, what was known is what was recorded; before it, history is reconstructed. Set once."""
    with organisation_scope(organisation_id):
        Organisation.objects.filter(pk=organisation_id, live_since=None).update(live_since=at)


def create_partner(*, name: str, code: str) -> int:
    """Make a partner and return its id. Raises IntegrityError where the code is taken."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence('access_partner', 'id'))")
            (partner_id,) = cursor.fetchone()
        set_local("tijdig.partner", str(partner_id))
        Partner.objects.create(id=partner_id, name=name, code=code)
        set_local("tijdig.partner", "")
        return int(partner_id)


def create_partner_user(
    *, partner_id: int, email: str, name: str, role: str, password: str = "", hashed: str = ""
) -> int:
    """Make a named person at a partner; `hashed` is a password as it is kept. Raises IntegrityError when the address is
    already known."""
    with acting(partner_id, 0), partner_scope():
        user = User(partner_id=partner_id, email=email.lower(), name=name, role=role)
        if hashed:
            user.password = hashed
        else:
            user.set_password(password)
        user.save()
        return int(user.pk)


def set_language(*, person: Person, language: str) -> None:
    with scope_of(person):
        User.objects.filter(pk=person.id).update(language=language)
