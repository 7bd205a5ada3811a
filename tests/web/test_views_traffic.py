"""Debt-help traffic on its pages: a file in, whose it is, an answer by name, and the file out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.help import counsellors as hub
from tests.letters import offices

from doors import Corporation
from tijdig.access.actions import create_organisation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.help.queries_traffic_files import fetched_on, made
from tijdig.help.traffic import Message
from tijdig.history.models import Event
from tijdig.ledger.actions_marks import add_waiting

Bring = Callable[..., str]


@pytest.fixture
def client(corporation: Corporation) -> Client:
    return corporation.signed_in(Role.CONSULTANT)


@pytest.fixture
def tenancy(corporation: Corporation, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(offices, "TODAY", timezone.localdate())
    found = offices.tenant(corporation.organisation)
    offices.letterhead(corporation.organisation)
    return found


def _bring(client: Client, content: bytes, name: str = "knooppunt.csv") -> str:
    given = {"bestand": SimpleUploadedFile(name, content)}
    return _said(client.post("/schuldhulp/bestand", given, follow=True).content)


def _said(content: bytes) -> str:
    return unescape(content.decode()).replace("\u00a0", " ")


def _page(client: Client, address: str) -> str:
    return _said(client.get(address).content)


def _address(corporation: Corporation, one: int = 1) -> str:
    return f"/schuldhulp/{hub.talk(corporation.organisation, one).id}"


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def _form(page: str, *names: str) -> dict[str, str]:
    return {name: _hidden(page, name) for name in ("formulier", "bericht", *names)}


def test_from_request_to_the_file_with_the_answer(
    corporation: Corporation, tenancy: int, client: Client
) -> None:
    said = _bring(client, hub.sheet(Message.BALANCE_REQUEST))
    assert "1 regel gelezen (saldoverzoek)." in said
    assert "De Vries, M." in said and "nog 10 werkdagen" in said
    page = _page(client, _address(corporation))
    assert "Vanzelf gekoppeld" in page and "nummer klopt, naam klopt, adres niet genoemd" in page
    assert "Huur september 2026" in page and "€ 1.400,00" in page
    answer = _form(page, "dag", "gezien") | {"wat": "saldo"}
    if 'name="weet"' in page:
        answer["weet"] = "on"
    done = _said(client.post(_address(corporation), answer, follow=True).content)
    assert "opgegeven op uw naam" in done and "saldo opgegeven" in done.lower()
    out = _said(client.post("/schuldhulp/uitvoer", {"soort": "balance_answer"}, follow=True).content)
    assert "Het bestand staat klaar" in out
    with organisation_scope(corporation.organisation):
        (file,) = made(5)
    got = client.get(f"/schuldhulp/uitvoer/{file.id}")
    assert got.headers["Content-Disposition"].endswith(f'schuldhulp-balance_answer-{file.id}.csv"')
    lines = got.content.decode().splitlines()
    assert len(lines) == 3 and lines[1].split(";")[-1] == "700,00"
    with organisation_scope(corporation.organisation):
        assert Event.objects.filter(verb="debt_help_file_taken").count() == 1
    again = _said(client.post("/schuldhulp/uitvoer", {"soort": "balance_answer"}, follow=True).content)
    assert "Er is niets om mee te sturen." in again


def test_what_is_not_sure_is_shown_first_and_needs_a_tick(
    corporation: Corporation, tenancy: int, client: Client
) -> None:
    _bring(client, hub.sheet(Message.BALANCE_REQUEST))
    with organisation_scope(corporation.organisation):
        add_waiting(
            organisation_id=corporation.organisation,
            source="test",
            rows=[("r1", tenancy, 4_500)],
            on=corporation.today,
        )
    page = _page(client, _address(corporation))
    assert "Er wacht een betaling van € 45,00 in de wachtrij" in page
    refused = client.post(_address(corporation), _form(page, "dag", "gezien") | {"wat": "saldo"})
    assert refused.status_code == 400
    assert "vink aan dat u dat weet" in _said(refused.content)


def test_another_day_shows_what_was_open_then(corporation: Corporation, tenancy: int, client: Client) -> None:
    _bring(client, hub.sheet(Message.BALANCE_REQUEST))
    assert "open op 15-09-2026" in _page(client, f"{_address(corporation)}?dag=2026-09-15")
    later = corporation.today + timedelta(days=9)
    assert f"open op {corporation.today:%d-%m-%Y}" in _page(client, f"{_address(corporation)}?dag={later}")
    assert client.get(f"{_address(corporation)}?dag=nooit").status_code == 200


def test_a_person_says_whose_it_is_and_takes_it_back(
    corporation: Corporation, tenancy: int, client: Client
) -> None:
    asked = {"our_number": "", "address": "Lindestraat 1, 3012 XZ Rotterdam"}
    said = _bring(client, hub.sheet(Message.BALANCE_REQUEST, asked))
    assert "Van 1 gesprek is nog niet zeker" in said and "van welke huurder?" in said
    address = _address(corporation)
    page = _page(client, address)
    assert f'value="{tenancy}" data-page-key="1"' in page
    assert client.post(address, {"wat": "koppel"}).status_code == 400
    done = _said(client.post(address, {"wat": "koppel", "huurder": str(tenancy)}, follow=True).content)
    assert "Gekoppeld op uw naam" in done and "Gekoppeld door Proef Consultant" in done
    match = _hidden(done, "koppeling")
    free = _said(client.post(address, {"wat": "los", "koppeling": match}, follow=True).content)
    assert "De koppeling is los" in free
    typed = {"wat": "koppel", "contract": "100001"}
    assert "Gekoppeld door" in _said(client.post(address, typed, follow=True).content)


@pytest.mark.parametrize("typed", ["999", "100001; DROP", ""])
def test_a_number_that_is_none_matches_nobody(
    corporation: Corporation, tenancy: int, client: Client, typed: str
) -> None:
    _bring(client, hub.sheet(Message.NOTICE, {"our_number": ""}))
    answer = client.post(_address(corporation), {"wat": "koppel", "contract": typed})
    assert answer.status_code == 400
    assert hub.talk(corporation.organisation).matches == ()


def test_a_tenancy_of_another_corporation_is_not_matched(
    corporation: Corporation, tenancy: int, client: Client
) -> None:
    other = create_organisation(name="Andere Stichting", slug="andere")
    theirs = offices.tenant(other)
    hub.bring(other, hub.sheet(Message.NOTICE), corporation.today)
    _bring(client, hub.sheet(Message.NOTICE, {"our_number": ""}))
    answer = client.post(_address(corporation), {"wat": "koppel", "huurder": str(theirs)})
    assert answer.status_code == 400 and "Deze huurder is er niet." in _said(answer.content)
    assert client.get(f"/schuldhulp/{hub.talk(other).id}").status_code == 404


def test_a_proposal_is_shown_beside_our_account_and_accepted(
    corporation: Corporation, tenancy: int, client: Client
) -> None:
    lines = [
        {"invoice": "F-1", "current": "1.000,00", "percentage": "12,5", "expected": "125,00"},
        {"invoice": "F-2", "current": "300,00", "percentage": "12,5", "expected": "37,50"},
    ]
    _bring(client, hub.sheet(Message.PROPOSAL, *lines))
    page = _page(client, _address(corporation))
    assert "Zij rekenen met een vordering van € 1.300,00; bij ons staat nu € 1.400,00 open." in page
    assert "12,5%" in page and "aanname" not in page.partition("Het voorstel")[0]
    assert "niet openbaar" in page
    refused = client.post(_address(corporation), _form(page) | {"wat": "weiger", "reden": "amount"})
    assert refused.status_code == 400
    done = _said(client.post(_address(corporation), _form(page) | {"wat": "akkoord"}, follow=True).content)
    assert "Geantwoord op uw naam" in done and "voorstel geaccepteerd" in done.lower()
    late = client.post(_address(corporation), _form(page) | {"wat": "akkoord", "formulier": str(uuid4())})
    assert late.status_code == 400
    assert "Proef Consultant antwoordde al" in _said(late.content)


def test_an_unknown_client_is_answered_in_one_press(corporation: Corporation, client: Client) -> None:
    _bring(client, hub.sheet(Message.BALANCE_REQUEST))
    page = _page(client, _address(corporation))
    assert "Geen huurder lijkt op deze gegevens" in page
    given = {"wat": "onbekend", "formulier": _hidden(page, "formulier")}
    done = _said(client.post(_address(corporation), given, follow=True).content)
    assert "U antwoordde dat deze klant onbekend is" in done
    assert 'value="koppel"' in done and 'value="onbekend"' not in done
    typed = client.post(_address(corporation), {"wat": "koppel", "contract": "999-X"})
    assert typed.status_code == 400 and 'value="999-X"' in _said(typed.content)
    assert "1 antwoord wacht" in _page(client, "/schuldhulp")


def test_a_wrong_match_is_taken_back_after_the_answer(
    corporation: Corporation, tenancy: int, client: Client
) -> None:
    _bring(client, hub.sheet(Message.PROPOSAL, {"current": "1.400,00"}))
    address = _address(corporation)
    assert "Al geantwoord" not in _page(client, address)
    client.post(address, _form(_page(client, address)) | {"wat": "akkoord"})
    page = _page(client, address)
    assert f"Al geantwoord op {corporation.today:%d-%m-%Y} door Proef Consultant:" in page
    assert "Bel dan ook de schuldhulpverlener" in page
    given = {"wat": "los", "koppeling": _hidden(page, "koppeling")}
    done = _said(client.post(address, given, follow=True).content)
    assert "De koppeling is los" in done and 'value="koppel"' in done
    assert "antwoord wacht" not in _page(client, "/schuldhulp")


def test_an_answer_is_taken_back_on_the_page(corporation: Corporation, tenancy: int, client: Client) -> None:
    _bring(client, hub.sheet(Message.PROPOSAL, {"current": "1.400,00"}))
    address = _address(corporation)
    assert "Neem dit antwoord terug" not in _page(client, address)
    client.post(address, _form(_page(client, address)) | {"wat": "akkoord"})
    page = _page(client, address)
    given = {"wat": "terug", "antwoord": _hidden(page, "antwoord")}
    done = _said(client.post(address, given, follow=True).content)
    assert "Teruggenomen. Het antwoord gaat niet mee" in done and 'value="akkoord"' in done
    assert "teruggenomen op" in done and "Neem dit antwoord terug" not in done
    assert "teruggenomen op" in _page(client, f"/huurder/{tenancy}")
    again = client.post(address, given)
    assert again.status_code == 400 and "al teruggenomen" in _said(again.content)


@pytest.mark.parametrize("kind", [Message.BALANCE_REQUEST, Message.PROPOSAL])
def test_what_cannot_be_undone_has_no_key(
    corporation: Corporation, tenancy: int, client: Client, kind: Message
) -> None:
    _bring(client, hub.sheet(kind))
    page = _page(client, _address(corporation)).partition("<main")[2].partition("</main>")[0]
    assert "op mijn naam" in page
    assert 'data-page-key="v"' not in page and 'aria-keyshortcuts="v"' not in page and "<kbd>v" not in page


def test_a_refused_refusal_keeps_what_was_filled_in(
    corporation: Corporation, tenancy: int, client: Client
) -> None:
    _bring(client, hub.sheet(Message.PROPOSAL))
    address = _address(corporation)
    assert "<details open" not in _page(client, address)
    form = _form(_page(client, address)) | {"wat": "weiger"}
    wordless = client.post(address, form | {"reden": "amount"})
    assert wordless.status_code == 400
    assert '<option value="amount" lang="nl" selected>' in _said(wordless.content)
    reasonless = client.post(address, form | {"toelichting": "Er is al < betaald"})
    assert reasonless.status_code == 400
    assert "<details open" in _said(reasonless.content) and ">Er is al < betaald</textarea>" in _said(
        reasonless.content
    )


def test_files_that_cannot_be_read_and_lines_that_cannot_be_used(
    corporation: Corporation, client: Client
) -> None:
    assert "Ontbreekt: Adres." in _bring(client, hub.golden("balance-request.csv").replace(b";Adres;", b";"))
    assert "Kies het bestand." in _said(client.post("/schuldhulp/bestand", {}, follow=True).content)
    said = _bring(client, hub.golden("balance-request.csv"))
    assert "2 regels waren niet te gebruiken" in said
    assert "is geen nummer van een gesprek" in said and "geen-uuid;REF-3" in said
    assert "3 wisten we al." in _bring(client, hub.golden("balance-request.csv"))
    _bring(client, hub.sheet(Message.NOTICE))
    assert "al ingelezen op" in _bring(client, hub.sheet(Message.NOTICE))
    assert "<script>" not in client.get("/schuldhulp").content.decode().partition("<main")[2]


def test_lines_that_cannot_be_used_are_all_there_page_by_page(
    corporation: Corporation, client: Client
) -> None:
    lines = [{"conversation": f"geen-nummer-{place}"} for place in range(1, 63)]
    _bring(client, hub.sheet(Message.NOTICE, *lines))
    first, rest = _page(client, "/schuldhulp"), _page(client, "/schuldhulp?regels=60")
    assert "geen-nummer-60;" in first and "geen-nummer-61;" not in first and "Oudere regels" in first
    assert "geen-nummer-62;" in rest and "geen-nummer-60;" not in rest and "De nieuwste regels" in rest
    assert "geen-nummer-1;" in _page(client, "/schuldhulp?regels=x")


def test_nothing_to_fetch_is_written_down(corporation: Corporation, client: Client) -> None:
    said = client.post("/schuldhulp/bestand", {"wat": "niets"}, follow=True).content.decode()
    assert "vandaag was er niets om op te halen" in said
    with organisation_scope(corporation.organisation):
        assert fetched_on() == corporation.today


def test_who_only_keeps_help_brings_files_in_and_sees_nobody(corporation: Corporation, tenancy: int) -> None:
    desk = corporation.signed_in(Role.ADMINISTRATOR)
    said = _bring(desk, hub.sheet(Message.BALANCE_REQUEST))
    assert "1 regel gelezen" in said and "knooppunt.csv" in said
    assert "De Vries" not in said and "Antwoorden naar het portaal" not in said
    assert desk.get(_address(corporation)).status_code == 403


def test_who_may_not_rule_sees_no_answer(corporation: Corporation, tenancy: int) -> None:
    hub.bring(corporation.organisation, hub.sheet(Message.BALANCE_REQUEST), corporation.today)
    page = _page(corporation.signed_in(Role.MANAGER), _address(corporation))
    assert "Wat is er open?" in page and 'value="saldo"' not in page


@pytest.mark.parametrize("given", [{}, {"wat": "iets"}, {"wat": "saldo", "formulier": "x"}, {"wat": "los"}])
def test_odd_answers_change_nothing(
    corporation: Corporation, tenancy: int, client: Client, given: dict[str, str]
) -> None:
    _bring(client, hub.sheet(Message.BALANCE_REQUEST))
    assert client.post(_address(corporation), given).status_code == 400
    found = hub.talk(corporation.organisation)
    assert (len(found.messages), len(found.matches)) == (1, 1)
    assert client.post("/schuldhulp/uitvoer", {"soort": "x"}).status_code == 302
    assert client.get("/schuldhulp/0").status_code == 404


def test_an_agreement_and_its_end_are_told(corporation: Corporation, tenancy: int, client: Client) -> None:
    day = f"{corporation.today:%d-%m-%Y}"
    _bring(client, hub.sheet(Message.AGREEMENT, {"agreed_on": day}))
    assert "Schuldregelingen die lopen" in _page(client, "/schuldhulp")
    end = {"ended_on": day, "ended_as": "afgerond"}
    _bring(client, hub.sheet(Message.END, end))
    page = _page(client, _address(corporation))
    assert "tijdig boekt niets" in page and "afgerond" in page.lower()
