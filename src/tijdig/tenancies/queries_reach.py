"""Who lives in a tenancy and how they are reached: what a letter needs of a person, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

_PEOPLE = """
SELECT p.tenancy_id, n.id, coalesce(x.surname, ''), coalesce(x.prefix, ''), coalesce(x.initials, ''),
       coalesce(x.salutation, ''), coalesce(x.email, ''), coalesce(x.phone, ''), coalesce(x.post_address, ''),
       coalesce(nullif(n.letter_language, ''), n.language), n.large_print, n.channel, n.died_on
  FROM tenancies_party p JOIN tenancies_person n ON n.id = p.person_id JOIN tenancies_tenancy t ON t.id = p.tenancy_id
  LEFT JOIN tenancies_persontext x ON x.person_id = n.id
 WHERE p.tenancy_id = ANY(%(ids)s) AND p.role IN ('HUU', 'MDH') AND p.begin_on <= %(day)s
   AND (p.end_on IS NULL OR p.end_on >= least(%(day)s, t.end_on))
 ORDER BY p.tenancy_id, p.role, p.id
"""
_HOMES = """
SELECT t.id, t.contract_number, t.end_on IS NOT NULL AND t.end_on < %(day)s, coalesce(h.street, ''),
       coalesce(h.house_number, ''), coalesce(h.postcode, ''), coalesce(h.city, ''),
       coalesce((SELECT min(r.reference) FROM tenancies_paymentreference r WHERE r.tenancy_id = t.id
                  HAVING count(*) = 1), '')
  FROM tenancies_tenancy t LEFT JOIN tenancies_home h ON h.id = t.home_id
 WHERE t.id = ANY(%(ids)s)
"""


@dataclass(frozen=True, slots=True)
class Resident:
    """A tenant or co-tenant. `post_address` has lines, where post goes elsewhere than to the home."""

    id: int
    surname: str
    prefix: str
    initials: str
    title: str
    email: str
    phone: str
    post_address: str
    language: str
    large_print: bool
    channel: str
    died_on: date | None


@dataclass(frozen=True, slots=True)
class Household:
    """A tenancy with its people, the first tenant first, and the address of the home."""

    tenancy_id: int
    contract_number: str
    departed: bool
    street: str
    house_number: str
    postcode: str
    city: str
    payment_reference: str
    residents: tuple[Resident, ...]

    @property
    def died_on(self) -> date | None:
        """When the last of them died; None while a living tenant is left, or where nobody is known."""
        days = [one.died_on for one in self.residents]
        return max((day for day in days if day), default=None) if all(days) else None


def households(tenancy_ids: Sequence[int], as_of: date) -> dict[int, Household]:
    """The households of these tenancies; one that does not exist for this organisation is not there."""
    named: dict[str, Any] = {"ids": list(tenancy_ids), "day": as_of}
    people: dict[int, list[Resident]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, named)
        for row in cursor.fetchall():
            people.setdefault(row[0], []).append(Resident(*row[1:]))
        cursor.execute(_HOMES, named)
        rows = cursor.fetchall()
    return {row[0]: Household(*(*row, tuple(people.get(row[0], ())))) for row in rows}
