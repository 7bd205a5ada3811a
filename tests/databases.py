"""Databases for tests: copies of the template of this run."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fasteners
import psycopg
from psycopg.conninfo import make_conninfo

import tijdig

_SOURCE = Path(tijdig.__file__).parent


def _template() -> str:
    """A name that changes with the migrations, so that a server that is kept between runs is never behind."""
    told = hashlib.sha256()
    for path in sorted([*_SOURCE.glob("*/migrations/*.py"), *_SOURCE.glob("*/walls*.py")]):
        told.update(path.read_bytes())
    return f"tijdig_{told.hexdigest()[:12]}"


TEMPLATE = _template()


def copy(admin_dsn: str, name: str) -> None:
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER tijdig_owner STRATEGY FILE_COPY"
        )


@contextmanager
def of_its_own(admin: str) -> Iterator[str]:
    """A fresh database that the program uses from here on; gone afterwards. Gives its app connection string."""
    from django.db import connections

    from tijdig.imports import queries

    name = f"f_{uuid.uuid4().hex[:12]}"
    with fasteners.InterProcessLock(Path(os.environ["TIJDIG_TEST_FOLDER"]) / "template.lock"):
        copy(admin, name)
    before = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}
    for alias in before:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    queries._kept.clear()  # kept per process by ids, and a new database counts them from one again
    try:
        yield make_conninfo(os.environ["TIJDIG_APP_DSN"], dbname=name)
    finally:
        for alias, old in before.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = old
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
