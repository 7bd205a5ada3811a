"""Which numbers somebody names: one that is called what it is, is told from any other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hangs import no_square

from tijdig.letters.clues import Named, named_in


@pytest.mark.parametrize(
    ("text", "letters", "numbers"),
    [
        ("Ons kenmerk: B12", ("B12",), ("B12",)),
        ("uw brief b77 van vorige week", ("B77",), ("b77", "B77")),
        ("Kenmerk B5 en ref. B6", ("B5", "B6"), ("B5", "B6")),
        ("contract 100001", (), ("100001",)),
        ("Contractnummer is: 100.001.", (), ("100.001", "100001")),
        ("huurovereenkomst nr 100-001,", (), ("100-001", "100001")),
        ("my contract number: HUU-2024/0012", (), ("HUU-2024/0012", "HUU20240012")),
        ("betaald met 2700 0000 0010 0001", (), ("2700000000100001",)),
        ("RF18 5390 0754 7034", (), ("RF18539007547034",)),
        ("vitamine B12", (), ()),
        ("het contract van 2024", (), ()),
        ("ik bel over contract", (), ()),
        ("brieven 100001", (), ()),
        ("1" * 60, (), ()),
        ("", (), ()),
    ],
)
def test_what_is_called_a_number_is_one(
    text: str, letters: tuple[str, ...], numbers: tuple[str, ...]
) -> None:
    found = named_in(text)
    assert (found.letters, found.numbers) == (letters, numbers)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("100001", ("100001",)),
        ("dossier van de bank: 100.001!", ("100.001", "100001")),
        ("kenmerk 100001, dus 100001", ()),  # called so once is enough
        ("jan100001@voorbeeld.example", ()),
        ("€100001 en 1234", ()),
    ],
)
def test_any_other_number_is_bare(text: str, bare: tuple[str, ...]) -> None:
    assert named_in(text).bare == bare


def test_subject_and_text_are_looked_at_together() -> None:
    assert named_in("kenmerk B1", "contract 100001") == Named(("B1",), ("B1", "100001"), ())
    assert not named_in("Dag", "hoor").anything


@given(st.text(alphabet="contra brief0123456789.-/ B:RFnr\n", max_size=200))
def test_no_text_makes_it_stumble_and_every_number_has_a_digit(text: str) -> None:
    found = named_in(text)
    assert all(any(map(str.isdigit, one)) for one in (*found.letters, *found.numbers, *found.bare))
    assert not set(found.numbers) & set(found.bare)


@pytest.mark.parametrize(
    "unit", ["contract ", "1", "1.", "contract 1", "RF12 1234 ", "A1-", "1234 ", "brief nr nr "]
)
def test_it_takes_no_time_by_the_square(unit: str) -> None:
    with no_square():
        named_in(unit * (1_000_000 // len(unit)))
