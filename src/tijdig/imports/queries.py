"""Reads for importing: the directory of tenancies, statements and entries that are known already, our collections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection

from tijdig.imports.directory import DirectoryRows, build
from tijdig.imports.matching import Directory
from tijdig.imports.prints import Heard, family

_kept: dict[int, tuple[tuple[int, int], Directory]] = {}
_rents: dict[int, tuple[tuple[int, int, date], dict[int, int]]] = {}


def directory(organisation_id: int, on: date) -> Directory:
    """Everything matching may know on the door's day. Kept in this process until a tenancy is loaded or learned.

    Their number counts beside the last of them: an event drawn earlier may be committed later.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT coalesce(max(id), 0), count(*) FROM history_event WHERE organisation_id = %s
                  AND verb IN ('tenancies_loaded', 'line_assigned')""",
            [organisation_id],
        )
        last, count = cursor.fetchone()
    key = (int(last), int(count))
    kept = _kept.get(organisation_id)
    if kept is None or kept[0] != key:
        kept = _kept[organisation_id] = (key, _read_directory())
    month = (*key, on.replace(day=1))
    rents = _rents.get(organisation_id)
    if rents is None or rents[0] != month:
        rents = _rents[organisation_id] = (month, _read_rents(on))
    return replace(kept[1], rents=rents[1])


def _rows(query: str, *params: date) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return list(cursor.fetchall())


def _read_directory() -> Directory:
    """Four plain reads, whatever the size of the file."""
    return build(
        DirectoryRows(
            tenancies=_rows("SELECT id, contract_number, end_on FROM tenancies_tenancy"),
            references=_rows("SELECT reference, tenancy_id FROM tenancies_paymentreference"),
            accounts=_rows("SELECT iban, mandate, tenancy_id, third_party FROM tenancies_account"),
            names=_rows(
                """SELECT p.tenancy_id, x.surname, p.person_id FROM tenancies_party p
                     JOIN tenancies_persontext x USING (person_id) WHERE p.role IN ('HUU', 'MDH')"""
            ),
        )
    )


def _read_rents(on: date) -> dict[int, int]:
    """The rent per month of each tenancy: for suggestions."""
    return dict(
        _rows(
            """SELECT tenancy_id, sum(amount_cents)::bigint FROM tenancies_rentpart
                WHERE begin_on <= %s AND (end_on IS NULL OR end_on >= %s) GROUP BY tenancy_id""",
            on,
            on,
        )
    )


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A statement of the same account that stands before or after another."""

    id: int
    closing_on: date | None
    closing_cents: int | None
    opening_cents: int | None
    sequence: str
    state: str


def statements_around(
    bank_account_id: int, opening_on: date | None, closing_on: date | None
) -> list[Neighbour]:
    """Booked statements of this account, latest first, that closed at or before this one closes."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, closing_on, closing_cents, opening_cents, sequence, state FROM imports_statement
                WHERE bank_account_id = %s AND state IN ('ok', 'held', 'accepted')
                  AND (%s::date IS NULL OR closing_on <= %s)
                ORDER BY closing_on DESC, id DESC LIMIT 20""",
            [bank_account_id, closing_on, closing_on],
        )
        return [Neighbour(*row) for row in cursor.fetchall()]


def latest_booked(account: str) -> date | None:
    """The last booking day of which a statement of this account told anything, or later; None for a new account."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(coalesce(last_on, closing_on + 60)) FROM imports_statement WHERE account = %s",
            [account],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def known_entries(account: str, first: date, last: date) -> list[Heard]:
    """Bank entries of this account that were told before, between two days, in the order they were told."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT l.fingerprint, max(l.bank_reference), max(s.format), min(l.id) AS told FROM imports_line l
                 JOIN imports_statement s ON s.id = l.statement_id
                WHERE l.booked_on BETWEEN %s AND %s AND s.account = %s AND s.state <> 'notice'
                  AND l.state NOT IN ('duplicate', 'notice') GROUP BY l.fingerprint ORDER BY told""",
            [first, last, account],
        )
        return [Heard(row[0], row[1], family(row[2])) for row in cursor.fetchall()]


def posted_collections(end_to_end_ids: Iterable[str]) -> dict[str, list[tuple[str, int, int]]]:
    """Ledger references, tenancies and cents of collections and payments with these end-to-end ids."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT end_to_end_id, reference, tenancy_id, amount_cents FROM imports_line
                WHERE end_to_end_id = ANY(%s) AND end_to_end_id <> '' AND state = 'posted'
                  AND nature IN ('collection', 'payment') ORDER BY booked_on DESC, id DESC""",
            [sorted({value for value in end_to_end_ids if value})],
        )
        for end_to_end, reference, tenancy, cents in cursor.fetchall():
            found.setdefault(end_to_end, []).append((reference, tenancy, cents))
    return found


def collections_of(tenancy_ids: Iterable[int], since: date) -> dict[int, list[tuple[str, int, str, date]]]:
    """Posted collections per tenancy since a day, latest first: (reference, cents, mandate, booked on)."""
    found: dict[int, list[tuple[str, int, str, date]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tenancy_id, reference, amount_cents, mandate_id, booked_on FROM imports_line
                WHERE tenancy_id = ANY(%s) AND state = 'posted' AND nature = 'collection' AND booked_on >= %s
                ORDER BY booked_on DESC, id DESC""",
            [sorted(set(tenancy_ids)), since],
        )
        for tenancy, reference, cents, mandate, booked in cursor.fetchall():
            found.setdefault(tenancy, []).append((reference, cents, mandate, booked))
    return found


def collectors(end_to_end_ids: Iterable[str]) -> list[tuple[str, str, str]]:
    """Our collections with these end-to-end ids: (end-to-end id, mandate, debtor account)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT end_to_end_id, mandate_id, debtor_account FROM imports_owncollection
                WHERE end_to_end_id = ANY(%s)""",
            [sorted({value for value in end_to_end_ids if value})],
        )
        return list(cursor.fetchall())


def own_collections(batch_ids: Iterable[str]) -> dict[str, list[tuple[str, str, int, str, str, str, str]]]:
    """Our collections by batch: (end-to-end id, mandate, cents, account, name, remittance, refused code)."""
    found: dict[str, list[tuple[str, str, int, str, str, str, str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT batch_id, end_to_end_id, mandate_id, amount_cents, debtor_account, debtor_name, remittance,
                      refused_code FROM imports_owncollection WHERE batch_id = ANY(%s) ORDER BY id""",
            [sorted({value for value in batch_ids if value})],
        )
        for batch, *rest in cursor.fetchall():
            found.setdefault(batch, []).append(tuple(rest))
    return found


def queued_before(day: date) -> list[tuple[int, str, int, int, int]]:
    """Queued lines booked before a day: (line, account, statement number, entry within the statement, cents)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH told AS (
                   SELECT l.*, min(l.id) OVER (PARTITION BY l.statement_id, l.fingerprint) AS first
                     FROM imports_line l WHERE l.parent_id IS NULL AND l.statement_id IN (
                          SELECT statement_id FROM imports_line WHERE state = 'queued' AND booked_on < %s)),
                 placed AS (SELECT *, dense_rank() OVER (PARTITION BY statement_id ORDER BY first) AS entry FROM told)
               SELECT p.id, s.account, split_part(s.sequence, '/', 1)::integer, p.entry::integer, p.amount_cents
                 FROM placed p JOIN imports_statement s ON s.id = p.statement_id
                WHERE p.state = 'queued' AND p.booked_on < %s AND s.sequence ~ '^[0-9]{1,9}(/|$)'""",
            [day, day],
        )
        return list(cursor.fetchall())


def files_done() -> set[str]:
    """Names of files that were read to the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM imports_sourcefile WHERE state = 'done'")
        return {row[0] for row in cursor.fetchall()}
