"""Whoever opens a page of somebody is written down; who looked and who did what stands on a page and in a file."""

from __future__ import annotations

import ast
import csv
import html
import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from tests.bailiff import partners
from tests.house.trees import modules
from tests.letters import offices

from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.base.cells import harmless
from tijdig.letters.actions import write
from tijdig.letters.letter import Kind
from tijdig.letters.wish import Wish
from tijdig.web.trace_words import DID

if TYPE_CHECKING:
    from doors import Corporation

_PARTS_OF_A_PAGE = {"pickup", "talk-calculate", "arrangement-look"}  # of a page that is written down itself


def _rows(
    query: str = "SELECT actor, what, subject FROM history_reading ORDER BY id",
) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


@pytest.fixture
def tenancy(corporation: Corporation) -> int:
    corporation.lease(1, surname="=Verzonnen")
    corporation.evaluate()
    with organisation_scope(corporation.organisation):
        return int(_rows("SELECT id FROM tenancies_tenancy")[0][0])


def _looked(client: Client, *addresses: str) -> list[tuple[str, str]]:
    before = len(_rows())
    for address in addresses:
        assert client.get(address).status_code == 200, address
    return [(what, subject) for _, what, subject in _rows()[before:]]


def test_opening_a_page_of_somebody_is_written_down_once(corporation: Corporation, tenancy: int) -> None:
    client = corporation.signed_in(Role.CONSULTANT)
    page = f"/huurder/{tenancy}"
    who, subject = _rows("SELECT 'user:' || id FROM access_user")[0][0], f"tenancy:{tenancy}"
    assert _looked(client, page, page, f"{page}/uitleg", f"{page}/contact") == [("dossier", subject)]
    assert _looked(client, f"{page}?rekening=alles") == [("account", subject)]
    assert _looked(client, f"{page}/vordering", f"{page}/vordering") == [("claim", subject)]
    assert {actor for actor, *_ in _rows()} == {who}


def test_a_list_a_refusal_and_what_is_not_there_are_no_look(corporation: Corporation, tenancy: int) -> None:
    client = corporation.signed_in(Role.CONSULTANT)
    assert _looked(client, "/werkvoorraad", "/zoeken?q=Verzonnen", "/vandaag") == []
    assert client.get("/huurder/999999").status_code == 404
    assert client.get(f"/huurder/{tenancy}/inzage").status_code == 403
    assert corporation.signed_in(Role.CARETAKER).get(f"/huurder/{tenancy}").status_code == 403
    assert _rows() == []
    assert client.post(f"/huurder/{tenancy}/contact", {}).status_code == 400
    assert [what for _, what, _ in _rows()] == ["dossier"]  # the page came back with all that it shows


def test_a_letter_its_paper_and_the_list_taken_out_are_written_down(
    corporation: Corporation, tenancy: int
) -> None:
    offices.letterhead(corporation.organisation)
    letter = write(
        organisation_id=corporation.organisation,
        actor="user:1",
        wish=Wish(tenancy_id=tenancy, kind=Kind.FRIENDLY_REMINDER, on=corporation.today),
        now=timezone.now(),
    )
    client = corporation.signed_in(Role.TEAM_LEAD)
    found = _looked(client, f"/brieven/{letter}", f"/brieven/{letter}/pdf", "/werkvoorraad/excel")
    assert found == [("letter", f"letter:{letter}"), ("export", f"letter:{letter}"), ("export", "worklist")]
    page = html.unescape(client.get(f"/huurder/{tenancy}/inzage").content.decode())
    assert f"brief {letter}" in page
    assert "Brief bekeken" in page and "Brief geschreven" in page


def test_who_looked_and_who_did_what_stands_on_one_page(corporation: Corporation, tenancy: int) -> None:
    corporation.signed_in(Role.CONSULTANT).get(f"/huurder/{tenancy}")
    lead = corporation.signed_in(Role.TEAM_LEAD)
    assert f'href="/huurder/{tenancy}/inzage"' in lead.get(f"/huurder/{tenancy}").content.decode()
    page = lead.get(f"/huurder/{tenancy}/inzage").content.decode()
    assert "Proef Consultant" in page
    assert "Dossier bekeken" in page
    assert "Contracten ingelezen" not in page  # of the whole file, not of this tenancy
    again = lead.get(f"/huurder/{tenancy}/inzage").content.decode()
    assert "Bekeken wie keek" in again
    assert "Er is niets gevonden." in lead.get(f"/huurder/{tenancy}/inzage?tot=2001-01-01").content.decode()
    assert Client().get(f"/huurder/{tenancy}/inzage").status_code == 302


def test_an_administrator_sees_what_one_person_looked_at(corporation: Corporation, tenancy: int) -> None:
    corporation.signed_in(Role.CONSULTANT).get(f"/huurder/{tenancy}")
    person = int(_rows("SELECT id FROM access_user WHERE role = 'consultant'")[0][0])
    client = corporation.signed_in(Role.ADMINISTRATOR)
    assert f'href="/medewerkers/{person}/inzage"' in client.get("/beheer").content.decode()
    page = client.get(f"/medewerkers/{person}/inzage").content.decode()
    assert "Proef Consultant" in page and "Dossier bekeken" in page
    assert f'href="/huurder/{tenancy}/inzage"' in page
    assert "€" not in page
    assert client.get("/medewerkers/999999/inzage").status_code == 404
    assert client.get("/huurder/999999/inzage").status_code == 404


def test_the_file_runs_nothing_in_a_spreadsheet(corporation: Corporation, tenancy: int) -> None:
    corporation.signed_in(Role.CONSULTANT).get(f"/huurder/{tenancy}")
    _rename("=HYPERLINK(1)")
    client = corporation.signed_in(Role.ADMINISTRATOR)
    for address in (f"/huurder/{tenancy}/inzage/bestand", _of_the_consultant()):
        answer = client.post(address, {"waarom": "audit", "toelichting": "=vraag van de accountant"})
        assert answer["Content-Type"].startswith("text/csv")
        table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert table[0] == ["dag", "tijd", "wie", "wat", "waarover", "waarom"]
        assert ["'=HYPERLINK(1)", "Dossier bekeken", f"huurder {tenancy}", ""] in [row[2:] for row in table]
        assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    taken = [(what, subject.partition(":")[0]) for _, what, subject in _rows()][-2:]
    assert taken == [("export", "tenancy"), ("export", "user")]


def test_a_whole_file_asks_why_and_the_page_shows_it(corporation: Corporation, tenancy: int) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    address = f"/huurder/{tenancy}/inzage/bestand?tot=2030-01-01"
    asked = client.get(address)
    assert asked.status_code == 200 and asked["Content-Type"].startswith("text/html")
    assert "Waarom neemt u dit mee?" in asked.content.decode()
    for given, wrong in (
        ({}, "Kies waarom u dit meeneemt."),
        ({"waarom": "zomaar"}, "Kies waarom u dit meeneemt."),
        ({"waarom": "other", "toelichting": "  "}, "Schrijf kort waarom u dit meeneemt."),
        ({"waarom": "court", "toelichting": "x" * 201}, "Houd de toelichting onder 200 tekens."),
    ):
        refused = client.post(address, given)
        assert (refused.status_code, wrong in refused.content.decode()) == (400, True)
    assert _rows("SELECT what FROM history_reading") == []  # nothing was given
    for _ in range(2):  # the same reason without words is the same look
        assert client.post(address, {"waarom": "complaint"}).status_code == 200
    assert (
        client.post(address, {"waarom": "other", "toelichting": " <b>op\nverzoek </b> "}).status_code == 200
    )
    assert _rows("SELECT why, subject FROM history_reading ORDER BY id") == [
        ("complaint", f"tenancy:{tenancy}"),
        ("other", f"tenancy:{tenancy}"),
    ]
    page = client.get(f"/huurder/{tenancy}/inzage").content.decode()
    assert "voor een klacht of een geschil" in page
    assert "iets anders: &lt;b&gt;op verzoek &lt;/b&gt;" in page
    assert client.get("/huurder/999999/inzage/bestand").status_code == 404
    assert client.post("/huurder/999999/inzage/bestand", {"waarom": "audit"}).status_code == 404


def test_what_a_tenant_asked_has_that_reason(corporation: Corporation, tenancy: int) -> None:
    client = corporation.signed_in(Role.TEAM_LEAD)
    assert client.post(f"/huurder/{tenancy}/inzageverzoek")["Content-Type"] == "application/zip"
    assert _rows("SELECT what, why FROM history_reading") == [("export", "tenant")]


def test_every_whole_file_asks(corporation: Corporation) -> None:
    """Pages that give everything of one tenancy or of one colleague."""
    asking = {
        str(one.name)
        for one in get_resolver().url_patterns
        if isinstance(one, URLPattern) and getattr(getattr(one.callback, "reads", None), "asks", False)
    }
    assert asking == {
        "bailiff-account", "bailiff-message",
        "bailiff-package", "file-account", "file-message", "file-package", "person-readings-file",
        "tenancy-readings-file",
    }  # fmt: skip


def _rename(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_user SET name = %s WHERE role = 'consultant'", [name])


def _of_the_consultant() -> str:
    ((person,),) = _rows("SELECT id FROM access_user WHERE role = 'consultant'")
    return f"/medewerkers/{person}/inzage/bestand"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\tx", "\rx", "\nx"])
def test_a_cell_that_would_run_is_made_text(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless(f"a{text}") == f"a{text}"


def test_every_page_of_a_tenancy_says_what_it_shows() -> None:
    """A page that is added under `huurder/` and can be looked at declares so at its door."""
    silent = []
    for found in get_resolver().url_patterns:
        if not isinstance(found, URLPattern) or not str(found.pattern).startswith("huurder/<int:pk>"):
            continue
        methods, reads = getattr(found.callback, "methods", ()), getattr(found.callback, "reads", None)
        if "GET" in methods and reads is None and found.name not in _PARTS_OF_A_PAGE:
            silent.append(found.name)
    assert silent == []


def test_every_verb_of_history_has_words() -> None:
    told = {
        one.value
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.keyword) and node.arg == "verb"
        for one in [node.value]
        if isinstance(one, ast.Constant)
    }
    assert sorted(verb for verb in told if verb not in DID) == []
    assert len(told) > 40


def test_somebody_of_a_partner_is_written_down_at_the_corporation(
    corporation: Corporation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: offices.TODAY)
    organisation = corporation.organisation
    tenancy, who = partners.ready(organisation), partners.partner()
    partners.agreed(organisation, who)
    partners.handed(organisation, tenancy, who[0])
    with organisation_scope(organisation):
        ((file,),) = _rows("SELECT id FROM bailiff_file")
    client = Client()
    client.post("/aanmelden", {"username": f"{who[2]}@maas.example", "password": "x"})
    assert client.get(f"/dossiers/{organisation}/{file}").status_code == 200
    assert client.get("/dossiers").status_code == 200
    with organisation_scope(organisation):
        assert _rows() == [(f"user:{who[1]}", "file", f"partner_file:{file}")]
    page = html.unescape(
        corporation.signed_in(Role.MANAGER).get(f"/huurder/{tenancy}/inzage").content.decode()
    )
    assert re.search(r"Piet Maas \(Gerechtsdeurwaarders Maas\)", page)
    assert "Dossier bekeken bij de deurwaarder" in page
