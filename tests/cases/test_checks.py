"""What the administrator is told about the state of things: true, and with what to do."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, connections
from django.test import override_settings
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.cases.queries_checks import Check, checks

WALLS = "Muren in de database"


def told(organisation: int) -> dict[str, Check]:
    with organisation_scope(organisation):
        return {one.name: one for one in checks(offices.TODAY)}


def sql(statement: str, *given: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def test_the_walls_stand_after_every_migration(organisation: int) -> None:
    found = told(organisation)[WALLS]
    assert (found.ok, found.message) == (True, "Elke tabel laat alleen rijen van de eigen corporatie zien.")


def test_a_wall_that_fell_is_told_by_the_name_of_its_table(fresh_database: str) -> None:
    organisation = create_organisation(name="Woonstede", slug="woonstede")
    assert told(organisation)[WALLS].ok
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE contacts_contact DISABLE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE tenancies_home NO FORCE ROW LEVEL SECURITY")
    found = told(organisation)[WALLS]
    assert (found.ok, found.message) == (
        False,
        "Zonder muur: contacts_contact, tenancies_home. Draai de migraties.",
    )


def test_nothing_yet_is_said_with_what_to_do(organisation: int) -> None:
    found = told(organisation)
    assert {name for name, one in found.items() if not one.ok} == {"Contracten", "Nachtronde"}
    assert found["Contracten"].message == "Nog geen contracten. Lees eerst een VERA-bestand in."
    assert "tijdig night" in found["Nachtronde"].message


def test_what_waits_is_counted(organisation: int) -> None:
    offices.tenant(organisation, 1)
    with organisation_scope(organisation):
        sql("UPDATE ledger_dirty SET since = now() - interval '1 hour'")
    found = told(organisation)
    assert (found["Contracten"].ok, found["Contracten"].message) == (True, "Bekend: 1.")
    assert (found["Beoordeling"].ok, found["Beoordeling"].message) == (
        False,
        "Contracten die langer dan vijf minuten wachten: 1. Draait `tijdig serve`?",
    )


def test_a_payment_that_waits_for_over_a_week_asks_attention(organisation: int) -> None:
    import doors

    doors.corporation(organisation).read("camt/v02-day.xml")
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT count(*), max(booked_on) FROM imports_line WHERE state = 'queued'")
        count, last = cursor.fetchone()
        assert count
        queue = {
            days: next(one for one in checks(last + timedelta(days=days)) if one.name == "Wachtrij")
            for days in (7, 8)
        }
    assert (queue[7].ok, queue[7].message) == (True, "Geen betaling wacht langer dan een week.")
    waiting = f"Betalingen die langer dan een week op toewijzing wachten: {count} (Wachtrij)."
    assert (queue[8].ok, queue[8].message) == (False, waiting)


def test_a_proxy_that_does_not_say_who_asks_is_told(organisation: int) -> None:
    name, proxy = "Raden bij het aanmelden", ("HTTP_X_FORWARDED_PROTO", "https")
    assert told(organisation)[name].ok
    with override_settings(SECURE_PROXY_SSL_HEADER=proxy):
        found = told(organisation)[name]
        assert not found.ok and "TIJDIG_SENDER_HEADER" in found.message
        with override_settings(TIJDIG_SENDER_HEADER="X-Real-IP"):
            assert told(organisation)[name].ok
