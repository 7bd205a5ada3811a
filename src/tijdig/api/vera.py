"""The door of the sector's standard, VERA-Incasso v4: its paths, headers and error body (`docs/rules/vera-incasso.md`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from tijdig.access.people import Client
from tijdig.api.left_out import TellingApi, leave_out
from tijdig.api.token import NotForThisToken
from tijdig.api.vera_asked import sent_of
from tijdig.api.vera_token import Secret, VeraToken
from tijdig.vera.access import behind
from tijdig.vera.actions_log import keep_refused
from tijdig.vera.values import Refused

MOST_BYTES = 1_000_000
_WRITES = frozenset({"POST", "PUT", "PATCH"})


class Exact(Parser):
    """Numbers are read as they are written: an amount never passes through a float."""

    def parse_body(self, request: HttpRequest) -> Any:
        if len(request.body) > MOST_BYTES:
            raise HttpError(413, f"het bericht is groter dan {MOST_BYTES} tekens")
        body = json.loads(request.body, parse_float=Decimal, parse_constant=_no_number)
        return leave_out(request, body)


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is geen getal")


vera = TellingApi(
    title="VERA-Incasso",
    version="4.3.0",
    description="Betalingsregelingen en externe incasso's, zoals de sectorstandaard ze beschrijft.",
    auth=[VeraToken(), Secret()],
    parser=Exact(),
    docs_url=None,
    urls_namespace="vera",
)


def fault(request: HttpRequest, status: int, code: str, sentence: str) -> HttpResponse:
    """A `Foutbericht`. What would have changed something is kept with its reason."""
    client = getattr(request, "auth", None)
    if isinstance(client, Client) and request.method in _WRITES:
        with behind(client):
            keep_refused(sent_of(request, client), status, code, sentence)
    return vera.create_response(request, {"code": code, "omschrijving": sentence}, status=status)


@vera.exception_handler(AuthenticationError)
def _who_is_this(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
    sentence = "Vraag een token bij /oauth/token en stuur het mee als `Authorization: Bearer <token>`."
    answer = fault(request, 401, "niet_geautoriseerd", sentence)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@vera.exception_handler(NotForThisToken)
def _not_for_this(request: HttpRequest, refused: NotForThisToken) -> HttpResponse:
    return fault(request, 403, "geen_recht", f"Dit token opent dit niet. Nodig is {refused}.")


@vera.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return fault(request, refused.status, refused.code, refused.sentence)


@vera.exception_handler(ValidationError)
def _not_as_described(request: HttpRequest, error: ValidationError) -> HttpResponse:
    told = [f"{_place(one)}: {_said(one)}" for one in error.errors[:10]]
    return fault(request, 400, "bericht_onjuist", "Er is niets gedaan. " + "; ".join(told))


def _place(one: Mapping[str, Any]) -> str:
    """`termijnen.0.bedrag`: the way to it in the message."""
    return ".".join(
        str(part) for part in one["loc"] if part not in ("body", "message", "query", "header", "path")
    )


def _said(one: Mapping[str, Any]) -> str:
    return str(one["msg"]).removeprefix("Value error, ")


@vera.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return fault(request, error.status_code, "onleesbaar", f"Het bericht is niet te lezen: {error}")


@vera.get("/ping", auth=None)
def ping(request: HttpRequest) -> dict[str, str]:
    """Is it there?"""
    return {"status": "ok"}


from tijdig.api import vera_arrangements, vera_files, vera_token  # noqa: E402 - the routes register themselves

for router in (vera_token.router, vera_arrangements.router, vera_files.router):
    vera.add_router("", router)
