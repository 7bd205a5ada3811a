"""Files made to hurt: each is refused with what to do, nothing is posted, and the next file is read as ever."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest
import xlsxwriter
from bank_files import Day, Pay, camt
from django.conf import settings
from street import RENT, VRIES, Street, message

from tijdig.access.scope import organisation_scope
from tijdig.imports import zip_check
from tijdig.imports.models import LineText, Quarantine
from tijdig.sandbox import process
from tijdig.sandbox.limits import Limits

BSN = "111222333"
GOOD = camt(Day([Pay(RENT, account=VRIES)], opening=0))
_SHEET = "xl/worksheets/sheet1.xml"
_CELL = '<row r="{row}"><c r="{column}{row}" t="inlineStr"><is><t>x</t></is></c></row>'


def _workbook(sheet: bytes | None = None) -> bytes:
    """A workbook of two rows; with another sheet in its place where one is given."""
    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["contractnummer", "datum", "bedrag"])
        page.write_row(1, 0, ["104.233", "2026-11-03", "642,05"])
    made = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, sheet if sheet is not None and part == _SHEET else old.read(part))
    return made.getvalue()


def _as_sheet(rows: str, dimension: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{space}"><dimension ref="{dimension}"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()


GIANT = _workbook(
    _as_sheet(_CELL.format(column="A", row=1) + _CELL.format(column="XFD", row=1_048_576), "A1:XFD1048576")
)
BOMB = _workbook(_as_sheet(" " * 400_000_000, "A1:C2"))
LAUGHS = _workbook(
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
)


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (GIANT, {"reader_memory"}),
        (BOMB, {"excel_too_large"}),
        (LAUGHS, {"excel_unreadable", "table_empty", "mapping_needed"}),
        (_workbook()[:1500], {"excel_unreadable"}),
        (b"PK\x03\x04" + b"\x00" * 5000, {"excel_unreadable"}),
    ],
    ids=["giant", "bomb", "laughs", "cut", "empty"],
)
def test_a_workbook_made_to_hurt_is_refused(street: Street, content: bytes, codes: set[str]) -> None:
    row = street.give(content, "huur.xlsx")
    assert row.state == "refused"
    assert row.code in codes
    assert message(row) != row.code
    assert street.money() == []
    assert street.give(GOOD, "goed.xml").state == "done"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(memory_bytes=0), "reader_memory"),
        (Limits(output_bytes=100), "reader_output"),
        (Limits(silence_seconds=0), "reader_time"),
    ],
)
def test_a_file_that_costs_too_much_posts_nothing_and_says_what_to_do(
    street: Street, limits: Limits, code: str
) -> None:
    many = camt(Day([Pay(RENT, account=VRIES)] * 400, opening=0))
    with patch.object(process, "of_size", lambda _: limits):
        row = street.give(many, "november.xml")
    assert (row.state, row.code) == ("refused", code)
    assert "Er is niets ingelezen" in message(row)
    assert street.money() == []
    assert street.give(GOOD, "goed.xml").state == "done"


def test_a_table_of_contents_that_lies_is_looked_at_before_unpacking() -> None:
    assert zip_check.explodes(io.BytesIO(BOMB))
    assert not zip_check.explodes(io.BytesIO(_workbook()))
    assert not zip_check.explodes(io.BytesIO(b"geen zip"))
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(zip_check.MOST_PARTS + 1):
            archive.writestr(str(number), b"")
    assert zip_check.explodes(many)


def test_a_citizen_number_in_a_bank_file_is_left_out_counted_and_kept_nowhere(street: Street) -> None:
    pays = [
        Pay(RENT, account=VRIES, text=f"huur bsn {BSN}"),
        Pay(RENT, account=VRIES, text="huur 1112.22.333 en 123456782"),
        Pay(RENT, account=VRIES, text="huur november", name=f"Vries {BSN}"),
    ]
    row = street.give(camt(Day(pays, opening=0)), f"november-{BSN}.xml")
    assert (row.state, row.counts["left_out"]) == ("done", 4)
    with organisation_scope(street.organisation):
        texts = [one.remittance + one.counter_name for one in LineText.objects.all()]
    assert not [text for text in texts if BSN in text or "1112.22.333" in text]
    assert BSN not in row.name
    folder = Path(settings.DATA) / "files" / str(street.organisation)
    assert not [file for file in folder.iterdir() if BSN.encode() in file.read_bytes()]


def test_a_citizen_number_in_a_line_that_cannot_be_read_is_left_out(street: Street) -> None:
    table = "contractnummer;datum;bedrag;omschrijving\n" + "".join(
        f"104.233;{day}-11-2026;10,00;bsn {BSN}\n" for day in range(13, 18)
    )
    broken = f"104.233;vandaag {BSN};10,00;nog {BSN}\n"
    row = street.give((table + broken).encode(), "tabel.csv")
    assert (row.state, row.counts["quarantined"]) == ("done", 1)
    assert row.counts["left_out"] == 7
    with organisation_scope(street.organisation):
        (bad,) = Quarantine.objects.filter(state="open")
    assert BSN not in bad.text + str(bad.params)


def test_a_contract_number_that_looks_like_one_is_still_a_contract(street: Street) -> None:
    from datetime import date

    from tijdig.tenancies.actions import load
    from tijdig.tenancies.drafts import TenancyDraft

    lease = TenancyDraft("O9", BSN, "LOP", "HUU", date(2020, 1, 1), None)
    load(organisation_id=street.organisation, records=[lease], actor="test", on=date(2026, 11, 21))
    row = street.give(
        camt(Day([Pay(RENT, account="", text=f"huur contract {BSN} bsn 123456782")], opening=0))
    )
    assert row.counts["left_out"] == 1
    with organisation_scope(street.organisation):
        (text,) = [one.remittance for one in LineText.objects.all()]
    assert BSN in text and "123456782" not in text
