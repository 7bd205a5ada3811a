"""One transaction, one organisation: every read and write of a corporation happens inside `organisation_scope`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


def set_local(name: str, value: str) -> None:
    """Set a `tijdig.*` setting until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


@contextmanager
def organisation_scope(organisation_id: int) -> Iterator[None]:
    """A transaction in which exactly this organisation's rows exist. The database enforces it."""
    with transaction.atomic():
        set_local("tijdig.organisation", str(organisation_id))
        yield
