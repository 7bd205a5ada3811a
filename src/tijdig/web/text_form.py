"""The form of a text: what was typed, as it was typed, and the rows of its paragraphs added, moved and taken away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from tijdig.letters.draft import MOST_PARAGRAPHS, needed
from tijdig.letters.letter import Kind, Language
from tijdig.letters.part_words import WHEN_WORDS
from tijdig.letters.preview import Look, has_vat
from tijdig.letters.texts import FLAGS, ON_PAPER, Paragraph, Parts, Text

_ROWS = re.compile(r"(nl|en)-(add|remove|up|down)(?:-(\d{1,2}))?", re.ASCII)
_MOST_ROWS = 2 * MOST_PARAGRAPHS  # as many are shown again; more than a letter may have is told


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph on the page. `focus` names what has the focus when this row was just moved or made."""

    number: int
    text: str
    when: str
    first: bool
    last: bool
    focus: str = ""


def typed_text(kind: Kind, version: int, given: QueryDict) -> Text:
    """The text as it stands in the form; parts that this kind does not have are left out."""
    return Text(kind, version, {one: _typed_parts(kind, one, given) for one in Language})


def _typed_parts(kind: Kind, language: Language, given: QueryDict) -> Parts:
    said = {part: _field(given, language, part) for part in parts_of(kind)}
    whens = given.getlist(f"{language}-when")
    texts = given.getlist(f"{language}-paragraphs")[:_MOST_ROWS]
    rows = tuple(
        Paragraph(text.replace("\r\n", "\n"), _when(kind, whens[at] if at < len(whens) else ""))
        for at, text in enumerate(texts)
    )
    empty = dict.fromkeys(("subject", "question", "cannot", "help"), "")
    return Parts(**{**empty, **said}, paragraphs=rows)


def _field(given: QueryDict, language: Language, part: str) -> str:
    return given.get(f"{language}-{part}", "").replace("\r\n", "\n")


def _when(kind: Kind, when: str) -> str:
    return when if when.removeprefix("not ") in FLAGS.get(kind, frozenset()) else ""


def parts_of(kind: Kind) -> tuple[str, ...]:
    """The parts that have one field: what must go on paper has no short message."""
    return needed(kind) if kind in ON_PAPER else (*needed(kind), "message", "message_link")


def whens(kind: Kind) -> Mapping[str, str]:
    """What a paragraph of this kind may depend on; nothing where there is no choice."""
    flags = FLAGS.get(kind, frozenset())
    return {when: words for when, words in WHEN_WORDS.items() if not when or when.split()[-1] in flags}


def rows(parts: Parts, focus: tuple[int, str] = (-1, "")) -> list[Row]:
    last = len(parts.paragraphs) - 1
    return [
        Row(at, one.text, one.when, at == 0, at == last, focus[1] if at == focus[0] else "")
        for at, one in enumerate(parts.paragraphs)
    ]


@dataclass(frozen=True, slots=True)
class Rearranged:
    """The text with its rows as asked, and where the focus goes: the row, and what in it."""

    text: Text
    language: Language
    row: int
    focus: str


def rearranged(text: Text, asked: str) -> Rearranged | None:
    """What a button beside a paragraph does, such as `nl-up-2`; None where it is no such button, or there is no such row."""
    if (found := _ROWS.fullmatch(asked)) is None:
        return None
    language, what = Language(found[1]), found[2]
    kept = list(text.parts[language].paragraphs)
    if what == "add":
        kept.append(Paragraph(""))
        return _with(text, language, kept, len(kept) - 1, "text")
    at = int(found[3] or -1)
    if not 0 <= at < len(kept):
        return None
    if what == "remove":
        kept.pop(at)
        return _with(text, language, kept, min(at, len(kept) - 1), "text")
    onto = min(max(at + (-1 if what == "up" else 1), 0), len(kept) - 1)
    kept.insert(onto, kept.pop(at))
    edge = {0: "down", len(kept) - 1: "up"}.get(onto, what)
    return _with(text, language, kept, onto, edge if len(kept) > 1 else "text")


def _with(text: Text, language: Language, kept: list[Paragraph], row: int, focus: str) -> Rearranged:
    parts = replace(text.parts[language], paragraphs=tuple(kept))
    return Rearranged(replace(text, parts={**text.parts, language: parts}), language, row, focus)


def look_of(kind: Kind, given: QueryDict) -> Look:
    """How somebody wants to look at it: Dutch, in usual print and without VAT unless said otherwise."""
    language = given.get("taal", "")
    return Look(
        language=Language(language) if language in set(Language) else Language.NL,
        large_print="groot" in given,
        vat=has_vat(kind) and "btw" in given,
    )
