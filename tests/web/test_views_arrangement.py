"""The page of an arrangement: a plan while one types, agreed (with a reason where policy would not), and ended."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from doors import RENT_CENTS, Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.arrangements import models
from tijdig.base.money import euro


def _tenancy(corporation: Corporation) -> int:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancies_tenancy ORDER BY id LIMIT 1")
        return int(cursor.fetchone()[0])


def _page(client: Client, corporation: Corporation) -> str:
    return client.get(f"/huurder/{_tenancy(corporation)}/regeling").content.decode()


def _typed(page: str, corporation: Corporation, **more: str | list[str]) -> dict[str, str | list[str]]:
    """The form as the page shows it, with something else typed."""
    entries = re.findall(r'name="post" id="post-(\d+)"', page)
    seen = re.search(r'name="gezien"[^>]* value="(\d+)"', page)
    assert seen
    asked: dict[str, str | list[str]] = {
        "formulier": uuid4().hex,
        "post": entries,
        "bedrag": "100",
        "eerste": f"{corporation.today + timedelta(days=7)}",
        "ritme": "monthly",
        "gezien": seen[1],
    }
    return asked | more


def _agree(client: Client, corporation: Corporation, status: int = 200, **more: str | list[str]) -> str:
    asked = _typed(_page(client, corporation), corporation, **more)
    answer = client.post(f"/huurder/{_tenancy(corporation)}/regeling", asked, follow=True)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def _made() -> int:
    return models.Arrangement.objects.count()


@pytest.fixture
def behind(corporation: Corporation) -> Corporation:
    corporation.lease(1)
    return corporation


def test_the_form_has_what_is_open_and_a_plan_to_begin_with(behind: Corporation) -> None:
    page = _page(behind.signed_in(Role.CONSULTANT), behind)
    assert page.count('name="post"') == 2
    assert "termijnen, klaar op" in page
    assert "Wat dit de huurder scheelt" in page


def test_what_is_typed_shows_the_plan_and_what_policy_thinks(behind: Corporation) -> None:
    client = behind.signed_in(Role.CONSULTANT)
    asked = _typed(_page(client, behind), behind, bedrag="20")
    look = client.post(
        f"/huurder/{_tenancy(behind)}/regeling/voorbeeld", asked, headers={"HX-Request": "true"}
    )
    said = look.content.decode()
    assert "De werkwijze zegt: hoogstens 12." in said
    assert "De werkwijze zegt: minstens" in said
    assert "<html" not in said


def test_what_was_agreed_is_shown_with_its_terms_and_how_it_is_kept(behind: Corporation) -> None:
    page = _agree(behind.signed_in(Role.CONSULTANT), behind, bedrag="350")
    assert "Afgesproken: € 350,00 per keer" in page.replace("\u00a0", " ")
    assert f"over {euro(2 * RENT_CENTS)}" in page
    assert "Nagekomen" in page
    assert _made() == 1


def test_the_same_form_twice_agrees_once(behind: Corporation) -> None:
    client = behind.signed_in(Role.CONSULTANT)
    asked = _typed(_page(client, behind), behind, bedrag="350")
    for _ in range(2):
        client.post(f"/huurder/{_tenancy(behind)}/regeling", asked)
    assert _made() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"bedrag": ""}, "Vul een bedrag in"),
        ({"bedrag": "veel"}, "is geen bedrag"),
        ({"eerste": "2020-01-01"}, "ligt in het verleden"),
        ({"eerste": ""}, "Vul een dag in"),
        ({"post": []}, "Een regeling is niet nodig"),
        ({"extra": "100"}, "een bedrag en een dag"),
        ({"bedrag": "20"}, "Schrijf waarom u dit zo afspreekt."),
        ({"gezien": "1"}, "is intussen"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_agreed(
    behind: Corporation, more: dict[str, str | list[str]], sentence: str
) -> None:
    page = _agree(behind.signed_in(Role.CONSULTANT), behind, 400, **more)
    assert sentence in page
    assert _made() == 0


def test_a_reason_makes_another_plan_possible_and_stays(behind: Corporation) -> None:
    _agree(behind.signed_in(Role.CONSULTANT), behind, bedrag="20", reden="De toeslag komt in maart.")
    with organisation_scope(behind.organisation):
        assert models.ChangeText.objects.get().text == "De toeslag komt in maart."


def test_a_month_that_is_disputed_stays_out(behind: Corporation) -> None:
    client = behind.signed_in(Role.CONSULTANT)
    page = _page(client, behind)
    first, *_ = re.findall(r'name="post" id="post-(\d+)"', page)
    seen = re.findall(r"(\d+)", f"{RENT_CENTS}")[0]
    made = _agree(
        client,
        behind,
        post=[first],
        gezien=seen,
        bedrag="350",
        reden="Over de andere maand loopt een klacht.",
    )
    assert f"over {euro(RENT_CENTS)}" in made


def _change(client: Client, corporation: Corporation, what: str, **more: str) -> str:
    with organisation_scope(corporation.organisation):
        pk = models.Arrangement.objects.latest("id").pk
    address = f"/huurder/{_tenancy(corporation)}/regeling/{pk}"
    return client.post(address, {"wat": what, **more}, follow=True).content.decode()


def test_it_can_be_frozen_resumed_and_ended(behind: Corporation) -> None:
    client = behind.signed_in(Role.TEAM_LEAD)
    _agree(client, behind, bedrag="350")
    until = f"{behind.today + timedelta(days=40)}"
    assert "Schrijf waarom" in _change(client, behind, "bevries", tot=until)
    assert "Bevroren tot en met" in _change(
        client, behind, "bevries", tot=until, reden="Wacht op de toeslag."
    )
    assert "De regeling loopt weer." in _change(client, behind, "hervat")
    page = _change(client, behind, "eindig", einde="not_kept", reden="Kwam niet.")
    assert "niet nagekomen" in page
    assert "Eerdere regelingen" in page


def test_one_that_was_proposed_runs_when_the_tenant_agrees(behind: Corporation) -> None:
    client = behind.signed_in(Role.CONSULTANT)
    assert "voorgesteld" in _agree(client, behind, bedrag="350", gevraagd="on")
    assert "De huurder is akkoord. De regeling loopt." in _change(client, behind, "akkoord")


def test_who_may_not_agree_sees_it_and_no_form(behind: Corporation) -> None:
    _agree(behind.signed_in(Role.CONSULTANT), behind, bedrag="350")
    page = _page(behind.signed_in(Role.CUSTOMER_SERVICE), behind)
    assert "Nagekomen" in page
    assert "Spreek dit af" not in page
    assert "Trek in" not in page


def test_a_tenancy_that_is_not_there_is_not_found(behind: Corporation) -> None:
    assert behind.signed_in(Role.CONSULTANT).get("/huurder/999999/regeling").status_code == 404
