"""What programs send, without numbers that look like a bsn: taken out of the body before any route reads it, and told.

Decides for every text of every body, but for what names something (a key, a number, a reference: things are found by them),
so that a new route needs no thought. The answer says in `Tijdig-Left-Out` how many there were; without it there were none.
Errors: none; a body that is no JSON is refused by whoever reads it. Left out: addresses and headers, which hold keys only.
"""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.parser import Parser

from tijdig.base.bsn import without_bsn

HEADER = "Tijdig-Left-Out"
_NAMES_SOMETHING = re.compile(
    r"^id_\w+$|(?:^|_)(?:id|key|code|kind|number|reference|iban|phone|email)$|nummer$", re.IGNORECASE
)


class WithoutBsn(Parser):
    """Reads a body as JSON, without such numbers."""

    def parse_body(self, request: HttpRequest) -> Any:
        return leave_out(request, super().parse_body(request))


class TellingApi(NinjaAPI):
    """Its answers say how many numbers were left out of what was sent."""

    def create_response(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return tell(request, super().create_response(request, *args, **kwargs))


def leave_out(request: HttpRequest, body: Any) -> Any:
    """The body without such numbers; how many there were stands with the request."""
    cleaned, count = _cleaned(body)
    request.left_out = count  # type: ignore[attr-defined]
    return cleaned


def tell(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Say how many there were."""
    if count := getattr(request, "left_out", 0):
        answer.headers[HEADER] = str(count)
    return answer


def _cleaned(value: Any) -> tuple[Any, int]:
    if isinstance(value, str):
        return without_bsn(value)
    if isinstance(value, list):
        parts = [_cleaned(one) for one in value]
        return [one for one, _ in parts], sum(count for _, count in parts)
    if not isinstance(value, dict):
        return value, 0
    found, total = {}, 0
    for name, one in value.items():
        keeps = isinstance(one, str) and _NAMES_SOMETHING.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name))
        found[name], count = (one, 0) if keeps else _cleaned(one)
        total += count
    return found, total
