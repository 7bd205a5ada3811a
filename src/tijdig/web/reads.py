"""What a page shows of somebody, declared at its door: each is written down as a look of whoever opens it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from tijdig.history.reading import What


@dataclass(frozen=True, slots=True)
class Reads:
    """What is looked at, and of what: the number in the address is that of `kind`, and a page without one is `kind` itself.

    `otherwise` may see in the request that it is another kind of look.
    """

    what: What
    kind: str = "tenancy"
    otherwise: Callable[[HttpRequest], What | None] = lambda _: None

    def of(self, request: HttpRequest) -> What:
        return self.otherwise(request) or self.what

    def subject(self, asked: Mapping[str, Any]) -> str:
        return f"{self.kind}:{asked['pk']}" if "pk" in asked else self.kind


DOSSIER = Reads(What.DOSSIER)
CLAIM = Reads(What.CLAIM)
LETTER = Reads(What.LETTER, "letter")
PAPER = Reads(What.EXPORT, "letter")
PARTNER_FILE = Reads(What.FILE, "partner_file")
READINGS = Reads(What.READINGS)


def taken(kind: str) -> Reads:
    """A file that leaves the house."""
    return Reads(What.EXPORT, kind)


def renewed(request: HttpRequest) -> bool:
    """Does an open page ask for its newest state by itself?"""
    return request.method == "GET" and request.headers.get("X-Tijdig-Renewed") == "1"
