"""Files go from the data folder when no row keeps them any more: a row says so, and the file follows.

Not while a backup is being made: it lists them first and reads them after, and its rows are from before both.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.backup.queries import FILES_LOCK
from tijdig.imports import storage
from tijdig.imports.models import SourceFile

_COMING = timedelta(days=1)  # a file is there before its row is
_UNKNOWN = timedelta(days=90)  # of no row at all: after a restore somebody may still read it in again


def sweep(*, organisation_id: int, now: datetime) -> int:
    """Remove what no row keeps; returns how many. Stopped half-way, or beside a backup, the next time does the rest."""
    with organisation_scope(organisation_id):
        if not _may_remove():
            return 0
        rows = SourceFile.objects.values_list("digest", "kept_in")
        kept = {digest for digest, where in rows if where}
        went = {digest for digest, where in rows if not where} - kept
        return _remove(organisation_id, kept, went, now)


def _may_remove() -> bool:
    """Until the end of the transaction, where nobody copies the files now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FILES_LOCK])
        return bool(cursor.fetchone()[0])


def _remove(organisation_id: int, kept: set[str], went: set[str], now: datetime) -> int:
    count = 0
    for digest, path in storage.there(Path(settings.DATA), organisation_id):
        age = _COMING if digest in went else _UNKNOWN
        if digest not in kept and path.stat().st_mtime < (now - age).timestamp():
            path.unlink()
            count += 1
    return count
