"""How a table is written is told from its cells, or left in doubt."""

from __future__ import annotations

from datetime import date

import pytest

from tijdig.base.money import AmountError
from tijdig.imports.table_shape import DayError, TableShape, confirmed, detect, read_cents, read_day


@pytest.mark.parametrize(
    ("amounts", "decimal", "doubts"),
    [
        (["650,00", "1.234"], ",", ()),
        (["650.00", "1,234"], ".", ()),
        (["1.234.567"], ",", ()),
        (["1.234"], ",", ("decimal",)),
        (["1,234"], ",", ("decimal",)),
        (["650", "12"], ",", ("decimal",)),
        (["650,00", "12.50"], ",", ("decimal",)),
        ([""], ",", ()),
    ],
)
def test_detect_decimal_by_cells(amounts: list[str], decimal: str, doubts: tuple[str, ...]) -> None:
    shape = detect(("id;bedrag\n" + "".join(f"1;{amount}\n" for amount in amounts)).encode())
    assert (shape.decimal, shape.doubts, shape.confident) == (decimal, doubts, not doubts)


@pytest.mark.parametrize(
    ("days", "order", "doubts"),
    [
        (["17-06-2025", "05-06-2025"], "dmy", ()),
        (["06/17/2025", "06/05/2025"], "mdy", ()),
        (["05-06-2025", "12-12-2025"], "dmy", ("date_order",)),
        (["17-06-2025", "06-17-2025"], "dmy", ("date_order",)),
        (["2025-06-05"], "iso", ()),
        (["20250605", "05062025"], "iso", ()),
    ],
)
def test_detect_date_order_by_cells(days: list[str], order: str, doubts: tuple[str, ...]) -> None:
    shape = detect(("id;datum\n" + "".join(f"1;{day}\n" for day in days)).encode())
    assert (shape.date_order, shape.doubts) == (order, doubts)


def test_detect_keys_are_no_amounts() -> None:
    assert detect(b"id;code\n1001;2002\n").doubts == ()


@pytest.mark.parametrize(
    ("sample", "delimiter", "encoding"),
    [
        ("a;b\né;2\n".encode(), ";", "utf-8-sig"),
        ("a,b\né,2\n".encode("cp1252"), ",", "cp1252"),
        ("\ufeffa\tb\n1\t2\n".encode(), "\t", "utf-8-sig"),
        ("a|b\n1|é".encode()[:-1], "|", "utf-8-sig"),
    ],
)
def test_detect_delimiter_and_encoding(sample: bytes, delimiter: str, encoding: str) -> None:
    shape = detect(sample)
    assert (shape.delimiter, shape.encoding) == (delimiter, encoding)


def test_confirmed_takes_the_answer() -> None:
    shape = detect(b"id;bedrag;datum\n1;1.234;05-06-2025\n")
    assert shape.doubts == ("decimal", "date_order")
    answered = confirmed(shape, decimal=".", date_order="mdy")
    assert answered == TableShape(";", ".", "mdy", "utf-8-sig", True, ())


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-07-01", "iso", date(2026, 7, 1)),
        ("2026-06-30T22:00:00Z", "iso", date(2026, 7, 1)),
        ("2026-12-31T22:59:59Z", "iso", date(2026, 12, 31)),
        ("2026-12-31T23:00:00.000Z", "dmy", date(2027, 1, 1)),
        ("1-7-2026", "dmy", date(2026, 7, 1)),
        ("07/01/2026", "mdy", date(2026, 7, 1)),
        ("31-12-2025 00:00:00", "dmy", date(2025, 12, 31)),
        ("20121012", "dmy", date(2012, 10, 12)),
        ("20101912", "dmy", date(1912, 10, 20)),
        ("31122025", "iso", date(2025, 12, 31)),
    ],
)
def test_read_day_each_way(text: str, order: str, day: date) -> None:
    assert read_day(text, order) == day


@pytest.mark.parametrize(
    ("text", "order"), [("1-7-2026", "iso"), ("31-13-2026", "dmy"), ("0205-02-14", "iso"), ("650,00", "dmy")]
)
def test_read_day_refuses_what_is_no_day(text: str, order: str) -> None:
    with pytest.raises(DayError):
        read_day(text, order)


@pytest.mark.parametrize(
    ("text", "decimal", "cents"),
    [
        ("1.234,56", ",", 123456),
        ("1.234", ",", 123400),
        ("12,50-", ",", -1250),
        ("1,234.5", ".", 123450),
        ("-650.3", ".", -65030),
    ],
)
def test_read_cents_by_shape(text: str, decimal: str, cents: int) -> None:
    assert read_cents(text, decimal) == cents


@pytest.mark.parametrize(
    ("text", "decimal"), [("650,00", "."), ("650.00", ","), ("1e3", "."), ("1.234", ".")]
)
def test_read_cents_refuses_the_other_convention(text: str, decimal: str) -> None:
    with pytest.raises(AmountError):
        read_cents(text, decimal)
