"""How many parts a text takes, and which numbers it can go to."""

from __future__ import annotations

import pytest

from tijdig.carriers.sms import number, parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("a", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 459, 3),
        ("a" * 460, 4),
    ],
)
def test_a_text_in_the_basic_alphabet(text: str, expected: int) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize("one", list("^{}\\[~]|€\f"))
def test_a_character_of_the_extension_counts_for_two(one: str) -> None:
    assert [parts(one * count) for count in (80, 81)] == [1, 2]


def test_a_character_of_the_extension_is_not_cut_in_half() -> None:
    """Each part holds 76 euro signs and one character to spare: 153 of them do not fit in two parts of 153."""
    assert [parts("€" * count) for count in (152, 153)] == [2, 3]
    assert parts("a" * 152 + "€" + "a" * 151) == 2
    assert parts("a" * 152 + "€" + "a" * 152) == 3


@pytest.mark.parametrize(
    "text", ["Beste mevrouw Núñez", "ë", "ê", "ï", "ç", "„", "’", "…", "–", "\u00a0", "\t", "`", "ş", "α"]
)
def test_a_character_outside_the_alphabet_makes_the_whole_text_wide(text: str) -> None:
    assert parts(text + "a" * (70 - len(text))) == 1
    assert parts(text + "a" * (71 - len(text))) == 2


@pytest.mark.parametrize("text", ["café", "è", "ö", "Ä", "ß", "ñ", "à", "Ç", "Ω", "§", "¿", "\n\r", "@$_"])
def test_a_character_of_the_alphabet_leaves_the_text_narrow(text: str) -> None:
    assert parts(text + "a" * (160 - len(text))) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ê" * 70, 1), ("ê" * 71, 2), ("ê" * 134, 2), ("ê" * 135, 3), ("😀" * 35, 1), ("😀" * 36, 2)],
)
def test_a_wide_text(text: str, expected: int) -> None:
    assert parts(text) == expected


def test_a_character_outside_the_basic_plane_is_not_cut_in_half() -> None:
    """67 units hold 33 of them: 67 fit in three parts only."""
    assert [parts("😀" * count) for count in (66, 67)] == [2, 3]


@pytest.mark.parametrize(
    "text", ["0612345678", "06-12 34 56 78", "+31612345678", "0031612345678", "+31 (0)6 12345678"]
)
def test_a_dutch_mobile_number_in_any_spelling(text: str) -> None:
    assert number(text) == "+31612345678"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+32 470 12 34 56", "+32470123456"),
        ("+49 1511 2345678", "+4915112345678"),
        ("+1 415 555 2671", "+14155552671"),
        ("+599 9 512 3456", "+59995123456"),
    ],
)
def test_a_foreign_number_that_is_mobile_or_does_not_tell(text: str, expected: str) -> None:
    assert number(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "geen",
        "010-1234567",
        "088 123 45 67",
        "0900-1234",
        "0970 12345678",
        "06123456",
        "06123456789",
        "112",
        "0612345678 x12",
        "+32 2 555 12 12",
        "+44 20 7183 8750",
        "+999 123",
    ],
)
def test_a_number_that_cannot_get_a_text(text: str) -> None:
    assert number(text) is None
