"""A batch for the print house: a control sheet in front, and every letter on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from letters.letter_facts import ON, letter, tenant
from tijdig.letters.batch import Part, ToPrint, part
from tijdig.letters.kind_words import KIND_NAMES
from tijdig.letters.letter import Kind, Language
from tijdig.letters.render import page_count, render
from tijdig.letters.texts import default


def _letters(count: int, large: bool = False) -> Iterator[ToPrint]:
    for place in range(count):
        one = replace(letter(Kind.REMINDER, tenant(Language.NL, large)), reference=f"HC-{place}")
        yield ToPrint(one, default(one.kind), render(one))


def _part(count: int, *, large: bool = False) -> Part:
    return part("Proef", ON, "De Brug", list(_letters(count, large)), 3, 5)


def test_a_part_knows_its_number_and_its_first_place() -> None:
    made = _part(2)
    assert (made.number, made.first, made.letters, made.pages) == (3, 5, 2, 2)


def test_every_letter_begins_on_a_right_hand_page() -> None:
    one = _part(2)
    assert page_count(one.pdf) == 2 + 2 * 2  # the control sheet and each letter with the back of its paper
    large = _part(2, large=True)
    assert (large.pages, page_count(large.pdf)) == (4, 2 + 2 * 2)


def test_the_same_batch_gives_the_same_bytes() -> None:
    first, again = _part(3), _part(3)
    assert first == again


def test_every_kind_has_a_name_on_the_control_sheet() -> None:
    assert set(KIND_NAMES) == set(Kind)
