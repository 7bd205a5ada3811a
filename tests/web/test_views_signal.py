"""The early signal on its pages: evidence, decision, file, answers; and a no in one press from the desk."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook
from tests.help import neighbours as by
from tests.letters import offices

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.help.queries import batches, rejected, signals_of
from tijdig.law.signal_wait import summons_window
from tijdig.steps.kinds import Kind
from tijdig.steps.queries import steps_of


@pytest.fixture
def told(corporation: Corporation, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """A tenant about whom every duty was done by today, and the municipality of the town."""
    today = timezone.localdate()
    monkeypatch.setattr(by, "TODAY", today)
    monkeypatch.setattr(by, "OFFERED_ON", today - (offices.TODAY - by.OFFERED_ON))
    monkeypatch.setattr(offices, "NOON", timezone.now())
    place = by.town(corporation.organisation)
    return by.ready(corporation.organisation, 7), place


@pytest.fixture
def client(corporation: Corporation) -> Client:
    return corporation.signed_in(Role.CONSULTANT)


def _text(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode().replace("\u00a0", " ")


def _decide(client: Client, tenancy: int) -> str:
    given = {"wat": "besluit", "formulier": str(uuid4())}
    return client.post(f"/huurder/{tenancy}/vroegsignaal", given, follow=True).content.decode()


def test_the_page_shows_each_duty_with_what_shows_it(told: tuple[int, int], client: Client) -> None:
    page = _text(client, f"/huurder/{told[0]}/vroegsignaal")
    assert "De gemeente mag bericht krijgen" in page
    assert page.count('class="done"') == 4
    assert "brief over hulp van de gemeente" in page
    assert "€ 1.400,00" in page


def test_from_decision_to_answer(corporation: Corporation, told: tuple[int, int], client: Client) -> None:
    tenancy, place = told
    assert f'href="/huurder/{tenancy}/vroegsignaal"' in _text(client, "/vroegsignalen")
    assert "Besloten op uw naam" in _decide(client, tenancy)
    assert "Maak het bestand" in _text(client, "/vroegsignalen")
    sent = client.post(f"/vroegsignalen/melden/{place}", {"hoe": "bestand"}, follow=True).content.decode()
    assert "Het bestand staat klaar" in sent
    with organisation_scope(corporation.organisation):
        (file,) = batches(5)
        (known,) = signals_of(tenancy)
    answer = client.get(f"/vroegsignalen/bestand/{file.id}")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[1][0] == f"VS-{known.id}"
    today = f"{timezone.localdate():%d-%m-%Y}"
    lines = f"Kenmerk;Datum;Resultaat\nVS-{known.id};{today};hulp gestart\nVS-0;{today};hulp gestart\n"
    upload = {"gemeente": str(place), "bestand": SimpleUploadedFile("terug.csv", lines.encode())}
    page = client.post("/vroegsignalen/antwoorden", upload, follow=True).content.decode()
    assert "1 antwoord gelezen" in page
    assert "VS-0 is geen signaal van ons" in page
    assert "hulp gestart" in _text(client, f"/huurder/{tenancy}/vroegsignaal")
    with organisation_scope(corporation.organisation):
        assert len(rejected(5)) == 1


def test_a_file_that_misses_a_column_reads_nothing(told: tuple[int, int], client: Client) -> None:
    upload = {
        "gemeente": str(told[1]),
        "bestand": SimpleUploadedFile("terug.csv", b"Kenmerk;Uitkomst\nVS-1;x\n"),
    }
    page = client.post("/vroegsignalen/antwoorden", upload, follow=True).content.decode()
    assert "Deze kolom ontbreekt: Datum, Resultaat" in page
    assert "Er is niets ingelezen" in page


def test_what_is_no_table_is_refused(told: tuple[int, int], client: Client) -> None:
    for content in (b"", b"PK\x03\x04 kapot"):
        upload = {"gemeente": str(told[1]), "bestand": SimpleUploadedFile("terug.xlsx", content)}
        page = client.post("/vroegsignalen/antwoorden", upload, follow=True).content.decode()
        assert "Er is niets ingelezen" in page or "Kies de gemeente en het bestand" in page


def test_who_paid_since_is_named_and_does_not_go(
    corporation: Corporation, told: tuple[int, int], client: Client
) -> None:
    tenancy, place = told
    _decide(client, tenancy)
    offices.pay(corporation.organisation, 7, 2 * offices.RENT_CENTS, on=timezone.localdate())
    corporation.evaluate()
    page = client.post(f"/vroegsignalen/melden/{place}", {"hoe": "bestand"}, follow=True).content.decode()
    assert "Er staat niets open dat al betaald had moeten zijn" in page
    assert "Er was niets om te melden" in page


def test_customer_service_writes_down_a_no_in_one_press(
    corporation: Corporation, told: tuple[int, int]
) -> None:
    tenancy = told[0]
    desk = corporation.signed_in(Role.CUSTOMER_SERVICE)
    page = _text(desk, f"/huurder/{tenancy}/vroegsignaal")
    assert "De huurder wil dit niet" in page
    assert "Besluit op mijn naam" not in page
    given = {"formulier": str(uuid4())}
    said = desk.post(f"/huurder/{tenancy}/vroegsignaal/nee", given, follow=True).content.decode()
    assert "de gemeente krijgt geen bericht" in said
    assert "De huurder wil niet dat de gemeente bericht krijgt." in said
    with organisation_scope(corporation.organisation):
        kinds = [one.kind for one in steps_of([tenancy], as_of=timezone.localdate())]
    assert kinds.count(Kind.SIGNAL_OBJECTED) == 1


def test_a_municipality_is_kept_by_who_may(corporation: Corporation, told: tuple[int, int]) -> None:
    lead = corporation.signed_in(Role.TEAM_LEAD)
    form = lead.get(f"/gemeenten/{told[1]}").content.decode()
    assert "Rotterdam" in form and "Kenmerk = kenmerk" in form
    wrong = lead.post("/gemeenten/nieuw", {"naam": "Breda", "code": "758", "plaatsen": "Breda, Rotterdam"})
    assert wrong.status_code == 400
    said = wrong.content.decode()
    assert "GM en vier cijfers" in said and "Rotterdam hoort al bij" in said
    assert "Breda" in said  # what was typed stays


def test_the_claim_shows_the_proof_for_the_court(told: tuple[int, int], client: Client) -> None:
    tenancy, place = told
    assert "Er is geen vroegsignaal gedaan" in _text(client, f"/huurder/{tenancy}/vordering")
    _decide(client, tenancy)
    client.post(f"/vroegsignalen/melden/{place}", {"hoe": "getypt"})
    page = _text(client, f"/huurder/{tenancy}/vordering")
    assert "gemeld bij de gemeente Rotterdam" in page
    assert page.count('class="done"') == 4


def test_a_no_is_one_press_away_in_a_talk(told: tuple[int, int], client: Client) -> None:
    tenancy = told[0]
    asked = "Wil niet dat de gemeente bericht krijgt"
    assert asked in _text(client, f"/huurder/{tenancy}/gesprek")
    client.post(f"/huurder/{tenancy}/vroegsignaal/nee", {"formulier": str(uuid4())})
    assert asked not in _text(client, f"/huurder/{tenancy}/gesprek")


def test_a_no_after_the_signal_is_asked_once(
    corporation: Corporation, told: tuple[int, int], client: Client
) -> None:
    tenancy, place = told
    _decide(client, tenancy)
    client.post(f"/vroegsignalen/melden/{place}", {"hoe": "bestand"})
    corporation.evaluate()
    assert "De huurder wil dit niet" in _text(client, f"/huurder/{tenancy}/vroegsignaal")
    client.post(f"/huurder/{tenancy}/vroegsignaal/nee", {"formulier": str(uuid4())})
    corporation.evaluate()
    assert "De huurder wil dit niet" not in _text(client, f"/huurder/{tenancy}/vroegsignaal")


def test_the_days_on_which_a_summons_fits_are_counted_from_the_signal(
    told: tuple[int, int], client: Client
) -> None:
    tenancy, place = told
    _decide(client, tenancy)
    assert "Dagvaarden" not in _text(client, f"/huurder/{tenancy}/vroegsignaal")
    client.post(f"/vroegsignalen/melden/{place}", {"hoe": "bestand"})
    window = summons_window(timezone.localdate(), timezone.localdate())
    page = _text(client, f"/huurder/{tenancy}/vroegsignaal")
    assert f"kan van {window.first_on:%d-%m-%Y} tot en met {window.last_on:%d-%m-%Y}" in page
    assert f"{window.first_on:%d-%m-%Y}" in _text(client, f"/huurder/{tenancy}/vordering")
