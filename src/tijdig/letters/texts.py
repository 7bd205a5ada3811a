"""The sentences of each kind of letter: loaded, checked, and filled with the facts of one letter.

Decides whether a text may be used: all parts are there in both languages, and it names only fields that its kind of letter
has. A text is data with a version; the shipped ones are `text_<kind>.yaml` beside this module, and a corporation's own come
in by `checked`. Filling puts facts in once: what is filled in is never read again, so braces or marks in a name stay as
they are.

Errors: `TextError` that names the kind, the language and what is wrong, also for a fact that the letter lacks.
Example: `default(Kind.REMINDER).version` is 1.
Left out: the reading level of a corporation's own text; the check of the law on a text (`fourteen_day`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from tijdig.letters.letter import Fact, Kind, Language, Letter
from tijdig.letters.notation import fact_text

_FOLDER = Path(__file__).parent
_COMMON = frozenset({"contact_name", "contact_number", "sender_name", "help_line"})
FIELDS: Mapping[Kind, frozenset[str]] = {
    Kind.FRIENDLY_REMINDER: frozenset({"open_cents"}),
    Kind.REMINDER: frozenset({"open_cents", "pay_before_on"}),
    Kind.INVITATION: frozenset({"open_cents", "meet_on", "meet_time", "meet_place"}),
    Kind.FOURTEEN_DAY: frozenset({"principal_cents", "fee_cents", "vat_cents", "costs_cents"}),
    Kind.ARRANGEMENT_CONFIRMED: frozenset({"open_cents", "instalment_count", "first_on", "last_on"}),
    Kind.INSTALMENT_MISSED: frozenset({"instalment_cents", "due_on", "pay_before_on"}),
    Kind.EARLY_SIGNAL: frozenset({"open_cents", "municipality", "object_before_on"}),
    Kind.HANDOVER_ANNOUNCED: frozenset({"open_cents", "handover_on", "bailiff_name"}),
    Kind.SETTLED: frozenset({"paid_cents", "paid_on"}),
}
FLAGS: Mapping[Kind, frozenset[str]] = {Kind.FOURTEEN_DAY: frozenset({"vat"})}
_PARTS = ("subject", "question", "cannot", "paragraphs", "help")
_OPTIONAL = frozenset({"table"})


class TextError(ValueError):
    """A text that cannot be used, or a letter that lacks a fact which its text names."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `when` is a flag that must be set, or `not` and a flag that must not be."""

    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a letter says in one language. `table` is the line above the table, where the letter has one."""

    subject: str
    question: str
    cannot: str
    paragraphs: tuple[Paragraph, ...]
    help: str
    table: str = ""

    @property
    def all_texts(self) -> tuple[str, ...]:
        return (
            self.subject,
            self.question,
            self.cannot,
            *(one.text for one in self.paragraphs),
            self.help,
            self.table,
        )


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
    paragraphs = tuple(_paragraph(kind, where, one) for one in given["paragraphs"])
    parts = Parts(**{**given, "paragraphs": paragraphs})
    for text in parts.all_texts:
        _check_fields(kind, where, text)
    return parts


def _paragraph(kind: Kind, where: str, raw: object) -> Paragraph:
    if isinstance(raw, str):
        return Paragraph(raw)
    if not isinstance(raw, Mapping) or set(raw) != {"text", "when"}:
        raise TextError(f"{where}: een alinea is tekst, of heeft text en when.")
    if raw["when"].removeprefix("not ") not in FLAGS.get(kind, frozenset()):
        raise TextError(f"{where}: de voorwaarde {raw['when']} is onbekend.")
    return Paragraph(raw["text"], raw["when"])


def fields_of(text: str) -> Iterator[str]:
    """The fields that a text names, in their order. Raises `ValueError` where its braces are wrong."""
    for _, name, form, conversion in Formatter().parse(text):
        if name is not None:
            if form or conversion:
                raise ValueError(f"schrijf alleen {{{name}}}")
            yield name


def _check_fields(kind: Kind, where: str, text: object) -> None:
    if not isinstance(text, str):
        raise TextError(f"{where}: dit is geen tekst: {text!r}.")
    try:
        unknown = sorted(set(fields_of(text)) - FIELDS[kind] - _COMMON)
    except ValueError as error:
        raise TextError(f"{where}: de accolades kloppen niet ({error}).") from None
    if unknown:
        raise TextError(f"{where}: onbekend veld: {', '.join(unknown)}.")


@cache
def default(kind: Kind) -> Text:
    """The text that tijdig ships for this kind."""
    return checked(yaml.safe_load((_FOLDER / f"text_{kind}.yaml").read_text(encoding="utf-8")))


def filled(letter: Letter, text: Text) -> Parts:
    """What this letter says in the tenant's language, with its facts in place."""
    if (letter.kind, letter.version) != (text.kind, text.version):
        raise TextError(
            f"De brief is {letter.kind} versie {letter.version}, de tekst {text.kind} versie {text.version}."
        )
    parts, facts = text.parts[letter.to.language], _facts(letter)
    said = [one for one in parts.paragraphs if _holds(letter, one.when)]
    return Parts(
        _fill(letter, parts.subject, facts),
        _fill(letter, parts.question, facts),
        _fill(letter, parts.cannot, facts),
        tuple(Paragraph(_fill(letter, one.text, facts)) for one in said),
        _fill(letter, parts.help, facts),
        _fill(letter, parts.table, facts),
    )


def _facts(letter: Letter) -> dict[str, Fact]:
    sender = letter.sender
    common: dict[str, Fact] = {
        "contact_name": sender.contact_name,
        "contact_number": sender.contact_number.replace(" ", "\u00a0"),
        "sender_name": sender.name,
        "help_line": sender.help_line,
    }
    return {**letter.facts, **common}


def _holds(letter: Letter, when: str) -> bool:
    flag = bool(letter.facts.get(when.removeprefix("not "), False))
    return not when or flag != when.startswith("not ")


def _fill(letter: Letter, text: str, facts: Mapping[str, Fact]) -> str:
    parts = []
    for before, name, _, _ in Formatter().parse(text):
        parts.append(before)
        if name is not None:
            if name not in facts:
                raise TextError(f"{letter.kind}: de brief mist het gegeven {name}.")
            parts.append(fact_text(name, facts[name], letter.to.language))
    return "".join(parts).strip()
