"""The page of whoever is at the door: no amounts, one form, and of an own worry only that it was taken up."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.help.queries_worry import worries_waiting
from tijdig.tenancies.queries import tenancy_ids_by_contract


@pytest.fixture
def tenancy(corporation: Corporation) -> int:
    corporation.lease(1)
    corporation.evaluate()
    with organisation_scope(corporation.organisation):
        return next(iter(tenancy_ids_by_contract().values()))


def _text(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode().replace("\u00a0", " ")


def _pass_on(client: Client, tenancy: int, **more: object) -> str:
    given = {"wat": ["post"], "woorden": "De bus is vol.", "formulier": str(uuid4())} | more
    return client.post(f"/huurder/{tenancy}/zorg", given, follow=True).content.decode()


def test_a_caretaker_passes_on_and_sees_that_it_was_taken_up(corporation: Corporation, tenancy: int) -> None:
    caretaker, consultant = corporation.signed_in(Role.CARETAKER), corporation.signed_in(Role.CONSULTANT)
    form = _text(caretaker, f"/huurder/{tenancy}/zorg")
    assert "Wat viel u op?" in form
    assert "€" not in form and f'href="/huurder/{tenancy}"' not in form
    assert "Doorgegeven" in _pass_on(caretaker, tenancy)
    assert "nog niet" in _text(caretaker, "/zorgen")
    assert "Ik pak dit op" not in _text(caretaker, "/zorgen")
    assert "1 zorg van een collega wacht" in _text(consultant, "/vandaag")
    assert "De bus is vol." in _text(consultant, f"/huurder/{tenancy}")
    with organisation_scope(corporation.organisation):
        (known,) = worries_waiting()
    answer = consultant.post(f"/zorgen/{known.id}/oppakken", {"huurder": str(tenancy)})
    assert answer["Location"] == f"/huurder/{tenancy}"
    own = _text(caretaker, "/zorgen")
    assert "nog niet" not in own
    assert "De bus is vol." not in own  # what came of it, and in which words, is not for this page
    assert "wacht</a>" not in _text(consultant, "/vandaag")


def test_nothing_ticked_says_so_and_keeps_what_was_typed(corporation: Corporation, tenancy: int) -> None:
    page = _pass_on(corporation.signed_in(Role.CARETAKER), tenancy, wat=[], gesproken="ja")
    assert "Kies wat u opviel." in page
    assert "De bus is vol." in page


def test_customer_service_sees_what_was_passed_on_before(corporation: Corporation, tenancy: int) -> None:
    caretaker = corporation.signed_in(Role.CARETAKER)
    _pass_on(caretaker, tenancy)
    assert "post blijft liggen" in _text(
        corporation.signed_in(Role.CUSTOMER_SERVICE), f"/huurder/{tenancy}/zorg"
    )
    assert "Eerder doorgegeven" not in _text(caretaker, f"/huurder/{tenancy}/zorg")


def test_the_search_of_a_caretaker_leads_to_the_form(corporation: Corporation, tenancy: int) -> None:
    caretaker = corporation.signed_in(Role.CARETAKER)
    page = _text(caretaker, "/zoeken?q=Verzonnen1")
    assert f'href="/huurder/{tenancy}/zorg"' in page


def test_a_manager_is_led_to_no_page_that_is_not_his(corporation: Corporation, tenancy: int) -> None:
    _pass_on(corporation.signed_in(Role.CARETAKER), tenancy)
    manager = corporation.signed_in(Role.MANAGER)
    assert 'href="/zorgen"' not in _text(manager, "/vandaag")
    page = _text(manager, f"/huurder/{tenancy}")
    assert "De bus is vol." in page
    assert 'href="/zorgen"' not in page
