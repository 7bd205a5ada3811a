"""The claim page: each instalment with its interest, and the same at an earlier rent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from doors import RENT_CENTS, Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.base.money import euro
from tijdig.law.interest import interest
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import RentPartDraft


def _tenancy(corporation: Corporation) -> int:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancies_tenancy ORDER BY id LIMIT 1")
        return int(cursor.fetchone()[0])


def _page(corporation: Corporation, query: str = "") -> str:
    client = corporation.signed_in(Role.CONSULTANT)
    return client.get(f"/huurder/{_tenancy(corporation)}/vordering{query}").content.decode()


def _of(corporation: Corporation, age: int) -> int:
    """The interest on a rent that was due so many days ago."""
    due = corporation.today - timedelta(days=age)
    return interest(RENT_CENTS, due + timedelta(days=1), corporation.today).total_cents


def test_the_claim_tells_each_instalment_its_interest_and_the_sum(corporation: Corporation) -> None:
    corporation.lease(1)
    page = _page(corporation)
    cents = [_of(corporation, age) for age in (45, 15)]
    for one in (*cents, sum(cents), 2 * RENT_CENTS, 2 * RENT_CENTS + sum(cents)):
        assert euro(one) in page
    assert page.count("In verzuim vanaf") == 2


def test_at_the_starting_rent_the_claim_is_lower_and_says_by_how_much(corporation: Corporation) -> None:
    corporation.lease(1)
    start = corporation.today - timedelta(days=800)
    older = RentPartDraft(
        "P0", "O1", "NET", "", start, corporation.today - timedelta(days=401), RENT_CENTS - 2_000
    )
    load(organisation_id=corporation.organisation, records=[older], actor="test", on=corporation.today)
    page = _page(corporation, f"?huur={start}")
    assert f"aanvangshuur {euro(RENT_CENTS - 2_000)}" in page
    assert euro(2 * (RENT_CENTS - 2_000)) in page
    assert "lager" in page


def test_who_owes_nothing_has_an_empty_claim(corporation: Corporation) -> None:
    corporation.lease(1, behind=False)
    assert "Er staat niets open dat al betaald had moeten zijn." in _page(corporation)


@pytest.mark.parametrize("query", ["?as_of=x", "?huur=31-02-2026", "?huur=0001-01-01", "?as_of=9999-12-31"])
def test_an_odd_day_breaks_nothing(corporation: Corporation, query: str) -> None:
    corporation.lease(1)
    client = corporation.signed_in(Role.CONSULTANT)
    assert client.get(f"/huurder/{_tenancy(corporation)}/vordering{query}").status_code == 200
