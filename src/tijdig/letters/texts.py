"""The sentences of each kind of letter: loaded, and checked on their form.

Decides whether a text may be used: all parts are there in both languages, and it names only fields that its kind of letter
has. A text is data with a version; the shipped ones are `text_<kind>.yaml` beside this module, and a corporation's own come
in by `checked`. A kind of letter that may go as a short message has one (`message`), with a sentence that falls away when
there is no link to pay by (`message_link`).

Errors: `TextError` that names the kind, the language and what is wrong. Example: `default(Kind.REMINDER).version` is 1.
Left out: filling it with facts (`filling`); what a text must say and how well it reads (`text_checks`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from tijdig.letters.letter import Kind, Language

_FOLDER = Path(__file__).parent
COMMON = frozenset({"contact_name", "contact_number", "sender_name", "help_line"})
FIELDS: Mapping[Kind, frozenset[str]] = {
    Kind.FRIENDLY_REMINDER: frozenset({"open_cents"}),
    Kind.REMINDER: frozenset({"open_cents", "pay_before_on"}),
    Kind.INVITATION: frozenset({"open_cents", "meet_on", "meet_time", "meet_place"}),
    Kind.FOURTEEN_DAY: frozenset({"principal_cents", "fee_cents", "vat_cents", "costs_cents"}),
    Kind.ARRANGEMENT_CONFIRMED: frozenset({"open_cents", "instalment_count", "first_on", "last_on"}),
    Kind.INSTALMENT_MISSED: frozenset({"instalment_cents", "due_on", "pay_before_on"}),
    Kind.EARLY_SIGNAL: frozenset({"open_cents", "municipality", "object_before_on"}),
    Kind.HANDOVER_ANNOUNCED: frozenset({"open_cents", "costs_cents", "handover_on", "bailiff_name"}),
    Kind.SETTLED: frozenset({"paid_cents", "paid_on"}),
}
FLAGS: Mapping[Kind, frozenset[str]] = {
    Kind.FOURTEEN_DAY: frozenset({"vat"}),
    Kind.HANDOVER_ANNOUNCED: frozenset({"costs"}),
}
ON_PAPER = frozenset({Kind.FOURTEEN_DAY, Kind.EARLY_SIGNAL, Kind.HANDOVER_ANNOUNCED})  # never a short message
_PARTS = ("subject", "question", "cannot", "paragraphs", "help")
_OPTIONAL = frozenset({"table", "message", "message_link"})


class TextError(ValueError):
    """A text that cannot be used, or a letter that lacks a fact which its text names."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `when` is a flag that must be set, or `not` and a flag that must not be."""

    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a letter says in one language. `table` is the line above the table, where the letter has one.

    `message` is the short text for a telephone or above a mail; `message_link` follows it where there is a link.
    """

    subject: str
    question: str
    cannot: str
    paragraphs: tuple[Paragraph, ...]
    help: str
    table: str = ""
    message: str = ""
    message_link: str = ""

    @property
    def all_texts(self) -> tuple[str, ...]:
        """All that every letter may say; the sentence about the link is the only one that names a link."""
        paragraphs = (one.text for one in self.paragraphs)
        return (self.subject, self.question, self.cannot, *paragraphs, self.help, self.table, self.message)


@dataclass(frozen=True, slots=True)
class Text:
    """The sentences of a kind of letter, one version of them."""

    kind: Kind
    version: int
    parts: Mapping[Language, Parts]


def checked(raw: Mapping[str, Any]) -> Text:
    """A text from plain data. Raises `TextError` that names the first thing that is wrong."""
    if unknown := sorted(set(raw) - {"kind", "version", *Language}):
        raise TextError(f"Onbekend onderdeel: {', '.join(unknown)}.")
    try:
        kind, version = Kind(raw["kind"]), raw["version"]
    except (KeyError, ValueError) as error:
        raise TextError(f"Noem een bekende soort brief en een versie ({error}).") from None
    if not isinstance(version, int) or version < 1:
        raise TextError(f"{kind}: de versie is een getal vanaf 1.")
    return Text(kind, version, {one: _parts(kind, one, raw.get(one)) for one in Language})


def _parts(kind: Kind, language: Language, raw: object) -> Parts:
    where = f"{kind} ({language})"
    given = raw if isinstance(raw, Mapping) else {}
    if missing := [part for part in _PARTS if not given.get(part)]:
        raise TextError(f"{where}: dit ontbreekt: {', '.join(missing)}.")
    if unknown := sorted(set(given) - set(_PARTS) - _OPTIONAL):
        raise TextError(f"{where}: onbekend onderdeel: {', '.join(unknown)}.")
    if not isinstance(given["paragraphs"], list):
        raise TextError(f"{where}: de alinea's zijn een lijst.")
    paragraphs = tuple(_paragraph(kind, where, one) for one in given["paragraphs"])
    parts = Parts(**{**given, "paragraphs": paragraphs})
    for text in parts.all_texts:
        _check_fields(where, text, FIELDS[kind] | COMMON)
    _check_fields(where, parts.message_link, FIELDS[kind] | COMMON | {"link"})
    _check_message(kind, where, parts)
    return parts


def _check_message(kind: Kind, where: str, parts: Parts) -> None:
    if kind in ON_PAPER and (parts.message or parts.message_link):
        raise TextError(f"{where}: deze brief gaat op papier. Haal het korte bericht weg.")
    if parts.message_link and not parts.message:
        raise TextError(
            f"{where}: een zin met een link hoort bij een kort bericht. Schrijf dat, of haal de zin weg."
        )
    if parts.message_link and "link" not in set(fields_of(parts.message_link)):
        raise TextError(f"{where}: de zin met de link noemt de link niet. Zet er {{link}} in.")


def _paragraph(kind: Kind, where: str, raw: object) -> Paragraph:
    if isinstance(raw, str):
        return Paragraph(raw)
    if not isinstance(raw, Mapping) or set(raw) != {"text", "when"}:
        raise TextError(f"{where}: een alinea is tekst, of heeft text en when.")
    if str(raw["when"]).removeprefix("not ") not in FLAGS.get(kind, frozenset()):
        raise TextError(f"{where}: de voorwaarde {raw['when']} is onbekend.")
    return Paragraph(raw["text"], raw["when"])


def fields_of(text: str) -> Iterator[str]:
    """The fields that a text names, in their order. Raises `ValueError` where its braces are wrong."""
    for _, name, form, conversion in Formatter().parse(text):
        if name is not None:
            if form or conversion:
                raise ValueError(f"schrijf alleen {{{name}}}")
            yield name


def _check_fields(where: str, text: object, known: frozenset[str]) -> None:
    if not isinstance(text, str):
        raise TextError(f"{where}: dit is geen tekst: {text!r}.")
    try:
        unknown = sorted(set(fields_of(text)) - known)
    except ValueError as error:
        raise TextError(f"{where}: de accolades kloppen niet ({error}).") from None
    if unknown:
        raise TextError(f"{where}: onbekend veld: {', '.join(unknown)}.")


@cache
def default(kind: Kind) -> Text:
    """The text that tijdig ships for this kind."""
    return checked(yaml.safe_load((_FOLDER / f"text_{kind}.yaml").read_text(encoding="utf-8")))
