"""A list page asks the database the same few questions, however long the list is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.imports.actions import process, receive
from tijdig.steps.kinds import Kind as StepKind
from tijdig.steps.kinds import LetterFacts
from tijdig.steps.models import Step

_MT940 = """:20:PROEF
:25:NL42TEST1234567890 EUR
:28C:{number}/1
:60F:C261101EUR0,00
{lines}:62F:C261102EUR{total},00
"""


def _questions(client: Client, address: str) -> int:
    """How many statements a page sends, leaving out those that only open and close its wall."""
    client.get(address)  # once before, so that what is kept in memory is there
    asked: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "SELECT set_config")):
            asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        assert client.get(address).status_code == 200
    return len(asked)


def _statement(corporation: Corporation, number: int, lines: int) -> int:
    """A bank file of payments by strangers: all of them end in the queue."""
    text = _MT940.format(
        number=number,
        total=lines,
        lines="".join(
            f":61:2611021102C1,00NTRFNONREF//{number}-{at}\n:86:Onbekende betaler {at}\n"
            for at in range(lines)
        ),
    )
    common = {"organisation_id": corporation.organisation, "on": corporation.today}
    file_id = receive(name=f"bank-{number}.sta", chunks=[text.encode()], actor="test", **common)
    process(file_id=file_id, **common)
    return file_id


@pytest.mark.parametrize(
    ("address", "most"), [("/werkvoorraad", 16), ("/werkvoorraad/meldingen", 12), ("/zoeken?q=Verzonnen", 14)]
)
def test_a_list_of_tenants_asks_the_same_questions_whatever_its_length(
    address: str, most: int, corporation: Corporation
) -> None:
    client, asked, made = corporation.signed_in(Role.TEAM_LEAD), {}, 0
    for size in (1, 3, 60):
        while made < size:
            made += 1
            corporation.lease(made)
        corporation.evaluate()
        asked[size] = _questions(client, address)
    assert asked == dict.fromkeys(asked, asked[1])
    assert asked[1] <= most


@pytest.mark.parametrize(("address", "most"), [("/inlezen", 14), ("/wachtrij", 14)])
def test_a_list_of_files_or_lines_asks_the_same_questions_whatever_its_length(
    address: str, most: int, corporation: Corporation
) -> None:
    corporation.read()
    client, asked, made = corporation.signed_in(Role.TEAM_LEAD), {}, 0
    for size in (1, 3, 60):
        while made < size:
            made += 1
            _statement(corporation, made, lines=1)
        asked[size] = _questions(client, address)
    assert asked == dict.fromkeys(asked, asked[1])
    assert asked[1] <= most


def test_the_page_of_a_file_asks_the_same_questions_whatever_its_length(corporation: Corporation) -> None:
    corporation.read()
    client = corporation.signed_in(Role.TEAM_LEAD)
    files = {size: _statement(corporation, size, lines=size) for size in (1, 3, 60)}
    asked = {size: _questions(client, f"/inlezen/{file_id}") for size, file_id in files.items()}
    assert asked == dict.fromkeys(asked, asked[1])
    assert asked[1] <= 18


def test_the_page_of_a_tenancy_asks_the_same_questions_whatever_its_history(corporation: Corporation) -> None:
    contracts = {size: corporation.lease(size, behind=False) for size in (1, 3, 60)}
    for size, contract in contracts.items():
        for age in range(size):
            corporation.charge(contract, age + 2)
    corporation.evaluate()
    client = corporation.signed_in(Role.TEAM_LEAD)
    page = client.get("/werkvoorraad").content.decode()
    asked = {part.split('"')[0]: 0 for part in page.split('href="/huurder/')[1:]}
    for tenancy in asked:
        asked[tenancy] = _questions(client, f"/huurder/{tenancy}")
    assert len(asked) == 3
    assert len(set(asked.values())) == 1
    assert max(asked.values()) <= 64


def test_a_claim_asks_the_same_questions_whatever_its_instalments_and_letters(
    corporation: Corporation,
) -> None:
    contract = corporation.lease(1)
    client, asked, made = corporation.signed_in(Role.TEAM_LEAD), {}, 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancies_tenancy WHERE contract_number = %s", [contract])
        tenancy = cursor.fetchone()[0]
    for size in (1, 3, 20):
        while made < size:
            made += 1
            corporation.charge(contract, 60 + made)
            facts = LetterFacts(
                letter_id=made,
                letter_kind="fourteen_day",
                channel="print",
                reference="",
                digest="",
                entries=(made,),
                fee_cents=4_000,
            )
            Step.objects.create(
                organisation_id=corporation.organisation,
                tenancy_id=tenancy,
                kind=StepKind.LETTER_SENT.value,
                effective_on=corporation.today - timedelta(days=30 + made),
                actor="test",
                subject=f"sending:{made}",
                facts=facts.plain(),
            )
        asked[size] = _questions(client, f"/huurder/{tenancy}/vordering")
    assert asked == dict.fromkeys(asked, asked[1])
    assert asked[1] <= 20


def test_the_nights_ask_the_same_questions_whatever_their_number(corporation: Corporation) -> None:
    corporation.lease(1)
    client, asked = corporation.signed_in(Role.TEAM_LEAD), {}
    for number in (1, 3):
        while client.get("/nachtronde").content.decode().count("huurders bekeken") < number:
            client.post("/nachtronde", {"day": f"{corporation.today}"})
        asked[number] = _questions(client, "/nachtronde")
    assert asked[1] == asked[3]
    assert asked[1] <= 12
