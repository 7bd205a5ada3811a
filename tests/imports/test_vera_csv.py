"""Flat VERA files: file in, values out."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from tijdig.base.problems import Problem
from tijdig.imports import vera_csv
from tijdig.imports.table_shape import confirmed, detect
from tijdig.imports.vera_values import Clearing, ContactDraft, DebtorBalance, Signs, VeraValue, best_contacts
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind
from tijdig.tenancies.drafts import HomeDraft, MandateDraft, PersonDraft, TenancyDraft

GOLDEN = Path(__file__).parents[1] / "golden" / "vera"


def read(name: str, entity: str, **options: object) -> list[VeraValue]:
    with (GOLDEN / name).open("rb") as stream:
        return list(vera_csv.read(stream, entity, **options))  # type: ignore[arg-type]


def problems(values: list[VeraValue]) -> list[tuple[str, str]]:
    return [(value.code, value.place) for value in values if isinstance(value, Problem)]


def test_read_tenancies_golden() -> None:
    assert read("overeenkomsten.csv", "overeenkomsten") == [
        TenancyDraft("OV1", "100001", "LOP", "HUU", date(2019, 5, 1), None, "EE1", "NOR", ""),
        TenancyDraft("OV2", "100002", "BEE", "HUU", date(2012, 2, 1), date(2025, 8, 31), "EE2", "INC", "ONT"),
        Problem("payer_agreement", "regel 4", "OV3;100003;BET;LOP;2024-01-01;;;;;", {"key": "OV3"}),
    ]


def test_read_tenancies_bad_rows_are_told_one_by_one() -> None:
    values = read("broken/overeenkomsten-bad-rows.csv", "overeenkomsten")
    assert [
        (value.key, value.status, value.end_on, value.watch)
        for value in values
        if isinstance(value, TenancyDraft)
    ] == [
        ("OV1", "LOP", None, "NOR"),
        ("OV3", "XXX", None, "NOR"),
        ("OV8", "LOP", None, "XXX"),
    ]
    assert problems(values) == [
        ("duplicate_key", "regel 3"),
        ("field_missing", "regel 4"),
        ("date_unreadable", "regel 6"),
        ("end_before_begin", "regel 7"),
        ("row_width", "regel 9"),
        ("unknown_code", "regel 5"),
        ("not_a_tenancy", "regel 8"),
        ("unknown_code", "regel 10"),
    ]
    told = {(value.code, *value.params.values()) for value in values if isinstance(value, Problem)}
    assert ("field_missing", "code") in told
    assert ("unknown_code", "OVEREENKOMSTSTATUS", "XXX", "1") in told
    assert ("not_a_tenancy", "KOO", "1") in told


ENTRIES = [
    ("B01", "OV1", Kind.RENT, 66230, date(2026, 7, 1), date(2026, 7, 1), ""),
    ("B02", "OV1", Kind.DIRECT_DEBIT, -66230, date(2026, 7, 3), None, ""),
    ("B03", "OV1", Kind.REVERSAL, 66230, date(2026, 7, 7), None, "B02"),
    ("B04", "OV1", Kind.RENT, 66230, date(2026, 8, 1), date(2026, 8, 1), ""),
    ("B05", "OV1", Kind.WRITE_OFF, -230, date(2026, 8, 5), None, ""),
    ("B06", "OV1", Kind.COLLECTION_COSTS, 4000, date(2026, 8, 6), date(2026, 8, 20), ""),
    ("B07", "OV2", Kind.SETTLEMENT, -12055, date(2026, 8, 6), None, ""),
    ("B08", "OV2", Kind.REFUND, 12055, date(2026, 8, 10), None, ""),
    ("B09", "debiteur/D2", Kind.CORRECTION, 123456, date(2026, 8, 11), None, ""),
    ("B11", "OV1", Kind.PAYMENT, -10000, date(2026, 8, 12), None, ""),
    ("B12", "OV1", Kind.CORRECTION, -5000, date(2026, 8, 13), None, ""),
    ("B13", "OV1", Kind.CORRECTION, 10000, date(2026, 8, 14), None, ""),
]


def test_read_entries_golden() -> None:
    values = read("boekingen.csv", "boekingen", signs=Signs.BY_KIND)
    entries = [value for value in values if isinstance(value, EntryDraft)]
    assert [
        (e.reference, e.contract_number, e.kind, e.amount_cents, e.effective_on, e.due_on, e.target_reference)
        for e in entries
    ] == ENTRIES
    assert {e.source for e in entries} == {"vera"}
    assert entries[0].booked_on == date(2026, 6, 20)
    assert problems(values) == [("provisional_ignored", "regel 11"), ("unknown_code", "regel 12")]


def test_read_debtors_and_clearings_are_control_values() -> None:
    assert read("debiteuren.csv", "debiteuren") == [
        DebtorBalance("D1", "OV1", 60000, "regel 2"),
        DebtorBalance("D2", "OV2", -103410, "regel 3"),
    ]
    assert read("afletteringen.csv", "afletteringen") == [
        Clearing("B01", "B02", date(2026, 7, 3), 66230, "regel 2")
    ]


def test_read_mandates_refuses_a_wrong_iban() -> None:
    values = read("machtigingen.csv", "machtigingen")
    assert values[0] == MandateDraft("OV1", "NL91ABNA0417164300", "M-1", date(2019, 4, 20))
    assert problems(values) == [("iban_invalid", "regel 3")]


def test_read_contacts_and_the_best_of_them() -> None:
    contacts = [
        value for value in read("contactgegevens.csv", "contactgegevens") if isinstance(value, ContactDraft)
    ]
    assert best_contacts(contacts) == ("a.testberg@voorbeeld.example", "+31301234567")
    invalid = ContactDraft("RE1", "EMA", "oud@voorbeeld.example", "ONG", "EER")
    assert best_contacts([invalid]) == ("", "")


def test_read_homes_shows_the_number_as_on_the_door() -> None:
    values = read("eenheden.csv", "eenheden")
    homes = [value for value in values if isinstance(value, HomeDraft)]
    assert [(home.house_number, home.postcode, home.social) for home in homes] == [
        ("14-A", "3511AB", True),
        ("2B-3", "35X1AB", False),
    ]
    assert problems(values) == [("postcode_unusual", "regel 3")]


@pytest.mark.parametrize("name", ["broken/relaties-cp1252.csv", "broken/relaties-bom.csv"])
def test_read_people_in_either_encoding(name: str) -> None:
    assert read(name, "relaties") == [PersonDraft("RE1", "NAT", "Renée Testé")]


def test_read_late_odd_bytes_are_read_and_told() -> None:
    rows = "".join(f"RE{n};NAT;Test\n" for n in range(30000)).encode()
    values = list(vera_csv.read(BytesIO(b"id;soort;achternaam\n" + rows + b"X;NAT;Ren\xe9\n"), "relaties"))
    assert values[-2:] == [
        PersonDraft("X", "NAT", "René"),
        Problem("encoding_mixed", "regel 30002", params={"count": "1"}),
    ]


def fatal(values: list[VeraValue]) -> tuple[str, dict[str, str]]:
    (only,) = values
    assert isinstance(only, Problem) and only.fatal
    return only.code, dict(only.params)


def test_read_missing_columns_refuse_the_file() -> None:
    assert fatal(read("broken/overeenkomsten-columns-missing.csv", "overeenkomsten")) == (
        "columns_missing",
        {"entity": "overeenkomsten", "fields": "einddatum, soort"},
    )


def test_read_swapped_column_is_named_with_its_first_value() -> None:
    code, params = fatal(read("broken/boekingen-swapped.csv", "boekingen"))
    assert (code, params["column"], params["value"], params["expected"]) == (
        "column_swapped",
        "bedrag",
        "20-06-2026",
        "een bedrag",
    )


def test_read_ambiguous_file_asks_once_and_then_reads() -> None:
    assert fatal(read("broken/boekingen-ambiguous.csv", "boekingen")) == (
        "shape_unconfirmed",
        {"doubts": "decimal, date_order"},
    )
    shape = confirmed(
        detect((GOLDEN / "broken/boekingen-ambiguous.csv").read_bytes()), decimal=",", date_order="mdy"
    )
    (entry,) = read("broken/boekingen-ambiguous.csv", "boekingen", shape=shape)
    assert isinstance(entry, EntryDraft)
    assert (entry.amount_cents, entry.booked_on, entry.due_on) == (123400, date(2026, 5, 6), date(2026, 1, 7))


def test_read_receipts_of_both_signs_ask_once() -> None:
    values = read("broken/boekingen-mixed-signs.csv", "boekingen")
    assert problems(values) == [("signs_unclear", "regel 3")]
    assert isinstance(values[0], EntryDraft) and len(values) == 2


def test_read_few_receipts_tell_the_signs_and_say_so() -> None:
    text = (
        "id;overeenkomst;soort;detailSoort;boekdatum;vervaldatum;bedrag\nB1;OV1;ONT;BAN;2026-07-01;;-650,00\n"
    )
    told, entry = vera_csv.read(BytesIO(text.encode()), "boekingen")
    assert told == Problem(
        "signs_assumed", "regel 2", params={"positive": "0", "negative": "1", "signs": "signed"}
    )
    assert isinstance(entry, EntryDraft) and (entry.kind, entry.amount_cents) == (Kind.PAYMENT, -65000)


def test_read_unclosed_quote_is_fatal() -> None:
    text = (
        GOLDEN / "broken/boekingen-unclosed.csv"
    ).read_text() + 'B2;OV1;VOR;PRO;2026-07-20;2026-08-01;1,00;"open\n'
    values = list(vera_csv.read(BytesIO((text + "x" * 200_000).encode()), "boekingen"))
    assert problems(values) == [("table_broken", "regel 3")]


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "table_empty"), (b"\xff\xfei\x00d\x00", "encoding_unreadable")]
)
def test_read_nothing_readable_is_fatal(content: bytes, code: str) -> None:
    (only,) = vera_csv.read(BytesIO(content), "relaties")
    assert isinstance(only, Problem) and (only.code, only.fatal) == (code, True)


@pytest.mark.parametrize(
    "entity",
    [
        "overeenkomsten",
        "relaties",
        "relatierollen",
        "prijscomponenten",
        "betaalwijzen",
        "eenheden",
        "boekingen",
        "debiteuren",
        "afletteringen",
        "machtigingen",
    ],
)
def test_recognises_each_entity_by_its_header(entity: str) -> None:
    head = (GOLDEN / f"{entity}.csv").read_bytes()
    assert vera_csv.recognises(head, "uitvoer.csv") == entity


def test_recognises_a_named_file_with_missing_columns() -> None:
    head = (GOLDEN / "broken/overeenkomsten-columns-missing.csv").read_bytes()
    assert vera_csv.recognises(head, "uitvoer.csv") is None
    assert vera_csv.recognises(head, "VERA_overeenkomsten_2026.csv") == "overeenkomsten"


@pytest.mark.parametrize("head", [b"", b"<Document>", b":20:940", b'{"id": 1}', b"naam;kleur\na;b\n"])
def test_recognises_nothing_else(head: bytes) -> None:
    assert vera_csv.recognises(head, "boekingen.csv") is None
