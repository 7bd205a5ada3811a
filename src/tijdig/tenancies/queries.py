"""Reads of tenancies, in the scope of one organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.apps import apps
from django.db import connection
from django.db.models import Model

from tijdig.access.reading import read_once


def tenancy_ids_by_contract(contracts: Iterable[str] | None = None) -> dict[str, int]:
    """Tenancy ids by contract number and by source key; all of them when no contracts are named."""
    wanted = None if contracts is None else list(contracts)
    with connection.cursor() as cursor:
        if wanted is None:
            cursor.execute("SELECT source_key, contract_number, id FROM tenancies_tenancy")
        else:
            cursor.execute(
                """SELECT source_key, contract_number, id FROM tenancies_tenancy
                    WHERE contract_number = ANY(%s) OR source_key = ANY(%s)""",
                [wanted, wanted],
            )
        rows = cursor.fetchall()
    found = {key: tenancy_id for key, _, tenancy_id in rows}
    return found | {contract: tenancy_id for _, contract, tenancy_id in rows}


def tenancy_ids_there(ids: Iterable[int]) -> set[int]:
    """Those of these that are there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancies_tenancy WHERE id = ANY(%s)", [list(ids)])
        return {int(row[0]) for row in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Lease:
    """The facts and the names of one tenancy as of a day."""

    id: int
    contract_number: str
    begin_on: date
    end_on: date | None
    departed: bool
    names: list[str]
    address: str
    region: str
    phone: str
    email: str
    rent_cents: int | None
    rent_parts: list[tuple[str, int, date]]
    payment_kind: str
    debit_day: int | None
    watch: str


@dataclass(frozen=True, slots=True)
class Keys:
    """How other systems know a lease and its first tenant."""

    tenancy_id: int
    source_key: str
    contract_number: str
    kind: str
    person_id: int | None
    person_key: str
    person_kind: str


def keys_of(tenancy_ids: Iterable[int]) -> dict[int, Keys]:
    """By tenancy, of those that are there."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT t.id, t.source_key, t.contract_number, t.kind, p.id, coalesce(p.source_key, ''),
                      coalesce(p.kind, '')
                 FROM tenancies_tenancy t LEFT JOIN LATERAL (
                      SELECT n.id, n.source_key, n.kind FROM tenancies_party y
                        JOIN tenancies_person n ON n.id = y.person_id
                       WHERE y.tenancy_id = t.id AND (y.role = 'HUU' OR y.role = 'MDH') AND y.end_on IS NULL
                       ORDER BY y.role, y.id LIMIT 1) p ON true
                WHERE t.id = ANY(%s)""",
            [sorted(set(tenancy_ids))],
        )
        return {row[0]: Keys(*row) for row in cursor.fetchall()}


def any_of(table: type[Model], tenancy_id: int) -> bool:
    """Has this tenancy any row of a table that is empty for most of them (`of_few` says so at the table)?"""
    return _has(tenancy_id)[table._meta.db_table]


@read_once
def _has(tenancy_id: int) -> dict[str, bool]:
    """Of all such tables at once: a page asks it of most of them."""
    tables = _tables_of_few()
    asked = ", ".join(f"EXISTS (SELECT 1 FROM {table} WHERE tenancy_id = %(id)s)" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", {"id": tenancy_id})
        return dict(zip(tables, cursor.fetchone(), strict=True))


@cache
def _tables_of_few() -> tuple[str, ...]:
    return tuple(model._meta.db_table for model in apps.get_models() if getattr(model, "of_few", False))


# Who left shows the last rent. What stands beside each other in one row comes in one question.
_LEASE = """
SELECT t.contract_number, t.begin_on, t.end_on, t.watch,
       coalesce(h.street || ' ' || h.house_number || ', ' || h.city, ''), coalesce(h.region, ''),
       (SELECT json_agg(json_build_array(x.display_name, x.phone, x.email) ORDER BY p.role, p.id)
          FROM tenancies_party p JOIN tenancies_persontext x ON x.person_id = p.person_id
         WHERE p.tenancy_id = t.id AND p.role IN ('HUU', 'MDH')),
       (SELECT json_agg(json_build_array(r.kind, r.amount_cents, r.begin_on) ORDER BY r.kind, r.begin_on)
          FROM tenancies_rentpart r
         WHERE r.tenancy_id = t.id AND r.begin_on <= least(%(as_of)s::date, t.end_on)
           AND coalesce(r.end_on >= least(%(as_of)s::date, t.end_on), true)),
       (SELECT json_build_array(m.kind, m.debit_day) FROM tenancies_paymentmethod m
         WHERE m.tenancy_id = t.id AND m.begin_on <= %(as_of)s ORDER BY m.begin_on DESC LIMIT 1)
  FROM tenancies_tenancy t LEFT JOIN tenancies_home h ON h.id = t.home_id WHERE t.id = %(id)s
"""


def lease(tenancy_id: int, as_of: date) -> Lease | None:
    """One tenancy, or None where it does not exist for this organisation."""
    with connection.cursor() as cursor:
        cursor.execute(_LEASE, {"id": tenancy_id, "as_of": as_of})
        row = cursor.fetchone()
    if row is None:
        return None
    contract, begin_on, end_on, watch, address, region, people, parts, method = row
    kind, debit_day = method or ("", None)
    rents = [(part, cents, date.fromisoformat(begun)) for part, cents, begun in parts or ()]
    return Lease(
        id=tenancy_id,
        contract_number=contract,
        begin_on=begin_on,
        end_on=end_on,
        departed=end_on is not None and end_on < as_of,
        names=[name for name, _, _ in people or ()],
        address=address,
        region=region,
        phone=next((phone for _, phone, _ in people or () if phone), ""),
        email=next((email for _, _, email in people or () if email), ""),
        rent_cents=sum(cents for _, cents, _ in rents) if parts else None,
        rent_parts=rents,
        payment_kind=kind,
        debit_day=debit_day if kind == "INC" else None,
        watch=watch,
    )


def search(query: str, most: int = 30) -> list[tuple[int, float]]:
    """Tenancy ids that look like the query, best first: names with typing errors, address, contract, IBAN."""
    compact = query.replace(" ", "")
    if sum(char.isdigit() for char in compact) >= 4:
        query = compact.replace(".", "").replace("-", "") if not any(c.isalpha() for c in compact) else query
        if compact[:2].isalpha() and compact[2:4].isdigit():
            query = compact
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenancy_id, score FROM tijdig_search(%s, %s)", [query, most])
        return [(int(row[0]), float(row[1])) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Card:
    """Name and address of a tenancy, for lists."""

    id: int
    contract_number: str
    name: str
    address: str
    region: str
    end_on: date | None


def cards(tenancy_ids: list[int]) -> dict[int, Card]:
    """Name and address of each, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT t.id, t.contract_number, coalesce(x.display_name, ''),
                      concat_ws(', ', concat_ws(' ', h.street, h.house_number), h.city), coalesce(h.region, ''),
                      t.end_on
                 FROM tenancies_tenancy t LEFT JOIN tenancies_home h ON h.id = t.home_id
                 LEFT JOIN (
                      SELECT p.tenancy_id, string_agg(x.display_name, ' en ' ORDER BY p.role, p.id) AS display_name
                        FROM tenancies_party p JOIN tenancies_persontext x USING (person_id)
                       WHERE p.tenancy_id = ANY(%(ids)s) AND p.role IN ('HUU', 'MDH')
                       GROUP BY p.tenancy_id) x ON x.tenancy_id = t.id
                WHERE t.id = ANY(%(ids)s)""",
            {"ids": tenancy_ids},
        )
        return {row[0]: Card(*row) for row in cursor.fetchall()}


def rent_history(tenancy_id: int) -> list[tuple[str, date, date | None, int]]:
    """Every rent component there was: kind, first day, last day (None: still), cents a month; oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT kind, begin_on, end_on, amount_cents FROM tenancies_rentpart WHERE tenancy_id = %s
                ORDER BY begin_on, id""",
            [tenancy_id],
        )
        return list(cursor.fetchall())
