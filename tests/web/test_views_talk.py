"""The screen of a talk: what to say first, one save for contact and arrangement, and what comes next."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from doors import RENT_CENTS, Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.arrangements import models as arranged
from tijdig.base.money import euro
from tijdig.contacts.contact import Contact
from tijdig.contacts.kinds import Cause, Direction, NextStep, Outcome, Reached
from tijdig.contacts.queries import contacts_of

Typing = dict[str, str | list[str]]
ALL = 2 * RENT_CENTS


def _tenancy(corporation: Corporation) -> int:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancies_tenancy ORDER BY id LIMIT 1")
        return int(cursor.fetchone()[0])


def _address(corporation: Corporation) -> str:
    return f"/huurder/{_tenancy(corporation)}/gesprek"


def _page(client: Client, corporation: Corporation, query: str = "") -> str:
    answer = client.get(_address(corporation) + query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def _begins_with(page: str) -> Typing:
    """What the form would send if nobody touched it."""
    chosen = re.findall(r'<input type="radio" name="(\w+)" id="[^"]+" value="([^"]+)"[^>]* checked', page)
    fields = re.findall(r'<input [^>]*type="(?:date|text)"[^>]* name="(\w+)" value="([^"]*)"', page)
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    posts = re.findall(r'name="post" id="post-(\d+)"', page)
    found: Typing = dict([*chosen, *fields, *hidden])
    return found | {"post": posts, "vervolg": "none", "notitie": ""}


def _send(client: Client, corporation: Corporation, **more: str | list[str]) -> tuple[int, str]:
    """The form as the page shows it, with something else typed; the code, and the page that it leads to."""
    asked = _begins_with(_page(client, corporation)) | more
    answer = client.post(_address(corporation), asked)
    shown = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
    return answer.status_code, shown.content.decode().replace("\u00a0", " ")


def _kept(corporation: Corporation) -> list[Contact]:
    with organisation_scope(corporation.organisation):
        return contacts_of([_tenancy(corporation)], as_of=corporation.today)


def _arrangements(corporation: Corporation) -> list[Any]:
    with organisation_scope(corporation.organisation):
        return list(arranged.Arrangement.objects.all())


@pytest.fixture
def behind(corporation: Corporation) -> Corporation:
    corporation.lease(1)
    corporation.evaluate()
    return corporation


@pytest.fixture
def client(behind: Corporation) -> Client:
    return behind.signed_in(Role.CONSULTANT)


def test_the_page_says_what_to_say_and_what_is_open(client: Client, behind: Corporation) -> None:
    page = _page(client, behind)
    assert "Spreek ik met E. van Verzonnen1?" in page
    assert f"staat nog {euro(ALL)} open.".replace("\u00a0", " ") in page
    assert page.count('data-ear="else"') >= 3
    assert "Als er niets gebeurt" in page
    assert "nog geen contact vastgelegd" in page
    assert 'name="gezien" value="130020"' in page


def test_nothing_of_money_is_said_to_somebody_else(client: Client, behind: Corporation) -> None:
    page = _page(client, behind)
    for part in re.findall(r'<div data-began="\w+" data-ear="else">(.*?)</div>', page):
        said = part.split("<ol>")[1]
        assert "€" not in said
        assert "open" not in said


@pytest.mark.parametrize(
    ("button", "reached", "outcome", "told"),
    [
        ("geen_gehoor", Reached.NONE, Outcome.NOT_HOME, "Gebeld, niet bereikt: niet thuis of geen gehoor."),
        (
            "bericht",
            Reached.MESSAGE,
            Outcome.NOT_HOME,
            "Gebeld, bericht achtergelaten: niet thuis of geen gehoor.",
        ),
        (
            "klopt_niet",
            Reached.NONE,
            Outcome.WRONG_NUMBER,
            "Gebeld, niet bereikt: nummer of adres klopt niet.",
        ),
    ],
)
def test_an_attempt_is_one_button(
    button: str, reached: Reached, outcome: Outcome, told: str, client: Client, behind: Corporation
) -> None:
    code, page = _send(client, behind, poging=button, oorzaak=["illness"], vervolg="letter")
    assert (code, told in page) == (302, True)
    (kept,) = _kept(behind)
    assert (kept.reached, kept.outcome, kept.attempt) == (reached, outcome, True)
    assert (kept.causes, kept.next_step, kept.promise, kept.minutes) == ((), NextStep.NONE, None, 1)


def test_a_promise_is_kept_with_the_talk(client: Client, behind: Corporation) -> None:
    code, page = _send(client, behind, uitkomst="promise", oorzaak=["forgot", "work_lost"], minuten="6")
    assert code == 302
    due_on = behind.today + timedelta(days=7)
    said = f"Gebeld, gesproken: toezegging van {euro(ALL)} op {due_on:%d-%m-%Y}."
    assert said.replace("\u00a0", " ") in page
    assert "Volgende stap" in page
    assert "heeft toegezegd te betalen" in page
    (kept,) = _kept(behind)
    assert kept.promise is not None
    assert (kept.promise.amount_cents, kept.causes, kept.minutes) == (
        ALL,
        (Cause.FORGOT, Cause.WORK_LOST),
        6,
    )


def test_what_another_outcome_does_not_ask_is_not_kept(client: Client, behind: Corporation) -> None:
    code, _ = _send(client, behind, uitkomst="cannot_pay", vervolg_op="2020-01-01", per_keer="onzin")
    (kept,) = _kept(behind)
    assert (code, kept.promise, kept.next_on) == (302, None, None)
    assert _arrangements(behind) == []


def test_an_arrangement_is_kept_with_the_talk(client: Client, behind: Corporation) -> None:
    code, page = _send(client, behind, uitkomst="arrangement_wanted", per_keer="325,05")
    assert (code, "Afgesproken: 4 termijnen, de eerste van € 325,05" in page) == (302, True)
    assert "Regeling loopt" in page
    assert "Schrijf de bevestiging" in page
    (kept,), (made,) = _kept(behind), _arrangements(behind)
    assert (kept.outcome, made.debt_cents, made.state) == (Outcome.ARRANGEMENT_WANTED, ALL, "active")


def test_an_arrangement_that_is_refused_saves_nothing_and_keeps_what_was_typed(
    client: Client, behind: Corporation
) -> None:
    typed: Typing = {
        "uitkomst": "arrangement_wanted",
        "per_keer": "20",
        "notitie": "Heeft weinig over.",
        "oorzaak": ["illness"],
    }
    code, page = _send(client, behind, **typed)
    assert (code, _kept(behind), _arrangements(behind)) == (400, [], [])
    assert "Schrijf waarom u dit zo afspreekt." in page
    assert "Heeft weinig over." in page
    assert 'name="per_keer" value="20"' in page
    assert re.search(r'id="oorzaak-illness"[^>]* checked', page)
    code, _ = _send(client, behind, **typed, reden="Wacht op de uitkering.")
    assert (code, len(_kept(behind)), len(_arrangements(behind))) == (302, 1, 1)


def test_it_may_be_left_for_later_or_wait_for_the_tenant(client: Client, behind: Corporation) -> None:
    code, page = _send(client, behind, uitkomst="arrangement_wanted", afspraak="later")
    assert (code, _arrangements(behind)) == (302, [])
    assert "Maak de regeling" in page
    code, page = _send(client, behind, uitkomst="arrangement_wanted", afspraak="voorstel")
    assert (code, "Voorgesteld:" in page) == (302, True)
    assert [one.state for one in _arrangements(behind)] == ["requested"]


def test_the_same_form_twice_is_one_talk(client: Client, behind: Corporation) -> None:
    asked = _begins_with(_page(client, behind)) | {"uitkomst": "arrangement_wanted", "per_keer": "325,05"}
    first, second = (client.post(_address(behind), asked).headers["Location"] for _ in range(2))
    assert first == second
    assert (len(_kept(behind)), len(_arrangements(behind))) == (1, 1)


def test_the_calculator_answers_while_one_types(client: Client, behind: Corporation) -> None:
    asked = {**_begins_with(_page(client, behind)), "per_keer": "20", "ritme": "weekly"}
    page = client.get(f"{_address(behind)}/rekenen", asked).content.decode().replace("\u00a0", " ")
    assert "<html" not in page
    assert "termijnen, klaar op" in page
    assert "De werkwijze zegt: minstens" in page
    assert "Dit scheelt de huurder tot" in page
    page = client.get(f"{_address(behind)}/rekenen", asked | {"per_keer": "veel"}).content.decode()
    assert "veel" in page


def test_customer_service_writes_down_and_arranges_nothing(behind: Corporation) -> None:
    client = behind.signed_in(Role.CUSTOMER_SERVICE)
    page = _page(client, behind)
    assert 'name="per_keer"' not in page
    asked = _begins_with(page) | {"uitkomst": "arrangement_wanted", "per_keer": "325,05", "begon": "in"}
    answer = client.post(_address(behind), asked)
    assert answer.status_code == 302
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "De huurder belde, gesproken: wil een regeling." in shown
    assert "Maak de regeling" not in shown
    assert _arrangements(behind) == []
    (kept,) = _kept(behind)
    assert kept.direction is Direction.IN


def test_a_dispute_leads_to_the_objection_with_what_was_said(client: Client, behind: Corporation) -> None:
    code, page = _send(client, behind, uitkomst="disputes", notitie="De ketel doet het al weken niet.")
    assert code == 302
    found = re.search(r'href="([^"]+/bezwaar\?gesprek=\d+)"', page)
    assert found
    objection = client.get(found[1]).content.decode()
    assert "De ketel doet het al weken niet." in objection
    other = client.get(found[1].rpartition("=")[0] + "=999999").content.decode()
    assert "ketel" not in other.split('name="woorden"')[1].split("</textarea>")[0]


def test_after_it_the_next_of_the_list_is_one_key_away(client: Client, behind: Corporation) -> None:
    behind.lease(2)
    behind.evaluate()
    _, page = _send(client, behind, poging="geen_gehoor")
    assert 'data-page-key="n"' in page
    assert "Verzonnen2" in page


def test_an_address_says_how_it_begins(client: Client, behind: Corporation) -> None:
    begin = _begins_with(_page(client, behind, "?hoe=visit&begon=in"))
    assert (begin["hoe"], begin["begon"]) == ("visit", "in")
    begin = _begins_with(_page(client, behind, "?hoe=letter&begon=ja&vast=999999"))
    assert (begin["hoe"], begin["begon"]) == ("phone", "out")


def test_what_is_wrong_stands_beside_its_field(client: Client, behind: Corporation) -> None:
    code, page = _send(client, behind, uitkomst="promise", bedrag="veel")
    assert code == 400
    assert 'href="#bedrag"' in page
    code, page = _send(client, behind)
    assert (code, "Kies wat de uitkomst is." in page) == (400, True)
    assert _kept(behind) == []


def test_the_tenancy_page_begins_the_talk(client: Client, behind: Corporation) -> None:
    page = client.get(f"/huurder/{_tenancy(behind)}").content.decode()
    assert f"/huurder/{_tenancy(behind)}/gesprek" in page
    assert 'data-page-key="g"' in page
    manager = behind.signed_in(Role.MANAGER).get(f"/huurder/{_tenancy(behind)}").content.decode()
    assert "/gesprek" not in manager
