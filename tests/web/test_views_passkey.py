"""Passkeys: made after the password, signed in with alone, refused when anything of the answer is not right."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.entrance.comers import ON, with_second_step
from tests.entrance.device import Device

from doors import PASSWORD, Corporation
from tijdig.access.roles import Role
from tijdig.access.sign_in import person_of
from tijdig.entrance.actions_people import switch_off

HERE = "http://testserver"


def _options(page: str) -> dict[str, Any]:
    found = re.search(r'data-passkey="([^"]+)"', page)
    assert found is not None
    made: dict[str, Any] = json.loads(html.unescape(found[1]))
    return made


def _begun(client: Client) -> dict[str, Any]:
    answer = client.post("/account/sleutels/nieuw", {"wachtwoord": PASSWORD, "naam": "laptop"})
    assert answer.status_code == 200
    return _options(answer.content.decode())


def _made(client: Client, device: Device) -> None:
    answer = client.post("/account/sleutels", {"antwoord": device.makes(_begun(client))})
    assert answer.status_code == 302


def _asked(client: Client) -> dict[str, Any]:
    return _options(client.get("/aanmelden/sleutel").content.decode())


def _shown(client: Client, device: Device, **more: str) -> int:
    return client.post("/aanmelden/sleutel", {"antwoord": device.shows(_asked(client))} | more).status_code


@pytest.fixture(params=[Role.CONSULTANT, Role.PARTNER])
def owner(request: pytest.FixtureRequest, corporation: Corporation) -> Client:
    return corporation.signed_in(request.param)


def test_a_passkey_alone_signs_in(owner: Client) -> None:
    device, guest = Device(HERE), Client()
    _made(owner, device)
    assert _shown(guest, device) == 302
    page = guest.get("/account").content.decode()
    assert guest.session["user"] == owner.session["user"]
    assert "met een toegangssleutel" in page and "laptop" in page
    assert _shown(Client(), device) == 302


def test_it_counts_as_both_steps(corporation: Corporation) -> None:
    from django.utils import timezone

    client, device = corporation.signed_in(Role.CONSULTANT), Device(HERE)
    _made(client, device)
    person = person_of(client.session["user"])
    assert person is not None
    with_second_step(person, timezone.now())
    guest = Client()
    assert guest.get("/vandaag").status_code == 302
    assert _shown(guest, device) == 302
    assert guest.get("/vandaag").status_code == 200


def test_what_is_asked_demands_a_finger_and_says_nothing_of_the_person(owner: Client) -> None:
    new, asked = _begun(owner), _asked(Client())
    assert new["authenticatorSelection"]["userVerification"] == "required"
    assert new["authenticatorSelection"]["residentKey"] == "required"
    assert asked["userVerification"] == "required"
    assert asked.get("allowCredentials", []) == []
    assert new["rp"]["id"] == asked["rpId"] == "testserver"
    assert len(new["user"]["id"]) == 43


def test_no_passkey_is_made_without_the_password(owner: Client) -> None:
    assert owner.post("/account/sleutels/nieuw", {"wachtwoord": "fout"}).status_code == 400
    assert owner.post("/account/sleutels", {"antwoord": "{}"}).status_code == 400


@pytest.mark.parametrize(
    "device",
    [Device("https://elders.test"), Device("http://testserver:81"), Device(HERE, verifies=False)],
    ids=["elsewhere", "another port", "no finger"],
)
def test_a_device_that_is_not_right_makes_no_passkey(corporation: Corporation, device: Device) -> None:
    client = corporation.signed_in(Role.CONSULTANT)
    answer = device.makes(_begun(client))
    assert client.post("/account/sleutels", {"antwoord": answer}).status_code == 400


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"rawId": 3}', '{"rawId": ""}', "x" * 30_000])
def test_what_is_no_answer_signs_nobody_in_and_makes_nothing(owner: Client, answer: str) -> None:
    guest = Client()
    _asked(guest)
    assert guest.post("/aanmelden/sleutel", {"antwoord": answer}).status_code == 400
    _begun(owner)
    assert owner.post("/account/sleutels", {"antwoord": answer}).status_code == 400


def test_an_answer_is_right_once_and_in_its_own_browser(owner: Client) -> None:
    device, guest, other = Device(HERE), Client(), Client()
    _made(owner, device)
    answer = device.shows(_asked(guest))
    _asked(other)
    assert other.post("/aanmelden/sleutel", {"antwoord": answer}).status_code == 400
    assert guest.post("/aanmelden/sleutel", {"antwoord": answer}).status_code == 302
    assert Client().post("/aanmelden/sleutel", {"antwoord": answer}).status_code == 400


@pytest.mark.parametrize("lie", ["origin", "finger", "key", "place", "count"])
def test_a_passkey_that_is_not_right_signs_nobody_in(owner: Client, lie: str) -> None:
    device, guest = Device(HERE), Client()
    _made(owner, device)
    assert _shown(Client(), device) == 302
    place = ""
    if lie == "origin":
        device.origin = "https://elders.test"
    elif lie == "finger":
        device.verifies = False
    elif lie == "key":
        device.key = Device(HERE).key
    elif lie == "place":
        place = "elders.test"
    else:
        device.count = 0
    answer = device.shows(_asked(guest), place)
    assert guest.post("/aanmelden/sleutel", {"antwoord": answer}).status_code == 400
    assert guest.get("/account").status_code == 302


def test_a_passkey_that_nobody_knows_signs_nobody_in(owner: Client) -> None:
    _made(owner, Device(HERE))
    assert _shown(Client(), Device(HERE)) == 400


def test_who_was_switched_off_does_not_come_in_by_a_passkey(corporation: Corporation) -> None:
    client, device = corporation.signed_in(Role.CONSULTANT), Device(HERE)
    _made(client, device)
    keeper = person_of(corporation.person(Role.ADMINISTRATOR))
    assert keeper is not None
    from django.utils import timezone

    switch_off(person=keeper, user_id=client.session["user"], at=timezone.now(), on=ON)
    assert _shown(Client(), device) == 400


def test_a_passkey_is_named_anew_and_removed_by_its_owner_only(corporation: Corporation) -> None:
    owner, other, device = (
        corporation.signed_in(Role.CONSULTANT),
        corporation.signed_in(Role.MANAGER),
        Device(HERE),
    )
    _made(owner, device)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM entrance_passkey")
        place = f"/account/sleutels/{cursor.fetchone()[0]}"
    assert other.post(place, {"wat": "naam", "naam": "van mij"}).status_code == 400
    assert other.post(place, {"wat": "weg"}).status_code == 400
    assert owner.post(place, {"wat": "naam", "naam": ""}).status_code == 400
    assert owner.post(place, {"wat": "naam", "naam": "thuis"}).status_code == 302
    assert 'value="thuis"' in owner.get("/account").content.decode()
    guest = Client()
    assert _shown(guest, device) == 302
    assert owner.post(place, {"wat": "weg"}).status_code == 302
    assert guest.get("/account").status_code == 302, "another factor ends the other sessions"
    assert _shown(Client(), device) == 400


def test_the_same_passkey_is_of_one_person(corporation: Corporation) -> None:
    device, other = Device(HERE), corporation.signed_in(Role.MANAGER)
    _made(corporation.signed_in(Role.CONSULTANT), device)
    answer = device.makes(_begun(other))
    assert other.post("/account/sleutels", {"antwoord": answer}).status_code == 400


def test_it_leads_where_one_wanted_to_go_and_nowhere_else(owner: Client) -> None:
    device = Device(HERE)
    _made(owner, device)
    for wanted, led in (("/account", "/account"), ("https://elders.test/", "/")):
        guest = Client()
        form = {"antwoord": device.shows(_asked(guest)), "next": wanted}
        place = guest.post("/aanmelden/sleutel", form)["Location"]
        assert place == led if led != "/" else place.startswith("/")
