"""Reads of the entrance: what a corporation or partner asks, and somebody's own second step."""

from __future__ import annotations

from django.db import connection

from tijdig.access.people import Person
from tijdig.access.scope import as_person
from tijdig.entrance.values import Factor, House


def house_of(person: Person) -> House:
    """What their corporation or partner asks of everybody."""
    table, pk = (
        ("access_partner", person.partner_id)
        if person.partner_id
        else ("access_organisation", person.organisation_id)
    )
    with as_person(person), connection.cursor() as cursor:
        cursor.execute(f"SELECT name, second_factor_required, idle_minutes FROM {table} WHERE id = %s", [pk])
        return House(*cursor.fetchone())


def factor_of(person: Person) -> Factor | None:
    """Their second step; None where they have none."""
    with as_person(person), connection.cursor() as cursor:
        cursor.execute(
            """SELECT f.set_at, (SELECT count(*) FROM entrance_recoverycode c
                                  WHERE c.user_id = f.user_id AND c.used_at IS NULL)
                 FROM entrance_secondfactor f WHERE f.user_id = %s""",
            [person.id],
        )
        row = cursor.fetchone()
    return Factor(*row) if row else None


def email_of(person: Person) -> str:
    with as_person(person), connection.cursor() as cursor:
        cursor.execute("SELECT email FROM access_user WHERE id = %s", [person.id])
        return str(cursor.fetchone()[0])


def stamp_of(person: Person) -> int:
    """What a half sign-in must still find when it goes on."""
    with as_person(person), connection.cursor() as cursor:
        cursor.execute("SELECT stamp FROM access_user WHERE id = %s", [person.id])
        return int(cursor.fetchone()[0])
