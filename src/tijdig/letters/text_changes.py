"""What differs between two texts of a kind, part by part.

Decides which paragraphs belong together: those that are the same, and between them by their order. Example: a second
paragraph that is new gives one `Change` named `alinea 2`, with nothing before. Left out: what differs within a part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from itertools import zip_longest

from tijdig.letters.letter import Language
from tijdig.letters.part_words import LANGUAGE_WORDS, WHEN_WORDS, part_name
from tijdig.letters.texts import Paragraph, Parts, Text


@dataclass(frozen=True, slots=True)
class Change:
    """One part that differs: its name (Dutch), what it said and what it says; empty where it was or is not there."""

    language: Language
    name: str
    before: str
    after: str


def changes(before: Text, after: Text) -> tuple[Change, ...]:
    """What differs, in the order of the letter, Dutch first."""
    return tuple(
        Change(language, name, old, new)
        for language in Language
        for name, old, new in _parts(before.parts[language], after.parts[language])
    )


def _parts(before: Parts, after: Parts) -> Iterator[tuple[str, str, str]]:
    for field in fields(Parts):
        if field.name == "paragraphs":
            yield from _paragraphs(before.paragraphs, after.paragraphs)
        elif (old := getattr(before, field.name)) != (new := getattr(after, field.name)):
            yield part_name(field.name), old, new


def _paragraphs(
    before: tuple[Paragraph, ...], after: tuple[Paragraph, ...]
) -> Iterator[tuple[str, str, str]]:
    for what, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if what == "equal":
            continue
        pairs = zip_longest(before[old_from:old_to], after[new_from:new_to])
        for number, (old, new) in enumerate(pairs):
            at = (new_from if new else old_from) + number + 1
            yield part_name("paragraphs", at), _said(old), _said(new)


def _said(one: Paragraph | None) -> str:
    if one is None:
        return ""
    return f"{one.text} ({WHEN_WORDS[one.when]})" if one.when else one.text


def told(found: Iterable[Change]) -> str:
    """What changed as a sentence for each language: `Nederlands: de vraag, alinea 2. Engels: de hulp.`"""
    by_language: dict[Language, list[str]] = {}
    for one in found:
        lost = " (weg)" if not one.after else " (nieuw)" if not one.before else ""
        by_language.setdefault(one.language, []).append(f"{one.name}{lost}")
    return " ".join(
        f"{LANGUAGE_WORDS[language]}: {', '.join(names)}." for language, names in by_language.items()
    )
