"""What a page shows of somebody, declared at its door: each is written down as a look of whoever opens it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from tijdig.history.reading import Reason, What, Why


@dataclass(frozen=True, slots=True)
class Reads:
    """What is looked at, and of what: the number in the address is that of `kind`, and a page without one is `kind` itself.

    `otherwise` may see in the request that it is another kind of look. Where it `asks`, whoever takes it says why first;
    what is taken for one reason alone names that in `because`.
    """

    what: What
    kind: str = "tenancy"
    otherwise: Callable[[HttpRequest], What | None] = lambda _: None
    asks: bool = False
    because: Why | None = None

    def of(self, request: HttpRequest) -> What:
        return self.otherwise(request) or self.what

    def reason(self, request: HttpRequest) -> Reason | None:
        """The one reason there is, where it is taken out."""
        return Reason(self.because) if self.because and self.of(request) is What.EXPORT else None

    def subject(self, asked: Mapping[str, Any]) -> str:
        return f"{self.kind}:{asked['pk']}" if "pk" in asked else self.kind


DOSSIER = Reads(What.DOSSIER)
CLAIM = Reads(What.CLAIM)
LETTER = Reads(What.LETTER, "letter")
PAPER = Reads(What.EXPORT, "letter")
PARTNER_FILE = Reads(What.FILE, "partner_file")
READINGS = Reads(What.READINGS)


def taken(kind: str) -> Reads:
    """A list or a paper that leaves the house, as part of the day's work: the page says what it is for."""
    return Reads(What.EXPORT, kind)


def whole_file(kind: str) -> Reads:
    """Everything of one tenancy, or of one colleague, leaves the house: whoever takes it says why."""
    return Reads(What.EXPORT, kind, asks=True)


def renewed(request: HttpRequest) -> bool:
    """Does an open page ask for its newest state by itself?"""
    return request.method == "GET" and request.headers.get("X-Tijdig-Renewed") == "1"
