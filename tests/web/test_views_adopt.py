"""What the law leaves open: everybody who works with amounts can look, a team lead or manager adopts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.law.conventions import DEFAULT, DayCount, Rounding
from tijdig.policy.actions import adopt
from tijdig.policy.adopted import KINDS, options
from tijdig.policy.queries import adoptions, conventions
from tijdig.policy.wording import EFFECT

USUAL = {kind: getattr(DEFAULT, kind).value for kind in KINDS}


def _adopt(corporation: Corporation, role: Role = Role.MANAGER, status: int = 200, **more: str) -> str:
    client = corporation.signed_in(role)
    asked = (
        USUAL | {"van": f"{corporation.today + timedelta(days=1)}", "reden": "besluit van het team"} | more
    )
    answer = client.post("/afspraken", asked, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def _adopted_yesterday(corporation: Corporation, person: int) -> None:
    adopt(
        organisation_id=corporation.organisation,
        actor=f"user:{person}",
        from_on=corporation.today,
        conventions=replace(DEFAULT, rounding=Rounding.DOWN),
        reason="besluit van het team",
        on=corporation.today - timedelta(days=1),
    )


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.TEAM_LEAD, Role.CUSTOMER_SERVICE, Role.ADMINISTRATOR])
def test_every_kind_is_there_with_its_options_and_what_it_does(corporation: Corporation, role: Role) -> None:
    page = corporation.signed_in(role).get("/afspraken").content.decode()
    for kind in KINDS:
        assert EFFECT[kind] in page
        assert all(option.sentence in page for option in options(kind)[1])
    assert page.count("Geldt nu: de standaard.") == len(KINDS)
    assert ('type="radio"' in page) == (role is Role.TEAM_LEAD)


def test_what_is_adopted_holds_is_told_with_name_and_reason_and_is_what_calculators_begin_from(
    corporation: Corporation,
) -> None:
    _adopted_yesterday(corporation, corporation.person(Role.MANAGER))
    page = corporation.signed_in(Role.CONSULTANT).get("/afspraken").content.decode()
    assert f"Geldt nu, sinds {corporation.today:%d-%m-%Y}." in page
    assert "besluit van het team" in page
    assert "Proef Manager" in page
    assert page.count("Geldt nu: de standaard.") == len(KINDS) - 1
    client = corporation.signed_in(Role.TEAM_LEAD)
    asked = {"bedrag": "100,10", "van": "2020-01-02", "tot": f"{corporation.today}"}
    assert 'value="down_per_part" checked' in client.get("/rekenhulp/rente", asked).content.decode()
    own = client.get("/rekenhulp/rente", asked | {"afronding": "half_up_per_part"}).content.decode()
    assert 'value="half_up_per_part" checked' in own


def test_a_later_day_and_a_correction_are_told_as_such(corporation: Corporation) -> None:
    later = corporation.today + timedelta(days=40)
    page = _adopt(corporation, day_count="actual_actual", van=f"{later}")
    assert "geldt straks" in page
    assert page.count("Geldt nu: de standaard.") == len(KINDS)
    page = _adopt(corporation, Role.TEAM_LEAD, rounding="down_per_part", van=f"{later}")
    assert "verbeterd door een latere keuze" in page
    with organisation_scope(corporation.organisation):
        assert (conventions(later).day_count, conventions(later).rounding) == (
            DayCount.ACTUAL_365,
            Rounding.DOWN,
        )


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"reden": ""}, "Schrijf waarom u dit kiest."),
        ({"van": ""}, "Vul een dag in"),
        ({"van": "31-02-2026"}, "is geen dag"),
        ({"van": "2026-01-02"}, "Kies morgen of een latere dag."),
        ({"rounding": "half_up_per_part"}, "Dit geldt op die dag al."),
        ({"rounding": "omhoog"}, "Dit geldt op die dag al."),
    ],
)
def test_what_is_not_right_stands_beside_its_field_and_changes_nothing(
    corporation: Corporation, more: dict[str, str], sentence: str
) -> None:
    page = _adopt(corporation, status=400, **({"rounding": "down_per_part"} | more))
    assert sentence in page
    with organisation_scope(corporation.organisation):
        assert adoptions() == []


def test_who_has_no_right_to_adopt_changes_nothing(corporation: Corporation) -> None:
    _adopt(corporation, Role.CONSULTANT, 403, rounding="down_per_part")


@pytest.mark.parametrize(
    ("role", "address"),
    [(Role.CONSULTANT, "/recht"), (Role.ADMINISTRATOR, "/recht"), (Role.ADMINISTRATOR, "/beheer")],
)
def test_the_way_to_it_is_on_the_pages_of_the_law_and_of_the_installation(
    corporation: Corporation, role: Role, address: str
) -> None:
    assert 'href="/afspraken"' in corporation.signed_in(role).get(address).content.decode()


def test_a_visitor_and_a_caretaker_are_not_shown_a_door_that_stays_shut(corporation: Corporation) -> None:
    assert 'href="/afspraken"' not in corporation.signed_in(Role.CARETAKER).get("/recht").content.decode()
