"""Who can come in by no way at all is helped at the server."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.entrance.comers import AT, ON, PASSWORD, at_partner, colleague, with_second_step

from tijdig.access.people import Person
from tijdig.access.scope import as_person
from tijdig.access.sign_in import Backend
from tijdig.entrance.actions_factor import use_second_factor
from tijdig.entrance.actions_people import switch_off
from tijdig.entrance.actions_rescue import rescue
from tijdig.entrance.queries import email_of, factor_of, stamp_of
from tijdig.entrance.values import NotDone


@pytest.fixture(params=["administrator", "partner_lead"])
def person(request: pytest.FixtureRequest, organisation: int) -> Person:
    if request.param == "administrator":
        return colleague(organisation, "administrator", "beheer")
    return at_partner(f"p-{organisation}")


def test_a_new_password_comes_in_without_a_second_step(person: Person) -> None:
    with_second_step(person)
    for _ in range(5):
        use_second_factor(person=person, typed="000000", at=AT, on=ON)
    before, email = stamp_of(person), email_of(person)
    password = rescue(email=f" {email.upper()} ", on=ON)
    assert factor_of(person) is None
    assert stamp_of(person) == before + 1
    assert Backend().authenticate(None, email, PASSWORD) is None
    assert Backend().authenticate(None, email, password).pk == person.id  # type: ignore[union-attr]
    table = "entrance_partneract" if person.partner_id else "history_event"
    with as_person(person), connection.cursor() as cursor:
        cursor.execute(f"SELECT actor, verb FROM {table} ORDER BY id DESC LIMIT 1")
        assert cursor.fetchone() == ("system:command", "person_rescued")


@pytest.mark.parametrize("email", ["", "niemand@proef.test"])
def test_an_address_of_nobody_is_refused(person: Person, email: str) -> None:
    with pytest.raises(NotDone):
        rescue(email=email, on=ON)


def test_who_was_switched_off_is_not_rescued(organisation: int) -> None:
    keeper, other = colleague(organisation, "administrator", "beheer"), colleague(organisation)
    switch_off(person=keeper, user_id=other.id, at=AT, on=ON)
    with pytest.raises(NotDone):
        rescue(email=f"anna.{organisation}@proef.test", on=ON)
