"""What differs between two texts, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tijdig.letters.letter import Kind, Language
from tijdig.letters.text_changes import changes, told
from tijdig.letters.texts import Paragraph, Text, default

NL, EN = Language.NL, Language.EN
ONE, TWO, THREE = Paragraph("Een."), Paragraph("Twee."), Paragraph("Drie.")


def _with(language: Language = NL, **parts: Any) -> Text:
    text = default(Kind.FOURTEEN_DAY)
    return replace(text, parts={**text.parts, language: replace(text.parts[language], **parts)})


def test_the_same_text_differs_in_nothing() -> None:
    assert changes(default(Kind.REMINDER), default(Kind.REMINDER)) == ()
    assert told(()) == ""


def test_a_part_of_each_language_is_named() -> None:
    before = default(Kind.FOURTEEN_DAY)
    after = _with(subject="Een kop")
    after = replace(after, parts={**after.parts, EN: replace(after.parts[EN], help="Help {help_line}.")})
    found = changes(before, after)
    assert [(one.language, one.name) for one in found] == [(NL, "het onderwerp"), (EN, "de hulp")]
    assert (found[0].before, found[0].after) == (before.parts[NL].subject, "Een kop")
    assert told(found) == "Nederlands: het onderwerp. Engels: de hulp."


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ((ONE, TWO), (ONE, THREE), "alinea 2"),
        ((ONE, TWO), (ONE, THREE, TWO), "alinea 2 (nieuw)"),
        ((ONE, TWO, THREE), (ONE, THREE), "alinea 2 (weg)"),
        ((ONE, TWO), (THREE, ONE, TWO), "alinea 1 (nieuw)"),
        ((ONE,), (), "alinea 1 (weg)"),
        ((ONE, TWO, THREE), (TWO, THREE, ONE), "alinea 1 (weg), alinea 3 (nieuw)"),
    ],
)
def test_paragraphs_are_matched_by_what_stays(
    before: tuple[Paragraph, ...], after: tuple[Paragraph, ...], names: str
) -> None:
    found = told(changes(_with(paragraphs=before), _with(paragraphs=after)))
    assert found == f"Nederlands: {names}."


def test_a_condition_that_changes_is_told_in_words() -> None:
    (one,) = changes(_with(paragraphs=(ONE,)), _with(paragraphs=(replace(ONE, when="vat"),)))
    assert (one.before, one.after) == ("Een.", "Een. (alleen als er btw bij de kosten komt)")
