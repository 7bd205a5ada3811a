"""Setting a circumstance and ending it at the page, and its words at the head of the tenant."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import PersonDraft
from tijdig.tenancies.flags import FLAG_LABEL, FLAG_MEANS, Flag, LearnedFrom, SetFlag
from tijdig.tenancies.queries_flags import flags_of

Typing = dict[str, str]


def _tenancy(corporation: Corporation) -> int:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancies_tenancy ORDER BY id LIMIT 1")
        return int(cursor.fetchone()[0])


def _address(corporation: Corporation) -> str:
    return f"/huurder/{_tenancy(corporation)}/bijzonderheden"


def _flags(corporation: Corporation) -> list[SetFlag]:
    with organisation_scope(corporation.organisation):
        return flags_of(_tenancy(corporation), corporation.today)


def _begins_with(page: str) -> Typing:
    """What the form would send if nobody touched it."""
    boxes = re.findall(r'<input type="radio" name="(\w+)" id="[^"]+" value="([^"]+)"[^>]* checked', page)
    fields = re.findall(r'<input [^>]*type="(?:date|hidden)"[^>]* name="(\w+)" value="([^"]*)"', page)
    return dict(boxes) | {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def _send(client: Client, address: str, **more: str) -> tuple[int, str]:
    asked = _begins_with(client.get(address).content.decode()) | more
    answer = client.post(address, asked)
    shown = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
    return answer.status_code, shown.content.decode()


@pytest.fixture
def behind(corporation: Corporation) -> Corporation:
    corporation.lease(1)
    return corporation


@pytest.fixture
def client(behind: Corporation) -> Client:
    return behind.signed_in(Role.CONSULTANT)


def test_the_form_begins_today_with_nothing_chosen_and_what_is_set_is_read_first(
    client: Client, behind: Corporation
) -> None:
    page = client.get(_address(behind)).content.decode()
    begin = _begins_with(page)
    assert begin["sinds"] == f"{behind.today}"
    assert set(begin) - {"next"} == {"sinds", "formulier", "bekend"}
    assert "autofocus" not in page
    assert page.index("Er zijn geen bijzonderheden.") < page.index('name="wat"')
    assert "Er zijn geen bijzonderheden." in page
    assert "niets over gezondheid, ook niet bij een kwetsbaar huishouden" in page
    for kind in Flag:
        assert FLAG_MEANS[kind] in page


def test_one_is_set_and_stands_at_the_head_of_the_tenant(client: Client, behind: Corporation) -> None:
    begin = behind.today - timedelta(days=3)
    typed = {"wat": "debt_procedure", "bron": "municipality", "sinds": f"{begin:%d-%m-%Y}"}
    code, page = _send(client, _address(behind), **typed, toelichting="Brief <ontvangen>.\r\nDossier 12.")
    assert (code, "Vastgelegd: schuldregeling, soort nog niet bekend." in page) == (302, True)
    assert '<strong lang="nl">schuldregeling, soort nog niet bekend</strong>' in page
    (kept,) = _flags(behind)
    assert (kept.kind, kept.begin_on, kept.learned_from) == (
        Flag.DEBT_PROCEDURE,
        begin,
        LearnedFrom.MUNICIPALITY,
    )
    assert kept.note == "Brief <ontvangen>.\nDossier 12."
    own = client.get(_address(behind)).content.decode()
    assert "Brief &lt;ontvangen&gt;.<br>Dossier 12." in own
    assert f"Sinds {begin:%d-%m-%Y}." in own
    assert "Proef Consultant" in own


def test_it_asks_for_a_new_evaluation(client: Client, behind: Corporation) -> None:
    behind.evaluate()
    _send(client, _address(behind), wat="death", bron="tenant")
    with organisation_scope(behind.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT tenancy_id FROM ledger_dirty")
        assert cursor.fetchall() == [(_tenancy(behind),)]


def test_the_words_stand_once_each_in_the_order_of_the_list(client: Client, behind: Corporation) -> None:
    for kind in ("bankruptcy", "administration"):
        _send(client, _address(behind), wat=kind, bron="court_register")
    page = client.get(f"/huurder/{_tenancy(behind)}").content.decode()
    assert '<strong lang="nl">bewindvoering, faillissement</strong>' in page
    earlier = behind.today - timedelta(days=1)
    then = client.get(f"/huurder/{_tenancy(behind)}?as_of={earlier}").content.decode()
    assert "faillissement" not in then


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"bron": "tenant"}, "wat", "Kies wat er aan de hand is."),
        ({"wat": "illness", "bron": "tenant"}, "wat", "Kies wat er aan de hand is."),
        ({"wat": "death"}, "bron", "Kies hoe u dit weet."),
        ({"wat": "death", "bron": "tenant", "sinds": "2999-01-01"}, "sinds", "ligt in de toekomst"),
        ({"wat": "death", "bron": "tenant", "sinds": ""}, "sinds", "Vul een dag in"),
        ({"wat": "death", "bron": "tenant", "sinds": "ooit"}, "sinds", "is geen dag"),
        ({"wat": "death", "bron": "tenant", "toelichting": "x" * 401}, "toelichting", "te lang"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_on_top_and_nothing_is_kept(
    typed: Typing, field: str, sentence: str, client: Client, behind: Corporation
) -> None:
    code, page = _send(client, _address(behind), **typed)
    assert code == 400
    beside = re.search(rf'id="{field}-error" lang="nl"><strong>(.*?)</strong>', page)
    assert beside and sentence in beside[1], page
    assert page.count('-error" lang') == 1
    assert f'<a href="#{field}" lang="nl">{beside[1]}</a>' in page
    assert page.count("autofocus") == 1
    assert _flags(behind) == []


def test_a_second_one_of_a_kind_is_refused_with_what_was_typed_still_there(
    client: Client, behind: Corporation
) -> None:
    _send(client, _address(behind), wat="vulnerable", bron="colleague")
    code, page = _send(
        client, _address(behind), wat="vulnerable", bron="tenant", toelichting="Belt liever overdag."
    )
    assert (code, "‘kwetsbaar huishouden’ staat al vast" in page) == (400, True)
    assert "Belt liever overdag." in page
    assert len(_flags(behind)) == 1


def test_the_same_form_twice_is_one(client: Client, behind: Corporation) -> None:
    typed = {"wat": "death", "bron": "tenant", "formulier": "12345678123456781234567812345678"}
    assert [_send(client, _address(behind), **typed)[0] for _ in range(2)] == [302, 302]
    assert len(_flags(behind)) == 1


def test_one_is_ended_and_stays_visible(client: Client, behind: Corporation) -> None:
    _send(client, _address(behind), wat="administration", bron="representative", toelichting="Begin.")
    (kept,) = _flags(behind)
    page = client.get(_address(behind)).content.decode()
    link = f"{_address(behind)}/{kept.id}/einde"
    assert f'href="{link}"' in page
    assert _begins_with(client.get(link).content.decode())["vanaf"] == f"{behind.today}"
    code, page = _send(client, link)
    assert (code, "Kies hoe u dit weet." in page) == (400, True)
    early = f"{behind.today - timedelta(days=1)}"
    assert "vóór de begindag" in _send(client, link, bron="colleague", vanaf=early)[1]
    code, page = _send(client, link, bron="court_register", toelichting="Opgeheven.")
    assert (code, "Geëindigd: bewindvoering." in page) == (302, True)
    assert "Wat voorbij is" in page
    assert "Begin." in page
    assert "Opgeheven." in page
    (over,) = _flags(behind)
    assert over.end is not None
    assert (over.end.end_on, over.end.learned_from) == (behind.today, LearnedFrom.COURT_REGISTER)
    assert "Let op:" not in client.get(f"/huurder/{_tenancy(behind)}").content.decode()
    answer = client.post(link, {"bron": "tenant", "vanaf": f"{behind.today}"}, follow=True)
    assert "al geëindigd" in answer.content.decode()


def test_customer_service_sets_and_does_not_end_and_a_manager_only_reads(
    client: Client, behind: Corporation
) -> None:
    service = behind.signed_in(Role.CUSTOMER_SERVICE)
    assert _send(service, _address(behind), wat="death", bron="tenant")[0] == 302
    (kept,) = _flags(behind)
    page = service.get(_address(behind)).content.decode()
    assert "/einde" not in page
    assert '<form method="post" action="/huurder' in page
    assert service.post(f"{_address(behind)}/{kept.id}/einde", {}).status_code == 403
    manager = behind.signed_in(Role.MANAGER).get(_address(behind)).content.decode()
    assert "overlijden" in manager
    assert 'name="wat"' not in manager


def test_a_death_of_the_source_is_shown_and_cannot_be_ended_here(client: Client, behind: Corporation) -> None:
    died = behind.today - timedelta(days=2)
    person = PersonDraft("R1", "NAT", "Verzonnen1", "van", "E.", died_on=died)
    load(organisation_id=behind.organisation, records=[person], actor="test", on=behind.today)
    page = client.get(_address(behind)).content.decode()
    assert f"Sinds {died:%d-%m-%Y}." in page
    assert "Dit staat in het bronsysteem." in page
    assert "/einde" not in page
    assert FLAG_LABEL[Flag.DEATH] in client.get(f"/huurder/{_tenancy(behind)}").content.decode()


def test_of_another_tenancy_or_corporation_nothing_is_found(client: Client, behind: Corporation) -> None:
    behind.lease(2)
    _send(client, _address(behind), wat="death", bron="tenant")
    (kept,) = _flags(behind)
    for address in (
        f"/huurder/{_tenancy(behind) + 1}/bijzonderheden/{kept.id}/einde",
        f"{_address(behind)}/999999/einde",
        "/huurder/999999/bijzonderheden",
        "/huurder/99999999999999999999/bijzonderheden",
    ):
        assert client.get(address).status_code == 404, address
        assert client.post(address, {}).status_code == 404, address


def test_an_english_reader_gets_english_words(client: Client, behind: Corporation) -> None:
    client.post("/taal", {"language": "en", "next": "/zoeken"})
    page = client.get(_address(behind)).content.decode()
    assert "What is the matter?" in page
    assert "Wat is er aan de hand?" not in page
