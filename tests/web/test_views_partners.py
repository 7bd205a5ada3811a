"""Both sides of a file on their pages: what is agreed, handed over, seen live, and closed."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone
from tests.bailiff import partners
from tests.letters import offices

from tijdig.access.actions import create_user
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_agreement import end_agreement
from tijdig.bailiff.agreement import Tariff
from tijdig.bailiff.kinds import End, Side
from tijdig.bailiff.queries import files_of
from tijdig.bailiff.queries_ending import endings
from tijdig.history.queries import last_of

if TYPE_CHECKING:
    from doors import Corporation

PASSWORD = "een-lang-wachtwoord"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: offices.TODAY)


def _in(email: str, password: str) -> Client:
    client = Client()
    assert client.post("/aanmelden", {"username": email, "password": password}).status_code == 302
    return client


def _page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def _proposal(page: str, code: str) -> dict[str, object]:
    return {
        "formulier": _hidden(page, "formulier"), "code": code, "begin": f"{offices.TODAY:%Y-%m-%d}",
        "visie": "Zo snel en goedkoop mogelijk uit de schuld.", "doel-amicable_pct": "93", "maanden-amicable_pct": "12",
        "doel-tenant_cost_cents": "150,00", "tarieven": "per dossier: 45,00\n", "van": "08:00", "tot": "19:00",
        "mag": ["contact", "arrange", "cause"], "ziet": ["phone", "contacts"],
    }  # fmt: skip


def test_two_sides_agree_and_work_one_file(corporation: Corporation) -> None:
    organisation = corporation.organisation
    tenancy = partners.ready(organisation)
    code = partners.partner()[2]
    with organisation_scope(organisation):
        pass
    lead, bailiff = corporation.signed_in(Role.TEAM_LEAD), _in(f"{code}@maas.example", "x")
    form = _page(lead, "/deurwaarders/afspraken/nieuw")
    wrong = lead.post("/deurwaarders/afspraken/nieuw", _proposal(form, "bestaat-niet") | {"visie": " "})
    said = html.unescape(wrong.content.decode())
    assert wrong.status_code == 400
    assert "Er is geen deurwaarder met de code bestaat-niet" in said and "Schrijf in één zin" in said
    assert 'value="150,00"' in said
    made = lead.post("/deurwaarders/afspraken/nieuw", _proposal(form, code))
    assert made.status_code == 302
    agreement = _page(lead, made["Location"])
    assert "gaat in op" in agreement and "€ 150,00" in agreement and "93%" in agreement
    lead.post(made["Location"], {"wat": "akkoord"})
    assert "wacht op akkoord" in _page(lead, "/deurwaarders")
    waits = _page(bailiff, "/dossiers")
    assert "wachten op akkoord" in waits and "geen dossiers bij u" in waits
    theirs = re.search(r'href="(/dossiers/\d+/afspraken/\d+)"', waits)
    assert theirs is not None
    bailiff.post(theirs[1], {"wat": "akkoord"})
    assert "<strong>geldt</strong>" in _page(lead, "/deurwaarders")
    assert "wachten op akkoord" not in _page(bailiff, "/dossiers") and "Woonstichting Proef" in _page(
        bailiff, "/dossiers"
    )

    page = _page(lead, f"/huurder/{tenancy}/overdracht")
    assert "Alles is in orde" in page
    partner = re.search(r'<option value="(\d+)">Gerechtsdeurwaarders Maas', page)
    assert partner is not None
    given = {
        "wat": "draag",
        "deurwaarder": partner[1],
        "reden": "ACH",
        "formulier": _hidden(page, "formulier"),
    }
    assert lead.post(f"/huurder/{tenancy}/overdracht", given).status_code == 302
    assert "Het dossier is bij de deurwaarder" in _page(lead, f"/huurder/{tenancy}/overdracht")

    listed = _page(bailiff, "/dossiers")
    assert "Lindestraat 1" in listed and "€ 1.400,00" in listed
    address = re.search(r'href="(/dossiers/\d+/\d+)"', listed)
    assert address is not None
    file = _page(bailiff, address[1])
    assert (
        "06 12345678" in file and "m1@voorbeeld.example" not in file
    )  # the e-mail address was not agreed on
    assert "Contact tot nu toe" in file and "Brieven" not in file.partition("<main")[2]
    with organisation_scope(organisation):
        offices.pay(organisation, 1, 50_000)
    assert "betaald vandaag" in _page(bailiff, "/dossiers")
    assert "De huurder betaalde vandaag" in _page(bailiff, address[1]) and "€ 900,00" in _page(
        bailiff, address[1]
    )

    cause = {
        "wat": "oorzaak",
        "oorzaak": ["illness"],
        "zeker": "told",
        "woorden": "Ligt veel op bed.",
        "formulier": _hidden(file, "formulier"),
    }
    assert bailiff.post(address[1], cause | {"oorzaak": []}).status_code == 400
    assert bailiff.post(address[1], cause | {"formulier": "x"}).status_code == 400
    assert bailiff.post(address[1], cause).status_code == 302
    told = _page(lead, f"/huurder/{tenancy}/hulp")
    assert "de deurwaarder" in told and "Ligt veel op bed." in told
    assert bailiff.get(f"/huurder/{tenancy}").status_code == 403
    odd = bailiff.post(address[1], {"einde": "KWI"})
    assert odd.status_code == 400 and "kiest de corporatie" in odd.content.decode()
    early = bailiff.post(address[1], {"einde": "AFB"})
    assert early.status_code == 400 and "nog € 900,00 open" in html.unescape(early.content.decode()).replace(
        "\u00a0", " "
    )
    with organisation_scope(organisation):
        offices.pay(organisation, 1, 90_000, more="rest")
    assert bailiff.post(address[1], {"einde": "AFB"}).status_code == 302
    _page(bailiff, address[1], 404)
    assert "alles betaald" in _page(lead, f"/huurder/{tenancy}/overdracht")


def test_a_version_with_an_end_is_followed_in_time_and_shows_what_changes(corporation: Corporation) -> None:
    who = partners.partner()
    with organisation_scope(corporation.organisation):
        pass
    last = offices.TODAY + timedelta(days=20)
    terms = replace(partners.TERMS, until_on=last, tariffs=(Tariff("kosten: oproep", 4_505),))
    first = partners.agreed(corporation.organisation, who, terms=terms)
    lead, bailiff = corporation.signed_in(Role.TEAM_LEAD), _in(f"{who[2]}@maas.example", "x")
    said = f"lopen tot en met {last:%d-%m-%Y}. Maak op tijd een nieuwe versie."
    ours, theirs = (
        f"/deurwaarders/afspraken/{first}",
        f"/dossiers/{corporation.organisation}/afspraken/{first}",
    )
    met = f"De afspraken met Gerechtsdeurwaarders Maas {said}"
    assert met in _page(lead, "/deurwaarders") and met in _page(lead, "/toezicht")
    assert f"De afspraken met Woonstichting Proef {said}" in _page(bailiff, "/dossiers")
    for client, address in ((lead, ours), (bailiff, theirs)):
        page = _page(client, address)
        assert f"Deze afspraken {said}" in page
        assert re.search(r"Piet Maas, <span class=\"figures\">\d\d-\d\d-\d{4} \d\d:\d\d</span>", page)

    form = _page(lead, f"/deurwaarders/afspraken/nieuw?van={first}")
    assert f'value="{who[2]}"' in form and f'name="begin" required value="{last + timedelta(days=1)}"' in form
    assert (
        "kosten: oproep: 45,05" in form
        and 'name="doel-amicable_pct" maxlength="12" inputmode="decimal" value="93"' in form
    )
    assert 'id="ziet-phone" name="ziet" value="phone" checked' in form
    assert 'id="ziet-email" name="ziet" value="email">' in form
    assert 'value=""' in re.findall(r'<input[^>]*name="loopt"[^>]*>', form)[0]
    given = _proposal(form, who[2]) | {
        "begin": f"{last + timedelta(days=1)}", "visie": partners.TERMS.vision, "tarieven": "kosten: oproep: 50,00",
        "mag": [one.value for one in partners.TERMS.may], "ziet": [one.value for one in partners.TERMS.shows],
        "doel-tenant_cost_cents": "", "doel-contact_days": "5", "maanden-contact_days": "6",
    }  # fmt: skip
    wrong = lead.post("/deurwaarders/afspraken/nieuw", given | {"loopt": "morgen"})
    assert wrong.status_code == 400 and "Kies een dag tot en met welke het loopt" in wrong.content.decode()
    made = lead.post("/deurwaarders/afspraken/nieuw", given)
    assert made.status_code == 302
    second = _page(
        bailiff, made["Location"].replace("/deurwaarders/", f"/dossiers/{corporation.organisation}/")
    )
    differs = second.partition('id="differs"')[2].partition("</section>")[0]
    assert "versie 1" in differs
    assert re.findall(r"<del>(.*?)</del> → <ins>(.*?)</ins>", differs) == [
        ("€ 45,05", "€ 50,00"),
        (f"{last:%d-%m-%Y}", "geen einde afgesproken"),
    ]
    assert differs.count("<dt") == 2


def test_a_weak_point_waits_for_another_colleague(corporation: Corporation) -> None:
    organisation = corporation.organisation
    tenancy = partners.ready(organisation, visited=False)
    who = partners.partner()
    with organisation_scope(organisation):
        pass
    partners.agreed(organisation, who)
    lead = corporation.signed_in(Role.TEAM_LEAD)
    create_user(
        organisation_id=organisation,
        email="tweede@proef.test",
        name="Twee de Boer",
        role="consultant",
        password=PASSWORD,
    )
    second = _in("tweede@proef.test", PASSWORD)
    address = f"/huurder/{tenancy}/overdracht"
    page = _page(lead, address)
    assert "Bijna alles is in orde" in page and "nog niet langsgegaan" in page
    given = {"wat": "draag", "deurwaarder": who[0], "reden": "ACH", "formulier": _hidden(page, "formulier")}
    assert lead.post(address, given).status_code == 400
    assert lead.post(address, given | {"waarom": "De woning staat leeg."}).status_code == 302
    own = _page(lead, address)
    assert "een ander beslist mee" in own and 'value="mee"' not in own
    assert lead.post(address, {"wat": "mee"}).status_code == 400
    assert "Wacht op een tweede collega" in _page(second, "/deurwaarders")
    assert "De woning staat leeg." in _page(second, address)
    assert second.post(address, {"wat": "mee"}).status_code == 302
    assert "Twee de Boer besliste mee" in _page(lead, address)
    assert lead.post(address, {"wat": "haal", "einde": "ZZZ"}).status_code == 400
    assert 'value="ONT"' in _page(lead, address)
    assert lead.post(address, {"wat": "haal", "einde": "ONT"}).status_code == 302
    assert "ten onrechte overgedragen" in _page(lead, address)


def test_what_goes_back_by_the_old_page_ends_the_file_too(corporation: Corporation) -> None:
    organisation = corporation.organisation
    tenancy, who = partners.ready(organisation), partners.partner()
    with organisation_scope(organisation):
        pass
    partners.agreed(organisation, who)
    partners.handed(organisation, tenancy, who[0])
    lead = corporation.signed_in(Role.TEAM_LEAD)
    address = f"/huurder/{tenancy}/stap"
    given = {"wat": "handed_back", "formulier": _hidden(_page(lead, address), "formulier")}
    assert lead.post(address, given).status_code == 302
    with organisation_scope(organisation):
        (file,) = files_of(tenancy)
    assert file.ended_on == offices.TODAY
    assert "geen dossiers bij u" in _page(_in(f"{who[2]}@maas.example", "x"), "/dossiers")


@pytest.mark.parametrize(
    "given", [{}, {"wat": "iets"}, {"wat": "draag", "formulier": "x"}, {"wat": "mee"}, {"wat": "haal"}]
)
def test_odd_answers_change_nothing(corporation: Corporation, given: dict[str, str]) -> None:
    tenancy = partners.ready(corporation.organisation)
    lead = corporation.signed_in(Role.TEAM_LEAD)
    assert lead.post(f"/huurder/{tenancy}/overdracht", given).status_code == 400
    assert "Er zijn nog geen afspraken" in _page(lead, f"/huurder/{tenancy}/overdracht")


def test_a_form_that_cannot_be_read_says_what_to_write(corporation: Corporation) -> None:
    lead = corporation.signed_in(Role.TEAM_LEAD)
    form = _page(lead, "/deurwaarders/afspraken/nieuw")
    given = _proposal(form, "x") | {"tarieven": "per dossier 45", "van": "acht", "doel-kept_pct": "veel"}
    said = html.unescape(lead.post("/deurwaarders/afspraken/nieuw", given).content.decode())
    for words in (
        "een dubbele punt, het bedrag",
        "Vul de tijden in als 08:00",
        "regelingen nagekomen een getal in",
    ):
        assert words in said


def _ended(organisation: int, agreement_id: int, end_on: date) -> None:
    end_agreement(
        organisation_id=organisation,
        agreement_id=agreement_id,
        side=Side.CORPORATION,
        end_on=end_on,
        **partners.BY,
    )


def test_files_without_an_agreement_are_seen_and_taken_back_in_one_go(corporation: Corporation) -> None:
    organisation = corporation.organisation
    who = partners.partner()
    agreed = partners.agreed(organisation, who)
    tenancies = [partners.ready(organisation, number) for number in (1, 2)]
    for one in tenancies:
        partners.handed(organisation, one, who[0])
    lead, consultant = corporation.signed_in(Role.TEAM_LEAD), corporation.signed_in(Role.CONSULTANT)
    assert "zonder afspraken" not in _page(lead, "/deurwaarders") + _page(lead, "/vandaag")
    assert lead.post("/deurwaarders", {"wat": "terug"}).status_code == 302
    with organisation_scope(organisation):
        assert all(files_of(one)[0].ended_on is None for one in tenancies)  # these have one
    _ended(organisation, agreed, offices.TODAY + timedelta(days=30))
    soon = f"{offices.TODAY + timedelta(days=29):%d-%m-%Y}"
    for page in ("/deurwaarders", "/vandaag", "/toezicht"):
        assert f"Gerechtsdeurwaarders Maas lopen tot en met {soon}" in _page(lead, page), page
    assert "lopen tot en met" not in _page(consultant, "/vandaag")


def test_what_is_taken_back_in_one_go_ends_with_its_own_line(corporation: Corporation) -> None:
    organisation = corporation.organisation
    who = partners.partner()
    agreed = partners.agreed(organisation, who)
    tenancies = [partners.ready(organisation, number) for number in (1, 2)]
    for one in tenancies:
        partners.handed(organisation, one, who[0])
    _ended(organisation, agreed, offices.TODAY)
    lead, consultant = corporation.signed_in(Role.TEAM_LEAD), corporation.signed_in(Role.CONSULTANT)
    page = _page(lead, "/deurwaarders")
    assert "Dossiers zonder afspraken (2)" in re.sub(r"<[^>]+>", "", page)
    assert "Haal alles terug" in page
    assert "Haal alles terug" not in _page(consultant, "/deurwaarders")
    for one in ("/vandaag", "/toezicht"):
        assert "2 dossiers staan bij een deurwaarder zonder afspraken" in _page(lead, one)
    assert consultant.post("/deurwaarders", {"wat": "terug"}).status_code == 403
    said = lead.post("/deurwaarders", {"wat": "terug"}, follow=True).content.decode()
    assert "2 dossiers zijn teruggehaald op uw naam" in said
    assert "Dossiers zonder afspraken" not in said
    with organisation_scope(organisation):
        for one in tenancies:
            (ended,) = files_of(one)
            assert (ended.ended_on, ended.end) == (offices.TODAY, End.TAKEN_BACK)
            assert ended.end_name == f"Proef {Role.TEAM_LEAD.value.title()}"
            assert len(last_of(f"tenancy:{one}", "file_ended")) == 1
    again = lead.post("/deurwaarders", {"wat": "terug"}, follow=True).content.decode()
    assert "geen dossiers meer zonder afspraken" in again


def test_a_version_that_follows_is_no_end(organisation: int) -> None:
    who = partners.partner()
    first = partners.agreed(organisation, who)
    _ended(organisation, first, offices.TODAY + timedelta(days=40))
    with organisation_scope(organisation):
        assert endings([], offices.TODAY).soon == ()  # not soon
        (one,) = endings([], offices.TODAY + timedelta(days=10)).soon
        assert one.end_on == offices.TODAY + timedelta(days=40)
    partners.agreed(organisation, who, begin_on=offices.TODAY + timedelta(days=40))
    with organisation_scope(organisation):
        assert endings([], offices.TODAY + timedelta(days=10)).soon == ()
