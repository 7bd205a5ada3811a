"""The only writers of organisations, users and API clients."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import connection, transaction

from tijdig.access.models import ApiClient, Organisation, User
from tijdig.access.scope import organisation_scope, set_local
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


def create_api_client(*, organisation_id: int, name: str, token: str | None = None) -> tuple[int, str]:
    """Make an API client; the token is returned once and only its digest is kept."""
    token = token or secrets.token_urlsafe(32)
    with organisation_scope(organisation_id):
        client = ApiClient.objects.create(
            organisation_id=organisation_id, name=name, token_digest=token_digest(token)
        )
        return int(client.pk), token


def go_live(*, organisation_id: int, at: datetime) -> None:
    """From this moment on, what was known is what was recorded; before it, history is reconstructed. Set once."""
    with organisation_scope(organisation_id):
        Organisation.objects.filter(pk=organisation_id, live_since=None).update(live_since=at)


def set_language(*, organisation_id: int, user_id: int, language: str) -> None:
    with organisation_scope(organisation_id):
        User.objects.filter(pk=user_id).update(language=language)
