"""The payment QR code, line by line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tijdig.letters.letter import Payment
from tijdig.letters.qr import QrError, payload, svg

PAYMENT = Payment(210_000, "5000056789012345", "NL13 TEST 0123 4567 89", "Woonstichting De Brug")
HEAD = "BCD\n002\n1\nSCT\n"


def test_a_betalingskenmerk_stands_in_the_free_text() -> None:
    end = "Woonstichting De Brug\nNL13TEST0123456789\nEUR2100.00\n\n\n5000056789012345"
    assert payload(PAYMENT) == f"{HEAD}\n{end}"
    assert payload(PAYMENT, bic="TESTNL2A") == f"{HEAD}TESTNL2A\n{end}"


def test_a_creditor_reference_stands_in_the_structured_field() -> None:
    lines = payload(replace(PAYMENT, reference="RF18 5390 0754 7034", amount_cents=5)).split("\n")
    assert lines[7:] == ["EUR0.05", "", "RF18539007547034"]


def test_what_only_looks_like_a_creditor_reference_is_text() -> None:
    assert payload(replace(PAYMENT, reference="RF00 X")).split("\n")[9:] == ["", "RF00 X"]


@pytest.mark.parametrize("cents", [1, 999_999_999_99])
def test_the_ends_of_the_range_fit(cents: int) -> None:
    assert f"EUR{cents // 100}.{cents % 100:02d}" in payload(replace(PAYMENT, amount_cents=cents))


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_cents": 0},
        {"amount_cents": -1},
        {"amount_cents": 1_000_000_000_00},
        {"iban": "NL14TEST0123456789"},
        {"name": ""},
        {"name": "x" * 71},
        {"name": "a\nb"},
        {"reference": "x" * 141},
        {"reference": "a\nEUR1.00"},
        {"name": "é" * 70, "reference": "é" * 140},
    ],
)
def test_what_cannot_be_paid_has_no_code(wrong: dict[str, object]) -> None:
    with pytest.raises(QrError):
        payload(replace(PAYMENT, **wrong))  # type: ignore[arg-type]


def test_the_image_has_the_three_corners() -> None:
    image = svg(PAYMENT)
    assert image.startswith("<svg") and image.count("M4 4.5h7") == 1
    assert "M4 10.5h7" in image
