"""Reads of the texts and the letterhead of a corporation, in its scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tijdig.letters.letter import Kind
from tijdig.letters.letterhead import Letterhead as Head
from tijdig.letters.letterhead import letterhead_from
from tijdig.letters.models import Letterhead, LetterText
from tijdig.letters.texts import Text, checked, default


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a text as it was stored; `own` when the corporation wrote it."""

    id: int
    kind: Kind
    number: int
    own: bool
    made_at: datetime
    made_by: str
    reason: str
    body: Mapping[str, Any]

    @property
    def text(self) -> Text:
        return checked({**self.body, "kind": str(self.kind), "version": self.number})


def version_of(row: LetterText) -> Version:
    return Version(
        row.pk, Kind(row.kind), row.version, row.own, row.made_at, row.made_by, row.reason, row.body
    )


def versions(kind: Kind) -> list[Version]:
    """Every stored version of a kind, the newest first. Empty where nothing was ever sent or changed."""
    return [version_of(row) for row in LetterText.objects.filter(kind=kind.value).order_by("-version")]


def newest() -> dict[Kind, Version]:
    """The newest stored version of every kind that has one."""
    rows = LetterText.objects.order_by("kind", "-version").distinct("kind")
    return {Kind(row.kind): version_of(row) for row in rows}


def text_of(kind: Kind) -> Text:
    """The text that a letter of this kind would have now, for looking only (`actions_texts.in_use` stores it)."""
    return standing_of(kind).text


@dataclass(frozen=True, slots=True)
class Standing:
    """The text that counts for a kind. `number` is that of the newest stored version, 0 where none is stored.

    Of a text as tijdig ships it nothing else is known: it may come from a later release than the stored version.
    """

    number: int
    text: Text
    version: Version | None = None

    @property
    def own(self) -> bool:
        return self.version is not None


def standing(kind: Kind, found: Version | None) -> Standing:
    """What counts, `found` being the newest stored version."""
    number = found.number if found else 0
    if found and found.own:
        return Standing(number, found.text, found)
    return Standing(number, default(kind))


def standing_of(kind: Kind) -> Standing:
    """The text that counts for this kind now."""
    return standing(kind, next(iter(versions(kind)), None))


def letterhead() -> Head | None:
    """The letterhead that counts; None where nobody made one."""
    row = Letterhead.objects.order_by("-id").first()
    return letterhead_from(row.body) if row else None


def letterhead_made() -> tuple[str, datetime] | None:
    """Who made the letterhead that counts, and when."""
    row = Letterhead.objects.order_by("-id").first()
    return (row.made_by, row.made_at) if row else None
