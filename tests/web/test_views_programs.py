"""Programs at the API: a token opens what it was made for, is renewed with an overlap, and is seen."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client

from doors import PASSWORD, Corporation, Program, payment
from tijdig.access.api_scopes import API_SCOPE_LABEL, OF_THE_STANDARD, ApiScope
from tijdig.access.models import ApiClient
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope

NAME = {"naam": "boekhouding", "wachtwoord": PASSWORD}


def _token(page: str) -> str:
    found = re.search(r'readonly value="([\w-]{40,})"', page)
    assert found is not None
    return found[1]


def _made(client: Client, *scopes: ApiScope) -> str:
    return _token(client.post("/beheer/programmas", NAME | {"mag": list(scopes)}).content.decode())


def _row(corporation: Corporation) -> ApiClient:
    with organisation_scope(corporation.organisation):
        return ApiClient.objects.get()


def _change(client: Client, corporation: Corporation, what: str, **more: object) -> tuple[int, str]:
    answer = client.post(
        f"/beheer/programmas/{_row(corporation).pk}", {"wat": what, "wachtwoord": PASSWORD} | more
    )
    return answer.status_code, answer.content.decode()


def _opens(token: str) -> dict[str, int]:
    program = Program(token)
    return {
        ApiScope.READ_POSITIONS: program.position("C-1").status_code,
        ApiScope.POST_ENTRIES: program.post("k", payment("C-1", "r")).status_code,
        ApiScope.PUT_TENANCIES: program.put("C-1", {}).status_code,
    }


OURS = [one for one in ApiScope if one not in OF_THE_STANDARD]


@pytest.mark.parametrize("scope", OURS)
def test_a_token_opens_what_it_was_made_for_and_nothing_else(
    corporation: Corporation, scope: ApiScope
) -> None:
    opens = _opens(_made(corporation.signed_in(Role.ADMINISTRATOR), scope))
    assert {one: status for one, status in opens.items() if one != scope} == {
        one: 403 for one in OURS if one != scope
    }
    assert opens[scope] in (200, 404, 422)


def test_every_scope_has_its_words() -> None:
    assert set(API_SCOPE_LABEL) == set(ApiScope)


def test_without_a_name_or_anything_to_do_there_is_no_program(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    for form in (NAME, NAME | {"mag": ["alles"]}, {"naam": "", "mag": [ApiScope.READ_POSITIONS]}):
        assert client.post("/beheer/programmas", form).status_code == 400
    with organisation_scope(corporation.organisation):
        assert ApiClient.objects.count() == 0


def test_two_tokens_work_while_one_is_renewed(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    first = _made(client, ApiScope.READ_POSITIONS)
    second = _token(_change(client, corporation, "vernieuw")[1])
    assert [Program(one).position("C-1").status_code for one in (first, second)] == [404, 404]
    third = _token(_change(client, corporation, "vernieuw")[1])
    assert [Program(one).position("C-1").status_code for one in (first, second, third)] == [401, 404, 404]
    assert "Het oude token werkt nog tot" in client.get("/beheer/programmas").content.decode()
    assert _change(client, corporation, "oude-weg")[0] == 302
    assert [Program(one).position("C-1").status_code for one in (second, third)] == [401, 404]


def test_the_earlier_token_ends_by_itself(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    first = _made(client, ApiScope.READ_POSITIONS)
    _change(client, corporation, "vernieuw")
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("UPDATE access_apiclient SET earlier_until = now() - interval '1 second'")
    assert Program(first).position("C-1").status_code == 401


def test_that_it_was_here_is_written_once_a_minute(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    token = _made(client, ApiScope.READ_POSITIONS)
    assert _row(corporation).used_at is None
    Program(token).position("C-1")
    seen = _row(corporation).used_at
    assert seen is not None
    Program(token).position("C-1")
    assert _row(corporation).used_at == seen
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("UPDATE access_apiclient SET used_at = now() - interval '61 seconds'")
    before = _row(corporation).used_at
    Program(token).position("C-1")
    assert _row(corporation).used_at != before


def test_what_it_may_is_changed_and_it_is_withdrawn(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    token = _made(client, ApiScope.READ_POSITIONS)
    assert _change(client, corporation, "rechten", mag=[])[0] == 400
    assert _change(client, corporation, "rechten", mag=[ApiScope.POST_ENTRIES])[0] == 302
    assert Program(token).position("C-1").status_code == 403
    assert _change(client, corporation, "iets")[0] == 400
    assert _change(client, corporation, "weg")[0] == 302
    assert Program(token).position("C-1").status_code == 401
    assert _change(client, corporation, "vernieuw")[0] == 400
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT verb FROM history_event WHERE subject LIKE 'client:%' ORDER BY id")
        assert [verb for (verb,) in cursor.fetchall()] == [
            "program_made",
            "program_changed",
            "program_revoked",
        ]


@pytest.mark.parametrize("typed", ["", "geraden"])
def test_a_token_is_given_to_who_knows_the_own_password(corporation: Corporation, typed: str) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    asked = NAME | {"mag": [ApiScope.READ_POSITIONS]}
    assert client.post("/beheer/programmas", asked | {"wachtwoord": typed}).status_code == 400
    token = _made(client, ApiScope.READ_POSITIONS)
    assert _change(client, corporation, "vernieuw", wachtwoord=typed)[0] == 400
    assert Program(token).position("C-1").status_code == 404


def test_who_leads_an_office_makes_programs_for_the_standard_alone(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.PARTNER_LEAD)
    page = client.get("/beheer/programmas").content.decode()
    assert ApiScope.WRITE_FILES in page
    assert ApiScope.READ_POSITIONS not in page
    asked = NAME | {"mag": [ApiScope.READ_POSITIONS]}
    assert client.post("/beheer/programmas", asked).status_code == 400
    token = _made(client, ApiScope.READ_FILES)
    assert Program(token).position("C-1").status_code == 403
    assert "programma-" not in client.get("/mensen").content.decode()
    assert corporation.signed_in(Role.PARTNER).get("/beheer/programmas").status_code == 403


def test_a_program_of_another_corporation_is_not_there(corporation: Corporation) -> None:
    from tijdig.access.actions import create_api_client, create_organisation

    other = create_organisation(name="Andere", slug=f"a-{corporation.organisation}")
    pk, _ = create_api_client(organisation_id=other, name="van een ander")
    client = corporation.signed_in(Role.ADMINISTRATOR)
    assert client.post(f"/beheer/programmas/{pk}", {"wat": "weg"}).status_code == 400
    assert "van een ander" not in client.get("/beheer/programmas").content.decode()
