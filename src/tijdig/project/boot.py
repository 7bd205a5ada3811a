"""Bring the program up: database, roles, Django, migrations. Every door begins here; running it again is harmless."""

from __future__ import annotations

import os
from collections.abc import Callable

from tijdig.project import server


def boot(database: str = "tijdig", *, migrate: bool = True) -> server.Dsns:
    """Start the database, load Django, and bring the schema up to date as the owner."""
    dsns = server.start(database=database)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tijdig.project.settings")
    import django

    django.setup()
    _point_at(database)
    if migrate:
        from django.core.management import call_command

        call_command("migrate", database="owner", verbosity=0, interactive=False)
    return dsns


def start_worker() -> Callable[[], None]:
    """What runs by itself begins, in this process; answers how to stop it. After `boot`."""
    from tijdig.jobs.worker import Worker

    worker = Worker()
    worker.start()
    return worker.stop


def _point_at(database: str) -> None:
    """Use this database from now on, also where another one was in use in this process (the benches)."""
    from django.db import connections

    if os.environ.get("DATABASE_URL"):
        return
    for alias in ("default", "owner"):
        connection = connections[alias]
        if connection.settings_dict["NAME"] != database:
            connection.close()
            close_pool = getattr(connection, "close_pool", None)
            if close_pool:
                close_pool()
            connection.settings_dict["NAME"] = database
