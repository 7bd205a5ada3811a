"""The team: how full everybody is, absence, working time, a whole caseload to somebody else, one tenancy by hand."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from tests.caseload.people import consultant, leave

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.caseload.kinds import Why
from tijdig.caseload.queries import absences, assigned, given_of, owners, weeks
from tijdig.cases.actions_assign import assign_open
from tijdig.cases.queries_team import at_work
from tijdig.web.caseload_lines import hours


@pytest.fixture
def behind(corporation: Corporation) -> Corporation:
    """Two tenants in region Noord who are behind."""
    corporation.lease(1)
    corporation.lease(2)
    corporation.evaluate()
    return corporation


@pytest.fixture
def lead(behind: Corporation) -> Client:
    return behind.signed_in(Role.TEAM_LEAD)


def _tenancies(corporation: Corporation) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM tenancies_tenancy WHERE organisation_id = %s ORDER BY id",
            [corporation.organisation],
        )
        return [row[0] for row in cursor.fetchall()]


def _assign_open(corporation: Corporation) -> int:
    return assign_open(organisation_id=corporation.organisation, on=corporation.today, actor="system:night")


def _whose(corporation: Corporation) -> dict[int, int]:
    with organisation_scope(corporation.organisation):
        return assigned(corporation.today)


def _words(page: bytes) -> str:
    """What a person reads: without marks, each gap one space."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.decode().replace("\u00a0", " ")))


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return _words(answer.content)


def _send(client: Client, address: str, **typed: object) -> tuple[int, str]:
    """The code, and what the page says that it leads to."""
    answer = client.post(address, typed)
    shown = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
    return answer.status_code, _words(shown.content)


def _errors(client: Client, address: str, **typed: object) -> list[str]:
    """The fields that something is wrong with, each with its sentence beside it where it is a field of the form."""
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    on_top = re.findall(r'<li><a href="#([\w-]+)" lang="nl">(.*?)</a>', page)
    for field, sentence in on_top:
        assert f'id="{field}' in page
        assert field == "main" or f'id="{field}-error" lang="nl"><strong>{sentence}' in page
    return [field for field, _ in on_top]


def test_everybody_stands_there_with_the_work_in_words(lead: Client, behind: Corporation) -> None:
    consultant(behind.organisation, "Anna Aa", "Noord")
    consultant(behind.organisation, "Bert Be")
    _assign_open(behind)
    page = _page(lead, "/team")
    with organisation_scope(behind.organisation):
        minutes = sum(at_work(behind.today).values())
    work = f"{hours(minutes)} van 30 uur per week ruimte {minutes * 100 // 1800}%"
    assert f"Anna Aa Noord 2 {work} aanwezig" in page
    assert "Bert Be geen vaste regio 0 0 uur van 30 uur per week ruimte 0% aanwezig" in page
    assert "bij niemand" not in page


def test_what_is_with_nobody_is_told_and_divided(lead: Client, behind: Corporation) -> None:
    anna = consultant(behind.organisation, "Anna Aa", "Noord")
    assert "2 huurders op de werkvoorraad zijn bij niemand." in _page(lead, "/team")
    code, page = _send(lead, "/team")
    assert (code, "2 huurders kregen een collega." in page) == (302, True)
    assert set(_whose(behind).values()) == {anna}


def test_an_absence_with_a_stand_in(lead: Client, behind: Corporation) -> None:
    anna, bert = (
        consultant(behind.organisation, "Anna Aa", "Noord"),
        consultant(behind.organisation, "Bert Be"),
    )
    _assign_open(behind)
    until = behind.today + timedelta(days=20)
    code, page = _send(
        lead, f"/team/{anna}", wat="afwezig", van=f"{behind.today}", tot=f"{until}", vervanger=bert
    )
    assert (code, "Anna Aa is afwezig gemeld, met een vervanger." in page) == (302, True)
    assert f"Van {behind.today:%d-%m-%Y} tot en met {until:%d-%m-%Y} . Bert Be vervangt." in page.replace(
        f"{until:%d-%m-%Y}.", f"{until:%d-%m-%Y} ."
    )
    assert f"Afwezig tot en met {until:%d-%m-%Y} Bert Be vervangt" in _page(lead, "/team")
    with organisation_scope(behind.organisation):
        assert set(owners(behind.today).values()) == {bert}
        assert set(assigned(behind.today).values()) == {anna}


def test_an_absence_is_spread_at_once_and_taken_back_after(lead: Client, behind: Corporation) -> None:
    anna, bert = (
        consultant(behind.organisation, "Anna Aa", "Noord"),
        consultant(behind.organisation, "Bert Be"),
    )
    _assign_open(behind)
    code, page = _send(lead, f"/team/{anna}", wat="afwezig", van=f"{behind.today}", tot="", vervanger="")
    assert (code, "Anna Aa is afwezig gemeld. 2 huurders kregen een collega." in page) == (302, True)
    assert set(_whose(behind).values()) == {bert}
    assert "2 huurders van Anna Aa gingen door een afwezigheid naar een collega." in page
    assert "Haal ze terug" not in page
    with organisation_scope(behind.organisation):
        (report,) = absences(behind.today)
    code, page = _send(lead, f"/team/{anna}", wat="terug", afwezigheid=report.id, terug=f"{behind.today}")
    assert (code, "Anna Aa is er weer." in page, "Haal ze terug" in page) == (302, True, True)
    code, page = _send(lead, f"/team/{anna}", wat="haal-terug")
    assert (code, "2 huurders zijn terug." in page) == (302, True)
    assert set(_whose(behind).values()) == {anna}


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (0, 3, "Anna Aa is afwezig gemeld en snel terug: de huurders blijven."),
        (5, 60, "Anna Aa is afwezig gemeld. Het werk wordt verdeeld als het zover is."),
    ],
)
def test_what_may_wait_stays(first: int, last: int, said: str, lead: Client, behind: Corporation) -> None:
    anna, _ = consultant(behind.organisation, "Anna Aa", "Noord"), consultant(behind.organisation, "Bert Be")
    _assign_open(behind)
    days = [behind.today + timedelta(days=one) for one in (first, last)]
    _, page = _send(
        lead, f"/team/{anna}", wat="afwezig", van=f"{days[0]}", tot=f"{days[1]:%d-%m-%Y}", vervanger=""
    )
    assert said in page
    assert set(_whose(behind).values()) == {anna}


def test_working_time_is_set_and_shown(lead: Client, behind: Corporation) -> None:
    anna = consultant(behind.organisation, "Anna Aa")
    week = {"ma": "240", "di": "240", "wo": "0", "do": "240", "vr": "0", "za": "0", "zo": "0"}
    code, page = _send(lead, f"/team/{anna}", wat="werktijd", vanaf=f"{behind.today}", **week)
    assert (code, "De werktijd is bewaard." in page, "Werktijd (12 uur)" in page) == (302, True, True)
    with organisation_scope(behind.organisation):
        assert weeks([anna], behind.today) == {anna: (240, 240, 0, 240, 0, 0, 0)}


def test_a_whole_caseload_goes_over(lead: Client, behind: Corporation) -> None:
    anna, bert = (
        consultant(behind.organisation, "Anna Aa", "Noord"),
        consultant(behind.organisation, "Bert Be"),
    )
    _assign_open(behind)
    typed = {"wat": "overdragen", "reden": "Gaat naar een ander team."}
    code, page = _send(lead, f"/team/{anna}", naar=bert, **typed)
    assert (code, "2 huurders overgedragen." in page) == (302, True)
    assert set(_whose(behind).values()) == {bert}
    _send(lead, f"/team/{bert}", naar="", **typed)
    assert set(_whose(behind).values()) == {anna}


def test_what_is_wrong_stands_beside_its_field(lead: Client, behind: Corporation) -> None:
    anna, bert = consultant(behind.organisation, "Anna Aa"), consultant(behind.organisation, "Bert Be")
    at, today = f"/team/{anna}", behind.today
    yesterday = today - timedelta(days=1)
    assert _errors(lead, at) == ["main"]
    assert _errors(lead, at, wat="ontsla") == ["main"]
    assert _errors(lead, at, wat="afwezig", van="") == ["van"]
    assert _errors(lead, at, wat="afwezig", van="morgen", tot="x") == ["van", "tot"]
    assert _errors(lead, at, wat="afwezig", van=f"{today}", tot=f"{yesterday}") == ["tot"]
    assert _errors(lead, at, wat="afwezig", van=f"{today}", vervanger=anna) == ["vervanger"]
    assert _errors(lead, at, wat="afwezig", van=f"{today}", vervanger="x") == ["main"]
    assert _errors(lead, at, wat="terug", afwezigheid="1", terug=f"{today}") == ["main"]
    assert _errors(lead, at, wat="terug", afwezigheid="1", terug="morgen") == ["main"]
    assert _errors(lead, at, wat="werktijd", vanaf="") == ["vanaf"]
    assert _errors(lead, at, wat="werktijd", vanaf=f"{today}", ma="veel") == ["ma"]
    assert _errors(lead, at, wat="overdragen", naar=anna, reden="") == ["naar", "reden"]
    assert _errors(lead, at, wat="overdragen", naar=bert, reden="Vertrekt.") == ["naar"]
    assert _whose(behind) == {}


def test_somebody_else_s_absence_is_not_ended_here(lead: Client, behind: Corporation) -> None:
    anna, bert = consultant(behind.organisation, "Anna Aa"), consultant(behind.organisation, "Bert Be")
    _send(lead, f"/team/{bert}", wat="afwezig", van=f"{behind.today}", tot="", vervanger=anna)
    with organisation_scope(behind.organisation):
        (report,) = absences(behind.today)
    assert _errors(lead, f"/team/{anna}", wat="terug", afwezigheid=report.id, terug=f"{behind.today}") == [
        "main"
    ]


def test_who_works_no_tenancies_has_no_page(lead: Client, behind: Corporation) -> None:
    gone = consultant(behind.organisation, "Weg We")
    leave(gone)
    assert [lead.get(f"/team/{pk}").status_code for pk in (gone, 999_999)] == [404, 404]


def test_the_menu_leads_there_for_who_may(lead: Client, behind: Corporation) -> None:
    link = '<a href="/team"'
    assert link in lead.get("/werkvoorraad").content.decode()
    assert link not in behind.signed_in(Role.CONSULTANT).get("/werkvoorraad").content.decode()


def test_the_page_of_a_tenant_says_who_works_it_and_leads_to_the_change(behind: Corporation) -> None:
    worker = behind.signed_in(Role.CONSULTANT)  # without a region
    tenancy = _tenancies(behind)[0]
    assert "Nog geen behandelaar" in _page(worker, f"/huurder/{tenancy}")
    anna, bert = (
        consultant(behind.organisation, "Anna Aa", "Noord"),
        consultant(behind.organisation, "Bert Be"),
    )
    assert "Nog geen behandelaar; valt onder Anna Aa (regio Noord)" in _page(worker, f"/huurder/{tenancy}")
    code, page = _send(
        worker, f"/huurder/{tenancy}/behandelaar", naar=bert, reden="Kent het gezin.", gezien=""
    )
    assert (code, "Behandeld door Bert Be" in page, "Wijzig de behandelaar" in page) == (302, True, True)
    with organisation_scope(behind.organisation):
        (given,) = given_of(tenancy, behind.today)
    assert (given.user_id, given.why, given.reason) == (bert, Why.BY_HAND, "Kent het gezin.")
    page = _page(worker, f"/huurder/{tenancy}/behandelaar")
    assert f"vanaf {behind.today:%d-%m-%Y} Bert Be : met de hand Kent het gezin. · Proef Consultant" in page
    lead = behind.signed_in(Role.TEAM_LEAD)
    _send(lead, f"/team/{bert}", wat="afwezig", van=f"{behind.today}", tot="", vervanger=anna)
    assert "Behandeld door Anna Aa , in plaats van Bert Be (afwezig, nog niet bekend tot wanneer)" in _page(
        worker, f"/huurder/{tenancy}"
    ).replace("Anna Aa,", "Anna Aa ,")


def test_who_may_only_look_sees_who_works_it_and_no_link(behind: Corporation) -> None:
    consultant(behind.organisation, "Anna Aa", "Noord")
    _assign_open(behind)
    tenancy = _tenancies(behind)[0]
    page = _page(behind.signed_in(Role.CUSTOMER_SERVICE), f"/huurder/{tenancy}")
    assert ("Behandeld door Anna Aa" in page, "Wijzig de behandelaar" in page) == (True, False)


def test_the_past_shows_who_had_it_then(lead: Client, behind: Corporation) -> None:
    consultant(behind.organisation, "Anna Aa", "Noord")
    _assign_open(behind)
    tenancy, before = _tenancies(behind)[0], behind.today - timedelta(days=30)
    page = _page(lead, f"/huurder/{tenancy}?as_of={before}")
    assert ("valt onder Anna Aa" in page, "Wijzig de behandelaar" in page) == (True, False)


def test_giving_by_hand_says_what_is_wrong_and_a_second_try_goes_through(
    lead: Client, behind: Corporation
) -> None:
    anna, bert = (
        consultant(behind.organisation, "Anna Aa", "Noord"),
        consultant(behind.organisation, "Bert Be"),
    )
    tenancy = _tenancies(behind)[0]
    at = f"/huurder/{tenancy}/behandelaar"
    assert _errors(lead, at, naar="", reden="") == ["naar", "reden"]
    assert _errors(lead, at, naar="x", reden="Kent hem.") == ["naar"]
    _assign_open(behind)
    answer = lead.post(at, {"naar": bert, "reden": "Kent hem.", "gezien": ""})
    page = answer.content.decode()
    told = "Een collega was u voor. U zag: niemand. Nu is het: Anna Aa. Kijk of u dit nog wilt wijzigen."
    assert (answer.status_code, told in page) == (400, True)
    seen = re.search(r'name="gezien" value="(\d+)"', page)
    assert seen is not None and int(seen[1]) == anna
    assert f'<option value="{bert}" selected>' in page
    assert 'value="Kent hem."' in page
    code, _ = _send(lead, at, naar=bert, reden="Kent hem.", gezien=seen[1])
    assert (code, _whose(behind)[tenancy]) == (302, bert)


def test_a_tenancy_that_is_not_there_has_no_page(lead: Client) -> None:
    assert lead.get("/huurder/999999/behandelaar").status_code == 404
    assert lead.post("/huurder/999999/behandelaar", {"naar": "1"}).status_code == 404
