"""A tenancy in a debt procedure on its pages: the old debt that stands still and the new arrears, to the cent."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client

from doors import RENT_CENTS, Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.base.money import euro
from tijdig.ledger.actions import post
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind
from tijdig.tenancies.actions_flags import raise_flag
from tijdig.tenancies.flag_draft import FlagDraft
from tijdig.tenancies.flags import PROCEDURES, Flag, LearnedFrom
from tijdig.tenancies.queries import tenancy_ids_by_contract

PAID = 12_345


@pytest.fixture
def tenancy(corporation: Corporation) -> int:
    """Two rents are open, of 45 and 15 days ago; a part came ten days ago."""
    contract = corporation.lease(1)
    came = corporation.today - timedelta(days=10)
    draft = EntryDraft(contract, Kind.PAYMENT, -PAID, came, came, "test", "paid")
    post(organisation_id=corporation.organisation, drafts=[draft], actor="test", on=corporation.today)
    with organisation_scope(corporation.organisation):
        return tenancy_ids_by_contract([contract])[contract]


@pytest.fixture
def client(corporation: Corporation) -> Client:
    return corporation.signed_in(Role.CONSULTANT)


def _begins(corporation: Corporation, tenancy: int, age: int, kind: Flag = Flag.WSNP) -> date:
    begin = corporation.today - timedelta(days=age)
    draft = FlagDraft(tenancy_id=tenancy, kind=kind, begin_on=begin, learned_from=LearnedFrom.COURT_REGISTER)
    told = {"organisation_id": corporation.organisation, "actor": "user:1", "asked_as": uuid4()}
    raise_flag(draft=draft, on=corporation.today, **told)  # type: ignore[arg-type]
    return begin


def _said(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    main = page.content.decode().split('<main id="main"')[1].split("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main))).replace("\u00a0", " ")


def _plain(cents: int) -> str:
    return euro(cents).replace("\u00a0", " ")


def test_without_a_procedure_there_is_one_amount(client: Client, tenancy: int) -> None:
    assert "sums apart" not in client.get(f"/huurder/{tenancy}").content.decode()


@pytest.mark.parametrize("page", ["", "/gesprek"])
def test_the_position_and_the_talk_show_two_amounts(
    client: Client, corporation: Corporation, tenancy: int, page: str
) -> None:
    begin = _begins(corporation, tenancy, 30)
    said = _said(client, f"/huurder/{tenancy}{page}")
    assert f"oude schuld, van vóór {begin:%d-%m-%Y}: staat stil {_plain(RENT_CENTS)}" in said
    late = corporation.today - timedelta(days=15)
    assert (
        f"nieuwe achterstand, van {begin:%d-%m-%Y} of later te laat sinds {late:%d-%m-%Y} {_plain(RENT_CENTS - PAID)}"
    ) in said
    assert _plain(2 * RENT_CENTS - PAID) in said
    assert "vooruit betaald" not in said


def test_what_was_paid_ahead_stands_beside_the_debt_that_stands_still(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    _begins(corporation, tenancy, 12)
    said = _said(client, f"/huurder/{tenancy}")
    assert f"staat stil {_plain(2 * RENT_CENTS)}" in said
    assert f"vooruit betaald op de nieuwe huur −{_plain(PAID)}" in said


def test_the_explanation_asks_only_the_rent_of_after_that(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    begin = _begins(corporation, tenancy, 30)
    said = _said(client, f"/huurder/{tenancy}/uitleg")
    assert f"Van vóór {begin:%d-%m-%Y} staat nog {_plain(RENT_CENTS)} open. Die schuld staat stil" in said
    assert f"Van daarna staat {_plain(RENT_CENTS - PAID)} open. Dat staat niet stil" in said


def test_the_explanation_says_that_nothing_new_is_open(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    _begins(corporation, tenancy, 12, Flag.AMICABLE)
    assert "Van daarna staat niets open dat u al had moeten betalen." in _said(
        client, f"/huurder/{tenancy}/uitleg"
    )


def test_the_talk_says_only_the_new_rent_to_the_tenant(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    begin = _begins(corporation, tenancy, 30, Flag.MORATORIUM)
    said = _said(client, f"/huurder/{tenancy}/gesprek")
    new = _plain(RENT_CENTS - PAID)
    assert f"Van de huur sinds {begin:%d-%m-%Y} staat nu {new} open. Hoe komt dat?" in said
    assert f"Van vóór {begin:%d-%m-%Y} staat {_plain(RENT_CENTS)} open; dat staat stil." in said


@pytest.mark.parametrize("kind", PROCEDURES)
def test_each_kind_can_be_set_on_its_page(client: Client, tenancy: int, kind: Flag) -> None:
    page = client.get(f"/huurder/{tenancy}/bijzonderheden").content.decode()
    assert f'value="{kind.value}"' in page


def test_a_page_of_before_the_procedure_has_one_amount(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    begin = _begins(corporation, tenancy, 30)
    shown = [
        "sums apart" in client.get(f"/huurder/{tenancy}?as_of={day}").content.decode()
        for day in (begin - timedelta(days=1), begin)
    ]
    assert shown == [False, True]
