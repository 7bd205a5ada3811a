"""Sign-in under row security: before somebody is known, the database shows one row only, the one asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Least, Now
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from tijdig.access.models import ApiClient, User
from tijdig.access.people import Client, Person
from tijdig.access.scope import before_the_walls, set_local
from tijdig.access.senders import sender
from tijdig.access.sessions import EXACT

MOST_FAILURES = 5
SHUT_FOR = timedelta(minutes=15)


class Backend(BaseBackend):
    """E-mail address and password. The answer takes as long for an unknown address as for a wrong password.

    After five wrong passwords or codes an e-mail address is shut for a quarter of an hour since the last one, whoever
    tries; and whoever tried thirty in vain within a quarter of an hour waits too, whatever address comes next. The answer
    stays the same: who guesses learns nothing.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        email, origin = (username or "").strip().lower(), origin_of(request)
        if guesses_around(origin):
            User(email=email).set_password(password)
            return None
        user = self._right(email, password)
        if user is None:
            _count_origin(origin, email)
        return user

    def _right(self, email: str, password: str | None) -> User | None:
        with transaction.atomic():
            before_the_walls("tijdig.email", email)
            shut = Q(failures__gte=MOST_FAILURES, failed_at__gt=Now() - SHUT_FOR)
            user = User.objects.annotate(shut=shut).filter(email=email, program=False).first()
        if user is None or user.shut or not user.is_active:
            User(email=email).set_password(password)
            return None
        right = check_password(password or "", user.password, lambda typed: _hash_anew(user, typed))
        if not right or (user.failures and not user.second_step):
            _count(
                user, right=right
            )  # with a code to come only the code ends the count, or it could be guessed at
        return user if right else None

    def get_user(self, user_id: int) -> User | None:
        with transaction.atomic():
            before_the_walls("tijdig.user", str(user_id))
            return User.objects.filter(pk=user_id, is_active=True, program=False).first()


MOST_ACCOUNTS = 30  # in vain from one place within `SHUT_FOR`: more than an office mistypes
_HIDDEN = "tijdig.sign-in.origin"


def origin_of(request: HttpRequest | None) -> str:
    """From where this is asked, as a keyed digest; "" where nothing is known of that.

    Behind a proxy of which no header is named it is nothing: everybody would share one count, and shut out the others.
    """
    if request is None:
        return ""
    name, told = str(settings.TIJDIG_SENDER_HEADER), None
    if name:
        told = request.headers.get(name)
    elif settings.SECURE_PROXY_SSL_HEADER:
        return ""
    found = sender(request.META.get("REMOTE_ADDR", ""), told)
    return _hidden(found) if found else ""


def _hidden(text: str) -> str:
    return salted_hmac(_HIDDEN, text, algorithm="sha256").hexdigest()


def guesses_around(origin: str) -> bool:
    """Did whoever is there try too many accounts in vain, too short ago?"""
    if not origin:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tijdig_failed_accounts(%s, make_interval(secs => %s))", [origin, SHUT_FOR.total_seconds()]
        )
        return int(cursor.fetchone()[0]) >= MOST_ACCOUNTS


def _count_origin(origin: str, email: str) -> None:
    """One more account that was tried in vain from there."""
    if origin:
        with connection.cursor() as cursor:
            cursor.execute("SELECT tijdig_sign_in_failed(%s, %s)", [origin, _hidden(email)])


def forget_failed_sign_ins() -> None:
    """What was counted longer than an hour ago."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tijdig_forget_failed_sign_ins()")


def _hash_anew(user: User, typed: str) -> None:
    """A password that was right and whose hash is of before is hashed as it is done now."""
    with transaction.atomic():
        _within_own_wall(user)
        User.objects.filter(pk=user.pk).update(password=make_password(typed))
        _outside()


def _count(user: User, *, right: bool) -> None:
    """One more wrong password, or none any more."""
    with transaction.atomic():
        _within_own_wall(user)
        failures = 0 if right else Least(F("failures") + 1, 1_000)
        User.objects.filter(pk=user.pk).update(failures=failures, failed_at=None if right else Now())
        _outside()


def is_shut(user: User) -> bool:
    """Too often wrong, too short ago, by the clock of the database."""
    shut = Q(failures__gte=MOST_FAILURES, failed_at__gt=Now() - SHUT_FOR)
    return User.objects.filter(shut, pk=user.pk).exists()


def count_failure(user: User) -> None:
    """One more wrong code. Inside the person's own wall."""
    User.objects.filter(pk=user.pk).update(failures=Least(F("failures") + 1, 1_000), failed_at=Now())


def _within_own_wall(user: User) -> None:
    set_local("tijdig.organisation", str(user.organisation_id or ""))
    set_local("tijdig.partner", str(user.partner_id or ""))


def _outside() -> None:
    set_local("tijdig.organisation", "")
    set_local("tijdig.partner", "")


def person_of(user_id: int) -> Person | None:
    """The signed-in person as a value, or None when the user is gone or switched off."""
    with transaction.atomic():
        before_the_walls("tijdig.user", str(user_id))
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT id, coalesce(organisation_id, 0), name, role, language, shortcuts, partner_id
                     FROM access_user WHERE id = %s AND is_active AND NOT program""",
                [user_id],
            )
            row = cursor.fetchone()
    return Person(*row) if row else None


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def client_of(token: str) -> Client | None:
    """The API client that holds this token, or None when it is unknown, revoked, or renewed too long ago.

    That it was here is written down at most once a minute.
    """
    return _client_by(token_digest(token))


_ACCESS = "tijdig.access"
ACCESS_FOR = timedelta(hours=1)


def access_token(secret: str, client: Client, scopes: Collection[str]) -> str:
    """A token of one hour that opens some of what `client` may, without its secret: what OAuth2 calls an access token.

    It is signed and kept nowhere. It opens nothing any more once the secret is renewed and over, or the program switched
    off.
    """
    return signing.dumps({"by": token_digest(secret), "id": client.id, "may": sorted(scopes)}, salt=_ACCESS)


def client_of_access(token: str) -> Client | None:
    """The program that was given this token, with what the token opens; None where it is over, or was never given."""
    try:
        given = signing.loads(token, salt=_ACCESS, max_age=ACCESS_FOR)
    except signing.BadSignature:
        return None
    client = _client_by(str(given["by"]))
    if client is None or client.id != given["id"]:
        return None
    return replace(client, scopes=client.scopes & frozenset(given["may"]))


def _client_by(digest: str) -> Client | None:
    with transaction.atomic():
        before_the_walls("tijdig.token", digest)
        here = Q(token_digest=digest) | Q(earlier_digest=digest, earlier_until__gt=Now())
        unseen = Q(used_at=None) | Q(used_at__lt=Now() - EXACT)
        row = ApiClient.objects.annotate(unseen=unseen).filter(here, revoked_at=None).first()
        if row and row.unseen:
            set_local("tijdig.organisation", str(row.organisation_id or ""))
            set_local("tijdig.partner", str(row.partner_id or ""))
            ApiClient.objects.filter(unseen, pk=row.pk).update(used_at=Now())
            _outside()
    if row is None:
        return None
    scopes = frozenset(row.scopes.split())
    return Client(row.pk, row.organisation_id or 0, row.name, scopes, row.partner_id, row.user_id)
