"""The JSON door: post entries, put tenancies, get a position with its explanation. A token per client."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, HttpError, ValidationError

from tijdig.api.left_out import TellingApi, WithoutBsn
from tijdig.api.token import NotForThisToken, Token

api = TellingApi(
    title="tijdig",
    version="1",
    description=(
        "Rent-arrears work at Dutch social housing corporations. Amounts are whole cents. Numbers in texts that look like a "
        "citizen service number are left out; the header Tijdig-Left-Out of an answer says how many."
    ),
    auth=Token(),
    parser=WithoutBsn(),
    docs_url=None,
    urls_namespace="api",
)


def _answer(
    request: HttpRequest, status: int, code: str, message: str, problems: list[dict[str, str]] | None = None
) -> HttpResponse:
    """One shape for every error (`shapes.ErrorOut`)."""
    body: dict[str, Any] = {"code": code, "message": message, "problems": problems or []}
    return api.create_response(request, body, status=status)


@api.exception_handler(AuthenticationError)
def _who_is_this(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
    message = "Dit token is onbekend of ingetrokken. Stuur `Authorization: Bearer <token>` mee."
    return _answer(request, 401, "token_unknown", message)


@api.exception_handler(NotForThisToken)
def _not_for_this(request: HttpRequest, _: NotForThisToken) -> HttpResponse:
    message = "Dit token is hier niet voor. Vraag de beheerder er het recht bij te geven."
    return _answer(request, 403, "not_for_this_token", message)


@api.exception_handler(ValidationError)
def _not_as_described(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = [
        {"place": ".".join(str(part) for part in one["loc"]), "message": str(one["msg"])}
        for one in error.errors
    ]
    message = "Het verzoek klopt niet met de beschrijving van de API. Er is niets gedaan."
    return _answer(request, 422, "request_invalid", message, problems)


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _answer(request, error.status_code, "request_unreadable", f"Het verzoek is niet te lezen: {error}")


from tijdig.api import entries, positions, tenancies  # noqa: E402 - the routes register themselves on `api`

for router in (entries.router, tenancies.router, positions.router):
    api.add_router("/v1", router)
