"""Vandaag: all that came is counted, what is shown is cut, and what falls below the day can be seen to its end."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from doors import Corporation
from tijdig.access.models import User
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.caseload import models
from tijdig.cases.actions_assign import assign_open

LEASES = 100


@pytest.fixture
def desk(corporation: Corporation) -> Client:
    """A consultant with more work than a day takes, whatever day of the week it is."""
    client = corporation.signed_in(Role.CONSULTANT)
    for number in range(1, LEASES + 1):
        corporation.lease(number)
    corporation.evaluate()
    with organisation_scope(corporation.organisation):
        user = User.objects.get(role=Role.CONSULTANT.value)
        models.Workday.objects.create(
            organisation_id=corporation.organisation,
            user=user,
            from_on=timezone.localdate(),
            minutes=[60] * 7,
            actor="user:1",
        )
    assign_open(organisation_id=corporation.organisation, on=corporation.today, actor="system:night")
    return client


def _rows(page: str) -> list[str]:
    return re.findall(r'id="row-(\d+)"', page)


def test_all_that_came_is_counted_and_the_first_of_it_shown(desk: Client) -> None:
    page = desk.get("/vandaag").content.decode()
    assert f"{LEASES} nieuw ·" in page
    assert f"Nog {LEASES - 8} berichten" in page
    assert page.count('<li class="news-alert">') == 24


def test_what_falls_below_the_cut_can_be_seen_to_its_end(desk: Client) -> None:
    page = desk.get("/vandaag").content.decode()
    fits = int(re.findall(r'Werk van vandaag <span class="soft">\((\d+)\)', page)[0])
    assert 0 < fits < LEASES - 80
    assert f"Past vandaag niet meer ({LEASES - fits})" in page
    seen = _rows(page)
    assert len(seen) == fits + 20
    while more := re.findall(r'<p class="more"><a href="([^"#]+)#open-(\d+)">Toon er nog (\d+)<', page):
        ((address, first, count),) = more
        page = desk.get(f"/vandaag{address}").content.decode()
        rows = _rows(page)
        assert (rows[: len(seen)], rows[len(seen)], len(rows)) == (seen, first, len(seen) + int(count))
        seen = rows
    assert len(set(seen)) == LEASES
    assert page.count("minuten, er zijn er vandaag nog") == LEASES - fits


@pytest.mark.parametrize("typed", ["", "-1", "x", "²", "99999999999", "7"])
def test_an_odd_number_of_rows_is_a_few(desk: Client, typed: str) -> None:
    assert _rows(desk.get("/vandaag", {"onder": typed}).content.decode()) == _rows(
        desk.get("/vandaag").content.decode()
    )
