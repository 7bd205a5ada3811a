"""What could not be read is kept with its text and its reason; repaired, only that is new; rerun changes nothing."""

from __future__ import annotations

import json
from datetime import date

import pytest
from bank_files import Day, Pay, camt, mt940
from street import JANSEN, RENT, SMIT, TODAY, VRIES, Street

from tijdig.history.queries import of_subject
from tijdig.imports.actions import process_next, rerun
from tijdig.imports.actions_repair import repair, set_aside
from tijdig.imports.queries_pages import page
from tijdig.imports.refusal import NotPossible
from tijdig.imports.wording import sentence
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import TenancyDraft

CSV = (
    b"contractnummer;soort;vervaldatum;bedrag;factuurnummer\n"
    b"104.233;Huur;15-12-2026;642,05;F1\n"
    b"104.240;Huur;15-12-2026;zes;F2\n"
    b"104.999;Huur;15-12-2026;642,05;F3\n"
    b"104.260;Huur;15-12-2026;642,05;F4\n"
)
BROKEN = mt940(Day([Pay(RENT, account=VRIES), Pay(10_000, account=JANSEN, amount="00000010x,00")], opening=0))


def _charges(street: Street) -> list[tuple[str, int]]:
    return street.rows(
        """SELECT t.contract_number, e.amount_cents FROM ledger_entry e JOIN tenancies_tenancy t
            ON t.id = e.tenancy_id WHERE e.source = 'tabel' ORDER BY e.id"""
    )


def _bad(street: Street, code: str) -> tuple[int, str]:
    ((pk, text),) = street.rows(
        "SELECT id, text FROM imports_quarantine WHERE code = %s AND state = 'open'", code
    )
    return pk, text


def _repair(street: Street, pk: int, text: str) -> None:
    repair(organisation_id=street.organisation, quarantine_id=pk, text=text, actor="user:7", on=TODAY)
    while process_next(organisation_id=street.organisation, on=TODAY):
        pass


def test_a_bad_row_is_kept_with_text_and_reason_and_the_rest_posts(street: Street) -> None:
    file = street.give(CSV, "huren.csv")
    assert (file.state, file.counts["posted"], file.counts["quarantined"]) == ("done", 2, 2)
    kept = street.rows("SELECT place, code, text LIKE '%%104.%%' FROM imports_quarantine ORDER BY id")
    assert [(place, code) for place, code, _ in kept] == [
        ("regel 3", "amount_unreadable"),
        ("regel 4", "tenancy_unknown"),
    ]
    assert _charges(street) == [("104.233", RENT), ("104.260", RENT)]


def test_what_is_wrong_in_a_refused_row_is_marked_not_its_reference(street: Street) -> None:
    file = street.give(CSV.replace(b"F3", b"FACTUUR-2026-12"), "huren.csv")
    shown = page(file.pk, people=[])
    assert shown is not None
    assert sorted((row.place, row.marked) for row in shown.quarantine) == [
        ("regel 3", "zes"),
        ("regel 4", "104.999"),
    ]


def test_a_repaired_row_of_a_table_posts_only_that_row(street: Street) -> None:
    street.give(CSV, "huren.csv")
    pk, text = _bad(street, "amount_unreadable")
    _repair(street, pk, text.replace("zes", "642,05"))
    assert _charges(street) == [("104.233", RENT), ("104.260", RENT), ("104.240", RENT)]
    assert street.one("SELECT state FROM imports_quarantine WHERE id = %s", pk) == "repaired"
    assert [one.verb for one in of_subject(f"quarantine:{pk}")] == ["line_repaired"]


def test_a_row_refused_by_the_ledger_can_be_repaired(street: Street) -> None:
    street.give(CSV, "huren.csv")
    pk, text = _bad(street, "tenancy_unknown")
    _repair(street, pk, text.replace("104.999", "104.261"))
    assert ("104.261", RENT) in _charges(street)
    assert len(_charges(street)) == 3


def test_a_bad_line_of_a_statement_holds_it_because_it_does_not_tie(street: Street) -> None:
    file = street.give(BROKEN)
    assert (file.state, file.counts["quarantined"]) == ("done", 1)
    assert (street.holds(), street.money()) == (["difference"], [])
    _, text = _bad(street, street.one("SELECT code FROM imports_quarantine"))
    assert "00000010x,00" in text


def test_a_repaired_line_of_a_statement_makes_it_tie_and_posts_each_line_once(street: Street) -> None:
    street.give(BROKEN)
    pk, text = _bad(street, street.one("SELECT code FROM imports_quarantine"))
    _repair(street, pk, text.replace("00000010x,00", "000000100,00"))
    assert sorted(street.money()) == [("104.233", "PAYMENT", -RENT), ("104.240", "PAYMENT", -10_000)]
    assert (street.holds(), street.one("SELECT incomplete_since FROM ledger_bankaccount")) == ([], None)


def test_a_statement_fetched_whole_ends_the_wait_of_the_one_that_was_not(street: Street) -> None:
    pays = [Pay(RENT, account=VRIES), Pay(10_000, account=JANSEN)]
    street.give(camt(Day(pays[:1], opening=0, closing=RENT + 10_000)))
    street.give(camt(Day(pays, opening=0)))
    assert sorted(street.money()) == [("104.233", "PAYMENT", -RENT), ("104.240", "PAYMENT", -10_000)]
    assert street.states() == ["ok", "ok"]


def test_a_held_line_that_the_whole_statement_does_not_have_keeps_it_waiting(street: Street) -> None:
    told, wrong, right = Pay(RENT, account=VRIES), Pay(10_001, account=JANSEN), Pay(10_000, account=JANSEN)
    street.give(camt(Day([told, wrong], opening=0, closing=RENT + 10_000)))
    street.give(camt(Day([told, right], opening=0)))
    assert street.money() == [("104.240", "PAYMENT", -10_000)]
    assert street.states() == ["held", "ok"]


def test_a_line_is_repaired_once(street: Street) -> None:
    street.give(CSV, "huren.csv")
    pk, text = _bad(street, "amount_unreadable")
    _repair(street, pk, text.replace("zes", "642,05"))
    with pytest.raises(NotPossible, match="quarantine_not_open"):
        _repair(street, pk, text.replace("zes", "642,05"))


def test_text_that_is_not_in_the_file_cannot_be_replaced(street: Street) -> None:
    street.give(CSV.replace(b"F2\n", b"F2\n104.240;Huur;15-12-2026;zes;F2\n"), "huren.csv")
    pk = street.one("SELECT min(id) FROM imports_quarantine")
    with pytest.raises(NotPossible, match="text_not_found"):
        _repair(street, pk, "104.240;Huur;15-12-2026;642,05;F2")
    assert street.one("SELECT state FROM imports_quarantine WHERE id = %s", pk) == "open"


def test_setting_a_bad_line_aside_needs_a_reason(street: Street) -> None:
    street.give(CSV, "huren.csv")
    pk, _ = _bad(street, "tenancy_unknown")
    ask = {"organisation_id": street.organisation, "quarantine_id": pk, "actor": "user:7", "on": TODAY}
    with pytest.raises(NotPossible, match="reason_needed"):
        set_aside(**ask, reason="")
    set_aside(**ask, reason="Contract van een andere stichting")
    kept = street.rows("SELECT state, handled_by, handled_reason FROM imports_quarantine WHERE id = %s", pk)
    assert kept == [("set_aside", "user:7", "Contract van een andere stichting")]
    with pytest.raises(NotPossible, match="quarantine_not_open"):
        set_aside(**ask, reason="nog eens")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (CSV, "huren.csv"),
        (BROKEN, "bank.sta"),
        (camt(Day([Pay(RENT, account=VRIES), Pay(RENT, account=SMIT, text="104.240")])), "bank.xml"),
    ],
    ids=["table", "mt940", "camt"],
)
def test_reading_a_file_again_changes_nothing(street: Street, content: bytes, name: str) -> None:
    file = street.give(content, name)
    looks = (
        "SELECT count(*), sum(amount_cents)::bigint FROM ledger_entry",
        "SELECT code, place, text FROM imports_quarantine WHERE state = 'open' ORDER BY place",
        "SELECT state, hold FROM imports_statement WHERE state <> 'duplicate'",
        "SELECT state, amount_cents FROM imports_line WHERE state <> 'duplicate' ORDER BY id",
    )
    before = [street.rows(look) for look in looks]
    rerun(organisation_id=street.organisation, file_id=file.pk, actor="user:7", on=TODAY)
    assert process_next(organisation_id=street.organisation, on=TODAY) == file.pk
    assert [street.rows(look) for look in looks] == before


def test_a_refused_table_is_read_after_a_person_confirms_its_dates(street: Street) -> None:
    file = street.give(CSV.replace(b"15-12-2026", b"01-12-2026"), "huren.csv")
    assert (file.state, file.code, _charges(street)) == ("refused", "shape_unconfirmed", [])
    again = {"organisation_id": street.organisation, "file_id": file.pk, "actor": "user:7", "on": TODAY}
    rerun(**again)
    process_next(organisation_id=street.organisation, on=TODAY)
    assert street.rows("SELECT code FROM imports_quarantine") == [("shape_unconfirmed",)]
    rerun(**again, mapping={"date_order": "dmy"})
    process_next(organisation_id=street.organisation, on=TODAY)
    assert _charges(street) == [("104.233", RENT), ("104.260", RENT)]
    days = street.rows("SELECT DISTINCT due_on FROM ledger_entry WHERE source = 'tabel'")
    assert days == [(date(2026, 12, 1),)]


def test_reading_again_uses_what_is_known_by_now(street: Street) -> None:
    file = street.give(CSV, "huren.csv")
    draft = TenancyDraft("O999", "104.999", "LOP", "HUU", date(2026, 1, 1), None)
    load(organisation_id=street.organisation, records=[draft], actor="test", on=TODAY)
    rerun(organisation_id=street.organisation, file_id=file.pk, actor="user:7", on=TODAY)
    process_next(organisation_id=street.organisation, on=TODAY)
    assert _charges(street)[-1] == ("104.999", RENT)
    assert street.rows("SELECT code FROM imports_quarantine WHERE state = 'open'") == [("amount_unreadable",)]


def test_every_kept_line_has_a_sentence_that_says_what_to_do(street: Street) -> None:
    street.give(CSV, "huren.csv")
    street.give(BROKEN)
    for code, params in street.rows("SELECT code, params::text FROM imports_quarantine"):
        told = sentence(code, json.loads(params))
        assert (told == code, "…" in told, told.endswith(".")) == (False, False, True)
