"""Who calls the standard's door: OAuth2 client credentials for a token of an hour, or the program's own token as a key."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router
from ninja.security import APIKeyHeader, HttpBearer

from tijdig.access.api_scopes import OF_THE_STANDARD, ApiScope
from tijdig.access.people import Client
from tijdig.access.sign_in import ACCESS_FOR, access_token, client_of, client_of_access
from tijdig.api.token import NotForThisToken

router = Router(tags=["oauth"])
_GRANT = "client_credentials"


class VeraToken(HttpBearer):
    """`Authorization: Bearer <token>`, a token of /oauth/token; the program stands in `request.auth`."""

    def authenticate(self, request: HttpRequest, token: str) -> Client | None:
        return client_of_access(token)


class Secret(APIKeyHeader):
    """`X-API-KEY: <token>`: the program's own token, for who cannot ask for one of an hour."""

    param_name = "X-API-KEY"

    def authenticate(self, request: HttpRequest, key: str | None) -> Client | None:
        return client_of(key) if key else None


def opens(request: HttpRequest, *scopes: ApiScope) -> Client:
    """The program, where its token opens this: one of these scopes is enough. Raises `NotForThisToken`."""
    client: Client = request.auth  # type: ignore[attr-defined]
    if not client.scopes & {one.value for one in scopes}:
        raise NotForThisToken(" of ".join(scopes))
    return client


@router.post("/oauth/token", auth=None)
def token(request: HttpRequest) -> HttpResponse:
    """A token of an hour (RFC 6749, section 4.4): `grant_type=client_credentials`, with the number of the program and its
    token as `client_id` and `client_secret`, in the form or as HTTP Basic. `scope` asks for less than all it may."""
    if request.POST.get("grant_type") != _GRANT:
        return _no(400, "unsupported_grant_type" if request.POST.get("grant_type") else "invalid_request")
    number, secret = _credentials(request)
    client = client_of(secret) if secret else None
    if client is None or str(client.id) != number:
        answer = _no(401, "invalid_client")
        answer["WWW-Authenticate"] = 'Basic realm="tijdig"'
        return answer
    may = client.scopes & {one.value for one in OF_THE_STANDARD}
    wanted = frozenset(request.POST.get("scope", "").split()) or may
    if not wanted or not wanted <= may:
        return _no(400, "invalid_scope")
    told: dict[str, Any] = {
        "access_token": access_token(secret, client, wanted),
        "token_type": "Bearer",
        "expires_in": int(ACCESS_FOR.total_seconds()),
        "scope": " ".join(sorted(wanted)),
    }
    answer = JsonResponse(told)
    answer["Cache-Control"] = "no-store"
    return answer


def _no(status: int, error: str) -> JsonResponse:
    answer = JsonResponse({"error": error}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _credentials(request: HttpRequest) -> tuple[str, str]:
    header = request.headers.get("Authorization", "")
    if header[:6].lower() != "basic ":
        return request.POST.get("client_id", ""), request.POST.get("client_secret", "")
    try:
        number, _, secret = base64.b64decode(header[6:], validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return number, secret
