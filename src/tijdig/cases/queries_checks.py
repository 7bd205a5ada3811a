"""Whether all is well with one organisation: what the administrator's page and `tijdig doctor` show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
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
    return [
        _walls(),
        _tenancies(),
        _night(today),
        _dirty(),
        _bank(),
        _queue(today),
        _policy(today),
        _guessing(),
    ]


# Tables of a corporation of which this role may touch a column, while the database does not hold it to its own rows.
_LOOSE = """
SELECT c.relname FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id' AND NOT a.attisdropped
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
   AND has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
 ORDER BY 1
"""


def _walls() -> Check:
    with connection.cursor() as cursor:
        cursor.execute(_LOOSE)
        loose = ", ".join(name for (name,) in cursor.fetchall())
    strong = _one("SELECT count(*) FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)")
    told = [f"Zonder muur: {loose}. Draai de migraties."] if loose else []
    if strong:
        told.append("De databaserol mag langs elke muur. Geef het programma een rol zonder die rechten.")
    good = "Elke tabel laat alleen rijen van de eigen corporatie zien."
    return Check("Muren in de database", not told, " ".join(told) or good)


def _guessing() -> Check:
    """Behind a proxy everybody comes from one place, unless the proxy says who asked."""
    known = bool(settings.TIJDIG_SENDER_HEADER) or not settings.SECURE_PROXY_SSL_HEADER
    text = "Wie vanaf één plek veel accounts probeert, moet wachten."
    told = "Iemand kan nu bij veel accounts raden. Zet in TIJDIG_SENDER_HEADER in welke kop uw proxy zegt wie er vraagt."
    return Check("Raden bij het aanmelden", known, text if known else told)


def _tenancies() -> Check:
    count = _one("SELECT count(*) FROM tenancies_tenancy")
    text = f"Bekend: {count}." if count else "Nog geen contracten. Lees eerst een VERA-bestand in."
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
        else f"Contracten die langer dan vijf minuten wachten: {waiting}. Draait `tijdig serve`?"
    )
    return Check("Beoordeling", not waiting, text)


def _bank() -> Check:
    held = _one("SELECT count(*) FROM imports_statement WHERE state = 'held'")
    text = (
        "Alle afschriften sluiten."
        if not held
        else f"Afschriften die op een besluit wachten: {held} (Inlezen)."
    )
    return Check("Bank", not held, text)


def _queue(today: date) -> Check:
    week_ago = today - timedelta(days=7)
    queued = _one("SELECT count(*) FROM imports_line WHERE state = 'queued' AND booked_on < %s", week_ago)
    text = (
        "Geen betaling wacht langer dan een week."
        if not queued
        else f"Betalingen die langer dan een week op toewijzing wachten: {queued} (Wachtrij)."
    )
    return Check("Wachtrij", not queued, text)


def _policy(today: date) -> Check:
    policy = policy_on(today)
    return Check("Werkwijze", True, f"{policy.name}, versie {stored_name(policy)}.")
