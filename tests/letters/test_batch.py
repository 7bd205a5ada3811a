"""A batch for the print house: parts of a fixed size, a control sheet in front, nothing twice and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from letters.letter_facts import ON, letter, tenant
from tijdig.letters.batch import ToPrint, parts
from tijdig.letters.kind_words import KIND_NAMES
from tijdig.letters.letter import Kind, Language
from tijdig.letters.render import page_count, render
from tijdig.letters.texts import default


def _letters(count: int, large: bool = False) -> Iterator[ToPrint]:
    for place in range(count):
        one = replace(letter(Kind.REMINDER, tenant(Language.NL, large)), reference=f"HC-{place}")
        yield ToPrint(one, default(one.kind), render(one))


def test_every_letter_is_in_one_part() -> None:
    made = list(parts("Proef", ON, "De Brug", _letters(5), size=2))
    assert [(one.number, one.first, one.letters, one.pages) for one in made] == [
        (1, 1, 2, 2),
        (2, 3, 2, 2),
        (3, 5, 1, 1),
    ]


def test_every_letter_begins_on_a_right_hand_page() -> None:
    (one,) = parts("Proef", ON, "De Brug", _letters(2))
    assert page_count(one.pdf) == 2 + 2 * 2  # the control sheet and each letter with the back of its paper
    (large,) = parts("Proef", ON, "De Brug", _letters(2, large=True))
    assert (large.pages, page_count(large.pdf)) == (4, 2 + 2 * 2)


def test_a_part_is_made_before_the_next_letters_are_asked_for() -> None:
    asked = []

    def watched() -> Iterator[ToPrint]:
        for one in _letters(4):
            asked.append(one)
            yield one

    next(parts("Proef", ON, "De Brug", watched(), size=2))
    assert len(asked) == 2


def test_no_letters_are_no_parts() -> None:
    assert list(parts("Proef", ON, "De Brug", [])) == []


def test_the_same_batch_gives_the_same_bytes() -> None:
    first, again = (next(parts("Proef", ON, "De Brug", _letters(3))) for _ in range(2))
    assert first == again


def test_every_kind_has_a_name_on_the_control_sheet() -> None:
    assert set(KIND_NAMES) == set(Kind)
