"""Payment references, IBANs, contract numbers and possible citizen numbers in the text of a payment."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649

from tijdig.imports import references
from tijdig.imports.references import (
    Reference,
    ReferenceKind,
    check_digit,
    compact,
    contract_candidates,
    find_ibans,
    find_references,
    is_valid,
    make,
)

DIGITS = st.text("0123456789", min_size=15, max_size=15)
CUR = Reference(ReferenceKind.CUR, "6390338414964113")
RF = Reference(ReferenceKind.RF, "RF18539007547034")


@pytest.mark.parametrize(
    "kenmerk",
    [
        "5000056789012345",
        "12234534622567",
        "6390338414964113",
        "0010008346912014",
        "6000000410020263",
        "5000 0567 8901 2345",
        "1234567",
    ],
)
def test_is_valid_accepts_the_published_examples(kenmerk: str) -> None:
    assert is_valid(kenmerk) is True


@pytest.mark.parametrize(
    "kenmerk",
    [
        "9001123412341234",
        "1070123412341234",
        "12345678",
        "123456789012345",
        "13234534622567",
        "",
        "abc",
        "²²²²²²²",
    ],
)
def test_is_valid_refuses_wrong_checks_and_lengths(kenmerk: str) -> None:
    assert is_valid(kenmerk) is False


def test_make_gives_the_published_example() -> None:
    assert make("000056789012345") == make("56789012345") == "5000056789012345"


@pytest.mark.parametrize("number", ["", "1234567890123456", "12a", "-1"])
def test_make_raises_on_anything_but_15_digits(number: str) -> None:
    with pytest.raises(ValueError, match="betalingskenmerk"):
        make(number)


@given(DIGITS)
def test_made_reference_is_valid_and_any_other_first_digit_is_not(number: str) -> None:
    kenmerk = make(number)
    assert [digit for digit in "0123456789" if is_valid(digit + number)] == [kenmerk[0]]


@given(DIGITS, st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_shows_unless_the_check_digit_is_one_of_the_two_shared(
    number: str, at: int, shift: int
) -> None:
    wrong = number[:at] + str((int(number[at]) + shift) % 10) + number[at + 1 :]
    assert check_digit(wrong) != check_digit(number) or check_digit(number) in "01"


@given(st.integers(7, 12).flatmap(lambda size: st.text("0123456789", min_size=size, max_size=size)))
def test_short_reference_needs_its_length_digit_and_its_check(number: str) -> None:
    body = str(len(number) % 10) + number
    valid = check_digit(body) + body
    assert is_valid(valid) is True
    assert is_valid(check_digit(body) + str((len(number) + 1) % 10) + number) is False


def test_compact_drops_spaces_dots_and_dashes() -> None:
    assert compact(" 6390 3384.1496-4113 ") == "6390338414964113"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("huur 6390338414964113 november", [CUR]),
        ("huur 6390 3384 1496 4113", [CUR]),
        ("6390338414964113 en nog eens 6390 3384 1496 4113", [CUR]),
        ("6390338414964113 6390 3384 1496 4113", [CUR]),
        ("9001123412341234", []),
        ("x6390338414964113", []),
        ("63903384149641130", []),
        ("6390 3384 1496 4113 1234", []),
        ("11 6390 3384 1496 4113", [CUR]),
        ("639033841496 4113", []),
        ("RF18539007547034", [RF]),
        ("rf18 5390 0754 7034", [RF]),
        ("RF18 5390 0754 7034 huur november", [RF]),
        ("RF19 5390 0754 7034", []),
        ("RF18", []),
        ("DE89 3704 0044 0532 0130 00", []),
        ("RF18539007547034 6390338414964113", [RF, CUR]),
        ("6390338414964113 RF18539007547034", [CUR, RF]),
        ("", []),
    ],
)
def test_find_references_believes_only_checked_whole_numbers(text: str, expected: list[Reference]) -> None:
    assert find_references(text) == expected


def test_digits_of_an_iban_are_no_reference() -> None:
    text = "DK6263903384149641"  # the 14 digits behind DK62, then two more, would pass as 16 digits
    assert find_references(text + " 13") == []


@given(DIGITS, st.booleans())
def test_made_reference_is_found_in_text(number: str, spaced: bool) -> None:
    kenmerk = make(number)
    shown = " ".join(kenmerk[i : i + 4] for i in range(0, 16, 4)) if spaced else kenmerk
    assert find_references(f"huur nov. {shown}, dank") == [Reference(ReferenceKind.CUR, kenmerk)]


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=21))
def test_rf_reference_is_found_in_text(body: str) -> None:
    rf = f"RF{98 - int(''.join(str(int(c, 36)) for c in body + 'RF00')) % 97:02d}{body}"
    assert iso11649.is_valid(rf)
    assert find_references(f"betr. {rf} dank") == [Reference(ReferenceKind.RF, rf)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "van NL42TEST1234567890 naar nl97 test 7000 0033 33 huur",
            ["NL42TEST1234567890", "NL97TEST7000003333"],
        ),
        ("NL42TEST1234567890 NL42TEST1234567890", ["NL42TEST1234567890"]),
        ("NL43TEST1234567890", []),
        ("geen", []),
    ],
)
def test_find_ibans_gives_valid_ones_once(text: str, expected: list[str]) -> None:
    assert find_ibans(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Huur november contract 104.233", ["104233"]),
        ("huur 104233", ["104233"]),
        ("contract 104-233/november", ["104233"]),
        ("HC-104233", ["HC104233", "104233"]),
        ("contractnr104233", ["104233"]),
        ("104233 en 104.233", ["104233"]),
        ("01-11-2026 1.11.26 2026-11-02 104233", ["104233"]),
        ("huur 11-2025 en 2025-12, 104233", ["104233"]),
        ("HC-2025-11-3 104.11-2025", ["HC2025113", "2025113", "104112025"]),
        ("13-2025", ["132025"]),
        ("€ 650,10 of 1.650,10", []),
        ("NL42TEST1234567890 6390338414964113", []),
        ("nr 12", []),
        ("", []),
    ],
)
def test_contract_candidates_are_normalised_and_leave_out_what_they_are_not(
    text: str, expected: list[str]
) -> None:
    assert contract_candidates(text) == expected


_PIECE = st.sampled_from(
    ["huur", "Fam.", "104233", "2026", "1234", "5000056789012345", "6390338414964113", "11-2026", "01-11-2026", "12",
     "123456782", "12345678901", "HC-104", "NL42TEST1234567890", "RF18539007547034", "1.650,10", "²", "x9", "1234567890"]
)  # fmt: skip


@given(st.lists(_PIECE, max_size=7))
def test_the_quick_look_finds_what_the_careful_one_finds(pieces: list[str]) -> None:
    text = " ".join(pieces)
    quick = (find_references(text), contract_candidates(text))
    with patch.object(references, "_loose_numbers", lambda _text: None):
        assert quick == (find_references(text), contract_candidates(text))
