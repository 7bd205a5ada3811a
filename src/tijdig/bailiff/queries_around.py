"""What stands around a file, in the scope of one organisation: who lives there, and what the partner said at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from tijdig.bailiff.kinds import END_LABEL, LIVES_LABEL, End, Lives, Side
from tijdig.bailiff.queries import files_of
from tijdig.bailiff.queries_in_file import deeds_of
from tijdig.bailiff.queries_meter import beside_account
from tijdig.bailiff.track import tell

SHOWN_FOR = timedelta(
    days=7
)  # what a partner ended stands in front for so long, or until it is handed over again


@dataclass(frozen=True, slots=True)
class Household:
    """Who lives there, as somebody asked."""

    lives: Lives
    on: date
    name: str

    @property
    def label(self) -> str:
        return LIVES_LABEL[self.lives]


@dataclass(frozen=True, slots=True)
class EndedThere:
    """A file that the partner closed or gave back. `reason` is empty where none was asked, and once it was erased."""

    tenancy_id: int
    partner: str
    end: End
    name: str
    ended_on: date
    reason: str

    @property
    def given_back(self) -> bool:
        return self.end is End.TAKEN_BACK

    @property
    def title(self) -> str:
        return "Terug van de deurwaarder" if self.given_back else "Gesloten bij de deurwaarder"

    @property
    def sentence(self) -> str:
        """`Teruggegeven op 02-11-2026 door Piet Maas (Deurwaarders Maas): onvindbaar.`"""
        what = "Teruggegeven" if self.given_back else "Gesloten"
        why = self.reason if self.given_back else END_LABEL[self.end]
        told = f"{what} op {self.ended_on:%d-%m-%Y} door {self.name} ({self.partner})"
        return f"{told}: {why.rstrip('.')}." if why else f"{told}."


@dataclass(frozen=True, slots=True)
class AtPartner:
    """Where a tenant's file is, for who opens the dossier. `costs_cents`: what the tenant owes beside the rent account."""

    partner: str
    since_on: date
    stage: str
    costs_cents: int


def at_partner(tenancy_id: int, on: date) -> AtPartner | None:
    """The file that is open; None where there is none, for what the page asked already."""
    there = next((one for one in files_of(tenancy_id) if one.ended_on is None), None)
    if there is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM access_partner WHERE id = %s", [there.partner_id])
        partner = cursor.fetchone()
    stage = tell(deeds_of([there.id])[there.id]).label
    return AtPartner(
        partner[0] if partner else "", there.handed_over_on, stage, beside_account(tenancy_id, on)
    )


def household_of(tenancy_id: int) -> Household | None:
    """What was noted last; None where nobody asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT lives, "on", name FROM bailiff_household WHERE tenancy_id = %s ORDER BY id DESC LIMIT 1',
            [tenancy_id],
        )
        found = cursor.fetchone()
    return None if found is None else Household(Lives(found[0]), found[1], found[2])


def ended_there(on: date) -> list[EndedThere]:
    """What partners ended in the last days and is not with a partner again, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT f.tenancy_id, coalesce(p.name, ''), f."end", f.end_name, f.ended_on, coalesce(x.reason, '')
                 FROM bailiff_file f LEFT JOIN access_partner p ON p.id = f.partner_id
                 LEFT JOIN bailiff_fileendtext x ON x.file_id = f.id
                WHERE f.ended_on > %s AND f.end_side = %s
                  AND NOT EXISTS (SELECT 1 FROM bailiff_file n WHERE n.tenancy_id = f.tenancy_id AND n.ended_on IS NULL)
                ORDER BY f.ended_on DESC, f.id DESC""",
            [on - SHOWN_FOR, Side.PARTNER.value],
        )
        return [EndedThere(pk, partner, End(end), *rest) for pk, partner, end, *rest in cursor.fetchall()]


def reason_of(file_id: int) -> str:
    """Why the partner gave it back, in its own words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM bailiff_fileendtext WHERE file_id = %s", [file_id])
        found = cursor.fetchone()
        return "" if found is None else str(found[0])
