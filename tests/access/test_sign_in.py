"""Sign-in and tokens: before somebody is known the database shows one row only, the one asked for."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection, transaction
from django.test import override_settings

from tijdig.access.actions import create_api_client, create_organisation, create_user, set_language
from tijdig.access.queries import colleagues, corporation, organisation_ids
from tijdig.access.scope import organisation_scope, set_local
from tijdig.access.sign_in import Backend, client_of, person_of, token_digest

EMAIL = "anna@voorbeeld.nl"


@pytest.fixture
def anna(organisation: int) -> int:
    user = create_user(
        organisation_id=organisation,
        email=EMAIL,
        name="Anna de Wit",
        role="consultant",
        password="goed genoeg",
    )
    _nobody()
    return user


def _nobody() -> None:
    """As at the door of the program: no organisation, no user, no address is set."""
    for name in ("organisation", "user", "email", "token"):
        set_local(f"tijdig.{name}", "")


def _execute(statement: str, *params: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.rowcount


def test_the_right_password_signs_in_whatever_the_capitals_of_the_address(anna: int) -> None:
    assert Backend().authenticate(None, " Anna@Voorbeeld.NL ", "goed genoeg").pk == anna


def _tries(number: int) -> None:
    for _ in range(number):
        assert Backend().authenticate(None, EMAIL, "fout") is None


def test_after_five_wrong_passwords_the_right_one_waits_a_quarter_of_an_hour(anna: int) -> None:
    _tries(5)
    early = Backend().authenticate(None, EMAIL, "goed genoeg")
    set_local("tijdig.email", EMAIL)
    set_local("tijdig.organisation", str(organisation_ids()[0]))
    _execute("UPDATE access_user SET failed_at = now() - interval '15 minutes'")
    _nobody()
    late = Backend().authenticate(None, EMAIL, "goed genoeg")
    assert (early, late.pk) == (None, anna)


def test_the_right_password_forgets_the_wrong_ones(anna: int) -> None:
    _tries(4)
    assert Backend().authenticate(None, EMAIL, "goed genoeg").pk == anna
    _tries(4)
    assert Backend().authenticate(None, EMAIL, "goed genoeg").pk == anna


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "fout"),
        (EMAIL, ""),
        (EMAIL, None),
        ("niemand@voorbeeld.nl", "goed genoeg"),
        ("", ""),
        (None, None),
    ],
)
def test_anything_else_signs_nobody_in(anna: int, email: str | None, password: str | None) -> None:
    assert Backend().authenticate(None, email, password) is None


def test_who_was_switched_off_does_not_sign_in_and_is_nobody(anna: int, organisation: int) -> None:
    with organisation_scope(organisation):
        _execute("UPDATE access_user SET is_active = false WHERE id = %s", anna)
    _nobody()
    assert Backend().authenticate(None, EMAIL, "goed genoeg") is None
    _nobody()
    assert person_of(anna) is None


def test_asking_for_one_address_shows_one_row(anna: int, organisation: int) -> None:
    create_user(organisation_id=organisation, email="b@voorbeeld.nl", name="B", role="manager", password="x")
    _nobody()
    assert _execute("SELECT id FROM access_user") == 0
    set_local("tijdig.email", EMAIL)
    assert _execute("SELECT id FROM access_user") == 1


def test_one_asked_for_by_address_cannot_be_moved_to_another_organisation(anna: int) -> None:
    set_local("tijdig.email", EMAIL)
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        _execute("UPDATE access_user SET role = 'administrator' WHERE id = %s", anna)


def test_a_signed_in_person_is_told_as_a_value(anna: int, organisation: int) -> None:
    person = person_of(anna)
    assert (person.organisation_id, person.name, person.initials, person.role) == (
        organisation,
        "Anna de Wit",
        "AW",
        "consultant",
    )


def test_a_chosen_language_is_kept(anna: int, organisation: int) -> None:
    person = person_of(anna)
    assert person is not None
    set_language(person=person, language="en")
    assert person_of(anna).language == "en"


def test_the_same_address_twice_is_refused(anna: int, organisation: int) -> None:
    with pytest.raises(Exception, match="access_user_email"), transaction.atomic():
        create_user(organisation_id=organisation, email=EMAIL.upper(), name="A", role="manager", password="x")


def test_an_unknown_role_is_refused_by_the_database(organisation: int) -> None:
    with pytest.raises(Exception, match="access_user_role_known"), transaction.atomic():
        create_user(organisation_id=organisation, email="x@y.nl", name="X", role="directeur", password="x")


def test_a_token_tells_its_client_and_only_its_digest_is_kept(organisation: int) -> None:
    pk, token = create_api_client(organisation_id=organisation, name="erp")
    assert _execute("SELECT 1 FROM access_apiclient WHERE token_digest = %s", token_digest(token)) == 1
    assert (
        _execute(
            "SELECT 1 FROM access_apiclient WHERE strpos(to_jsonb(access_apiclient)::text, %s) > 0", token
        )
        == 0
    )
    _nobody()
    client = client_of(token)
    assert (client.id, client.organisation_id, client.name) == (pk, organisation, "erp")


@pytest.mark.parametrize("said", ["", "iets anders"])
def test_an_unknown_token_is_nobodys(organisation: int, said: str) -> None:
    create_api_client(organisation_id=organisation, name="erp")
    _nobody()
    assert client_of(said) is None


def test_the_digest_of_a_token_is_no_token(organisation: int) -> None:
    _, token = create_api_client(organisation_id=organisation, name="erp")
    _nobody()
    assert client_of(token_digest(token)) is None


def test_a_revoked_token_is_nobodys(organisation: int) -> None:
    pk, token = create_api_client(organisation_id=organisation, name="erp")
    _execute("UPDATE access_apiclient SET revoked_at = now() WHERE id = %s", pk)
    _nobody()
    assert client_of(token) is None


def test_colleagues_are_those_of_one_organisation_who_are_active(anna: int, organisation: int) -> None:
    other = create_organisation(name="Andere", slug="andere")
    create_user(organisation_id=other, email="c@voorbeeld.nl", name="C", role="manager", password="x")
    assert [one.id for one in colleagues(organisation)] == [anna]
    with organisation_scope(organisation):
        _execute("UPDATE access_user SET is_active = false WHERE id = %s", anna)
    assert colleagues(organisation) == []


def test_every_organisation_is_listed_without_climbing_a_wall(organisation: int) -> None:
    other = create_organisation(name="Andere", slug="andere")
    _nobody()
    assert {organisation, other} <= set(organisation_ids())
    assert _execute("SELECT 1 FROM access_organisation") == 0
    assert corporation(other).name == "Andere"


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
def test_a_password_hashed_as_before_is_right_and_hashed_anew(organisation: int) -> None:
    before = PBKDF2PasswordHasher().encode("goed genoeg", "zout-van-toen", 10)
    create_user(organisation_id=organisation, email=EMAIL, name="Anna", role="consultant", hashed=before)
    _nobody()
    assert Backend().authenticate(None, username=EMAIL, password="goed genoeg") is not None
    again = Backend().authenticate(None, username=EMAIL, password="goed genoeg")
    assert again is not None
    assert again.password != before
