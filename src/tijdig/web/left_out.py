"""What somebody types, without numbers that look like a bsn: taken out before any page sees them, and said on the next one.

Decides for every field of every form of whoever is signed in, but for secrets, so that a new field needs no thought. A
contract number of our own stays. Taken out and told, not refused: whoever is on the phone goes on, and nothing else of what
was typed is lost. Errors: none. Example: `"bsn 111222333"` in a note becomes `"bsn [bsn weg]"`. Left out: files
(`imports.outside`), the API (`api.shapes`), answers that come in (`contacts`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse, QueryDict

from tijdig.access.people import Person
from tijdig.access.scope import organisation_scope
from tijdig.base.bsn import without_bsn
from tijdig.tenancies.queries_keys import contracts_like_bsn

_TOLD = "left_out"
KEPT = frozenset(
    {
        "antwoord",
        "code",
        "csrfmiddlewaretoken",
        "geheim",
        "nieuw",
        "nogmaals",
        "password",
        "uw-wachtwoord",
        "wachtwoord",
    }
)
"""Secrets and what a passkey answers: left as they are, and never kept as they were typed."""


class WithoutBsn:
    """Takes such numbers out of what is sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        person: Person | None = getattr(request, "person", None)
        if person is None or request.method != "POST":
            return None
        cleaned, count = _cleaned(request.POST, person)
        if count:
            request.POST = cleaned  # type: ignore[assignment]
            request.session[_TOLD] = True
        return None


def _cleaned(given: QueryDict, person: Person) -> tuple[QueryDict, int]:
    @cache
    def ours() -> frozenset[str]:
        if person.partner_id is not None:
            return frozenset()
        with organisation_scope(person.organisation_id):
            return contracts_like_bsn()

    cleaned, count = given.copy(), 0
    for name, values in given.lists():
        if name in KEPT:
            continue
        found = [without_bsn(str(value), lambda digits: digits in ours()) for value in values]
        if any(more for _, more in found):
            cleaned.setlist(name, [text for text, _ in found])
            count += sum(more for _, more in found)
    cleaned._mutable = False
    return cleaned, count


def left_out(request: HttpRequest) -> bool:
    """Was a number left out of what was typed, and not told yet? Asked by a page that tells it, once."""
    return bool(request.session.pop(_TOLD, False))
