"""Writing columns of rows: what is new or differs, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from tijdig.base.arrays import literal

Columns = dict[str, tuple[str, Sequence[Any]]]  # name → (type, values)


def upsert(
    table: str,
    columns: Columns,
    key: str,
    organisation_id: int,
    returning: str = "",
    keep: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    """INSERT … ON CONFLICT DO UPDATE of what differs; `columns` maps name to (type, values). Returns what changed.

    Within one statement a key may stand once only, so the last of equal keys wins, as in the file. Columns to `keep` are
    given to a new row and never changed afterwards: the source knows nothing of them.
    """
    names, keys = (
        list(columns),
        [part.strip() for part in key.split(",") if part.strip() != "organisation_id"],
    )
    positions = [names.index(part) for part in keys]
    last = {
        tuple(values): index
        for index, values in enumerate(zip(*(columns[names[p]][1] for p in positions), strict=True))
    }
    chosen = sorted(last.values())
    data = [literal(kind, [values[index] for index in chosen]) for kind, values in columns.values()]
    unnest = ", ".join(f"%s::{kind}[]" for kind, _ in columns.values())
    changed = [name for name in names if name not in keys and name not in keep]
    update = "DO NOTHING"
    if changed:
        sets = ", ".join(f"{name} = EXCLUDED.{name}" for name in changed)
        old = ", ".join(f"{table}.{name}" for name in changed)
        new = ", ".join(f"EXCLUDED.{name}" for name in changed)
        update = f"DO UPDATE SET {sets} WHERE ({old}) IS DISTINCT FROM ({new})"
    statement = f"""INSERT INTO {table} (organisation_id, {", ".join(names)})
        SELECT %s, * FROM unnest({unnest}) ON CONFLICT ({key}) {update} RETURNING {returning or "1"}"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [organisation_id, *data])
        return list(cursor.fetchall())


def ids_of(table: str, keys: Iterable[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT source_key, id FROM {table} WHERE source_key = ANY(%s)", [sorted({k for k in keys if k})]
        )
        return dict(cursor.fetchall())
