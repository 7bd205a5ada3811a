"""Sign-in under row security: before somebody is known, the database shows one row only, the one asked for."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db import transaction
from django.http import HttpRequest

from tijdig.access.models import ApiClient, User
from tijdig.access.people import Client, Person
from tijdig.access.scope import set_local


class Backend(BaseBackend):
    """E-mail address and password. The answer takes as long for an unknown address as for a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        email = (username or "").strip().lower()
        with transaction.atomic():
            set_local("tijdig.email", email)
            user = User.objects.filter(email=email).first()
        if user is None:
            User(email=email).set_password(password)
            return None
        if user.is_active and user.check_password(password or ""):
            return user
        return None

    def get_user(self, user_id: int) -> User | None:
        with transaction.atomic():
            set_local("tijdig.user", str(user_id))
            return User.objects.filter(pk=user_id, is_active=True).first()


def person_of(user_id: int) -> Person | None:
    """The signed-in person as a value, or None when the user is gone or switched off."""
    user = Backend().get_user(user_id)
    if user is None:
        return None
    return Person(
        id=user.id,
        organisation_id=user.organisation_id,
        name=user.name,
        initials=user.initials,
        role=user.role,
        language=user.language,
        shortcuts=user.shortcuts,
    )


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def client_of(token: str) -> Client | None:
    """The API client that holds this token, or None when it is unknown or revoked."""
    digest = token_digest(token)
    with transaction.atomic():
        set_local("tijdig.token", digest)
        row = ApiClient.objects.filter(token_digest=digest, revoked_at=None).first()
    return Client(row.pk, row.organisation_id, row.name) if row else None
