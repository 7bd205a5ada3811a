"""Kind and sign of a VERA entry, as a table."""

from __future__ import annotations

import pytest

from tijdig.imports.table_shape import JSON_SHAPE
from tijdig.imports.vera_bookings import kind_and_cents, tell_signs
from tijdig.imports.vera_row import FieldError, Row
from tijdig.imports.vera_values import Signs
from tijdig.ledger.kinds import Kind, sign_fits

TABLE = [
    # soort, detail, amount, by kind, signed
    ("VOR", "PRO", 100, (Kind.RENT, 100), (Kind.RENT, 100)),
    ("VOR", "PRO", -100, (Kind.CORRECTION, -100), (Kind.CORRECTION, -100)),
    ("VOR", "FAC", 100, (Kind.OTHER_CHARGE, 100), (Kind.OTHER_CHARGE, 100)),
    ("VOR", "AAN", 100, (Kind.COLLECTION_COSTS, 100), (Kind.COLLECTION_COSTS, 100)),
    ("VOR", "CRE", 100, (Kind.CORRECTION, -100), (Kind.CORRECTION, 100)),
    ("VOR", "CRE", -100, (Kind.CORRECTION, -100), (Kind.CORRECTION, -100)),
    ("ONT", "BAN", 100, (Kind.PAYMENT, -100), (Kind.CORRECTION, 100)),
    ("ONT", "BAN", -100, (Kind.CORRECTION, 100), (Kind.PAYMENT, -100)),
    ("ONT", "STO", 100, (Kind.REVERSAL, 100), (Kind.REVERSAL, 100)),
    ("ONT", "STO", -100, (Kind.REVERSAL, 100), None),
    ("MEM", "AFB", 100, (Kind.WRITE_OFF, -100), (Kind.CORRECTION, 100)),
    ("MEM", "AFB", -100, (Kind.WRITE_OFF, -100), (Kind.WRITE_OFF, -100)),
    ("MEM", "", 100, (Kind.CORRECTION, 100), (Kind.CORRECTION, 100)),
    ("UIT", "TER", 100, (Kind.REFUND, 100), (Kind.REFUND, 100)),
    ("UIT", "TER", -100, (Kind.CORRECTION, -100), (Kind.CORRECTION, -100)),
    ("SKS", "", -100, (Kind.SETTLEMENT, -100), (Kind.SETTLEMENT, -100)),
    ("SAL", "", 100, None, None),
    ("XYZ", "", 100, None, None),
]


@pytest.mark.parametrize(("soort", "detail", "cents", "by_kind", "signed"), TABLE)
def test_kind_and_cents_table(
    soort: str, detail: str, cents: int, by_kind: tuple[Kind, int] | None, signed: tuple[Kind, int] | None
) -> None:
    for signs, expected in ((Signs.BY_KIND, by_kind), (Signs.SIGNED, signed)):
        if expected is None:
            with pytest.raises(FieldError):
                kind_and_cents(soort, detail, cents, signs)
        else:
            assert kind_and_cents(soort, detail, cents, signs) == expected
            assert sign_fits(*expected)


def test_kind_and_cents_collected_is_a_direct_debit() -> None:
    assert kind_and_cents("ONT", "PRO", 100, Signs.BY_KIND, direct_debit=True) == (Kind.DIRECT_DEBIT, -100)


@pytest.mark.parametrize(
    ("positive", "negative", "signs", "sure"),
    [
        (10, 0, Signs.BY_KIND, True),
        (0, 10, Signs.SIGNED, True),
        (9, 0, Signs.BY_KIND, False),
        (9, 1, Signs.BY_KIND, False),
        (1, 9, Signs.SIGNED, False),
        (8, 1, None, False),
        (0, 0, None, False),
    ],
)
def test_tell_signs_from_plain_receipts(
    positive: int, negative: int, signs: Signs | None, sure: bool
) -> None:
    amounts = ["5.00"] * positive + ["-5.00"] * negative
    rows = [
        Row("boekingen", "", {"soort.code": "ONT", "bedrag": amount}, JSON_SHAPE, str) for amount in amounts
    ]
    told = tell_signs([*rows, Row("boekingen", "", {"soort.code": "VOR", "bedrag": "1.00"}, JSON_SHAPE, str)])
    assert (told.signs, told.sure) == (signs, sure)
