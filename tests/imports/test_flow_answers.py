"""What a person says once about a source is kept, and used for its next file."""

from __future__ import annotations

from datetime import date

import pytest
from bank_files import OURS, Day, Pay, camt
from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.imports.actions import process, receive, register_account, rerun
from tijdig.imports.answers import cleaned
from tijdig.imports.models import SourceFile
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import TenancyDraft

DAY = date(2026, 11, 21)
FIRST = b"klant;wanneer;hoeveel\nA1;03-11-2026;650,00\n"
NEXT = b"klant;wanneer;hoeveel\nA1;04-12-2026;650,00\n"
SAID = {
    "column_contract_number": "klant",
    "column_effective_on": "wanneer",
    "column_amount": "hoeveel",
    "decimal": ",",
    "date_order": "dmy",
}


def _read(organisation: int, name: str, content: bytes) -> SourceFile:
    file_id = receive(organisation_id=organisation, name=name, chunks=[content], actor="user:1", on=DAY)
    process(organisation_id=organisation, file_id=file_id, on=DAY)
    return SourceFile.objects.get(pk=file_id)


@pytest.fixture
def lease(organisation: int) -> int:
    load(
        organisation_id=organisation,
        records=[TenancyDraft("O1", "A1", "LOP", "HUU", date(2020, 1, 1), None)],
        actor="test",
        on=DAY,
    )
    return organisation


def test_a_table_with_unknown_columns_is_read_after_one_answer_and_the_next_without(lease: int) -> None:
    refused = _read(lease, "betalingen.csv", FIRST)
    assert refused.state == "refused"
    rerun(organisation_id=lease, file_id=refused.pk, actor="user:1", on=DAY, mapping=cleaned(SAID))
    process(organisation_id=lease, file_id=refused.pk, on=DAY)
    read = SourceFile.objects.get(pk=refused.pk)
    assert (read.state, read.counts["posted"]) == ("done", 1)
    again = _read(lease, "betalingen-december.csv", NEXT)
    assert (again.state, again.counts["posted"]) == ("done", 1)


def test_an_answer_that_is_not_offered_is_no_answer() -> None:
    assert cleaned({"decimal": "?", "date_order": "", "signs": "signed"}) == {"signs": "signed"}


def test_statements_of_an_account_are_read_on_when_it_turns_out_to_be_ours(lease: int) -> None:
    content = camt(Day([Pay(65000, name="A. Huurder", text="huur")]))
    held = _read(lease, "afschrift.xml", content)
    assert held.counts.get("posted", 0) == 0
    register_account(organisation_id=lease, iban=OURS, name="", actor="user:1", on=DAY)
    with organisation_scope(lease), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT state FROM imports_statement")
        assert cursor.fetchall() == [("ok",)]
        cursor.execute("SELECT count(*) FROM imports_line WHERE state = 'held'")
        assert cursor.fetchone() == (0,)
