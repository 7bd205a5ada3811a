"""The explanation for a tenant: what, why, by which data, who decides, how to object, how to get a person; read aloud."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from tests.letters import offices

from doors import RENT_CENTS, Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.base.money import euro
from tijdig.cases.queries import tenancy_file
from tijdig.cases.values import TenancyFile
from tijdig.ledger.kinds import Kind
from tijdig.letters.letter import Language
from tijdig.letters.readability import reading


def _tenancy(corporation: Corporation) -> int:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM tenancies_tenancy")
        return int(cursor.fetchone()[0])


def _file(corporation: Corporation) -> TenancyFile:
    with organisation_scope(corporation.organisation):
        found = tenancy_file(_tenancy(corporation), as_of=corporation.today)
    assert found is not None
    return found


def _page(client: Client, corporation: Corporation) -> str:
    answer = client.get(f"/huurder/{_tenancy(corporation)}/uitleg")
    assert answer.status_code == 200
    return answer.content.decode()


def _said(page: str) -> str:
    """What would be read aloud: the text of the page itself."""
    main = page.split('<main id="main"')[1].split("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main))).replace("\u00a0", " ")


@pytest.fixture
def behind(corporation: Corporation) -> Corporation:
    corporation.lease(1)
    return corporation


@pytest.fixture
def service(behind: Corporation) -> Client:
    return behind.signed_in(Role.CUSTOMER_SERVICE)


def test_it_is_one_click_from_the_tenant(service: Client, behind: Corporation) -> None:
    tenancy = _tenancy(behind)
    page = service.get(f"/huurder/{tenancy}").content.decode()
    assert page.count(f'href="/huurder/{tenancy}/uitleg"') == 1


def test_it_says_what_is_open_and_why_in_the_words_of_the_engine(
    service: Client, behind: Corporation
) -> None:
    file, said = _file(behind), _said(_page(service, behind))
    assert f"staat er {euro(2 * RENT_CENTS)} open".replace("\u00a0", " ") in said
    oldest = behind.today - timedelta(days=45)
    assert f"moest er op {oldest:%d-%m-%Y} zijn. Dat is 45 dagen geleden." in said
    assert file.step_label in said
    assert file.why.replace("\u00a0", " ") in said
    assert f"onze werkwijze ({file.policy_version})" in said
    assert len(file.rules) > 1
    for rule in file.rules:
        assert rule.label in said
    for item in file.open_items:
        assert item.label.capitalize() in said


def test_it_says_which_data_who_decides_how_to_object_and_how_to_get_a_person(
    service: Client, behind: Corporation
) -> None:
    offices.letterhead(behind.organisation)
    said = _said(_page(service, behind))
    assert "Uw rekening bij ons: 2 boekingen." in said
    assert f"uw huurprijs: {euro(RENT_CENTS)} per maand".replace("\u00a0", " ") in said
    assert "die wij opschreven" not in said
    assert "geen gegevens over uw afkomst, geloof of gezondheid" in said
    assert "beslist altijd een mens: de deurwaarder, de rechter, een ontruiming" in said
    assert "Een medewerker geeft u binnen 14 dagen antwoord, met naam." in said
    assert "Vraag naar team Huur: 010 123 45 67 of huur@debrug.example." in said
    assert "Leg een bezwaar vast" in said


def test_without_a_letterhead_somebody_calls_back(service: Client, behind: Corporation) -> None:
    assert "Zeg het nu, dan belt een medewerker u terug." in _said(_page(service, behind))


def test_who_owes_nothing_is_told_so(service: Client, corporation: Corporation) -> None:
    corporation.lease(2, behind=False)
    said = _said(_page(service, corporation))
    assert "U hebt geen achterstand." in said
    assert "Uw rekening bij ons: 0 boekingen." in said


def test_what_was_set_and_what_waits_is_told(service: Client, behind: Corporation) -> None:
    tenancy = _tenancy(behind)
    typed = {"wat": "administration", "bron": "representative", "sinds": f"{behind.today}"}
    service.post(f"/huurder/{tenancy}/bijzonderheden", typed)
    typed = {"waarover": "letter", "weg": "phone", "ontvangen": f"{behind.today}"}
    service.post(f"/huurder/{tenancy}/bezwaar", typed)
    said = _said(_page(service, behind))
    assert "Wat wij over uw situatie weten: bewindvoering ." in said
    assert "Uw bezwaren die nog lopen" in said
    assert "Een brief of bericht" in said


def test_what_is_not_asked_is_told_so(service: Client, behind: Corporation) -> None:
    """One month in dispute, and collection costs that no letter made due."""
    day = behind.today - timedelta(days=10)
    contract = _file(behind).contract_number
    offices.charge(behind.organisation, contract, Kind.COLLECTION_COSTS, 4_000, day)
    item = next(one for one in _file(behind).open_items if one.label.startswith("huur"))
    typed = {"waarover": "entry", "post": [item.entry_id], "weg": "phone", "ontvangen": f"{behind.today}"}
    service.post(f"/huurder/{_tenancy(behind)}/bezwaar", typed)
    said = _said(_page(service, behind))
    assert said.count("U maakte bezwaar. Wij vragen dit nu niet.") == 1
    assert "staat € 40,00 incassokosten waarvoor geen goede brief ging." in said
    assert "en 1 contact" not in said


def test_the_talks_that_were_written_down_are_counted(service: Client, behind: Corporation) -> None:
    address = f"/huurder/{_tenancy(behind)}/contact"
    typed = {"hoe": "phone", "begon": "out", "bereikt": "none", "wie": "partner", "uitkomst": "not_home"}
    assert service.post(address, typed | {"vervolg": "none"}).status_code == 302
    assert "en 1 contact dat wij opschreven" in _said(_page(service, behind))


def test_it_can_be_printed_and_what_is_for_us_stays_off_the_paper(
    service: Client, behind: Corporation
) -> None:
    page = _page(service, behind)
    assert "data-print" in page
    assert page.count("off-paper") == 2


def test_the_sentences_are_plain_enough_to_read_aloud(service: Client, behind: Corporation) -> None:
    """The level of letters (B1): without the rules, which are read on request."""
    page = re.sub(r"<details>.*?</details>", "", _page(service, behind), flags=re.S)
    main = page.split('<main id="main"')[1].split("</main>")[0]
    sentences = [
        unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in re.findall(r"<p[^>]*>(.*?)</p>", main, re.S)
    ]
    found = reading((re.sub(r"\s+", " ", one) for one in sentences if one.endswith((".", "?"))), Language.NL)
    assert found.words_a_sentence <= 12
    assert found.ease >= 70, "fairly easy by the scale that letters are measured with"


def test_a_tenancy_that_is_not_there_is_not_found(service: Client) -> None:
    for number in (999_999, 99999999999999999999):
        assert service.get(f"/huurder/{number}/uitleg").status_code == 404


def test_an_english_reader_gets_english_words(service: Client, behind: Corporation) -> None:
    service.post("/taal", {"language": "en", "next": "/zoeken"})
    said = _said(_page(service, behind))
    assert "Do you disagree?" in said
    assert "a person always decides: the bailiff" in said
