"""The standard's door: tokens, reading, paging, what programs may write, and what is refused and kept."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.api import vera_ground
from tests.api.vera_ground import Door, Ground, open_cents, plan
from tests.bailiff import partners
from tests.letters import offices

from tijdig.access.api_scopes import OF_THE_STANDARD, ApiScope
from tijdig.access.scope import acting, organisation_scope, partner_scope
from tijdig.arrangements.kinds import State
from tijdig.arrangements.queries import arrangements_of
from tijdig.bailiff.kinds import End, Side
from tijdig.bailiff.queries import file as file_row
from tijdig.bailiff.queries import files_of
from tijdig.bailiff.queries_program import proposal_of
from tijdig.cases.queries_arrange import ground as open_now
from tijdig.contacts.queries import contacts_of
from tijdig.history.queries import of_subject
from tijdig.vera.models import Message, MessageText


@pytest.fixture
def ground(organisation: int) -> Ground:
    return vera_ground.ground(organisation)


def _extras(message: dict[str, Any]) -> dict[str, str]:
    return {one["naam"]: one["waarde"] for one in message.get("extra-attributen", [])}


# ── who comes in ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_token_opens_what_it_was_asked_for_and_nothing_else(ground: Ground) -> None:
    narrow = ground.theirs.signed(ApiScope.READ_FILES)
    assert narrow.ask("GET", "externe-incassos").status_code == 200
    for answer in (
        narrow.ask("GET", "betalingsregelingen"),
        narrow.ask("PATCH", f"externe-incassos/{ground.file}", {"status": {"code": "EIN"}}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "geen_recht")
    assert ground.theirs.token("INC.Nieuw.Read").json() == {"error": "invalid_scope"}


def test_read_alone_is_not_to_write_and_all_is_every_resource(ground: Ground) -> None:
    for scope, read, write in (
        (ApiScope.READ_ALL, 200, 403),
        (ApiScope.WRITE_ALL, 200, 400),
        (ApiScope.WRITE_FILES, 200, 400),
    ):
        door = ground.theirs.signed(scope)
        assert door.ask("GET", "externe-incassos").status_code == read
        assert door.ask("PATCH", f"externe-incassos/{ground.file}", {}).status_code == write


def test_whoever_guesses_gets_no_token(ground: Ground) -> None:
    for door in (
        Door(ground.theirs.number, "geraden"),
        Door(ground.ours.number, ground.theirs.secret),
        Door(0, ""),
    ):
        answer = door.token()
        assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
        assert answer.headers["WWW-Authenticate"].startswith("Basic")
    assert Client().post("/vera/v4/oauth/token", {"grant_type": "password"}).status_code == 400
    assert Client().post("/vera/v4/oauth/token").json() == {"error": "invalid_request"}


def test_basic_credentials_and_a_key_open_the_same(ground: Ground) -> None:
    import base64

    pair = base64.b64encode(f"{ground.theirs.number}:{ground.theirs.secret}".encode()).decode()
    form = {"grant_type": "client_credentials"}
    given = Client().post("/vera/v4/oauth/token", form, headers={"Authorization": f"Basic {pair}"})
    assert given.status_code == 200
    assert given.json()["expires_in"] == 3600
    by_key = Door(0, "").ask("GET", "externe-incassos", **{"X-API-KEY": ground.theirs.secret})
    assert by_key.status_code == 200
    broken = Client().post("/vera/v4/oauth/token", form, headers={"Authorization": "Basic ***"})
    assert broken.status_code == 401


def test_nobody_gets_in_without_a_token_and_a_token_does_not_live_on(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = Door(0, "").ask("GET", "externe-incassos")
    assert nobody.status_code == 401
    assert set(nobody.json()) == {"code", "omschrijving"}
    assert Door(0, "", Authorization="Bearer geraden").ask("GET", "externe-incassos").status_code == 401
    assert Door(0, "").ask("GET", "ping").status_code == 200
    monkeypatch.setattr("tijdig.access.sign_in.ACCESS_FOR", timedelta(seconds=-1))
    assert ground.theirs.ask("GET", "externe-incassos").status_code == 401


def test_the_token_ends_with_the_program(ground: Ground) -> None:
    from tijdig.access.roles import Role
    from tijdig.entrance.actions_programs import revoke_program

    who = vera_ground.person(ground.organisation, ground.office[1], Role.PARTNER_LEAD, ground.office[0])
    with acting(*ground.office[:2]):
        revoke_program(
            person=who, program_id=ground.theirs.number, at=timezone.now(), on=timezone.localdate()
        )
    with organisation_scope(ground.organisation):
        pass
    assert ground.theirs.ask("GET", "externe-incassos").status_code == 401
    assert ground.ours.ask("GET", "externe-incassos").status_code == 200


def test_nobody_signs_in_as_a_program(ground: Ground) -> None:
    from django.contrib.auth import authenticate

    from tijdig.access.models import User

    with acting(*ground.office[:2]), partner_scope():
        row = User.objects.get(program=True)
        row.set_password("bekend")
        row.save()
    with organisation_scope(ground.organisation):
        pass
    assert authenticate(username=row.email, password="bekend") is None


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_both_sides_read_the_same_file(ground: Ground) -> None:
    ours = ground.ours.ask("GET", f"externe-incassos/{ground.file}").json()
    theirs = ground.theirs.ask("GET", f"externe-incassos/{ground.file}").json()
    for told in (ours, theirs):
        assert told["status"] == {"code": "ACT", "naam": "Actief"}
        assert told["soort"]["code"] == "DEU"
        assert told["saldo"] == open_cents(ground) / 100
        assert told["overdrachtsdatum"] == f"{partners.TODAY}"
        assert [one["id"] for one in told["overeenkomsten"]] == [str(ground.tenancy)]
        assert _extras(told)["tijdig.startreden"] == "ACH"
        assert told["informatieobjecten"][0]["bestandslocatie"].endswith(
            f"/externe-incassos/{ground.file}/pakket.pdf"
        )
    assert "tijdig.telefoon" in _extras(ours) or "tijdig.huurder" in _extras(ours)


def test_costs_of_an_earlier_file_are_told_with_the_file_of_now(ground: Ground) -> None:
    partners.taken_back(ground.organisation, ground.file)
    first = partners.left_costs(ground.organisation, ground.tenancy, ground.office[0])
    now = partners.handed(ground.organisation, ground.tenancy, ground.office[0])
    cents = open_cents(ground)
    for door in (ground.ours, ground.theirs):
        told = _extras(door.ask("GET", f"externe-incassos/{now}").json())
        assert float(told["tijdig.kosten"]) == 610
        assert float(told["tijdig.verschuldigd"]) == (cents + 61_000) / 100
    listed = {one["id"]: _extras(one) for one in ground.ours.ask("GET", "externe-incassos").json()}
    assert {pk: float(one["tijdig.kosten"]) for pk, one in listed.items()} == {
        str(ground.file): 0,
        str(first): 610,
        str(now): 610,
    }


def test_a_list_names_nobody(ground: Ground) -> None:
    (told,) = ground.ours.ask("GET", "externe-incassos").json()
    assert not {"tijdig.huurder", "tijdig.adres", "tijdig.telefoon", "tijdig.email"} & set(_extras(told))


def test_the_package_comes_to_the_byte(ground: Ground) -> None:
    answer = ground.theirs.ask("GET", f"externe-incassos/{ground.file}/pakket.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    told = ground.theirs.ask("GET", f"externe-incassos/{ground.file}").json()
    assert len(answer.content) == told["informatieobjecten"][0]["bestandsgrootte"]
    assert answer.content.startswith(b"%PDF")


def test_what_is_read_is_written_down(ground: Ground) -> None:
    from tijdig.history.models import Reading

    ground.theirs.ask("GET", "externe-incassos")
    with organisation_scope(ground.organisation):
        seen = Reading.objects.filter(subject=f"tenancy:{ground.tenancy}").values_list("what", "actor")
        assert [what for what, actor in seen if actor.startswith("user:")] == ["export"]


def test_pages_tell_everything_once_whatever_comes_in_between(ground: Ground) -> None:
    office = ground.office[0]
    for number in (2, 3, 4):
        assert partners.handed(ground.organisation, partners.ready(ground.organisation, number), office)
    size = {"X-Parameters-AantalPerPagina": "2"}
    first = ground.theirs.ask("GET", "externe-incassos", **size)
    assert first.headers["X-Parameters-Aantal"] == "4"
    assert first.headers["X-Parameters-AantalPerPagina"] == "2"
    assert partners.handed(ground.organisation, partners.ready(ground.organisation, 5), office)
    found = [one["id"] for one in first.json()]
    answer = first
    while cursor := answer.headers.get("X-Parameters-Cursor"):
        answer = ground.theirs.ask("GET", "externe-incassos", asked={"cursor": cursor}, **size)
        found += [one["id"] for one in answer.json()]
    assert len(found) == len(set(found)) == 5
    by_page = [
        one["id"]
        for page in (1, 2, 3)
        for one in ground.theirs.ask("GET", "externe-incassos", asked={"pagina": page}, **size).json()
    ]
    assert by_page == found
    assert ground.theirs.ask("GET", "externe-incassos", asked={"pagina": 4}, **size).json() == []


@pytest.mark.parametrize(
    ("asked", "headers", "code"),
    [
        ({"pagina": "0"}, {}, "pagina"),
        ({"pagina": "een"}, {}, "getal"),
        ({"cursor": "' OR 1=1"}, {}, "cursor"),
        ({"saldo": "12"}, {}, "filter"),
        ({}, {"X-Parameters-AantalPerPagina": "101"}, "aantal_per_pagina"),
        ({}, {"X-Parameters-PeiltijdstipMaterieel": "gisteren"}, "peildatum"),
        ({}, {"X-Parameters-PeiltijdstipMaterieel": "2999-01-01T00:00:00Z"}, "peildatum"),
    ],
)
def test_a_list_that_cannot_be_asked_says_so(ground: Ground, asked: Any, headers: Any, code: str) -> None:
    for path in ("externe-incassos", "betalingsregelingen"):
        answer = ground.theirs.ask("GET", path, asked=asked, **headers)
        assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_a_list_is_asked_by_what_is_in_it(ground: Ground) -> None:
    def ids(**asked: str) -> list[str]:
        return [one["id"] for one in ground.ours.ask("GET", "externe-incassos", asked=asked).json()]

    told = ground.ours.ask("GET", f"externe-incassos/{ground.file}").json()
    contract = told["overeenkomsten"][0]["code"]
    for asked in (
        {"status": "ACT"},
        {"status.code": "ACT"},
        {"overeenkomst.code": contract},
        {"id": told["id"]},
    ):
        assert ids(**asked) == [told["id"]]
    assert ids(status="EIN") == ids(overeenkomst="X") == []


def test_a_file_as_of_a_day_before_it_was_there_is_not_there(ground: Ground) -> None:
    before = {"X-Parameters-PeiltijdstipMaterieel": f"{partners.TODAY - timedelta(days=1)}T12:00:00Z"}
    assert ground.ours.ask("GET", "externe-incassos", **before).json() == []
    that_day = {"X-Parameters-PeiltijdstipMaterieel": f"{partners.TODAY}T12:00:00Z"}
    assert len(ground.ours.ask("GET", "externe-incassos", **that_day).json()) == 1


# ── arrangements ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_an_arrangement_is_made_read_back_and_ended(ground: Ground, side: str) -> None:
    door: Door = getattr(ground, side)
    wanted = plan(ground)
    made = door.ask("POST", "betalingsregelingen", wanted)
    assert made.status_code == 201, made.content
    told = made.json()
    assert made.headers["Location"].endswith(f"/vera/v4/betalingsregelingen/{told['id']}")
    assert told["status"]["code"] == "ACT"
    assert told["bedrag"] == told["saldo"] == wanted["bedrag"]
    assert [(one["vervaldatum"], one["bedrag"]) for one in told["termijnen"]] == [
        (one["vervaldatum"], one["bedrag"]) for one in wanted["termijnen"]
    ]
    assert {one["status"]["code"] for one in told["termijnen"]} == {"OPE"}
    assert (told["prolongatieInterval"], told["termijnenAantal"]) == ("P4W", 2)
    assert ground.ours.ask("GET", f"betalingsregelingen/{told['id']}").json() == told
    over = door.ask(
        "PATCH",
        f"betalingsregelingen/{told['id']}",
        {"status": {"code": "BEE"}, "eindeReden": {"code": "VOL"}, "omschrijving": "Betaalt niet meer."},
    )
    assert over.status_code == 200, over.content
    assert (over.json()["status"]["code"], over.json()["eindeReden"]["code"]) == ("BEE", "VOL")
    with organisation_scope(ground.organisation):
        (row,) = arrangements_of([ground.tenancy])
        assert row.state is State.ENDED
        assert row.made_by == (f"client:{door.number}" if side == "ours" else row.made_by)


def test_an_arrangement_by_number_of_terms(ground: Ground) -> None:
    cents, first = open_cents(ground), timezone.localdate() + timedelta(days=3)
    asked = {
        "overeenkomst": {"id": str(ground.tenancy)},
        "omschrijving": "Zo kan het.",
        "termijnenAantal": 3,
        "begindatum": f"{first}",
        "prolongatieInterval": "P1M",
        "status": {"code": "AAN"},
    }
    told = ground.ours.ask("POST", "betalingsregelingen", asked).json()
    assert told["status"]["code"] == "AAN"
    assert sum(round(one["bedrag"] * 100) for one in told["termijnen"]) == cents
    assert len(told["termijnen"]) == 3
    active = ground.ours.ask("PATCH", f"betalingsregelingen/{told['id']}", {"status": {"code": "ACT"}})
    assert active.json()["status"]["code"] == "ACT"
    until = f"{timezone.localdate() + timedelta(days=20)}"
    frozen = ground.ours.ask(
        "PATCH",
        f"betalingsregelingen/{told['id']}",
        {
            "status": {"code": "BEV"},
            "omschrijving": "Ligt in het ziekenhuis.",
            "extra-attributen": [{"naam": "tijdig.bevrorenTot", "waarde": until}],
        },
    )
    assert frozen.json()["status"]["code"] == "BEV", frozen.content
    again = ground.ours.ask("PATCH", f"betalingsregelingen/{told['id']}", {"status": {"code": "ACT"}})
    assert again.json()["status"]["code"] == "ACT"
    gone = ground.ours.ask(
        "PATCH",
        f"betalingsregelingen/{told['id']}",
        {"status": {"code": "ANN"}, "omschrijving": "Vergissing."},
    )
    assert gone.json()["status"]["code"] == "ANN"


def test_a_program_forgives_nothing(ground: Ground) -> None:
    made = ground.ours.ask("POST", "betalingsregelingen", plan(ground)).json()
    body = {"status": {"code": "BEE"}, "eindeReden": {"code": "SAN"}, "omschrijving": "Vergeven."}
    answer = ground.ours.ask("PATCH", f"betalingsregelingen/{made['id']}", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "niet_uw_besluit")


def test_bookings_are_known_by_the_key_of_their_source(ground: Ground) -> None:
    from tijdig.ledger.queries import references_of

    with organisation_scope(ground.organisation):
        found = open_now(ground.tenancy, timezone.localdate())
        assert found is not None
        one = found.items[0]
        key = references_of([one.entry])[one.entry]
    asked = {
        "overeenkomst": {"id": str(ground.tenancy)},
        "omschrijving": "Alleen deze maand.",
        "boekingen": [{"idExtern": key}],
        "termijnenAantal": 2,
        "begindatum": f"{timezone.localdate() + timedelta(days=3)}",
        "prolongatieInterval": "P1W",
    }
    made = ground.ours.ask("POST", "betalingsregelingen", asked)
    assert made.status_code == 201, made.content
    assert round(made.json()["bedrag"] * 100) == one.open_cents
    assert [each["idExtern"] for each in made.json()["boekingen"]] == [key]


def test_an_arrangement_as_of_a_day_before_it_ended_runs(ground: Ground) -> None:
    made = ground.ours.ask("POST", "betalingsregelingen", plan(ground)).json()
    where = f"betalingsregelingen/{made['id']}"
    day = {"X-Parameters-PeiltijdstipMaterieel": f"{timezone.localdate() - timedelta(days=1)}T12:00:00Z"}
    assert ground.ours.ask("GET", where, **day).status_code == 404  # not agreed yet
    day = {"X-Parameters-PeiltijdstipMaterieel": "2999-01-01T12:00:00Z"}
    assert ground.ours.ask("GET", where, **day).json()["code"] == "peildatum"


def test_one_that_replaces_another_says_which(ground: Ground) -> None:
    first = ground.theirs.ask("POST", "betalingsregelingen", plan(ground)).json()
    second = ground.theirs.ask("POST", "betalingsregelingen", plan(ground))
    assert (second.status_code, second.json()["code"]) == (409, "kan_niet")
    extra = [{"naam": "tijdig.vervangt", "waarde": first["id"]}]
    third = ground.theirs.ask("POST", "betalingsregelingen", plan(ground, **{"extra-attributen": extra}))
    assert third.status_code == 201, third.content
    before = ground.theirs.ask("GET", f"betalingsregelingen/{first['id']}").json()
    assert (before["status"]["code"], _extras(before)["tijdig.vervangen"]) == ("ANN", "ja")


def test_an_office_leaves_the_plans_of_the_corporation_alone(ground: Ground) -> None:
    made = ground.ours.ask("POST", "betalingsregelingen", plan(ground)).json()
    for body in (
        {"status": {"code": "ANN"}, "omschrijving": "weg"},
        {"status": {"code": "BEE"}, "eindeReden": {"code": "AFB"}},
    ):
        answer = ground.theirs.ask("PATCH", f"betalingsregelingen/{made['id']}", body)
        assert (answer.status_code, answer.json()["code"]) == (403, "niet_uw_regeling")
    own = ground.theirs.ask("GET", f"betalingsregelingen/{made['id']}").json()
    assert own["status"]["code"] == "ACT"


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"bedrag": "125,00"}, 400, "bericht_onjuist"),
        ({"bedrag": "125.00"}, 400, "bericht_onjuist"),
        ({"bedrag": 1.005}, 400, "bericht_onjuist"),
        ({"bedrag": True}, 400, "bericht_onjuist"),
        ({"bedrag": 1.0, "termijnen": [{"vervaldatum": "2999-01-01", "bedrag": 1.0}]}, 409, "bedrag"),
        ({"termijnen": [{"vervaldatum": "31-12-2026", "bedrag": 10}]}, 400, "bericht_onjuist"),
        ({"termijnen": [{"vervaldatum": "2026-02-30", "bedrag": 10}]}, 400, "bericht_onjuist"),
        ({"termijnen": [{"bedrag": 10}]}, 400, "termijnen"),
        ({"termijnen": [], "termijnenAantal": 2.5}, 400, "termijnen"),
        ({"prolongatieInterval": "P3D"}, 400, "prolongatieInterval"),
        ({"termijnen": [], "termijnenAantal": 10**300, "begindatum": "2026-12-01"}, 400, "bericht_onjuist"),
        ({"termijnen": [{"vervaldatum": "9999-12-31", "bedrag": 10}]}, 400, "bericht_onjuist"),
        ({"boekingen": [{"code": "F-1"}]}, 409, "boekingen"),
        ({"prolongatieInterval": "elke maand"}, 400, "bericht_onjuist"),
        ({"status": {"code": "XYZ"}}, 400, "onbekende_code"),
        ({"status": {"code": "BEE"}}, 400, "status"),
        ({"status": "ACT"}, 400, "bericht_onjuist"),
        ({"overeenkomst": {}}, 400, "overeenkomst"),
        ({"overeenkomst": {"code": "C-niet"}}, 404, "overeenkomst_onbekend"),
        ({"overeenkomst": {"id": "999999999999"}}, 404, "overeenkomst_onbekend"),
        ({"boekingen": [{"id": "1"}]}, 409, "boekingen"),
        ({"extra-attributen": [{"naam": "tijdig.vervangt", "waarde": "1"}]}, 409, "vervangt"),
    ],
)
def test_a_message_that_cannot_be_done_says_why_is_kept_and_does_nothing(
    ground: Ground, more: Any, status: int, code: str
) -> None:
    body = plan(ground, **more)
    answer = ground.ours.ask(
        "POST", "betalingsregelingen", body, **{"X-Stuurgegevens-Referentienummer": "r-1"}
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    assert len(answer.json()["omschrijving"]) > 20
    with organisation_scope(ground.organisation):
        assert arrangements_of([ground.tenancy]) == []
        row = Message.objects.get()
        assert (row.status, row.code, row.reference) == (status, code, "r-1")
        assert json.loads(MessageText.objects.get(message=row).text) == body


def test_unreadable_text_is_kept_too(ground: Ground) -> None:
    headers = {"Authorization": ground.ours._headers["Authorization"]}
    for body in (b"{", b"\xff\xfe", b'{"bedrag": NaN}', b"[" * 50_000, b'["geen object"]'):
        answer = Client().post(
            "/vera/v4/betalingsregelingen", body, content_type="application/json", headers=headers
        )
        assert answer.status_code == 400
        assert set(answer.json()) == {"code", "omschrijving"}
    with organisation_scope(ground.organisation):
        assert Message.objects.count() == MessageText.objects.count() == 5


def test_the_same_message_twice_is_done_once_and_another_with_its_number_is_refused(ground: Ground) -> None:
    body, number = plan(ground), {"X-Stuurgegevens-Referentienummer": "r-7"}
    first = ground.theirs.ask("POST", "betalingsregelingen", body, **number)
    again = ground.theirs.ask("POST", "betalingsregelingen", body, **number)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    other = ground.theirs.ask("POST", "betalingsregelingen", body | {"omschrijving": "anders"}, **number)
    assert (other.status_code, other.json()["code"]) == (409, "referentienummer")
    with organisation_scope(ground.organisation):
        assert len(arrangements_of([ground.tenancy])) == 1


def test_a_number_that_looks_like_a_bsn_is_left_out_and_told(ground: Ground) -> None:
    from django.db import connection

    made = ground.ours.ask(
        "POST", "betalingsregelingen", plan(ground, omschrijving="bsn 111222333, afgesproken")
    )
    assert (made.status_code, made.headers["Tijdig-Left-Out"]) == (201, "1")
    refused = ground.ours.ask("POST", "betalingsregelingen", plan(ground, omschrijving="bsn 111222333"))
    assert refused.status_code == 409
    number = {"naam": "tijdig.dossiernummer", "waarde": "111222333"}
    asked = {"extra-attributen": [number]}
    answer = ground.theirs.ask("PATCH", f"externe-incassos/{ground.file}", asked)
    assert (answer.status_code, "burgerservicenummer" in answer.json()["omschrijving"]) == (409, True)
    with organisation_scope(ground.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT text FROM vera_messagetext UNION ALL SELECT text FROM arrangements_changetext")
        assert all("111222333" not in text for (text,) in cursor.fetchall())


def test_a_plan_that_was_agreed_does_not_change(ground: Ground) -> None:
    made = ground.ours.ask("POST", "betalingsregelingen", plan(ground)).json()
    same = made | {"status": {"code": "ACT"}}
    assert ground.ours.ask("PUT", f"betalingsregelingen/{made['id']}", same).status_code == 200
    assert ground.ours.ask("PUT", "betalingsregelingen", same).status_code == 200
    for change in ({"bedrag": 1.0}, {"termijnen": made["termijnen"][:1]}):
        answer = ground.ours.ask("PUT", f"betalingsregelingen/{made['id']}", same | change)
        assert (answer.status_code, answer.json()["code"]) == (409, "plan")
    other = ground.ours.ask("PUT", f"betalingsregelingen/{made['id']}", same | {"id": "1"})
    assert (other.status_code, other.json()["code"]) == (400, "id")


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_program_proposes_and_a_person_hands_over_under_the_same_number(ground: Ground) -> None:
    tenancy = partners.ready(ground.organisation, 2)
    asked = {"overeenkomsten": [{"id": str(tenancy)}], "relatie": {"id": str(ground.office[0])}}
    proposed = ground.ours.ask("POST", "externe-incassos", asked)
    assert proposed.status_code == 201, proposed.content
    told = proposed.json()
    assert told["status"]["code"] == "NIE"
    assert ground.theirs.ask("GET", f"externe-incassos/{told['id']}").status_code == 404
    again = ground.ours.ask("POST", "externe-incassos", asked)
    assert (again.status_code, again.json()["code"]) == (409, "kan_niet")
    made = partners.handed(ground.organisation, tenancy, ground.office[0])
    assert str(made) == told["id"]
    assert ground.ours.ask("GET", f"externe-incassos/{told['id']}").json()["status"]["code"] == "ACT"
    assert ground.theirs.ask("GET", f"externe-incassos/{told['id']}").status_code == 200
    with organisation_scope(ground.organisation):
        assert proposal_of(tenancy) is None
        told_of = {one.verb: one.actor for one in of_subject(f"tenancy:{tenancy}")}
        assert told_of["hand_over_proposed"] == f"client:{ground.ours.number}"
        assert told_of["handed_over"] == partners.BY["actor"]


def test_nothing_is_handed_over_by_a_program(ground: Ground) -> None:
    tenancy = partners.ready(ground.organisation, 2)
    asked = {"overeenkomsten": [{"id": str(tenancy)}], "status": {"code": "ACT"}}
    answer = ground.ours.ask("POST", "externe-incassos", asked)
    assert (answer.status_code, answer.json()["code"]) == (409, "status")
    by_office = ground.theirs.ask(
        "POST", "externe-incassos", {"overeenkomsten": [{"id": str(ground.tenancy)}]}
    )
    assert (by_office.status_code, by_office.json()["code"]) == (403, "niet_uw_besluit")
    with organisation_scope(ground.organisation):
        assert files_of(tenancy) == []
        assert proposal_of(tenancy) is None


def _told(*pairs: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"extra-attributen": [{"naam": f"tijdig.{name}", "waarde": value} for name, value in pairs]} | more


def test_an_office_tells_its_number_its_contacts_and_closes(ground: Ground) -> None:
    today = timezone.localdate()
    action = {
        "idExtern": "gesprek-1",
        "soort": {"code": "TEL"},
        "status": {"code": "GES"},
        "begindatum": f"{today}",
        "omschrijving": "Betaalt vrijdag.",
    }
    body = _told(("dossiernummer", "24-00117"), externeincassoacties=[action])
    for _ in range(2):
        answer = ground.theirs.ask("PATCH", f"externe-incassos/{ground.file}", body)
        assert answer.status_code == 200, answer.content
    told = answer.json()
    assert _extras(told)["tijdig.dossiernummer"] == "24-00117"
    assert [one["status"]["code"] for one in told["externeincassoacties"]] == ["GES"]
    assert "vrijdag" not in json.dumps(told)
    with organisation_scope(ground.organisation):
        assert (
            len([one for one in contacts_of([ground.tenancy], as_of=today) if one.note == "Betaalt vrijdag."])
            == 1
        )
    ends = _told(("eindereden", "AFB"), ("medewerker", "Piet Maas"), status={"code": "EIN"})
    early = ground.theirs.ask("PATCH", f"externe-incassos/{ground.file}", ends)
    assert (early.status_code, early.json()["code"]) == (409, "kan_niet")
    assert "nog €\u00a01.400,00 open" in early.json()["omschrijving"]
    with organisation_scope(ground.organisation):
        offices.pay(ground.organisation, 1, 140_000, on=today)
    closed = ground.theirs.ask("PATCH", f"externe-incassos/{ground.file}", ends)
    assert closed.status_code == 200, closed.content
    assert ground.theirs.ask("GET", f"externe-incassos/{ground.file}").status_code == 404
    with organisation_scope(ground.organisation):
        row = file_row(ground.file)
        assert row is not None
        assert (row.end, row.end_name) == (End.PAID, "Piet Maas (via Dossiersysteem)")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "niets_te_wijzigen"),
        (_told(("eindereden", "AFB"), status={"code": "EIN"}), 400, "medewerker"),
        (_told(("eindereden", "KWI"), ("medewerker", "P"), status={"code": "EIN"}), 400, "onbekende_code"),
        (_told(("eindereden", "ONT"), ("medewerker", "P"), status={"code": "EIN"}), 400, "onbekende_code"),
        (_told(("eindereden", "BVO"), ("medewerker", "P"), status={"code": "EIN"}), 409, "kan_niet"),
        (_told(("eindereden", "TER"), ("medewerker", "P"), status={"code": "EIN"}), 400, "reden"),
        (_told(("eindereden", "ZZZ"), ("medewerker", "P"), status={"code": "EIN"}), 400, "onbekende_code"),
        ({"status": {"code": "NIE"}}, 409, "status"),
        ({"bedrag": 1.0}, 409, "bedrag"),
        ({"bedrag": "1.0"}, 400, "bericht_onjuist"),
        ({"overdrachtsdatum": "2020-01-01"}, 409, "overdrachtsdatum"),
        ({"externeincassoacties": [{"id": "contact-1"}]}, 409, "actie"),
        ({"externeincassoacties": [{"soort": {"code": "TEL"}}]}, 400, "actie"),
        (
            {
                "externeincassoacties": [
                    {
                        "idExtern": "1",
                        "soort": {"code": "DVB"},
                        "status": {"code": "GES"},
                        "begindatum": "2026-11-02",
                    }
                ]
            },
            400,
            "onbekende_code",
        ),
        (
            {
                "externeincassoacties": [
                    {
                        "idExtern": "1",
                        "soort": {"code": "TEL"},
                        "status": {"code": "GES"},
                        "begindatum": "2999-01-01",
                    }
                ]
            },
            400,
            "actie",
        ),
    ],
)
def test_what_an_office_may_not_tell_is_refused_whole(
    ground: Ground, body: Any, status: int, code: str
) -> None:
    body = (
        body
        | _told(
            ("dossiernummer", "24-1"),
            *[(one["naam"][7:], one["waarde"]) for one in body.get("extra-attributen", [])],
        )
        if body
        else body
    )
    answer = ground.theirs.ask("PATCH", f"externe-incassos/{ground.file}", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    told = ground.ours.ask("GET", f"externe-incassos/{ground.file}").json()
    assert "tijdig.dossiernummer" not in _extras(told)
    assert told["status"]["code"] == "ACT"


def test_contacts_of_which_the_key_looks_like_a_bsn_are_all_kept(ground: Ground) -> None:
    today = timezone.localdate()
    actions = [
        {"idExtern": key, "soort": {"code": "TEL"}, "status": {"code": "NBR"}, "begindatum": f"{today}"}
        for key in ("111222333", "123456782")
    ]
    told = ground.theirs.ask("PATCH", f"externe-incassos/{ground.file}", {"externeincassoacties": actions})
    assert len(told.json()["externeincassoacties"]) == 2


def test_a_file_names_its_tenant_also_where_contacts_are_not_shown(organisation: int) -> None:
    from dataclasses import replace

    from tijdig.bailiff.kinds import Shown

    office = partners.partner()
    partners.agreed(organisation, office, terms=replace(partners.TERMS, shows=(Shown.PHONE,)))
    made = partners.handed(organisation, partners.ready(organisation), office[0])
    theirs = vera_ground.program_at(organisation, office).signed()
    told = _extras(theirs.ask("GET", f"externe-incassos/{made}").json())
    assert told["tijdig.huurder"]
    assert told["tijdig.adres"]


def test_a_proposal_that_was_not_followed_ends(ground: Ground) -> None:
    other = partners.partner()
    partners.agreed(ground.organisation, other)
    tenancy = partners.ready(ground.organisation, 2)
    asked = {"overeenkomsten": [{"id": str(tenancy)}], "relatie": {"id": str(ground.office[0])}}
    proposed = ground.ours.ask("POST", "externe-incassos", asked).json()
    made = partners.handed(ground.organisation, tenancy, other[0])
    assert str(made) != proposed["id"]
    told = ground.ours.ask("GET", f"externe-incassos/{proposed['id']}").json()
    assert (told["status"]["code"], _extras(told)["tijdig.voorstel"]) == ("EIN", "afgewezen")


def test_what_is_not_agreed_is_refused(organisation: int) -> None:
    from dataclasses import replace

    office = partners.partner()
    partners.agreed(organisation, office, terms=replace(partners.TERMS, may=()))
    tenancy = partners.ready(organisation)
    made = partners.handed(organisation, tenancy, office[0])
    theirs = vera_ground.program_at(organisation, office).signed()
    action = {
        "idExtern": "1",
        "soort": {"code": "TEL"},
        "status": {"code": "NBR"},
        "begindatum": f"{partners.TODAY}",
    }
    answers = [
        theirs.ask("PATCH", f"externe-incassos/{made}", {"externeincassoacties": [action]}),
        theirs.ask("POST", "betalingsregelingen", {"overeenkomst": {"id": str(tenancy)}}),
    ]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [(403, "niet_afgesproken")] * 2


def test_after_the_agreement_ended_the_token_finds_nothing(ground: Ground) -> None:
    from tijdig.bailiff.actions_agreement import end_agreement
    from tijdig.bailiff.queries import in_force

    with organisation_scope(ground.organisation):
        (agreed,) = in_force(timezone.localdate())
    end_agreement(
        organisation_id=ground.organisation,
        agreement_id=agreed.id,
        side=Side.CORPORATION,
        end_on=timezone.localdate(),
        **(partners.BY | {"on": timezone.localdate()}),
    )
    assert ground.theirs.ask("GET", "externe-incassos").json() == []
    assert ground.theirs.ask("GET", "betalingsregelingen").json() == []
    for method, path, body in (
        ("GET", f"externe-incassos/{ground.file}", None),
        ("GET", f"externe-incassos/{ground.file}/pakket.pdf", None),
        ("PATCH", f"externe-incassos/{ground.file}", _told(("dossiernummer", "1"))),
        ("POST", "betalingsregelingen", {"overeenkomst": {"id": str(ground.tenancy)}}),
    ):
        assert ground.theirs.ask(method, path, body).status_code == 404


def test_another_office_and_another_corporation_find_nothing(ground: Ground) -> None:
    made = ground.ours.ask("POST", "betalingsregelingen", plan(ground)).json()
    stranger = partners.partner()
    partners.agreed(ground.organisation, stranger)
    other = vera_ground.program_at(ground.organisation, stranger).signed()
    assert other.ask("GET", "externe-incassos").json() == []
    assert other.ask("GET", "betalingsregelingen").json() == []
    for path in (f"externe-incassos/{ground.file}", f"betalingsregelingen/{made['id']}"):
        assert other.ask("GET", path).status_code == 404
        assert other.ask("PATCH", path, {"status": {"code": "BEE"}}).status_code == 404


def test_tampered_numbers_are_not_there(ground: Ground) -> None:
    for pk in ("0", "-1", "1 OR 1=1", "9" * 30, "１２", "%00", "..%2f..%2fapi"):
        for path in ("externe-incassos", "betalingsregelingen"):
            answer = ground.theirs.ask("GET", f"{path}/{pk}")
            assert answer.status_code == 404
    assert len(OF_THE_STANDARD) == 6
    assert isinstance(partners.TODAY, date)
