"""Giving access, the rules of keeping and the register: by whom, written down, and with every page open afterwards."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver, resolve
from tests.privacy import leavers
from tests.privacy.test_erase import approved, run
from tests.web.test_routes import walk

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope


def first(table: str) -> int:
    return int(leavers.sql(f"SELECT id FROM {table} ORDER BY id LIMIT 1")[0][0])


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_one_press_gives_the_report_and_writes_down_who_took_it(corporation: Corporation) -> None:
    tenancy = leavers.alone(corporation.organisation)
    client = corporation.signed_in(Role.CONSULTANT)
    page = client.get(f"/huurder/{tenancy}")
    assert f'action="/huurder/{tenancy}/inzageverzoek"' in page.content.decode()
    answer = client.post(f"/huurder/{tenancy}/inzageverzoek")
    assert answer.headers["Content-Type"] == "application/zip"
    assert "inzage-de-vries-m-" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert {"inzage.pdf", "gegevens.json"} <= set(packed.namelist())
    with organisation_scope(corporation.organisation):
        assert leavers.sql(
            "SELECT what FROM history_reading WHERE subject = %s AND what = 'export'", f"tenancy:{tenancy}"
        ) == [("export",)]


def test_where_two_rent_it_asks_of_whom(corporation: Corporation) -> None:
    tenancy = leavers.together(corporation.organisation)
    client = corporation.signed_in(Role.MANAGER)
    assert client.post(f"/huurder/{tenancy}/inzageverzoek").status_code == 302
    page = text(client.get(f"/huurder/{tenancy}/inzageverzoek"))
    assert "Maak het overzicht van De Vries, M." in page and "Maak het overzicht van Bakker, T." in page
    other = leavers.person_of(tenancy, "MDH")
    answer = client.post(f"/huurder/{tenancy}/inzageverzoek", {"persoon": other})
    assert "inzage-bakker-t-" in answer.headers["Content-Disposition"]
    assert client.post(f"/huurder/{tenancy}/inzageverzoek", {"persoon": "999999"}).status_code == 404


def test_the_page_says_that_nothing_goes_until_somebody_approves(corporation: Corporation) -> None:
    leavers.left(corporation.organisation)
    client = corporation.signed_in(Role.MANAGER)
    page = text(client.get("/beheer/bewaren"))
    assert "Er wordt niets gewist: niemand heeft nog termijnen goedgekeurd." in page
    tomorrow = f"{corporation.today + timedelta(days=1)}"
    answer = client.post("/beheer/bewaren", {"van": tomorrow, "reden": "Besluit.", "notes": "3"})
    assert answer.status_code == 302
    page = text(client.get("/beheer/bewaren"))
    assert "Versie 1 gaat in op" in page and 'value="3"' in page and "besluit van de corporatie" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reden": "x", "van": ""}, "Kies de dag"),
        ({"reden": "", "van": "2099-01-01"}, "Schrijf waarom"),
        ({"reden": "x", "van": "2020-01-01"}, "Kies een dag na vandaag"),
        ({"reden": "x", "van": "2099-01-01", "people": "nul"}, "een heel aantal jaren"),
        ({"reden": "x", "van": "2099-01-01", "people": "0"}, "een heel aantal jaren"),
        ({"stop": "1", "stopreden": ""}, "Schrijf waarom er niets meer"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    corporation: Corporation, given: dict[str, str], said: str
) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    answer = client.post("/beheer/bewaren", {"notes": "4"} | given)
    assert answer.status_code == 400 and said in text(answer)
    if "stop" not in given:
        assert 'value="4"' in text(answer)
    with organisation_scope(corporation.organisation):
        assert leavers.sql("SELECT count(*) FROM privacy_retentionversion") == [(0,)]


def test_stopping_is_heard_at_once(corporation: Corporation) -> None:
    leavers.left(corporation.organisation)
    approved(corporation.organisation)
    client = corporation.signed_in(Role.MANAGER)
    assert client.post("/beheer/bewaren", {"stop": "1", "stopreden": "Fout."}).status_code == 302
    assert "zette het stop" in text(client.get("/beheer/bewaren"))
    from tijdig.privacy.actions_erase import run_retention

    assert run_retention(organisation_id=corporation.organisation, actor="x", on=leavers.LATER) is None


def test_it_shows_what_goes_before_it_goes_and_what_went(corporation: Corporation) -> None:
    organisation = corporation.organisation
    tenancy = leavers.left(organisation)
    with organisation_scope(organisation):
        leavers.sql(
            "UPDATE tenancies_tenancy SET begin_on = '2010-01-01', end_on = '2012-01-01' WHERE id = %s",
            tenancy,
        )
    client = corporation.signed_in(Role.TEAM_LEAD)
    page = text(client.get("/beheer/bewaren"))
    assert "als het voorstel gold" in page
    assert client.post("/beheer/bewaren", {"van": "2099-01-01", "reden": "x"}).status_code == 403
    approved(organisation)
    run(organisation)
    page = text(client.get("/beheer/bewaren"))
    assert "Namen en contactgegevens" in page and "Laatste ronde" in page


def test_keeping_longer_is_by_name_and_can_end(corporation: Corporation) -> None:
    tenancy = leavers.left(corporation.organisation)
    client = corporation.signed_in(Role.CONSULTANT)
    address, until = f"/huurder/{tenancy}/bewaren", f"{corporation.today + timedelta(days=365)}"
    assert "Kies de dag tot en met" in text(client.post(address, {"reden": "Procedure."}))
    assert "Kies een dag die nog komt" in text(client.post(address, {"tot": "2020-01-01", "reden": "x"}))
    assert client.post(address, {"tot": until, "reden": "Procedure."}).status_code == 302
    page = text(client.get(address))
    assert "Alles van deze huurder blijft bewaard" in page and "Procedure." in page and "Proef" in page
    assert client.post(address, {"einde": "1"}).status_code == 302
    assert "blijft bewaard" not in text(client.get(address))


def test_the_register_is_read_by_who_guards_and_added_to_by_the_administrator(
    corporation: Corporation,
) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    page = text(client.get("/beheer/verwerkingen"))
    assert "Nog niet ingevuld" in page and "Vroegsignaal aan de gemeente" in page
    given = {
        "responsible": "Stichting =1+1",
        "contact": "privacy@proef.test",
        "processors": "Drukker\r\nHost",
    }
    answer = client.post("/beheer/verwerkingen", given | {"contact": ""})
    assert (
        answer.status_code == 400 and "Stichting =1+1" in text(answer) and "Vul in: contact" in text(answer)
    )
    for _ in range(2):  # the same again is no new version
        assert client.post("/beheer/verwerkingen", given).status_code == 302
    page = text(client.get("/beheer/verwerkingen"))
    assert "privacy@proef.test" in page and "Versie 1" in page
    told = client.get("/beheer/verwerkingen/bestand")
    rows = told.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Verantwoordelijke;Stichting =1+1" and any(
        one.startswith("verwerking;waarvoor") for one in rows
    )


def test_every_page_of_who_was_erased_still_opens(corporation: Corporation) -> None:
    """Each address of a tenancy, a letter, an answer, a file that came in, and each list: nothing breaks without a name."""
    organisation = corporation.organisation
    corporation.read("camt/v02-day.xml")
    tenancy = leavers.left(organisation)
    approved(organisation, accounts="1", bank_words="1")
    assert run(organisation).tenancies == 1
    run(organisation, leavers.date(2060, 1, 1))
    with organisation_scope(organisation):
        assert leavers.sql("SELECT count(*) FROM tenancies_persontext") == [(0,)]
        rows = {
            "huurder/<int:pk>": tenancy,
            "brieven/<int:pk>": first("letters_letter"),
            "antwoorden/<int:pk>": first("contacts_reply"),
            "inlezen/<int:pk>": first("imports_sourcefile"),
        }
    client = corporation.signed_in(Role.TEAM_LEAD)
    found, files, nameless = {}, {}, set()
    for route in walk(get_resolver()):
        if route.startswith(("api/", "stroom", "afmelden", "taal", "inloggen")):
            continue
        address = _address(route, rows)
        if "<" not in address:
            answer = client.get(f"/{address}")
            found[route] = answer.status_code
            if route.startswith("huurder/<int:pk>") and answer.status_code == 200:
                nameless |= (
                    {route} if re.search(r"<a [^>]*>\s*</a>|<h1>\s*</h1>", answer.content.decode()) else set()
                )
            if "attachment" in answer.headers.get("Content-Disposition", ""):
                files[route] = getattr(resolve(f"/{address}").func, "reads", None)
    assert {route: code for route, code in found.items() if code >= 500} == {}
    assert nameless == set()  # no heading and no link without words
    opens = {
        "huurder/<int:pk>",
        "huurder/<int:pk>/uitleg",
        "huurder/<int:pk>/inzage",
        "brieven/<int:pk>",
        "antwoorden/<int:pk>",
    }
    assert {route: found[route] for route in opens} == dict.fromkeys(opens, 200)
    assert client.post(f"/huurder/{tenancy}/inzageverzoek").headers["Content-Type"] == "application/zip"
    assert len(found) > 100
    assert "werkvoorraad/excel" in files and "beheer/verwerkingen/bestand" in files
    assert {
        route for route, reads in files.items() if reads is None
    } == set()  # who takes a file is written down


def _address(route: str, rows: dict[str, int]) -> str:
    for start, number in sorted(rows.items(), key=lambda one: -len(one[0])):
        if route.startswith(start):
            route = route.replace("<int:pk>", str(number))
    filled = route.replace("<str:kind>", "reminder").replace("<int:number>", "1")
    return filled.replace("<str:deadline>", "talk").replace("<int:pk>", "1")


def test_nobody_else_gets_there(corporation: Corporation) -> None:
    tenancy = leavers.alone(corporation.organisation)
    for role in (Role.CUSTOMER_SERVICE, Role.CARETAKER, Role.ADMINISTRATOR):
        assert corporation.signed_in(role).post(f"/huurder/{tenancy}/inzageverzoek").status_code == 403
    assert Client().get("/beheer/bewaren").status_code == 302
    assert connection.in_atomic_block
