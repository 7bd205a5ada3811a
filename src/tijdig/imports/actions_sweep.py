"""Files go from the data folder when no row keeps them any more: a row says so, and the file follows."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from tijdig.access.scope import organisation_scope
from tijdig.imports import storage
from tijdig.imports.models import SourceFile

_COMING = timedelta(days=1)  # a file is there before its row is
_UNKNOWN = timedelta(days=90)  # of no row at all: after a restore somebody may still read it in again


def sweep(*, organisation_id: int, now: datetime) -> int:
    """Remove what no row keeps; returns how many. Stopped half-way, the next time does the rest."""
    with organisation_scope(organisation_id):
        rows = SourceFile.objects.values_list("digest", "kept_in")
        kept = {digest for digest, where in rows if where}
        went = {digest for digest, where in rows if not where} - kept
    count = 0
    for digest, path in storage.there(Path(settings.DATA), organisation_id):
        age = _COMING if digest in went else _UNKNOWN
        if digest not in kept and path.stat().st_mtime < (now - age).timestamp():
            path.unlink()
            count += 1
    return count
