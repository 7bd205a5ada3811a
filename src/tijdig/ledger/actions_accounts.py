"""Our own bank accounts: which they are, who pays into which, and whether their statements tie."""

from __future__ import annotations

from datetime import date

from django.db import connection

from tijdig.base.arrays import literal
from tijdig.ledger.actions_marks import marking

_INCOMPLETE = marking(
    "SELECT tenancy_id, organisation_id, %s, 1 FROM ledger_route WHERE bank_account_id = %s"
)


def bank_account(*, organisation_id: int, iban: str, name: str = "") -> int:
    """One of our own accounts, by its number; made when it is new."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO ledger_bankaccount (organisation_id, iban, name) VALUES (%s, %s, %s)
               ON CONFLICT (organisation_id, iban) DO UPDATE SET iban = EXCLUDED.iban RETURNING id""",
            [organisation_id, iban, name],
        )
        return int(cursor.fetchone()[0])


def set_routes(*, organisation_id: int, bank_account_id: int, tenancy_ids: list[int]) -> None:
    """These tenancies last paid into this account of ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO ledger_route (tenancy_id, organisation_id, bank_account_id)
               SELECT DISTINCT t, %s, %s FROM unnest(%s::integer[]) AS t
               ON CONFLICT (tenancy_id) DO UPDATE SET bank_account_id = EXCLUDED.bank_account_id
               WHERE ledger_route.bank_account_id <> EXCLUDED.bank_account_id""",
            [organisation_id, bank_account_id, literal("integer", tenancy_ids)],
        )


def set_bank_incomplete(*, bank_account_id: int, since: date | None, on: date) -> None:
    """While `since` is set, the tenancies that pay into this account get no automatic step."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE ledger_bankaccount SET incomplete_since = %s
                WHERE id = %s AND incomplete_since IS DISTINCT FROM %s""",
            [since, bank_account_id, since],
        )
        if cursor.rowcount == 0:
            return
        cursor.execute(_INCOMPLETE, [on, bank_account_id])
