"""Anybody's table of payments or charges, by a saved mapping."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from tijdig.base.problems import Problem
from tijdig.imports.table_file import headers_of, read_table, recognises
from tijdig.imports.table_mapping import ColumnMapping, kind_of_word, missing_fields, suggest_mapping
from tijdig.imports.table_shape import TableShape
from tijdig.imports.vera_values import Signs
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind

GOLDEN = Path(__file__).parents[1] / "golden" / "tables"


def read(name: str, mapping: ColumnMapping | None = None) -> list[EntryDraft | Problem]:
    with (GOLDEN / name).open("rb") as stream:
        headers, _ = headers_of(stream)
        stream.seek(0)
        return list(read_table(stream, mapping or suggest_mapping(headers, "balie")))


def workbook(rows: list[list[object]]) -> BytesIO:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "remove_timezone": True})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd-mm-yyyy"})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(at, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
            else:
                sheet.write(at, column, cell)
    book.close()
    stream.seek(0)
    return stream


def test_suggest_mapping_by_dutch_headers() -> None:
    assert suggest_mapping(["Contractnr", "Betaaldatum", "Bedrag (EUR)", "Kleur"], "balie") == ColumnMapping(
        "payments",
        {"contract_number": "Contractnr", "amount": "Bedrag (EUR)", "effective_on": "Betaaldatum"},
        "balie",
    )
    charges = suggest_mapping(["Overeenkomst", "Soort", "Vervaldatum", "Bedrag"])
    assert (charges.entity, missing_fields(charges, list(charges.columns.values()))) == ("charges", [])


def test_missing_fields_names_what_to_choose() -> None:
    mapping = suggest_mapping(["Vervaldatum", "Bedrag"])
    assert missing_fields(mapping, ["Vervaldatum", "Bedrag"]) == ["contract_number", "kind"]
    assert missing_fields(suggest_mapping(["Contract", "Bedrag", "Datum"]), ["Contract", "Bedrag"]) == [
        "Datum"
    ]


def test_read_payments_golden() -> None:
    values = read("payments.csv")
    assert [
        (v.contract_number, v.kind, v.amount_cents, v.effective_on, v.reference)
        for v in values
        if isinstance(v, EntryDraft)
    ] == [
        ("100001", Kind.PAYMENT, -66230, date(2026, 7, 3), "100001/2026-07-03/-66230/1"),
        ("100001", Kind.PAYMENT, -1000, date(2026, 7, 13), "100001/2026-07-13/-1000/1"),
        ("100001", Kind.PAYMENT, -1000, date(2026, 7, 13), "100001/2026-07-13/-1000/2"),
    ]
    assert [(v.code, v.place, dict(v.params)) for v in values if isinstance(v, Problem)] == [
        ("payment_sign", "regel 5", {}),
        ("field_missing", "regel 6", {"field": "Contractnr"}),
        ("amount_zero", "regel 7", {}),
        ("amount_decimals", "regel 8", {"field": "Bedrag", "value": "1.234,567"}),
    ]


def test_read_charges_golden() -> None:
    values = read("charges.csv")
    assert [(v.reference, v.kind, v.amount_cents, v.due_on) for v in values if isinstance(v, EntryDraft)] == [
        ("F1", Kind.RENT, 66230, date(2026, 7, 1)),
        ("F2", Kind.SERVICE_COSTS, 1200, date(2026, 7, 1)),
        ("F3", Kind.CORRECTION, -2000, None),
    ]
    assert [(v.code, v.place) for v in values if isinstance(v, Problem)] == [
        ("kind_unknown", "regel 5"),
        ("duplicate_key", "regel 6"),
        ("kind_unknown", "regel 7"),
    ]


def test_read_swapped_column_is_fatal_and_named() -> None:
    (only,) = read("swapped.csv")
    assert isinstance(only, Problem) and (only.code, only.fatal) == ("column_swapped", True)
    assert only.params == {"column": "Betaaldatum", "value": "662,30", "expected": "een datum"}


def test_read_ambiguous_table_is_fatal_until_confirmed() -> None:
    (only,) = read("ambiguous.csv")
    assert isinstance(only, Problem) and (only.code, only.fatal) == ("shape_unconfirmed", True)
    mapping = ColumnMapping(
        "payments",
        {"contract_number": "Contractnr", "amount": "Bedrag", "effective_on": "Datum"},
        "balie",
        TableShape(decimal=",", date_order="dmy"),
    )
    (entry,) = read("ambiguous.csv", mapping)
    assert isinstance(entry, EntryDraft)
    assert (entry.amount_cents, entry.effective_on, entry.source) == (-123400, date(2026, 6, 5), "balie")


def test_read_incomplete_mapping_is_fatal() -> None:
    (only,) = read("payments.csv", ColumnMapping("payments", {"amount": "Bedrag"}, "balie"))
    assert isinstance(only, Problem)
    assert (only.code, only.params["fields"]) == ("mapping_incomplete", "contract_number, effective_on")


def test_read_signed_payments_as_the_ledger_writes_them() -> None:
    text = "Contract;Datum;Bedrag\n1;2026-07-13;-10,00\n1;2026-07-14;10,00\n"
    mapping = ColumnMapping(
        "payments",
        {"contract_number": "Contract", "amount": "Bedrag", "effective_on": "Datum"},
        signs=Signs.SIGNED,
    )
    entry, problem = read_table(BytesIO(text.encode()), mapping)
    assert isinstance(entry, EntryDraft) and entry.amount_cents == -1000
    assert isinstance(problem, Problem) and problem.code == "payment_sign"


def test_read_excel_equals_csv() -> None:
    header: list[object] = ["Contractnr", "Betaaldatum", "Bedrag", "Omschrijving"]
    stream = workbook(
        [
            header,
            [100001, date(2026, 7, 3), 662.3, "Huur juli"],
            [100001, date(2026, 7, 13), 0.1 + 0.2, "Deel"],
            ["100002", "2026-07-14", "1.234,56", "Als tekst"],
        ]
    )
    values = list(read_table(stream, suggest_mapping([str(name) for name in header], "balie")))
    assert [
        (v.contract_number, v.amount_cents, v.effective_on) for v in values if isinstance(v, EntryDraft)
    ] == [
        ("100001", -66230, date(2026, 7, 3)),
        ("100001", -30, date(2026, 7, 13)),
        ("100002", -123456, date(2026, 7, 14)),
    ]
    assert [v for v in values if isinstance(v, Problem)] == []


def test_read_excel_row_numbers_are_those_of_the_sheet() -> None:
    stream = workbook(
        [
            ["Contract", "Datum", "Bedrag"],
            ["", "", ""],
            ["1", date(2026, 7, 13), "niets"],
            ["1", date(2026, 7, 13), 5],
        ]
    )
    problem, entry = read_table(stream, suggest_mapping(["Contract", "Datum", "Bedrag"]))
    assert (problem.place, entry.place) == ("regel 3", "regel 4")


def test_read_excel_that_is_none_is_fatal() -> None:
    (only,) = read_table(BytesIO(b"PK\x03\x04 no workbook"), suggest_mapping([]))
    assert isinstance(only, Problem) and (only.code, only.fatal) == ("excel_unreadable", True)


@pytest.mark.parametrize(
    ("head", "name", "found"),
    [
        (b"Contractnr;Betaaldatum;Bedrag\n1;2026-01-01;5,00\n", "x.csv", "payments"),
        (b"Contract,Vervaldatum,Bedrag\n", "x.csv", "charges"),
        (b"naam;kleur\n", "x.csv", None),
        (b"PK\x03\x04", "betalingen.xlsx", "table"),
        (b"PK\x03\x04", "brief.docx", None),
        (b":20:MT940", "x.940", None),
        (b"", "x.csv", None),
    ],
)
def test_recognises_by_headers(head: bytes, name: str, found: str | None) -> None:
    assert recognises(head, name) == found


@pytest.mark.parametrize(
    ("word", "kind"), [("Kale  Huur", Kind.RENT), ("wettelijke rente", Kind.INTEREST), ("raadsel", None)]
)
def test_kind_of_word_in_dutch(word: str, kind: Kind | None) -> None:
    assert kind_of_word(word) == kind
