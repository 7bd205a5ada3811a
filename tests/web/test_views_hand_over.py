"""Around a file: what the list shows, where the dossier says where it is, and how it comes back to the corporation."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.bailiff import partners
from tests.bailiff.partners import BY
from tests.letters import offices

from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.queries import open_files
from tijdig.cases.actions import evaluate_dirty
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.policy.words import Act
from tijdig.web.step_way import _STEP_AT

if TYPE_CHECKING:
    from doors import Corporation

Office = tuple[int, int, str]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: offices.TODAY)


@pytest.fixture
def office(corporation: Corporation) -> Office:
    who = partners.partner()
    with organisation_scope(corporation.organisation):
        partners.agreed(corporation.organisation, who)
    return who


def _page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(html.unescape(answer.content.decode()).replace("\u00a0", " ").split())


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def _bailiff(office: Office) -> Client:
    client = Client()
    given = {"username": f"{office[2]}@maas.example", "password": "x"}
    assert client.post("/aanmelden", given).status_code == 302
    return client


def test_the_step_leads_to_the_page_where_everything_is_looked_at() -> None:
    assert _STEP_AT[Act.HAND_OVER][0] == "hand-over"


def test_the_list_shows_the_attempts_the_costs_and_asks_who_lives_there(
    corporation: Corporation, office: Office
) -> None:
    tenancy = partners.ready(corporation.organisation, asked=False)
    lead, address = corporation.signed_in(Role.TEAM_LEAD), f"/huurder/{tenancy}/overdracht"
    page = _page(lead, address)
    assert "2 pogingen in deze achterstand" in page
    assert (
        '20-10-2026 12:00</span> <span lang="nl">huisbezoek, niet bereikt: niet thuis of geen gehoor' in page
    )
    assert '20-10-2026 12:00</span> <span lang="nl">telefoon, niet bereikt: niet thuis of geen gehoor' in page
    assert "Komt er voor de huurder nog bij als het doorgaat" in page
    assert "Bijna alles is in orde" in page and "Niemand schreef op wie er woont" in page
    assert lead.post(address, {"wat": "huishouden", "wie": "draken"}).status_code == 400
    assert lead.post(address, {"wat": "huishouden", "wie": "children"}).status_code == 302
    page = _page(lead, address)
    assert "Alles is in orde" in page and "Ook kinderen" in page
    reader = corporation.signed_in(Role.CUSTOMER_SERVICE)
    assert 'name="wie"' not in _page(reader, address)
    assert reader.post(address, {"wat": "huishouden", "wie": "adults"}).status_code == 403


def test_the_costs_so_far_are_those_of_the_dossier(corporation: Corporation) -> None:
    tenancy = partners.ready(corporation.organisation)
    lead, address = corporation.signed_in(Role.TEAM_LEAD), f"/huurder/{tenancy}/overdracht"
    told = 'Kosten tot nu toe</dt><dd><strong class="figures">€ {}</strong>'
    assert told.format("0,00") in _page(lead, address)
    offices.charge(
        corporation.organisation, "100001", EntryKind.COLLECTION_COSTS, 21_000, offices.TODAY - timedelta(days=3)
    )  # fmt: skip
    assert told.format("210,00") in _page(lead, address)
    assert '<dd class="money">€ 210,00</dd>' in _page(lead, f"/huurder/{tenancy}").partition('id="costs"')[2]


def test_a_decision_to_hand_over_leads_to_the_page_where_it_is_done(corporation: Corporation) -> None:
    tenancy = offices.tenant(corporation.organisation)
    lead = corporation.signed_in(Role.TEAM_LEAD)
    page = _page(lead, f"/huurder/{tenancy}/afwijken")
    given = {
        "formulier": _hidden(page, "formulier"), "bekend": _hidden(page, "bekend"), "soort": "hand_over",
        "reden": "Er kwam geen afspraak.", "tot": "2026-11-20",
    }  # fmt: skip
    answer = lead.post(f"/huurder/{tenancy}/afwijken", given)
    assert (answer.status_code, answer["Location"]) == (302, f"/huurder/{tenancy}/overdracht")


def test_what_went_when_there_was_an_agreement_is_taken_back_first(
    corporation: Corporation, office: Office
) -> None:
    tenancy = partners.ready(corporation.organisation)
    partners.went_outside(corporation.organisation, tenancy, offices.TODAY)
    page = _page(corporation.signed_in(Role.TEAM_LEAD), f"/huurder/{tenancy}/overdracht")
    assert "Haal het terug en draag het dan over" in page and 'value="neem"' not in page


def test_the_dossier_says_where_the_file_is_for_one_question(
    corporation: Corporation, office: Office
) -> None:
    organisation = corporation.organisation
    tenancy = partners.ready(organisation)
    readers = {role: corporation.signed_in(role) for role in (Role.CONSULTANT, Role.CUSTOMER_SERVICE)}
    for client in readers.values():
        assert 'id="bailiff-title"' not in _page(client, f"/huurder/{tenancy}")
    asked = _asked_of_files(readers[Role.CONSULTANT], f"/huurder/{tenancy}")
    assert len(asked) == 1
    partners.handed(organisation, tenancy, office[0])
    for client in readers.values():
        page = _page(client, f"/huurder/{tenancy}")
        assert "Gerechtsdeurwaarders Maas, sinds 02-11-2026" in page and "niets bij de rechter" in page
        assert f'href="/huurder/{tenancy}/deurwaarder"' in page
        _page(client, f"/huurder/{tenancy}/deurwaarder")
    assert 'id="bailiff-title"' not in _page(readers[Role.CONSULTANT], f"/huurder/{tenancy}?as_of=2026-10-01")
    caretaker = corporation.signed_in(Role.CARETAKER)
    _page(caretaker, f"/huurder/{tenancy}", 403)
    _page(caretaker, f"/huurder/{tenancy}/deurwaarder", 403)


def _asked_of_files(client: Client, address: str) -> list[str]:
    asked: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "bailiff_" in sql and "set_config" not in sql:
            asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        assert client.get(address).status_code == 200
    return asked


def test_the_account_of_a_file_is_a_csv_for_the_corporation_too(
    corporation: Corporation, office: Office
) -> None:
    organisation = corporation.organisation
    tenancy, lead = partners.ready(organisation), corporation.signed_in(Role.TEAM_LEAD)
    address = f"/huurder/{tenancy}/deurwaarder/rekening.csv"
    assert lead.get(address).status_code == 404  # no file
    pk = partners.handed(organisation, tenancy, office[0])
    assert address in _page(lead, f"/huurder/{tenancy}/deurwaarder")
    assert "Waarom" in _page(lead, address)
    answer = lead.post(address, {"waarom": "audit"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    theirs = _bailiff(office).post(f"/dossiers/{organisation}/{pk}/rekening.csv", {"waarom": "audit"})
    assert (answer.content, answer["Content-Disposition"]) == (theirs.content, theirs["Content-Disposition"])
    assert "700,00" in answer.content.decode("utf-8-sig")


def test_who_may_not_export_reads_the_page_of_a_file_and_takes_nothing(
    corporation: Corporation, office: Office
) -> None:
    tenancy = partners.ready(corporation.organisation)
    partners.handed(corporation.organisation, tenancy, office[0])
    address = f"/huurder/{tenancy}/deurwaarder"
    papers = [f"{address}/{one}" for one in ("pakket.pdf", "externe-incasso.json", "rekening.csv")]
    for role, allowed in ((Role.MANAGER, True), (Role.CUSTOMER_SERVICE, False)):
        client = corporation.signed_in(role)
        page = _page(client, address)
        assert [f'href="{one}"' in page for one in papers] == [allowed] * 3
        status = 200 if allowed else 403
        assert [client.get(one).status_code for one in papers] == [status] * 3
        assert [client.post(one, {"waarom": "audit"}).status_code for one in papers] == [status] * 3


def test_a_file_that_comes_back_stands_in_the_day_of_who_handles_it(
    corporation: Corporation, office: Office
) -> None:
    organisation = corporation.organisation
    tenancy = partners.ready(organisation)
    pk = partners.handed(organisation, tenancy, office[0])
    bailiff, lead = _bailiff(office), corporation.signed_in(Role.TEAM_LEAD)
    address = f"/dossiers/{organisation}/{pk}"
    assert "Geef dit dossier terug" in _page(bailiff, address)
    odd = bailiff.post(address, {"wat": "terug", "waarom": " "})
    assert odd.status_code == 400 and "Schrijf op waarom u het dossier teruggeeft" in odd.content.decode()
    assert bailiff.post(address, {"einde": "TER", "waarom": "Toch."}).status_code == 400
    with organisation_scope(organisation):
        assert [one.id for one in open_files()] == [pk]
    assert (
        bailiff.post(address, {"wat": "terug", "waarom": "Zij <b>woont</b> er niet meer"}).status_code == 302
    )
    _page(bailiff, address, 404)
    evaluate_dirty(organisation_id=organisation, on=offices.TODAY)
    day = _page(lead, "/vandaag")
    assert "1 dossier terug van de deurwaarder" in day and 'class="news-returned"' in day
    assert (
        "Zij <b>woont</b> er niet meer" in day and "<b>woont</b>" not in lead.get("/vandaag").content.decode()
    )
    assert "“Zij <b>woont</b> er niet meer”" in _page(lead, f"/huurder/{tenancy}/deurwaarder")
    partners.handed(organisation, tenancy, office[0], **(BY | {"actor": "user:9"}))
    assert "news-returned" not in _page(lead, "/vandaag")
