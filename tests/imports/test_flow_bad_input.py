"""Files that are no good: each is refused or put apart with a sentence that says what to do; nothing is posted."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from bank_files import Day, Pay, camt, mt940
from django.conf import settings
from street import RENT, TODAY, VRIES, Street, message

from tijdig.imports import actions, storage
from tijdig.imports.actions import process, receive
from tijdig.imports.models import SourceFile

GOLDEN = Path(__file__).parents[1] / "golden"
GOOD = camt(Day([Pay(RENT, account=VRIES), Pay(RENT, account=VRIES)], opening=0))
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    + GOOD.split(b"\n", 1)[1].replace(b"<MsgId>M<", b"<MsgId>&b;<")
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + GOOD.split(
    b"\n", 1
)[1].replace(b"<MsgId>M<", b"<MsgId>&e;<")
LATIN = camt(Day([Pay(RENT, account=VRIES, name="Zo\u00eb")])).decode().encode("latin-1")
REFUSED = {
    "text": (b"Beste mensen, hierbij de huur van november.\n", "file_unknown"),
    "empty": (b"", "file_empty"),
    "white": (b" \r\n\r\n", "file_empty"),
    "truncated": (GOOD[: len(GOOD) * 2 // 3], "xml_truncated"),
    "bomb": (BOMB, "xml_doctype"),
    "external": (OUTSIDE, "xml_doctype"),
    "charset": (LATIN, "xml_charset"),
    "unread charset": (GOOD.replace(b"UTF-8", b"EBCDIC-NL"), "xml_encoding"),
    "other message": ((GOLDEN / "camt" / "other-message.xml").read_bytes(), "xml_unknown"),
    "web page": (b"<!DOCTYPE html><html><body>Inloggen</body></html>", None),
    "swapped": ((GOLDEN / "tables" / "swapped.csv").read_bytes(), "column_swapped"),
    "ambiguous": ((GOLDEN / "tables" / "ambiguous.csv").read_bytes(), "shape_unconfirmed"),
    "table without amounts": (b"contractnummer;datum;naam\n104.233;03-11-2026;Vries\n", None),
    "zeroes": (b"\x00" * 5_000, None),
}


@pytest.mark.parametrize("which", REFUSED)
def test_a_bad_file_is_refused_whole_with_a_sentence(street: Street, which: str) -> None:
    content, code = REFUSED[which]
    row = street.give(content, f"{which}.csv" if b";" in content[:40] else which)
    told = message(row)
    assert (row.state, row.code) == ("refused", code or row.code)
    assert (told == row.code, "…" in told, told.endswith(".")) == (False, False, True)
    assert (street.money(), street.lines(), street.states()) == ([], [], [])
    assert street.one("SELECT count(*) FROM imports_quarantine WHERE code = %s", row.code) == 1


@pytest.mark.parametrize("cut", range(1, 10))
def test_a_file_cut_off_anywhere_posts_nothing(street: Street, cut: int) -> None:
    row = street.give(GOOD[: len(GOOD) * cut // 10])
    assert (row.state, street.money(), street.lines()) == ("refused", [], [])


def test_an_mt940_cut_off_in_the_middle_posts_nothing(street: Street) -> None:
    whole = mt940(Day([Pay(RENT, account=VRIES), Pay(RENT, account=VRIES)], opening=0))
    row = street.give(whole[: whole.index(b":62F:") - 20])
    assert street.money() == []
    assert row.state == "refused" or street.holds() != []


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (Pay(RENT, account=VRIES, currency="SEK"), "currency"),
        (Pay(RENT, account=VRIES, amount="642.05123"), "amount_decimals"),
        (Pay(RENT, account=VRIES, amount="-642.05"), "amount_negative"),
        (Pay(RENT, account=VRIES, amount="zes"), "amount_unreadable"),
    ],
)
def test_a_bad_entry_is_kept_apart_and_its_statement_waits(street: Street, bad: Pay, code: str) -> None:
    row = street.give(camt(Day([Pay(10_000, account=VRIES), bad], opening=0)))
    assert (row.state, row.counts["quarantined"]) == ("done", 1)
    assert street.one("SELECT code FROM imports_quarantine") == code
    assert (street.holds(), street.money()) == (["difference"], [])


def test_a_statement_in_another_currency_posts_nothing(street: Street) -> None:
    content = (GOLDEN / "camt" / "other-currency.xml").read_bytes()
    row = street.give(content)
    assert (row.state in ("refused", "done"), street.money()) == (True, [])
    assert (
        street.one("SELECT count(*) FROM imports_quarantine WHERE code IN ('currency', 'balance_currency')")
        > 0
    )


@pytest.mark.parametrize("path", sorted((GOLDEN / "camt").glob("*.xml")), ids=lambda path: path.stem)
def test_every_golden_statement_ends_in_a_state_with_a_sentence(street: Street, path: Path) -> None:
    row = street.give(path.read_bytes(), path.name)
    assert row.state in ("done", "refused")
    assert message(row) != row.code
    assert street.money() == []  # none of these accounts is ours


def test_a_failure_of_our_own_keeps_the_file_and_says_so(street: Street) -> None:
    file_id = receive(organisation_id=street.organisation, name="x", chunks=[GOOD], actor="a", on=TODAY)
    row = SourceFile.objects.get(pk=file_id)
    with patch.object(actions, "rematch", side_effect=KeyError("123456782")), pytest.raises(KeyError):
        process(organisation_id=street.organisation, file_id=file_id, on=TODAY)
    row.refresh_from_db()
    assert (row.state, "Er is niets geboekt" in message(row)) == ("failed", True)
    assert "123456782" not in message(row)
    assert street.money() == []


def test_a_file_that_is_gone_is_refused_with_what_to_do(street: Street) -> None:
    file_id = receive(organisation_id=street.organisation, name="x", chunks=[GOOD], actor="a", on=TODAY)
    row = SourceFile.objects.get(pk=file_id)
    storage.place(Path(settings.DATA), street.organisation, row.digest).unlink()
    process(organisation_id=street.organisation, file_id=file_id, on=TODAY)
    row.refresh_from_db()
    assert (row.state, "opnieuw aan" in message(row)) == ("refused", True)


def test_a_file_that_is_too_large_is_not_taken_in(street: Street) -> None:
    folder = Path(settings.DATA) / "files" / str(street.organisation)
    with pytest.raises(storage.TooLarge):
        storage.keep(Path(settings.DATA), street.organisation, [b"x" * 60, b"x" * 60], "s", most=100)
    assert list(folder.iterdir()) == []
