"""The text of a letter in blocks: nothing of it is lost, and its table is a table."""

from __future__ import annotations

import pytest

from tijdig.letters.letter import Kind, Language
from tijdig.letters.render import render
from tijdig.letters.samples import sample
from tijdig.web.letter_text import Block, blocks


def _words(block: Block) -> list[str]:
    cells = [*block.columns, *(cell for row in block.rows for cell in row), *block.total]
    return " ".join([block.heading, *block.lines, *cells]).split()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", Kind)
def test_every_word_of_a_letter_stands_in_its_blocks(kind: Kind, language: Language) -> None:
    letter = sample(kind, language)
    text = render(letter).text
    found = blocks(text)
    assert [word for block in found for word in _words(block)] == text.replace(" | ", " ").split()
    tables = [block for block in found if block.columns]
    assert [len(block.rows) for block in tables] == ([len(letter.rows)] if letter.rows else [])


def test_the_subject_is_a_heading_and_a_table_has_its_total() -> None:
    text = "De Brug\n\nM. de Vries\n\nDatum: 1\n\nUw huur\n\nOpen\nWat | Dag | Bedrag\nHuur | 1 mei | € 7\nTotaal | € 7\n"
    assert blocks(text)[3:] == [
        Block(heading="Uw huur"),
        Block(
            heading="Open",
            columns=("Wat", "Dag", "Bedrag"),
            rows=(("Huur", "1 mei", "€ 7"),),
            total=("Totaal", "€ 7"),
        ),
    ]


def test_a_bar_within_a_sentence_makes_no_table() -> None:
    lines = ("Bel mij", "ma | di", "huur@debrug.example")
    assert blocks("\n".join(lines)) == [Block(lines=lines)]
