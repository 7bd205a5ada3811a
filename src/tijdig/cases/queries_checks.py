"""Whether all is well with one organisation: what the administrator's page and `tijdig doctor` show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from tijdig.cases.queries_policy import policy_on, stored_name


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    ok: bool
    message: str


def _one(query: str, *params: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return int(cursor.fetchone()[0] or 0)


def checks(today: date) -> list[Check]:
    """Each with what to do when it is not well."""
    return [_walls(), _tenancies(), _night(today), _dirty(), _bank(), _queue(today), _policy(today)]


def _walls() -> Check:
    loose = _one(
        """SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id' AND NOT a.attisdropped
            WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'tenancies_search'
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"""
    )
    strong = _one("SELECT count(*) FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)")
    good = not loose and not strong
    text = (
        "Elke tabel laat alleen rijen van de eigen corporatie zien."
        if good
        else (
            f"{loose} tabellen zonder muur, of een te sterke databaserol. Draai de migraties en controleer de rol."
        )
    )
    return Check("Muren in de database", good, text)


def _tenancies() -> Check:
    count = _one("SELECT count(*) FROM tenancies_tenancy")
    text = f"{count} contracten bekend." if count else "Nog geen contracten. Lees eerst een VERA-bestand in."
    return Check("Contracten", count > 0, text)


def _night(today: date) -> Check:
    late = _one("SELECT %s - max(day) FROM cases_night WHERE finished_at IS NOT NULL AND error = ''", today)
    never = not _one("SELECT count(*) FROM cases_night WHERE finished_at IS NOT NULL AND error = ''")
    good = not never and late <= 1
    text = (
        "De nachtronde is bij."
        if good
        else "De nachtronde is niet bij. Draai `tijdig night` of start `tijdig serve`."
    )
    return Check("Nachtronde", good, text)


def _dirty() -> Check:
    waiting = _one("SELECT count(*) FROM ledger_dirty WHERE since < now() - interval '5 minutes'")
    text = (
        "Elke nieuwe boeking is beoordeeld."
        if not waiting
        else (f"{waiting} contracten wachten langer dan vijf minuten. Draait `tijdig serve`?")
    )
    return Check("Beoordeling", not waiting, text)


def _bank() -> Check:
    held = _one("SELECT count(*) FROM imports_statement WHERE state = 'held'")
    text = (
        "Alle afschriften sluiten." if not held else f"{held} afschriften wachten op een besluit (Inlezen)."
    )
    return Check("Bank", not held, text)


def _queue(today: date) -> Check:
    week_ago = today - timedelta(days=7)
    queued = _one("SELECT count(*) FROM imports_line WHERE state = 'queued' AND booked_on < %s", week_ago)
    text = (
        "Geen betaling wacht langer dan een week."
        if not queued
        else (f"{queued} betalingen wachten langer dan een week op toewijzing (Wachtrij).")
    )
    return Check("Wachtrij", not queued, text)


def _policy(today: date) -> Check:
    policy = policy_on(today)
    return Check("Werkwijze", True, f"{policy.name}, versie {stored_name(policy)}.")
