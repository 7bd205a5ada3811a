"""Posting by API: once, refused by name, and only within one's own corporation."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from doors import Corporation, Program, payment
from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope


@pytest.fixture
def contract(corporation: Corporation) -> str:
    return corporation.lease(1)


@pytest.fixture
def program(corporation: Corporation) -> Program:
    return Program(corporation.token())


def _booked(corporation: Corporation) -> int:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry WHERE source LIKE 'api:%'")
        return int(cursor.fetchone()[0])


def test_the_same_key_with_the_same_body_gives_the_same_answer(
    corporation: Corporation, program: Program, contract: str
) -> None:
    first = program.post("sleutel-1", payment(contract, "b-1"))
    again = program.post("sleutel-1", payment(contract, "b-1"))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == {"posted": 1, "duplicates": 0, "refused": [], "repeated": False}
    assert again.json() == first.json() | {"repeated": True}
    assert _booked(corporation) == 1


def test_the_same_key_with_another_body_is_refused(
    corporation: Corporation, program: Program, contract: str
) -> None:
    program.post("sleutel-1", payment(contract, "b-1"))
    other = program.post("sleutel-1", payment(contract, "b-2"))
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    assert _booked(corporation) == 1


def test_another_key_with_the_same_fact_posts_once(
    corporation: Corporation, program: Program, contract: str
) -> None:
    program.post("sleutel-1", payment(contract, "b-1"))
    again = program.post("sleutel-2", payment(contract, "b-1"))
    assert again.json() == {"posted": 0, "duplicates": 1, "refused": [], "repeated": False}
    assert _booked(corporation) == 1


def test_a_batch_names_what_it_refuses_and_posts_the_rest(
    corporation: Corporation, program: Program, contract: str
) -> None:
    answer = program.post(
        "sleutel-1",
        payment(contract, "goed"),
        payment("NERGENS", "onbekend"),
        payment(contract, "teken", cents=100),
    ).json()
    assert answer["posted"] == 1
    assert [(one["reference"], one["code"]) for one in answer["refused"]] == [
        ("onbekend", "tenancy_unknown"),
        ("teken", "sign_wrong"),
    ]
    assert all(one["message"].endswith(".") for one in answer["refused"])
    assert _booked(corporation) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_cents": 1.5},
        {"kind": "gift"},
        {"effective_on": "gisteren"},
        {"reference": ""},
        {"reference": "a\0b"},
        {"amout_cents": 3},
    ],
    ids=str,
)
def test_an_entry_that_is_not_one_is_refused_whole(
    wrong: dict[str, Any], corporation: Corporation, program: Program, contract: str
) -> None:
    answer = program.post("sleutel-1", payment(contract, "goed"), payment(contract, "b-1") | wrong)
    assert answer.status_code == 422
    assert _booked(corporation) == 0


def test_a_batch_without_a_key_is_refused(corporation: Corporation, contract: str) -> None:
    client = Client(headers={"Authorization": f"Bearer {corporation.token()}"})
    body = {"entries": [payment(contract, "b-1")]}
    assert client.post("/api/v1/entries", body, content_type="application/json").status_code == 422
    assert _booked(corporation) == 0


@pytest.mark.parametrize("token", ["", "verzonnen", "\u20ac"])
def test_an_unknown_token_opens_nothing(token: str, contract: str) -> None:
    assert Program(token).position(contract).status_code == 401


def test_a_revoked_token_opens_nothing(corporation: Corporation, contract: str) -> None:
    token = corporation.token()
    before = Program(token).position(contract).status_code
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("UPDATE access_apiclient SET revoked_at = now()")
    assert (before, Program(token).position(contract).status_code) == (200, 401)


def test_another_corporation_has_no_such_contract(
    corporation: Corporation, program: Program, contract: str
) -> None:
    other = Corporation(create_organisation(name="Andere", slug="andere"), corporation.today)
    stranger = Program(other.token())
    assert stranger.position(contract).status_code == 404
    refused = stranger.post("sleutel-1", payment(contract, "b-1")).json()["refused"]
    assert [one["code"] for one in refused] == ["tenancy_unknown"]
    assert program.position(contract).status_code == 200
    assert _booked(corporation) == 0
