"""Signing in with a second step: half a sign-in opens nothing, a whole one everything, and a session ends."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.entrance.comers import HALF_A_MINUTE, code, with_second_step
from tests.web.test_routes import MATRIX, _address

from doors import PASSWORD, Corporation
from tijdig.access.people import Person
from tijdig.access.roles import PARTNER_ROLES, Role
from tijdig.access.scope import as_person
from tijdig.access.sign_in import person_of

OPEN_TO_HALF = {"aanmelden", "aanmelden/code", "aanmelden/instellen"}


def _person(corporation: Corporation, role: Role) -> Person:
    found = person_of(corporation.person(role))
    assert found is not None
    return found


def _half(corporation: Corporation, role: Role = Role.CONSULTANT) -> Client:
    client = Client()
    answer = client.post(
        "/aanmelden", {"username": f"{role}.{corporation.organisation}@proef.test", "password": PASSWORD}
    )
    assert answer.status_code == 302
    assert answer["Location"] in ("/aanmelden/code", "/aanmelden/instellen")
    return client


def _asked_of_all(person: Person) -> None:
    table = "access_partner" if person.partner_id else "access_organisation"
    with as_person(person), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET second_factor_required = true")


def _secret_on(page: str) -> str:
    found = re.search(r'translate="no">([A-Z2-7 ]+)<', page)
    assert found is not None
    return found[1].replace(" ", "")


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PARTNER_LEAD])
@pytest.mark.parametrize("method", ["get", "post"])
def test_half_a_sign_in_opens_no_more_than_nobody(corporation: Corporation, role: Role, method: str) -> None:
    with_second_step(_person(corporation, role), timezone.now() - timedelta(minutes=5))
    client, nobody = _half(corporation, role), Client()
    column = 0 if method == "get" else 1
    routes = [one for one in MATRIX if one not in OPEN_TO_HALF | {"afmelden"}]
    got, other = {}, {}
    for route in routes:
        got[route] = getattr(client, method)(_address(route, {})).status_code
        other[route] = getattr(nobody, method)(_address(route, {})).status_code
    assert got == other
    assert [route for route in routes if MATRIX[route][column].startswith("302") and got[route] != 302] == []


def test_password_and_code_open_what_was_asked_for(corporation: Corporation) -> None:
    at = timezone.now() - timedelta(minutes=5)
    secret, _ = with_second_step(_person(corporation, Role.CONSULTANT), at)
    client = Client()
    form = {
        "username": f"consultant.{corporation.organisation}@proef.test",
        "password": PASSWORD,
        "next": "/zoeken",
    }
    assert client.post("/aanmelden", form)["Location"] == "/aanmelden/code"
    assert client.post("/aanmelden/code", {"code": "000000"}).status_code == 400
    answer = client.post("/aanmelden/code", {"code": code(secret, timezone.now())})
    assert (answer.status_code, answer["Location"]) == (302, "/zoeken")
    assert client.get("/zoeken").status_code == 200


def test_half_a_sign_in_is_over_when_something_of_the_person_changes(corporation: Corporation) -> None:
    person = _person(corporation, Role.CONSULTANT)
    with_second_step(person, timezone.now() - timedelta(minutes=5))
    client = _half(corporation)
    with as_person(person), connection.cursor() as cursor:
        cursor.execute("UPDATE access_user SET stamp = stamp + 1 WHERE id = %s", [person.id])
    assert client.get("/aanmelden/code")["Location"] == "/aanmelden"


def test_half_a_sign_in_is_over_after_ten_minutes(corporation: Corporation) -> None:
    with_second_step(_person(corporation, Role.CONSULTANT), timezone.now() - timedelta(minutes=5))
    client = _half(corporation)
    session = client.session
    session["half"] |= {"at": (timezone.now() - timedelta(minutes=11)).isoformat()}
    session.save()
    assert client.get("/aanmelden/code")["Location"] == "/aanmelden"


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.PARTNER])
def test_where_one_is_asked_it_is_set_up_before_anything_opens(corporation: Corporation, role: Role) -> None:
    _asked_of_all(_person(corporation, role))
    client = _half(corporation, role)
    start = "/dossiers" if role in PARTNER_ROLES else "/vandaag"
    assert client.get(start).status_code == 302
    page = client.get("/aanmelden/instellen").content.decode()
    assert client.post("/aanmelden/instellen", {"code": "000000"}).status_code == 400
    secret = _secret_on(page)
    answer = client.post("/aanmelden/instellen", {"code": code(secret, timezone.now())})
    assert answer.status_code == 200
    assert len(re.findall(r"<li>[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}</li>", answer.content.decode())) == 10
    assert client.get(start).status_code == 200


def test_set_up_from_ones_own_account_keeps_this_session_and_ends_the_others(
    corporation: Corporation,
) -> None:
    here = corporation.signed_in(Role.CONSULTANT)
    there = Client()
    name = f"consultant.{corporation.organisation}@proef.test"
    there.post("/aanmelden", {"username": name, "password": PASSWORD})
    assert there.get("/account").status_code == 200
    secret = _secret_on(here.get("/account/tweede-stap").content.decode())
    assert "pending_factor" in here.session and secret not in str(dict(here.session))
    right = {"code": code(secret, timezone.now())}
    for typed in ("", "geraden"):
        assert here.post("/account/tweede-stap", right | {"wachtwoord": typed}).status_code == 400
    assert here.post("/account/tweede-stap", right | {"wachtwoord": PASSWORD}).status_code == 200
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 302)
    page = here.get("/account").content.decode()
    assert "10 herstelcodes" in page
    later = timezone.now() + HALF_A_MINUTE
    assert there.post("/aanmelden", {"username": name, "password": PASSWORD})["Location"] == "/aanmelden/code"
    assert there.post("/aanmelden/code", {"code": code(secret, later)}).status_code == 302


def test_the_password_is_changed_and_the_others_are_signed_out(corporation: Corporation) -> None:
    here, there = corporation.signed_in(Role.CONSULTANT), Client()
    name = f"consultant.{corporation.organisation}@proef.test"
    there.post("/aanmelden", {"username": name, "password": PASSWORD})
    wanted = "vier gewone woorden samen"
    form = {"wachtwoord": PASSWORD, "nieuw": wanted, "nogmaals": wanted}
    assert here.post("/account/wachtwoord", form | {"nogmaals": "anders"}).status_code == 400
    assert here.post("/account/wachtwoord", form | {"wachtwoord": "fout"}).status_code == 400
    assert here.post("/account/wachtwoord", form).status_code == 302
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 302)
    assert Client().post("/aanmelden", {"username": name, "password": wanted}).status_code == 302


def test_all_other_places_are_signed_out_by_the_button(corporation: Corporation) -> None:
    here, there = corporation.signed_in(Role.CONSULTANT), Client()
    name = f"consultant.{corporation.organisation}@proef.test"
    there.post("/aanmelden", {"username": name, "password": PASSWORD})
    assert "Meld overal anders af" in here.get("/account").content.decode()
    assert here.post("/account/overal-af").status_code == 302
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 302)


def test_signing_out_ends_the_session_for_who_kept_its_cookie(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.CONSULTANT)
    kept = dict(client.session)
    client.post("/afmelden")
    thief = Client()
    session = thief.session
    session.update(kept)
    session.save()
    thief.cookies["sessionid"] = session.session_key
    assert thief.get("/account").status_code == 302


def test_nothing_of_the_visitor_before_stays_in_the_session(corporation: Corporation) -> None:
    client = Client()
    session = client.session
    session["undo"] = "van een ander"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    name = f"consultant.{corporation.organisation}@proef.test"
    corporation.person(Role.CONSULTANT)
    client.post("/aanmelden", {"username": name, "password": PASSWORD})
    assert "undo" not in client.session
    assert client.session.session_key != before


def test_in_a_browser_of_somebody_else_one_signs_in_as_oneself(corporation: Corporation) -> None:
    """Also where the one before works for a partner, behind another wall."""
    client = corporation.signed_in(Role.PARTNER)
    corporation.person(Role.CONSULTANT)
    form = {"username": f"consultant.{corporation.organisation}@proef.test", "password": PASSWORD}
    assert client.post("/aanmelden", form)["Location"] == "/vandaag"
    assert client.get("/vandaag").status_code == 200
    form = {"username": f"partner.{corporation.organisation}@proef.test", "password": PASSWORD}
    assert client.post("/aanmelden", form)["Location"] == "/dossiers"
    assert client.get("/dossiers").status_code == 200


def test_an_open_page_that_asks_by_itself_keeps_no_session_alive(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.CONSULTANT)
    person = person_of(client.session["user"])
    assert person is not None

    def seen(minutes: int | None = None) -> object:
        with as_person(person), connection.cursor() as cursor:
            if minutes is not None:
                ago = timezone.now() - timedelta(minutes=minutes)
                cursor.execute("UPDATE access_session SET seen_at = %s", [ago])
            cursor.execute("SELECT seen_at FROM access_session")
            return cursor.fetchone()[0]

    before = seen(5)
    client.get("/werkvoorraad/meldingen")
    assert seen() == before
    client.get("/werkvoorraad")
    assert seen() != before
    seen(481)
    assert client.get("/werkvoorraad").status_code == 302
