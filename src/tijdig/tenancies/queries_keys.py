"""Numbers of our own that look like a citizen number and are not: contract numbers of nine digits that pass its test."""

from __future__ import annotations

from django.db import connection

from tijdig.base.bsn import passes_eleven_test


def contracts_like_bsn() -> frozenset[str]:
    """The digits of contract numbers that would be taken for a citizen number. None, for most corporations."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT regexp_replace(contract_number, '[^0-9]', '', 'g') FROM tenancies_tenancy
                WHERE contract_number ~ '^[0-9][0-9 .-]{7,11}[0-9]$'"""
        )
        found = [digits for (digits,) in cursor.fetchall()]
    return frozenset(digits for digits in found if len(digits) == 9 and passes_eleven_test(digits))
