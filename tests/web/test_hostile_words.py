"""Names, remittances and notes that are formulas, templates, SQL, scripts or letter markup: on every page they are text.

One text with all of it stands as the name of every tenant, with every payment and in every field of every form; then every
page, table and letter is looked at.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from lxml import etree, html
from tests.bailiff import partners
from tests.letters import offices
from tests.web.test_no_bsn import addresses, filled, forms
from tests.web.test_routes import first, places

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.kinds import Shown
from tijdig.base.cells import amount, cell, csv_file
from tijdig.carriers.channel import Channel
from tijdig.letters.actions import write
from tijdig.letters.letter import Kind
from tijdig.letters.wish import Wish

__all__ = ["places"]
HOSTILE = "=1+1{{7*7}}{%x%}'; DROP TABLE x;--<script>alert(1)</script><img src=x onerror=y>#import $*_`\\"
DONE = ("149", "=149", "2{{")  # what would stand there if it were carried out


@pytest.fixture
def hostile(corporation: Corporation, places: dict[str, int]) -> dict[str, int]:
    """Everybody is called so, and every payment says so."""
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("UPDATE tenancies_persontext SET display_name = %s, surname = %s", [HOSTILE, HOSTILE])
        cursor.execute("UPDATE imports_linetext SET remittance = %s, counter_name = %s", [HOSTILE, HOSTILE])
        cursor.execute("UPDATE imports_quarantine SET text = %s", [HOSTILE])
        cursor.execute("UPDATE tenancies_home SET street = %s", [HOSTILE[:80]])
    return places


def _wrong(content: bytes) -> list[str]:
    """What on this page is more than text."""
    tree = html.fromstring(content)
    found = [etree.tostring(one, encoding="unicode")[:80] for one in tree.xpath("//img[@src='x']")]
    found += [
        one.text or ""
        for one in tree.xpath("//script")
        if not one.get("src", "").startswith("/static/") or (one.text or "").strip()
    ]
    found += [name for one in tree.iter(etree.Element) for name in one.attrib if name.startswith("on")]
    found += [
        str(one)
        for one in tree.xpath("//@href | //@src | //@action")
        if one.strip().startswith("javascript:")
    ]
    return found + [one for one in DONE if f"{one}{{%x%}}" in tree.text_content()]


def _pages(client: Client, places: dict[str, int]) -> dict[str, bytes]:
    found = {}
    for address in addresses(places):
        answer = client.get(address)
        if answer.status_code == 200 and "text/html" in answer.headers.get("Content-Type", ""):
            found[address] = answer.content
    return found


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.CONSULTANT, Role.CUSTOMER_SERVICE])
def test_on_every_page_it_is_text(corporation: Corporation, hostile: dict[str, int], role: Role) -> None:
    client = corporation.signed_in(role)
    for address in addresses(hostile):
        for target, form in forms(client, address):
            if "afmelden" not in target and "overal-af" not in target:
                answer = client.post(target, filled(form, 0, HOSTILE))
                if "text/html" in answer.headers.get("Content-Type", "") and answer.content:
                    assert _wrong(answer.content) == []
    pages = _pages(client, hostile)
    assert {address: wrong for address, content in pages.items() if (wrong := _wrong(content))} == {}
    shown = [one for one, content in pages.items() if HOSTILE in html.fromstring(content).text_content()]
    assert len(shown) > 5


def test_what_is_asked_for_is_no_statement(corporation: Corporation, hostile: dict[str, int]) -> None:
    client = corporation.signed_in(Role.TEAM_LEAD)
    before = first("tenancies_person", "true")
    for asked in ("'; DROP TABLE tenancies_person; --", "%' OR 1=1 --", HOSTILE, "\\", "%s", "{0}", "%(x)s"):
        for address in ("/zoeken", "/werkvoorraad", "/", "/wachtrij", "/brieven"):
            answer = client.get(address, {"q": asked, "regio": asked, "huurder": asked, "page": asked})
            assert answer.status_code in (200, 302, 404)
    assert first("tenancies_person", "true") == before


def test_in_the_workbook_it_is_text(corporation: Corporation) -> None:
    corporation.lease(1, surname=HOSTILE)
    corporation.evaluate()
    answer = corporation.signed_in(Role.TEAM_LEAD).get("/werkvoorraad/excel")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        words = "".join(etree.fromstring(book.read("xl/sharedStrings.xml")).itertext())
    assert "<f>" not in sheet and "<hyperlink" not in sheet
    assert HOSTILE in words


def test_in_a_letter_it_is_text(corporation: Corporation) -> None:
    contract = corporation.lease(1, surname=HOSTILE)
    corporation.evaluate()
    offices.letterhead(corporation.organisation, trial=True)
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancies_tenancy WHERE contract_number = %s", [contract])
        (tenancy,) = cursor.fetchone()
    wish = Wish(tenancy_id=tenancy, kind=Kind.FRIENDLY_REMINDER, on=corporation.today, channel=Channel.PRINT)
    letter = write(organisation_id=corporation.organisation, actor="t", by="S", wish=wish, now=timezone.now())
    client = corporation.signed_in(Role.TEAM_LEAD)
    page, paper = client.get(f"/brieven/{letter}").content, client.get(f"/brieven/{letter}/pdf").content
    assert HOSTILE in html.fromstring(page).text_content()
    assert _wrong(page) == []
    assert paper.startswith(b"%PDF")
    assert b"/JavaScript" not in paper and b"/Launch" not in paper


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "'  =1+1"),
        ("\u00a0@SUM(A1)", "'\u00a0@SUM(A1)"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\t=1", "'\t=1"),
        ("+31 6 12345678", "+31 6 12345678"),
        ("+31 6 A", "'+31 6 A"),
        ("-12", "-12"),
        ("-12,50", "-12,50"),
        ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
        ("Jansen", "Jansen"),
    ],
)
def test_a_cell_runs_nothing(text: str, written: str) -> None:
    assert cell(text) == written


def test_a_csv_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    rows = [["Jansen; de", amount(-123_456)], [HOSTILE, 'a"b\nc']]
    content = csv_file(("naam", "bedrag"), rows)
    found = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert found == [["naam", "bedrag"], ["Jansen; de", "-1234,56"], [f"'{HOSTILE}", 'a"b\nc']]


def test_on_every_page_of_a_partner_it_is_text(organisation: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its list, its file with every form filled in with it, what was agreed, and what it takes out."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: offices.TODAY)
    who = partners.partner()
    agreed = partners.agreed(organisation, who, terms=replace(partners.TERMS, shows=tuple(Shown)))
    tenancy = partners.ready(organisation)
    file = partners.handed(organisation, tenancy, who[0])
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancies_persontext SET display_name = %s, surname = %s, phone = %s, email = %s",
            [HOSTILE, HOSTILE, HOSTILE[:30], HOSTILE],
        )
        cursor.execute("UPDATE tenancies_home SET street = %s, city = %s", [HOSTILE[:80], HOSTILE[:60]])
    client = Client()
    client.post("/aanmelden", {"username": f"{who[2]}@maas.example", "password": "x"})
    here = f"/dossiers/{organisation}/{file}"
    pages = [
        "/dossiers", here, f"{here}/contact", f"{here}/regeling", f"/dossiers/{organisation}/afspraken/{agreed}",
        f"/dossiers/{organisation}/afspraken/{agreed}/cijfers", "/mensen", "/beheer/programmas", "/beheer/webhooks",
    ]  # fmt: skip
    sent = 0
    for address in pages:
        for target, form in forms(client, address):
            if "afmelden" in target:
                continue
            for button in form.xpath(".//button[@name]") or [None]:
                given = {} if button is None else {button.get("name"): button.get("value", "")}
                if given.get("wat") in ("einde", "terug") or (
                    not given and form.xpath(".//select[@name='einde']")
                ):
                    continue  # then there is no file any more
                answer = client.post(target, filled(form, 0, HOSTILE) | given)
                sent += 1
                if "text/html" in answer.headers.get("Content-Type", "") and answer.content:
                    assert _wrong(answer.content) == [], target
    read = {address: client.get(address) for address in pages}
    assert {address: one.status_code for address, one in read.items()} == dict.fromkeys(pages, 200)
    assert {address: wrong for address, one in read.items() if (wrong := _wrong(one.content))} == {}
    shown = [
        address for address, one in read.items() if HOSTILE in html.fromstring(one.content).text_content()
    ]
    assert {"/dossiers", here} <= set(shown)
    assert sent > 8
    told = client.post(f"{here}/externe-incasso.json", {"waarom": "audit"})
    assert told.headers["Content-Type"] == "application/json"
    assert HOSTILE in json.dumps(told.json(), ensure_ascii=False).replace("\\\\", "\\")
    account = client.post(f"{here}/rekening.csv", {"waarom": "audit"}).content.decode("utf-8-sig")
    assert not any(
        cell.startswith(("=", "@")) for row in csv.reader(io.StringIO(account), delimiter=";") for cell in row
    )
