"""Writing an objection down while on the telephone, answering it, the list with its terms; and the explanation."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from doors import RENT_CENTS, Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.base.money import euro
from tijdig.objections.actions import answer, object_to
from tijdig.objections.habits import answer_by
from tijdig.objections.kinds import ABOUT_LABEL, About, Outcome, Way
from tijdig.objections.objection import Objection
from tijdig.objections.queries import objections_of
from tijdig.objections.values import AnswerDraft, ObjectionDraft
from tijdig.objections.wording import WAITS, WAITS_AFTER

Typing = dict[str, str | list[str]]


def _tenancy(corporation: Corporation) -> int:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancies_tenancy ORDER BY id LIMIT 1")
        return int(cursor.fetchone()[0])


def _charges(corporation: Corporation) -> list[int]:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_entry WHERE role = 2 ORDER BY due_on")
        return [row[0] for row in cursor.fetchall()]


def _address(corporation: Corporation) -> str:
    return f"/huurder/{_tenancy(corporation)}/bezwaar"


def _kept(corporation: Corporation) -> list[Objection]:
    with organisation_scope(corporation.organisation):
        return objections_of(_tenancy(corporation), corporation.today)


def _text(client: Client, address: str) -> str:
    return client.get(address).content.decode().replace("\u00a0", " ")


def _begins_with(page: str) -> Typing:
    boxes = re.findall(r'<input type="radio" name="(\w+)" id="[^"]+" value="([^"]+)"[^>]* checked', page)
    fields = re.findall(r'<input [^>]*type="(?:date|hidden|text)"[^>]* name="(\w+)" value="([^"]*)"', page)
    return dict(boxes) | {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def _send(client: Client, address: str, **more: str | list[str]) -> tuple[int, str]:
    asked = _begins_with(_text(client, address)) | more
    answered = client.post(address, asked)
    shown = client.get(answered.headers["Location"]) if answered.status_code == 302 else answered
    return answered.status_code, shown.content.decode().replace("\u00a0", " ")


@pytest.fixture
def behind(corporation: Corporation) -> Corporation:
    corporation.lease(1)
    return corporation


@pytest.fixture
def client(behind: Corporation) -> Client:
    return behind.signed_in(Role.CONSULTANT)


def test_the_form_begins_as_a_call_of_today_with_the_first_question_in_focus(
    client: Client, behind: Corporation
) -> None:
    page = _text(client, _address(behind))
    begin = _begins_with(page)
    assert (begin["weg"], begin["ontvangen"]) == ("phone", f"{behind.today}")
    assert "waarover" not in begin
    assert re.findall(r'id="([^"]+)" value="\w+" autofocus', page) == ["waarover-arrears"]
    assert "Binnen 14 dagen antwoordt een medewerker" in page
    assert "(Eigen afspraak.)" in page
    assert page.count('name="post"') == 2
    assert euro(RENT_CENTS).replace("\u00a0", " ") in page


def test_an_objection_is_two_choices_and_a_promise_of_an_answer(client: Client, behind: Corporation) -> None:
    by = answer_by(behind.today)
    code, page = _send(client, _address(behind), waarover="costs")
    assert code == 302
    assert f"bezwaar over incassokosten. Een medewerker antwoordt uiterlijk op {by:%d-%m-%Y}." in page
    assert "gaat er niets vanzelf uit" in page
    (kept,) = _kept(behind)
    assert (kept.about, kept.way, kept.received_on, kept.answer_by_on) == (
        About.COSTS,
        Way.PHONE,
        behind.today,
        by,
    )
    assert (kept.wants_person, kept.text) == (False, "")


def test_it_is_kept_whole(client: Client, behind: Corporation) -> None:
    _, second = _charges(behind)
    came = behind.today - timedelta(days=5)
    code, page = _send(
        client,
        _address(behind),
        waarover="entry",
        post=[str(second)],
        woorden="Ik heb <toen> betaald.\r\nKijk maar.",
        mens="on",
        weg="letter",
        ontvangen=f"{came:%d-%m-%Y}",
    )
    assert code == 302
    (kept,) = _kept(behind)
    assert (kept.about, kept.entries, kept.way) == (About.ENTRY, (second,), Way.LETTER)
    assert (kept.received_on, kept.wants_person) == (came, True)
    assert kept.text == "Ik heb <toen> betaald.\nKijk maar."
    assert "Ik heb &lt;toen&gt; betaald.<br>Kijk maar." in page
    assert "wil een mens spreken" in page
    assert "Tot het antwoord vragen wij deze posten niet." in page
    assert page.count('<li lang="nl">huur ') == 1


def test_ticks_count_only_where_the_objection_is_about_items(client: Client, behind: Corporation) -> None:
    """The boxes are out of sight then, so what is ticked there was not meant."""
    code, _ = _send(client, _address(behind), waarover="arrears", post=[str(_charges(behind)[0])])
    assert (code, _kept(behind)[0].entries) == (302, ())


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "waarover", "Kies waarover het bezwaar gaat."),
        ({"waarover": "weather"}, "waarover", "Kies waarover het bezwaar gaat."),
        ({"waarover": "entry"}, "post", "Vink aan over welke maanden of posten het gaat."),
        ({"waarover": "entry", "post": ["999999"]}, "post", "hoort niet bij dit contract"),
        ({"waarover": "entry", "post": ["x", "9" * 30]}, "post", "Vink aan over welke maanden"),
        ({"waarover": "costs", "weg": "fax"}, "weg", "Kies hoe het bezwaar binnenkwam."),
        ({"waarover": "costs", "ontvangen": "2999-01-01"}, "ontvangen", "ligt in de toekomst"),
        ({"waarover": "costs", "ontvangen": "2019-01-01"}, "ontvangen", "meer dan 366 dagen geleden"),
        ({"waarover": "costs", "ontvangen": "gisteren"}, "ontvangen", "is geen dag"),
        ({"waarover": "costs", "woorden": "x" * 4001}, "woorden", "te lang"),
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
    assert _kept(behind) == []


def test_a_tenant_without_open_items_may_object_to_all_the_rest(
    client: Client, corporation: Corporation
) -> None:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        corporation.lease(2, behind=False)
        cursor.execute("SELECT max(id) FROM tenancies_tenancy")
        address = f"/huurder/{cursor.fetchone()[0]}/bezwaar"
    assert 'name="post"' not in _text(client, address)
    code, page = _send(client, address, waarover="entry")
    assert (code, 'id="post"' in page) == (400, True)
    assert _send(client, address, waarover="treatment")[0] == 302


def test_the_same_form_twice_is_one(client: Client, behind: Corporation) -> None:
    form = uuid4().hex
    for about in ("costs", "letter"):
        assert (
            "bezwaar over incassokosten."
            in _send(client, _address(behind), formulier=form, waarover=about)[1]
        )
    assert len(_kept(behind)) == 1


def test_it_is_answered_by_name_and_once(client: Client, behind: Corporation) -> None:
    _send(client, _address(behind), waarover="arrears")
    (kept,) = _kept(behind)
    address = f"{_address(behind)}/{kept.id}"
    assert _begins_with(_text(client, address))["naam"] == "Proef Consultant"
    code, page = _send(client, address, uitkomst="rejected")
    assert (code, "Schrijf wat u de huurder antwoordt" in page) == (400, True)
    code, page = _send(
        client, address, uitkomst="rejected", antwoord="De huur <klopt>.", naam=" Sanne  Smit "
    )
    assert (code, "Beantwoord: wij zijn het niet met de huurder eens." in page) == (302, True)
    assert "De huur &lt;klopt&gt;." in page
    assert f"Sanne Smit, {behind.today:%d-%m-%Y}" in page
    assert 'name="uitkomst"' not in page
    (kept,) = _kept(behind)
    assert kept.answer is not None
    assert (kept.answer.outcome, kept.answer.name) == (Outcome.REJECTED, "Sanne Smit")
    again = client.post(
        address, {"uitkomst": "upheld", "antwoord": "x", "naam": "y", "beantwoord_op": f"{behind.today}"}
    )
    assert again.status_code == 400
    assert "al beantwoord" in again.content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"antwoord": "tekst"}, "uitkomst"),
        ({"uitkomst": "upheld", "antwoord": "tekst", "naam": ""}, "naam"),
        ({"uitkomst": "upheld", "antwoord": "tekst", "beantwoord_op": "2999-01-01"}, "beantwoord_op"),
        ({"uitkomst": "upheld", "antwoord": "tekst", "beantwoord_op": "2020-01-01"}, "beantwoord_op"),
    ],
)
def test_an_answer_with_something_wrong_is_not_kept_and_not_lost(
    typed: dict[str, str], field: str, client: Client, behind: Corporation
) -> None:
    _send(client, _address(behind), waarover="arrears")
    code, page = _send(client, f"{_address(behind)}/{_kept(behind)[0].id}", **typed)
    assert (code, f'id="{field}-error"' in page, "tekst</textarea>" in page) == (400, True, True)
    assert _kept(behind)[0].answer is None


def test_a_tenant_who_was_right_about_items_is_told_that_they_stay_out(
    client: Client, behind: Corporation
) -> None:
    _send(client, _address(behind), waarover="entry", post=[str(_charges(behind)[0])])
    address = f"{_address(behind)}/{_kept(behind)[0].id}"
    _, page = _send(client, address, uitkomst="upheld", antwoord="U had gelijk.")
    assert WAITS_AFTER in page
    assert WAITS_AFTER in _text(client, _address(behind))
    assert WAITS_AFTER in _text(client, f"/huurder/{_tenancy(behind)}/uitleg")


def test_customer_service_writes_down_and_does_not_answer_and_a_manager_only_reads(
    client: Client, behind: Corporation
) -> None:
    service = behind.signed_in(Role.CUSTOMER_SERVICE)
    assert _send(service, _address(behind), waarover="decision")[0] == 302
    address = f"{_address(behind)}/{_kept(behind)[0].id}"
    page = _text(service, address)
    assert "Een incassoconsulent of teamleider beantwoordt dit bezwaar." in page
    assert 'name="uitkomst"' not in page
    assert service.post(address, {}).status_code == 403
    manager = behind.signed_in(Role.MANAGER)
    assert "Een besluit" in _text(manager, _address(behind))
    assert 'name="waarover"' not in _text(manager, _address(behind))
    assert manager.get("/bezwaren").status_code == 200


def test_the_tenant_page_shows_what_waits_for_an_answer(client: Client, behind: Corporation) -> None:
    page = _text(client, f"/huurder/{_tenancy(behind)}")
    assert f'href="{_address(behind)}"' in page
    assert "Bezwaar over" not in page
    _send(client, _address(behind), waarover="letter")
    (kept,) = _kept(behind)
    page = _text(client, f"/huurder/{_tenancy(behind)}")
    assert f'href="{_address(behind)}/{kept.id}" lang="nl">een brief of bericht</a>' in page
    assert f"{kept.answer_by_on:%d-%m-%Y}" in page
    _send(client, f"{_address(behind)}/{kept.id}", uitkomst="withdrawn")
    assert "Bezwaar over" not in _text(client, f"/huurder/{_tenancy(behind)}")


def _heard(corporation: Corporation, tenancy: int, days_ago: int, **more: object) -> int:
    received = corporation.today - timedelta(days=days_ago)
    draft = ObjectionDraft(
        tenancy_id=tenancy,
        about=About.COSTS,
        received_on=received,
        way=Way.PHONE,
        **more,  # type: ignore[arg-type]
    )
    return object_to(
        organisation_id=corporation.organisation,
        actor="user:0",
        draft=draft,
        asked_as=uuid4(),
        on=corporation.today,
    )


def test_the_list_has_the_nearest_term_first_with_who_is_late_in_words_and_shape(
    client: Client, behind: Corporation
) -> None:
    tenancy = _tenancy(behind)
    fresh, late = _heard(behind, tenancy, 0, wants_person=True), _heard(behind, tenancy, 40)
    page = _text(client, "/bezwaren")
    assert re.findall(r'data-row="objection-(\d+)"', page) == [str(late), str(fresh)]
    assert re.findall(r'class="near near-(\w+)"', page) == ["late", "later"]
    assert page.count("wij zijn te laat") == page.count("heeft tijd") == 1
    assert page.count("wil een mens spreken") == 1
    assert f'href="{_address(behind)}/{late}"' in page
    assert "Verzonnen1" in page
    draft = AnswerDraft(
        objection_id=late, outcome=Outcome.UPHELD, answered_on=behind.today, name="S", words="x"
    )
    answer(organisation_id=behind.organisation, actor="user:0", draft=draft, on=behind.today)
    assert re.findall(r'data-row="objection-(\d+)"', _text(client, "/bezwaren")) == [str(fresh)]


def test_an_empty_list_says_so(client: Client) -> None:
    assert "Er wacht geen bezwaar op antwoord." in _text(client, "/bezwaren")


def test_the_list_asks_the_same_questions_whatever_its_length(client: Client, behind: Corporation) -> None:
    asked: list[int] = []
    for number in range(2, 5):
        behind.lease(number)
        with organisation_scope(behind.organisation), connection.cursor() as cursor:
            cursor.execute("SELECT max(id) FROM tenancies_tenancy")
            (tenancy,) = cursor.fetchone()
        _heard(behind, tenancy, 1)
        seen: list[str] = []

        def listen(execute, sql, params, many, context, seen=seen):  # type: ignore[no-untyped-def]
            seen.append(sql)
            return execute(sql, params, many, context)

        client.get("/bezwaren")
        with connection.execute_wrapper(listen):
            client.get("/bezwaren")
        asked.append(len(seen))
    assert asked == [asked[0]] * 3


def test_of_another_tenancy_or_corporation_nothing_is_found(client: Client, behind: Corporation) -> None:
    _send(client, _address(behind), waarover="costs")
    behind.lease(2)
    number = _kept(behind)[0].id
    for address in (
        f"/huurder/{_tenancy(behind) + 1}/bezwaar/{number}",
        f"{_address(behind)}/999999",
        "/huurder/999999/bezwaar",
        "/huurder/99999999999999999999/bezwaar",
    ):
        assert client.get(address).status_code == 404, address
        assert client.post(address, {}).status_code == 404, address


@pytest.mark.parametrize("about", list(About))
def test_every_objection_says_what_waits_for_it(about: About, client: Client, behind: Corporation) -> None:
    _send(client, _address(behind), waarover=about.value, post=[str(_charges(behind)[0])])
    (kept,) = _kept(behind)
    page = _text(client, _address(behind))
    assert ABOUT_LABEL[about].capitalize() in page
    assert WAITS[kept.pause] in page


def test_an_english_reader_gets_english_words(client: Client, behind: Corporation) -> None:
    client.post("/taal", {"language": "en", "next": "/zoeken"})
    page = _text(client, _address(behind))
    assert "What does the tenant disagree with?" in page
    assert "Within 14 days a member of staff answers" in page
