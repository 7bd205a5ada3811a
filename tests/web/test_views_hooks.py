"""The page of webhooks: who sets one shows that it is them, and what was typed is not lost."""

from __future__ import annotations

from django.test import Client

import doors
from doors import PASSWORD, Corporation
from tijdig.access.actions import create_organisation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.hooks.kinds import CHOSEN
from tijdig.hooks.models import Subscription

FIRST, OTHER = CHOSEN[0].value, CHOSEN[1].value
ADDRESS = "https://systeem.example/tijdig"
NEW = {"naam": "Ons systeem", "adres": ADDRESS, "van": [FIRST], "wachtwoord": PASSWORD}


def _row(corporation: Corporation) -> Subscription:
    with organisation_scope(corporation.organisation):
        return Subscription.objects.get()


def _change(client: Client, pk: int, **more: object) -> tuple[int, str]:
    answer = client.post(f"/beheer/webhooks/{pk}", {"wat": "bewaar", "adres": ADDRESS, "van": [FIRST]} | more)
    return answer.status_code, answer.content.decode()


def _made(corporation: Corporation) -> tuple[Client, int]:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    assert "whsec_" in client.post("/beheer/webhooks", NEW).content.decode()
    return client, _row(corporation).pk


def test_one_is_made_by_who_types_the_own_password(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    wrong = client.post("/beheer/webhooks", NEW | {"wachtwoord": "geraden"})
    assert (wrong.status_code, "Ons systeem" in wrong.content.decode()) == (
        400,
        True,
    )  # the name is still there
    with organisation_scope(corporation.organisation):
        assert not Subscription.objects.exists()
    assert client.post("/beheer/webhooks", NEW).status_code == 200
    assert "whsec_" not in client.get(f"/beheer/webhooks/{_row(corporation).pk}").content.decode()


def test_what_it_is_told_of_changes_without_a_password(corporation: Corporation) -> None:
    client, pk = _made(corporation)
    assert _change(client, pk, van=[OTHER])[0] == 302
    assert (_row(corporation).url, _row(corporation).kinds) == (ADDRESS, OTHER)


def test_another_address_asks_the_own_password_and_keeps_what_was_typed(corporation: Corporation) -> None:
    client, pk = _made(corporation)
    elsewhere = "https://elders.example/tijdig"
    for given in ({}, {"wachtwoord": "geraden"}):
        code, page = _change(client, pk, adres=elsewhere, van=[OTHER], **given)
        assert (code, f'value="{elsewhere}"' in page) == (400, True)
        assert (_row(corporation).url, _row(corporation).kinds) == (ADDRESS, FIRST)
    assert _change(client, pk, adres=elsewhere, wachtwoord=PASSWORD)[0] == 302
    assert _row(corporation).url == elsewhere


def test_another_corporation_finds_none_of_it(corporation: Corporation) -> None:
    _, pk = _made(corporation)
    other = doors.corporation(create_organisation(name="Ander", slug="ander"))
    assert _change(other.signed_in(Role.ADMINISTRATOR), pk, wachtwoord=PASSWORD)[0] == 404
    assert _row(corporation).url == ADDRESS
