"""Headers that tell a browser what these pages may do: nothing from elsewhere, nothing inline, no frames."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)

_PLAIN = "text/plain; charset=utf-8"


class PlainText:
    """No NUL in what was asked or typed: the database keeps none, and nobody types one.

    It looks after the check on the form's token, so that what a stranger sends is not even read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        typed = [
            value for given in (request.GET, request.POST) for _, many in given.lists() for value in many
        ]
        if any("\0" in str(value) for value in typed):
            return HttpResponseBadRequest(
                "In wat u invulde staat een teken dat niet mag.", content_type=_PLAIN
            )
        return None


class SecurityHeaders:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
