"""What a page shows of a text: the letter as it will look, what was found in it, and how it reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tijdig.access.queries import colleagues
from tijdig.letters.draft import draft_findings, readable, tidy
from tijdig.letters.field_words import FIELD_WORDS
from tijdig.letters.findings import Finding, Severity
from tijdig.letters.letter import Kind, Language
from tijdig.letters.letterhead import Letterhead
from tijdig.letters.part_words import LANGUAGE_WORDS, part_name
from tijdig.letters.places import place
from tijdig.letters.preview import Look, has_vat, level, preview, short
from tijdig.letters.texts import COMMON, FIELDS, ON_PAPER, Text


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was found: in which language and part (Dutch), the field that it is about, what to do."""

    language: Language
    language_name: str
    part: str
    field: str
    sentence: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a letter that a text may name; `only` when it belongs in one part."""

    code: str
    words: str
    only: str = ""


def seen(typed: Text, look: Look, head: Letterhead | None) -> dict[str, Any]:
    """The letter of this text and all that is said of it; `typed` may be anything that stands in a form."""
    text = tidy(typed)
    found, shown = draft_findings(text), readable(text)
    return {
        "look": look,
        "has_vat": has_vat(text.kind),
        "preview": preview(shown, look, head),
        "musts": _said(typed, found, Severity.MUST),
        "tips": _said(typed, found, Severity.SHOULD),
        "levels": [(LANGUAGE_WORDS[one], level(shown, one, found)) for one in Language],
        "shorts": {one.value: short(shown, one) for one in Language},
    }


def _said(typed: Text, found: tuple[Finding, ...], severity: Severity) -> list[Said]:
    told = []
    for one in found:
        if one.severity is severity:
            part, _, number = place(typed, one).partition("-")
            name = part_name(part, int(number) + 1 if number else 0) if one.part or one.excerpt else ""
            field = f"{one.language}-{part}-{number}" if number else f"{one.language}-{part}"
            told.append(
                Said(one.language, LANGUAGE_WORDS[one.language], name, field, one.sentence, one.excerpt)
            )
    return told


def fields_for(kind: Kind) -> list[Field]:
    """What a text of this kind may name, its own fields first."""
    found = [
        Field(f"{{{name}}}", FIELD_WORDS[name]) for own in (FIELDS[kind], COMMON) for name in sorted(own)
    ]
    return found if kind in ON_PAPER else [*found, Field("{link}", FIELD_WORDS["link"], "message_link")]


def counts(text: Text) -> tuple[int, int]:
    """How much must be changed in a text, and how much could be better."""
    found = draft_findings(text)
    must = sum(one.severity is Severity.MUST for one in found)
    return must, len(found) - must


def author_names(organisation_id: int) -> dict[str, str]:
    """The names of those who work here, as a line of history names them."""
    return {f"user:{one.id}": one.name for one in colleagues(organisation_id)}


def author(made_by: str, names: dict[str, str]) -> str:
    """Who made something, by name; empty for somebody who no longer works here."""
    return "tijdig" if made_by.startswith("system:") else names.get(made_by, "")
