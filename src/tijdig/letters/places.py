"""Where in a text something stands that was found in it.

Decides by the excerpt, against each part with the facts of an invented letter in place. What is about the whole text
stands in the question. Example: a long sentence in the second paragraph is at `paragraphs-1`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tijdig.letters.draft import readable
from tijdig.letters.filling import filled
from tijdig.letters.findings import Finding
from tijdig.letters.letter import Language
from tijdig.letters.preview import Look, letter_of_look
from tijdig.letters.texts import Paragraph, Parts, Text

_WHOLE = "question"
_SPACE = re.compile(r"[ \t\r\n]+")


def place(typed: Text, found: Finding) -> str:
    """The part, a paragraph with its number from 0; `typed` is the text as its writer sees it, empty paragraphs too."""
    if found.part not in ("", "paragraphs"):
        return found.part
    if found.excerpt:
        for name, raw, said in _told(typed, found.language):
            if found.excerpt in said or found.excerpt in raw:
                return name
    return found.part or _WHOLE


def _told(typed: Text, language: Language) -> Iterator[tuple[str, str, str]]:
    """Each part that the checks look through: its name, as it was typed, and with the facts in place."""
    flat = _flat(typed, language)
    shown = readable(flat)
    paragraphs = flat.parts[language].paragraphs
    for number, (raw, one) in enumerate(zip(paragraphs, shown.parts[language].paragraphs, strict=False)):
        yield f"paragraphs-{number}", raw.text, _fill(shown, language, one).paragraphs[0].text
    whole = _fill(shown, language, Paragraph(""))
    for part in ("question", "cannot", "help", "subject", "table"):
        yield part, getattr(flat.parts[language], part), getattr(whole, part)


def _flat(typed: Text, language: Language) -> Text:
    parts = typed.parts[language]
    one_line = tuple(Paragraph(_SPACE.sub(" ", one.text), one.when) for one in parts.paragraphs)
    return replace(typed, parts={**typed.parts, language: replace(parts, paragraphs=one_line)})


def _fill(text: Text, language: Language, only: Paragraph) -> Parts:
    parts = replace(text.parts[language], paragraphs=(Paragraph(only.text),))
    letter = letter_of_look(text, Look(language), None)
    return filled(letter, replace(text, parts={**text.parts, language: parts}))
