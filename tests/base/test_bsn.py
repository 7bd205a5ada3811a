"""What looks like a citizen number goes out of a text; what is known to be something else stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from tijdig.base.bsn import MASK, clean, passes_eleven_test, without_bsn


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bsn 123456782", f"bsn {MASK}"),
        ("bsn:123456782.", f"bsn:{MASK}."),
        ("BSN123456782", f"BSN{MASK}"),
        ("1234.56.782 en 123 456 782", f"{MASK} en {MASK}"),
        ("11 123456782", f"11 {MASK}"),
        ("123456782 1-1-1980", f"{MASK} 1-1-1980"),
        ("123-456-782 is van hem", f"{MASK} is van hem"),
        ("12 34 56 782", MASK),
        ("12.34.56.782", MASK),
        ("1 2 3 4 5 6 7 8 2", MASK),
        ("123\u00a0456\u00a0782", MASK),
        ("bsn 1234-56782", f"bsn {MASK}"),
        ("sofinummer: 12345.6782", f"sofinummer: {MASK}"),
        ("burgerservicenummer is 12345678-2, geboren 1-1-1980", f"burgerservicenummer is {MASK}, geboren 1-1-1980"),
        ("bsn 12345672", f"bsn{MASK}"),
        ("sofi=1234.56.72", f"sofi{MASK}"),
        ("REF-1 111222333/A", f"REF-1 {MASK}/A"),
        ("=HYPERLINK(\"x\";111222333)", f"=HYPERLINK(\"x\";{MASK})"),
        ("\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0662", MASK),
        ("111222333 en 123456782", f"{MASK} en {MASK}"),
    ],
)  # fmt: skip
def test_what_looks_like_one_goes_out(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "123456789",
        "1234567820",
        "12345672",
        "NL42TEST1234567890",
        "NL91TEST123456782",
        "NL42 TEST 1234 5678 90",
        "DE89 3704 0044 0532 0130 00",
        "RF18 539007547034",
        "6390338414964113",
        "0000 1234 5678 2000",
        "€ 123456782,00",
        "HUUR-2026-123456782",
        "000000000",
        "1234 56782",
        "01-10-2026 2",
        "kamer 12, 3456782",
        "100001 1 1122-23-33",
        "bsn 1234567820",
        "bsn onbekend",
        "",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert without_bsn(text) == (text, 0)


def test_a_key_of_our_own_stays() -> None:
    assert without_bsn("contract 111222333, bsn 123456782", {"111222333"}.__contains__) == (
        f"contract 111222333, bsn {MASK}",
        1,
    )


@given(st.text("0123456789", min_size=9, max_size=9))
def test_the_eleven_test_is_that_of_the_standard_library_of_numbers(digits: str) -> None:
    assert passes_eleven_test(digits) == bsn.is_valid(digits)


_WORDS = st.text(st.characters(categories=["L", "Z", "P", "S"], exclude_characters="."), max_size=20)


@given(st.integers(10_000_000, 999_999_999), _WORDS, _WORDS)
def test_a_text_never_grows_and_a_number_never_stays(number: int, before: str, after: str) -> None:
    digits = f"{number:09}"
    cleaned, count = without_bsn(f"{before} {digits} {after}")
    assert len(cleaned) <= len(before) + len(after) + 11
    assert (digits not in cleaned, count) == ((True, 1) if bsn.is_valid(digits) else (False, 0))
