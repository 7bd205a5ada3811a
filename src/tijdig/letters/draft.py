"""A text as somebody is typing it: what keeps it from being a text, and how it reads so far.

Decides what is wrong with a part by itself: it is empty, names a field that its kind of letter does not have, is too long,
or has a sign that cannot be printed. `readable` makes a text of anything that was typed, so that the letter can be looked
at while it is written: what is not right stands in it as it was typed.

Errors: none, all that is wrong is a `Finding`. Example: `{open_cent}` gives `field_unknown`, and the letter shows it so.
Left out: what a text must say and how well it reads (`text_checks`), which `draft_findings` adds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import lru_cache

from tijdig.letters.findings import Finding, Severity
from tijdig.letters.letter import Kind, Language
from tijdig.letters.part_words import part_name
from tijdig.letters.signs import unprintable
from tijdig.letters.text_checks import text_findings
from tijdig.letters.texts import COMMON, FIELDS, ON_PAPER, Paragraph, Parts, Text, fields_of

MOST_SIGNS = 2_000
MOST_PARAGRAPHS = 20
_EMPTY = "(nog leeg)"
_NEEDED = ("subject", "question", "cannot", "help")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_SPACE = re.compile(r"[ \t\r\n]+")
_FIELD = re.compile(r"(\{\w+\})")


def needed(kind: Kind) -> tuple[str, ...]:
    """The parts that may not be empty; a closing letter has no table."""
    return _NEEDED if kind is Kind.SETTLED else (*_NEEDED, "table")


def usable(kind: Kind, part: str) -> frozenset[str]:
    """The fields that this part may name."""
    return FIELDS[kind] | COMMON | ({"link"} if part == "message_link" else frozenset())


def tidy(text: Text) -> Text:
    """Every part on one line; an empty line in a paragraph begins a new one, and an empty paragraph is none."""
    return replace(text, parts={language: _tidy(parts) for language, parts in text.parts.items()})


def _tidy(parts: Parts) -> Parts:
    paragraphs = tuple(
        Paragraph(said, one.when)
        for one in parts.paragraphs
        for piece in _BLANK_LINE.split(one.text)
        if (said := _line(piece))
    )
    return replace(
        parts, paragraphs=paragraphs, **{name: _line(value) for name, value in _named(parts).items()}
    )


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ")


def _named(parts: Parts) -> dict[str, str]:
    """Every part but the paragraphs."""
    return {field.name: getattr(parts, field.name) for field in fields(parts) if field.name != "paragraphs"}


def _has_word(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def draft_findings(text: Text) -> tuple[Finding, ...]:
    """All that is wrong with a tidy text, and what could be better. Of a part that is no text yet only that is said."""
    return tuple(
        one for language, parts in text.parts.items() for one in _findings(text.kind, language, parts)
    )


@lru_cache(maxsize=256)
def _findings(kind: Kind, language: Language, parts: Parts) -> tuple[Finding, ...]:
    """Those of one language: kept, because whoever types changes one of the two."""
    own = tuple(
        Finding(language, part, Severity.MUST, code, sentence, excerpt)
        for part, code, sentence, excerpt in _faults(kind, parts)
    )
    said = {one.part for one in own}
    found = text_findings(Text(kind, 1, {language: _readable(kind, parts)}))
    return (*own, *(one for one in found if one.part not in said))


_Fault = tuple[str, str, str, str]


def _faults(kind: Kind, parts: Parts) -> Iterator[_Fault]:
    """Part, code, sentence, excerpt."""
    for part, value in _named(parts).items():
        if part in needed(kind) and not _has_word(value):
            yield part, "part_missing", f"Hier staat nog niets: {part_name(part)}. Schrijf iets.", ""
        yield from _text_faults(kind, part, value)
    for one in parts.paragraphs:
        yield from _text_faults(kind, "paragraphs", one.text)
    if not 0 < len(parts.paragraphs) <= MOST_PARAGRAPHS:
        wish = f"Een brief heeft 1 tot {MOST_PARAGRAPHS} alinea’s. Voeg er een toe, of haal er weg."
        yield "paragraphs", "paragraphs_number", wish, ""
    yield from _message_faults(kind, parts)


def _text_faults(kind: Kind, part: str, text: str) -> Iterator[_Fault]:
    if len(text) > MOST_SIGNS:
        wish = f"Dit deel heeft {len(text)} tekens. Maak het korter: {MOST_SIGNS} of minder."
        yield part, "part_long", wish, text[:80]
    if sign := unprintable(text):
        yield part, "sign_unprintable", f"Dit teken kan niet gedrukt worden: {sign}. Haal het weg.", sign
    try:
        unknown = sorted(set(fields_of(text)) - usable(kind, part))
    except ValueError:
        wish = "De accolades { en } kloppen niet. Kies een veld uit de lijst, of haal ze weg."
        yield part, "braces_wrong", wish, _around_brace(text)
        return
    for name in unknown:
        wish = f"Dit veld heeft deze brief hier niet: {{{name}}}. Kies een veld uit de lijst."
        yield part, "field_unknown", wish, f"{{{name}}}"


def _around_brace(text: str) -> str:
    """The text from the first brace that is not of a field."""
    rest = _FIELD.sub("", text)
    at = min((rest.find(brace) for brace in "{}" if brace in rest), default=0)
    return rest[at : at + 40].strip()


def _message_faults(kind: Kind, parts: Parts) -> Iterator[_Fault]:
    if kind in ON_PAPER and (parts.message or parts.message_link):
        yield "message", "message_on_paper", "Deze brief gaat op papier. Haal het korte bericht weg.", ""
    if parts.message_link and not parts.message:
        wish = "Een zin met een link hoort bij een kort bericht. Schrijf dat, of haal de zin weg."
        yield "message_link", "message_missing", wish, ""
    if parts.message_link and "{link}" not in parts.message_link:
        yield "message_link", "link_missing", "Deze zin noemt de link niet. Zet er {link} in.", ""


def readable(text: Text) -> Text:
    """The same text so that it can be filled in, whatever was typed; a part that is not right shows as it was typed."""
    return replace(
        text, parts={language: _readable(text.kind, parts) for language, parts in text.parts.items()}
    )


def _readable(kind: Kind, parts: Parts) -> Parts:
    named: Mapping[str, str] = {
        part: _EMPTY if part in needed(kind) and not _has_word(value) else _shown(value, usable(kind, part))
        for part, value in _named(parts).items()
    }
    paragraphs = tuple(
        Paragraph(_shown(one.text, usable(kind, "paragraphs")), one.when)
        for one in parts.paragraphs[:MOST_PARAGRAPHS]
    )
    made = replace(parts, paragraphs=paragraphs, **named)
    return replace(made, message="", message_link="") if kind in ON_PAPER else made


def _shown(text: str, known: frozenset[str]) -> str:
    text = text[:MOST_SIGNS]
    try:
        if set(fields_of(text)) <= known:
            return text
    except ValueError:
        pass
    pieces = (piece if _is_field(piece, known) else _literal(piece) for piece in _FIELD.split(text))
    return "".join(pieces)


def _is_field(piece: str, known: frozenset[str]) -> bool:
    return piece.startswith("{") and piece[1:-1] in known


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
