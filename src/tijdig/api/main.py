"""The JSON door: post entries, put tenancies, get a position with its explanation. A token per client."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import HttpBearer

from tijdig.access.models import ApiClient
from tijdig.access.sign_in import client_of


class Token(HttpBearer):
    """`Authorization: Bearer <token>`; the client stands in `request.auth`."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiClient | None:
        return client_of(token)


api = NinjaAPI(
    title="tijdig",
    version="1",
    description="Rent-arrears work at Dutch social housing corporations. Amounts are whole cents.",
    auth=Token(),
    docs_url=None,
    urls_namespace="api",
)


class NotPossible(Exception):
    """What was asked cannot be done. `code` is stable; `message` says what to do."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@api.exception_handler(NotPossible)
def _not_possible(request: HttpRequest, error: NotPossible) -> HttpResponse:
    body: dict[str, Any] = {"code": error.code, "message": error.message}
    return api.create_response(request, body, status=error.status)


from tijdig.api import entries, positions, tenancies  # noqa: E402 - the routes register themselves on `api`

for router in (entries.router, tenancies.router, positions.router):
    api.add_router("/v1", router)
