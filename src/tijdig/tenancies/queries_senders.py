"""Whose an e-mail address or a telephone number is, and which tenancies some numbers name; in the corporation's scope.

A lease that ended is a lease too: who moved out answers about what he still owes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import phonenumbers
from django.db import connection
from phonenumbers import PhoneNumberFormat

_LAST_DIGITS = 8  # enough to find a number by; then it is looked at whole
_LONGEST_NUMBER = 40
_PARTIES = """
SELECT p.tenancy_id, bool_or(p.role IN ('HUU', 'MDH')), max(x.phone)
  FROM tenancies_persontext x JOIN tenancies_party p USING (person_id) JOIN tenancies_tenancy t ON t.id = p.tenancy_id
 WHERE {}
 GROUP BY p.tenancy_id, t.end_on, p.person_id ORDER BY t.end_on DESC NULLS FIRST, p.tenancy_id DESC LIMIT 200
"""


@dataclass(frozen=True, slots=True)
class Sender:
    """A tenancy at which somebody is reached so; `tenant` is false for a representative or somebody else at it."""

    tenancy_id: int
    tenant: bool


def senders_by_email(address: str) -> list[Sender]:
    """At which tenancies this address is known; running leases first, then those that ended last."""
    return [Sender(tenancy, tenant) for tenancy, tenant, _ in _parties("lower(x.email) = lower(%s)", address)]


def senders_by_number(number: str) -> list[Sender]:
    """The same for a telephone number, however it was written down; nobody where it is no number."""
    asked = e164(number)
    if asked is None:
        return []
    same = "right(regexp_replace(x.phone, '[^0-9]', '', 'g'), %s) = right(%s, %s)"
    found = _parties(same, _LAST_DIGITS, asked, _LAST_DIGITS)
    return [Sender(tenancy, tenant) for tenancy, tenant, phone in found if e164(phone) == asked]


def _parties(condition: str, *params: str | int) -> list[tuple[int, bool, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_PARTIES.format(condition), params)
        return list(cursor.fetchall())


def e164(number: str) -> str | None:
    """A telephone number as +31612345678, a Dutch one where it names no country; None where it is none."""
    text = number.strip()[:_LONGEST_NUMBER]
    digits = text.lstrip("+0")
    # Providers leave out the plus: 31612345678 is a Dutch number, and 0031612345678 is too.
    tries = [text] if text.startswith(("+", "0")) else [f"+{digits}", text]
    for one in tries:
        try:
            found = phonenumbers.parse(one, "NL")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(found) and not found.extension:
            return phonenumbers.format_number(found, PhoneNumberFormat.E164)
    return None


def tenancies_named(numbers: Sequence[str]) -> dict[str, list[int]]:
    """The tenancies of contract numbers (as they stand, or without dots and dashes) and of payment references."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT n.number, t.id FROM unnest(%(numbers)s::text[]) AS n(number) JOIN tenancies_tenancy t
                  ON t.contract_number = n.number
                UNION
               SELECT n.number, r.tenancy_id FROM unnest(%(numbers)s::text[]) AS n(number)
                 JOIN tenancies_paymentreference r ON r.reference = n.number ORDER BY 1, 2""",
            {"numbers": list(numbers)},
        )
        found: dict[str, list[int]] = {}
        for number, tenancy in cursor.fetchall():
            found.setdefault(number, []).append(tenancy)
        return found
