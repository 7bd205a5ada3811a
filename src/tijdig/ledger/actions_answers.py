"""Answers kept by the key of a call, so that the same call twice is done once and answered twice."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection


def kept_answer(*, organisation_id: int, key: str) -> tuple[str, dict[str, Any]] | None:
    """Digest and answer of an earlier call with this key. Calls with one key wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [organisation_id, key])
        cursor.execute("SELECT digest, answer::text FROM ledger_answer WHERE key = %s", [key])
        row = cursor.fetchone()
    return (row[0], json.loads(row[1])) if row else None


def keep_answer(*, organisation_id: int, key: str, digest: str, answer: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_answer (organisation_id, key, digest, answer) VALUES (%s, %s, %s, %s::jsonb)",
            [organisation_id, key, digest, json.dumps(answer)],
        )
