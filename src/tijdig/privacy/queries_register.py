"""Reads of what a corporation adds to the register of processing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tijdig.privacy.models import RegisterVersion
from tijdig.privacy.register import Addition


@dataclass(frozen=True, slots=True)
class Kept:
    """One version of it: who wrote it, and when."""

    number: int
    name: str
    made_at: datetime
    addition: Addition


def additions() -> list[Kept]:
    """The newest first, which holds."""
    return [
        Kept(one.number, one.name, one.made_at, Addition(**one.body))
        for one in RegisterVersion.objects.order_by("-number")
    ]


def addition() -> Addition | None:
    """What holds now; None where nothing was added."""
    newest = RegisterVersion.objects.order_by("-number").first()
    return Addition(**newest.body) if newest else None
