"""Reads of worries, in the scope of one organisation."""

from __future__ import annotations

from typing import Any

from django.db import connection

from tijdig.help import models
from tijdig.help.kinds import Noticed
from tijdig.help.worry import Worry
from tijdig.tenancies.queries import any_of

_READ = """
SELECT w.id, w.tenancy_id, w.what, w.talked, w.noticed_on, w.actor, w.name, w.role, w.recorded_at, coalesce(x.text, ''),
       p."on", coalesce(p.name, '')
  FROM help_worry w LEFT JOIN help_worrytext x ON x.worry_id = w.id LEFT JOIN help_worrypickup p ON p.worry_id = w.id
"""


def worries_of(tenancy_id: int) -> list[Worry]:
    """About one tenancy, the newest first."""
    if not any_of(models.Worry, tenancy_id):
        return []
    return _read("WHERE w.tenancy_id = %(tenancy)s ORDER BY w.id DESC", tenancy=tenancy_id)


def worries_waiting() -> list[Worry]:
    """That nobody took up yet, the oldest first."""
    return _read("WHERE p.worry_id IS NULL ORDER BY w.id")


def waiting_number() -> int:
    """How many nobody took up yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM help_worry w WHERE NOT EXISTS (SELECT 1 FROM help_worrypickup p WHERE p.worry_id = w.id)"
        )
        return int(cursor.fetchone()[0])


def worries_by(actor: str, most: int) -> list[Worry]:
    """What somebody noticed, the newest first."""
    return _read("WHERE w.actor = %(actor)s ORDER BY w.id DESC LIMIT %(most)s", actor=actor, most=most)


def worry(pk: int) -> Worry | None:
    """One; None where this organisation has none of that id."""
    return next(iter(_read("WHERE w.id = %(id)s", id=pk)), None)


def _read(condition: str, **named: Any) -> list[Worry]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_READ} {condition}", named)
        return [
            Worry(
                id=pk,
                tenancy_id=tenancy,
                what=tuple(Noticed(one) for one in what),
                talked=talked,
                noticed_on=noticed_on,
                actor=actor,
                name=name,
                role=role,
                recorded_at=at,
                words=words,
                taken_on=taken_on,
                taken_by=taken_by,
            )
            for pk, tenancy, what, talked, noticed_on, actor, name, role, at, words, taken_on, taken_by in cursor.fetchall()
        ]
