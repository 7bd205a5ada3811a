"""Who calls: a token per program, and what it may do."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBearer

from tijdig.access.api_scopes import ApiScope
from tijdig.access.people import Client
from tijdig.access.sign_in import client_of


class NotForThisToken(Exception):  # noqa: N818 - an answer to a program
    """The token is right and was not made for this."""


class Token(HttpBearer):
    """`Authorization: Bearer <token>`; the client stands in `request.auth`. What names no scope opens for nobody."""

    def __init__(self, scope: ApiScope | None = None) -> None:
        super().__init__()
        self._scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Client | None:
        client = client_of(token)
        if client is not None and self._scope not in client.scopes:
            raise NotForThisToken(str(self._scope))
        return client
