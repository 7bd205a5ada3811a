"""Sign-in and tokens: before somebody is known the database shows one row only, the one asked for."""

from __future__ import annotations

import psycopg
import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import override_settings
from psycopg.conninfo import conninfo_to_dict

from tijdig.access.actions import create_api_client, create_organisation, create_user, set_language
from tijdig.access.queries import colleagues, corporation, organisation_ids
from tijdig.access.scope import organisation_scope, set_local
from tijdig.access.senders import sender
from tijdig.access.sign_in import (
    MOST_ACCOUNTS,
    Backend,
    client_of,
    forget_failed_sign_ins,
    guesses_around,
    origin_of,
    person_of,
    token_digest,
)

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


# -- one place that guesses over many accounts ---------------------------------------------------------------------


def _from(address: str, **more: str) -> HttpRequest:
    asked = HttpRequest()
    asked.META = {"REMOTE_ADDR": address} | more
    return asked


def _guess(asked: HttpRequest, number: int, first: int = 0) -> None:
    for account in range(first, first + number):
        assert Backend().authenticate(asked, f"iemand{account}@voorbeeld.nl", "Welkom01") is None


def test_who_guessed_over_thirty_accounts_waits_whoever_is_asked_for_and_others_do_not(anna: int) -> None:
    there, elsewhere = _from("203.0.113.9"), _from("203.0.113.10")
    _guess(there, MOST_ACCOUNTS - 1)
    assert Backend().authenticate(there, EMAIL, "goed genoeg").pk == anna
    _guess(there, 1, first=MOST_ACCOUNTS)
    assert Backend().authenticate(there, EMAIL, "goed genoeg") is None
    assert Backend().authenticate(elsewhere, EMAIL, "goed genoeg").pk == anna
    assert Backend().authenticate(None, EMAIL, "goed genoeg").pk == anna  # of which nobody knows from where


def test_one_person_who_mistypes_is_one_account_and_shuts_no_office_out(anna: int) -> None:
    office = _from("203.0.113.9")
    for _ in range(MOST_ACCOUNTS):
        assert Backend().authenticate(office, "collega@voorbeeld.nl", "fout") is None
    assert Backend().authenticate(office, EMAIL, "goed genoeg").pk == anna


def test_the_right_password_of_an_own_account_does_not_forget_what_else_was_tried(anna: int) -> None:
    there = _from("203.0.113.9")
    for first in range(0, MOST_ACCOUNTS, 10):
        Backend().authenticate(there, EMAIL, "goed genoeg")
        _guess(there, 10, first)
    assert Backend().authenticate(there, EMAIL, "goed genoeg") is None


def test_a_network_of_ipv6_is_one_place(anna: int) -> None:
    for number in range(MOST_ACCOUNTS):
        _guess(_from(f"2001:db8:1:2::{number + 1:x}"), 1, number)
    assert Backend().authenticate(_from("2001:db8:1:2:ffff::1"), EMAIL, "goed genoeg") is None
    assert Backend().authenticate(_from("2001:db8:1:3::1"), EMAIL, "goed genoeg").pk == anna


def test_a_header_counts_where_it_is_named_and_then_its_last_address(anna: int) -> None:
    """What stands before the last one is written by whoever asks."""
    proxy = "10.0.0.1"
    with override_settings(TIJDIG_SENDER_HEADER="X-Forwarded-For"):
        for number in range(MOST_ACCOUNTS):
            _guess(_from(proxy, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}, 203.0.113.9"), 1, number)
        others = _from(proxy, HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7")
        assert Backend().authenticate(others, EMAIL, "goed genoeg").pk == anna
        same = _from(proxy, HTTP_X_FORWARDED_FOR="1.2.3.4, 203.0.113.9")
        assert Backend().authenticate(same, EMAIL, "goed genoeg") is None
    told = _from("203.0.113.9", HTTP_X_FORWARDED_FOR="192.0.2.1")
    assert Backend().authenticate(told, EMAIL, "goed genoeg") is None  # not named: the other end of the line


def test_behind_a_proxy_without_a_named_header_nobody_shuts_the_others_out(anna: int) -> None:
    with override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        _guess(_from("10.0.0.1"), MOST_ACCOUNTS)
        assert Backend().authenticate(_from("10.0.0.1"), EMAIL, "goed genoeg").pk == anna


@pytest.mark.parametrize(
    ("remote", "told", "found"),
    [
        ("192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", " 198.51.100.7 ", "198.51.100.7"),
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "unknown", "192.0.2.1"),
        ("::ffff:192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", "[2001:db8::1]", "2001:db8::/64"),
        ("", None, ""),
    ],
)
def test_from_where_somebody_asks(remote: str, told: str | None, found: str) -> None:
    assert sender(remote, told) == found


def test_it_is_forgotten_after_its_time_and_no_address_stands_there(fresh_database: str, admin: str) -> None:
    there = _from("203.0.113.9")
    _guess(there, MOST_ACCOUNTS)
    assert guesses_around(origin_of(there))
    with psycopg.connect(admin, dbname=conninfo_to_dict(fresh_database)["dbname"], autocommit=True) as server:
        kept = server.execute("SELECT sender, account FROM access_failed_sign_in").fetchall()
        assert len({of for of, _ in kept}) == 1 and len(kept) == MOST_ACCOUNTS
        assert {len(word) for row in kept for word in row} == {64} and "203.0.113.9" not in str(kept)
        server.execute("UPDATE access_failed_sign_in SET failed_at = failed_at - interval '15 minutes'")
        assert not guesses_around(origin_of(there))
        server.execute("UPDATE access_failed_sign_in SET failed_at = failed_at - interval '46 minutes'")
        forget_failed_sign_ins()
        assert server.execute("SELECT count(*) FROM access_failed_sign_in").fetchone() == (0,)
