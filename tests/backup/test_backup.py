"""A corporation at work goes into a file and comes back whole, in another database."""

from __future__ import annotations

import hashlib
import shutil
import signal
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from tests.letters import offices
from typer.testing import CliRunner, Result

import doors
from tijdig.access.actions import create_organisation
from tijdig.access.queries import organisation_ids
from tijdig.access.scope import organisation_scope
from tijdig.backup import actions, queries
from tijdig.backup.key import BackupError, make_key, read_key
from tijdig.history.actions import seal
from tijdig.history.queries_proof import prove
from tijdig.imports.actions_sweep import sweep
from tijdig.letters.actions import write
from tijdig.letters.letter import Kind
from tijdig.letters.wish import Wish
from tijdig.project import backup_places, server
from tijdig.tenancies.queries import tenancy_ids_by_contract

BALANCES = "SELECT organisation_id, tenancy_id, sum(amount_cents), count(*) FROM ledger_entry GROUP BY 1, 2 ORDER BY 1, 2"
PAPERS = (
    "SELECT table_name, column_name FROM information_schema.columns WHERE data_type = 'bytea' ORDER BY 1, 2"
)
GRANTS = """SELECT relname, coalesce(relacl, acldefault(lower(relkind::text)::"char", relowner))::text,
                   relowner::regrole::text, relrowsecurity, relforcerowsecurity FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S', 'v') ORDER BY 1"""
POLICIES = (
    "SELECT tablename, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2"
)
TRIGGERS = (
    "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
)
FUNCTIONS = """SELECT proname, proacl::text, proowner::regrole::text, prosecdef, proconfig FROM pg_proc p
                WHERE pronamespace = 'public'::regnamespace
                  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') ORDER BY 1"""
STILL_TO_COME = "SELECT defaclrole::regrole::text, defaclobjtype, defaclacl::text FROM pg_default_acl"
CONSTRAINTS = """SELECT conrelid::regclass::text, conname, convalidated FROM pg_constraint
                  WHERE contype IN ('f', 'c') ORDER BY 1, 2"""
INDEXES = "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2"


@dataclass
class Places:
    """Where the commands read from and write to: databases of the server of this run."""

    admin: str
    database: str
    reader: str = "tijdig_backup"
    data: Path = field(default_factory=lambda: Path(settings.DATA))

    def source(self, name: str = "") -> str:
        return make_conninfo(self.admin, dbname=name or self.database, user=self.reader)

    def target(self, name: str = "") -> Any:
        before = backup_places.server.embedded
        backup_places.server.embedded = lambda _: self.admin
        try:
            return backup_places.target(name or self.database)
        finally:
            backup_places.server.embedded = before

    def server_major(self) -> int:
        with psycopg.connect(self.admin) as connection:
            return connection.info.server_version // 10_000

    signing = staticmethod(backup_places.signing)
    bundled_tools = staticmethod(backup_places.bundled_tools)
    known_migrations = staticmethod(backup_places.known_migrations)


def _ask(admin: str, database: str, query: str) -> list[tuple[Any, ...]]:
    """As the superuser, for whom there are no walls."""
    with psycopg.connect(make_conninfo(admin, dbname=database)) as connection:
        return connection.execute(query).fetchall()


def _content(admin: str, database: str) -> dict[str, str]:
    """A digest of every row of every table, papers and all."""
    with psycopg.connect(make_conninfo(admin, dbname=database)) as connection:
        return {
            name: str(
                connection.execute(
                    f"SELECT md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM {name} t"
                ).fetchone()
            )
            for name in queries.tables(connection)
        }


def _counts(admin: str, database: str) -> dict[str, int]:
    with psycopg.connect(make_conninfo(admin, dbname=database)) as connection:
        return queries.rows(connection)


@pytest.fixture
def at_work(fresh_database: str) -> Iterator[tuple[int, int]]:
    """Two corporations: tenants behind, files that came in, a letter, and a sealed history."""
    made = []
    for number in (1, 2):
        organisation = create_organisation(name=f"Stichting {number}", slug=f"stichting-{number}")
        with organisation_scope(organisation):
            _work(organisation, 2 + number)
        with organisation_scope(organisation):
            assert seal(organisation_id=organisation)
        made.append(organisation)
    yield made[0], made[1]
    shutil.rmtree(Path(settings.DATA) / "files", ignore_errors=True)  # the next test has its own


def _work(organisation: int, homes: int) -> None:
    corporation = doors.corporation(organisation)
    offices.letterhead(organisation)
    contracts = [corporation.lease(one) for one in range(1, homes + 1)]
    corporation.evaluate()
    corporation.read(_a_statement())
    assert write(
        organisation_id=organisation,
        actor="user:1",
        wish=Wish(
            tenancy_id=tenancy_ids_by_contract(contracts)[contracts[0]],
            kind=Kind.FRIENDLY_REMINDER,
            on=corporation.today,
        ),
        now=datetime.now(UTC),
    )


def _a_statement() -> str:
    return next(
        path.relative_to(doors.GOLDEN).as_posix() for path in sorted((doors.GOLDEN / "camt").glob("*.xml"))
    )


@pytest.fixture
def places(fresh_database: str, admin: str) -> Places:
    return Places(admin, str(conninfo_to_dict(fresh_database)["dbname"]))


@pytest.fixture
def run(places: Places) -> Iterator[Any]:
    from tijdig.cli import main as cli

    before = cli._wiring
    cli.wire(
        cli.Wiring(
            boot=lambda *_, **__: None,
            data_folder=lambda: places.data,
            wipe=lambda: None,
            admin_dsn=str,
            start_worker=lambda: lambda: None,
            kept=places,
        )
    )

    def command(*arguments: object) -> Result:
        return CliRunner().invoke(cli.app, [str(one) for one in arguments], env={"COLUMNS": "300"})

    yield command
    cli._wiring = before


@pytest.fixture
def new_name(admin: str) -> Iterator[str]:
    name = f"r_{uuid.uuid4().hex[:12]}"
    yield name
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    make_key(tmp_path / "sleutel")
    return tmp_path / "sleutel"


def _made(admin: str, name: str) -> bool:
    """Whether the server has a database of this name; others come and go there with other tests."""
    return bool(_ask(admin, "postgres", f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def _files() -> dict[str, str]:
    root = Path(settings.DATA)
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (root / "files").glob("*/*")
    }


def test_everything_comes_back(
    at_work: tuple[int, int], places: Places, run: Any, key: Path, new_name: str, tmp_path: Path, admin: str
) -> None:
    place = tmp_path / "kopie.tijdig"
    before, files = _counts(admin, places.database), _files()
    assert files and before["letters_letter"] == 2 and before["imports_sourcefile"] >= 2
    done = run("backup", place, "--key", key)
    assert done.exit_code == 0, done.output
    assert "Nagelezen en compleet." in done.output
    raw = place.read_bytes()
    assert b"Verzonnen1" not in raw and b"PGDMP" not in raw and b"Stichting 1" not in raw
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []

    shutil.rmtree(Path(settings.DATA) / "files")
    back = run("restore", place, "--key", key, "--into", new_name)
    assert back.exit_code == 0, back.output
    assert _files() == files
    assert _counts(admin, new_name) == before
    assert _content(admin, new_name) == _content(admin, places.database)
    for query in (
        BALANCES,
        PAPERS,
        GRANTS,
        POLICIES,
        TRIGGERS,
        FUNCTIONS,
        STILL_TO_COME,
        CONSTRAINTS,
        INDEXES,
    ):
        found = _ask(admin, new_name, query)
        assert found == _ask(admin, places.database, query)
        assert found

    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = new_name
    for organisation in organisation_ids():
        with organisation_scope(organisation):
            proof = prove(organisation, now=datetime.now(UTC))
        assert proof.holds and proof.links == 1 and proof.sealed > 5
    connections["default"].close()
    assert set(organisation_ids()) == set(at_work)


def test_new_rows_get_new_numbers_after_coming_back(
    at_work: tuple[int, int], places: Places, run: Any, key: Path, new_name: str, tmp_path: Path, admin: str
) -> None:
    assert run("backup", tmp_path / "kopie", "--key", key).exit_code == 0
    back = run("restore", tmp_path / "kopie", "--key", key, "--into", new_name)
    assert back.exit_code == 0, back.output
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = new_name
    corporation = doors.corporation(at_work[0])
    with organisation_scope(at_work[0]):
        corporation.lease(90)
        corporation.evaluate()
    with organisation_scope(at_work[0]):
        assert seal(organisation_id=at_work[0]) > 0
        assert prove(at_work[0], now=datetime.now(UTC)).links == 2
    connections["default"].close()


def test_a_database_that_is_not_empty_is_refused(
    at_work: tuple[int, int], places: Places, run: Any, key: Path, tmp_path: Path, admin: str
) -> None:
    assert run("backup", tmp_path / "kopie", "--key", key).exit_code == 0
    before = _counts(admin, places.database)
    refused = run("restore", tmp_path / "kopie", "--key", key)
    assert refused.exit_code == 1
    assert "is niet leeg" in refused.output
    assert _counts(admin, places.database) == before


def test_what_is_not_whole_touches_nothing(
    at_work: tuple[int, int], places: Places, run: Any, key: Path, new_name: str, tmp_path: Path, admin: str
) -> None:
    place = tmp_path / "kopie"
    assert run("backup", place, "--key", key).exit_code == 0
    whole = place.read_bytes()
    other = tmp_path / "andere"
    assert run("backup-key", other).exit_code == 0
    files = _files()

    refused = run("restore", place, "--key", other, "--into", new_name)
    assert (refused.exit_code, "sleutel past niet" in refused.output) == (1, True)
    for at in (0, 20, 45, 60, len(whole) // 2, len(whole) - 1):
        spoiled = bytearray(whole)
        spoiled[at] ^= 0x40
        place.write_bytes(spoiled)
        assert run("restore", place, "--key", key, "--into", new_name).exit_code == 1
    for size in (0, 30, 1000, len(whole) // 2, len(whole) - 1):
        place.write_bytes(whole[:size])
        assert run("restore", place, "--key", key, "--into", new_name).exit_code == 1
    assert run("restore", tmp_path / "nergens", "--key", key, "--into", new_name).exit_code == 1
    assert not _made(admin, new_name)
    assert _files() == files


def test_a_backup_of_a_newer_program_is_refused(
    at_work: tuple[int, int], places: Places, run: Any, key: Path, new_name: str, tmp_path: Path, admin: str
) -> None:
    with psycopg.connect(make_conninfo(admin, dbname=places.database)) as superuser:
        superuser.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('history', '9999_later', now())"
        )
    assert run("backup", tmp_path / "kopie", "--key", key).exit_code == 0
    refused = run("restore", tmp_path / "kopie", "--key", key, "--into", new_name)
    assert refused.exit_code == 1
    assert "nieuwere versie" in refused.output
    assert not _made(admin, new_name)


def _forgotten(organisation: int) -> None:
    """No row keeps the files of a corporation any more, so that they may go."""
    with organisation_scope(organisation), connections["default"].cursor() as cursor:
        cursor.execute("UPDATE imports_sourcefile SET kept_in = ''")


def _in_the_middle(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> list[object]:
    """Something else happens between the list of the files and the first that is read."""
    listed, found = actions._files, []

    def files(data: Path) -> Iterator[tuple[str, Path]]:
        names = list(listed(data))
        found.append(happens())
        yield from names

    monkeypatch.setattr(actions, "_files", files)
    return found


def test_no_file_goes_while_a_backup_is_made(
    at_work: tuple[int, int],
    run: Any,
    key: Path,
    new_name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later, files = datetime.now(UTC) + timedelta(days=2), _files()

    def removed() -> int:
        _forgotten(at_work[0])
        return sweep(organisation_id=at_work[0], now=later)

    swept = _in_the_middle(monkeypatch, removed)
    done = run("backup", tmp_path / "kopie", "--key", key)
    assert (done.exit_code, swept) == (0, [0]), done.output
    assert _files() == files
    assert sweep(organisation_id=at_work[0], now=later) == 1  # the next night does it
    assert len(_files()) == len(files) - 1
    back = run("restore", tmp_path / "kopie", "--key", key, "--into", new_name)
    assert back.exit_code == 0, back.output
    assert _files() == files


def test_a_file_that_cannot_be_read_is_a_sentence_and_leaves_nothing(
    at_work: tuple[int, int], run: Any, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _in_the_middle(monkeypatch, lambda: shutil.rmtree(Path(settings.DATA) / "files"))
    refused = run("backup", tmp_path / "kopie", "--key", key)
    assert refused.exit_code == 1
    assert "is niet te lezen" in refused.output and "Maak de reservekopie opnieuw." in refused.output
    assert sorted(one.name for one in tmp_path.iterdir()) == ["sleutel"]


def test_a_role_behind_the_walls_makes_no_backup(
    at_work: tuple[int, int], places: Places, run: Any, key: Path, tmp_path: Path
) -> None:
    for role in ("tijdig_owner", "tijdig_app"):
        places.reader = role
        refused = run("backup", tmp_path / "kopie", "--key", key)
        assert refused.exit_code == 1
        assert "ziet niet elke rij" in refused.output
    assert sorted(one.name for one in tmp_path.iterdir()) == ["sleutel"]


def test_a_role_that_may_not_read_a_table_makes_no_backup(
    at_work: tuple[int, int], places: Places, run: Any, key: Path, tmp_path: Path, admin: str
) -> None:
    name = f"half_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(make_conninfo(admin, dbname=places.database), autocommit=True) as superuser:
        superuser.execute(f"CREATE ROLE {name} LOGIN BYPASSRLS")
        try:
            superuser.execute(f"GRANT SELECT ON ledger_entry TO {name}")
            places.reader = name
            refused = run("backup", tmp_path / "kopie", "--key", key)
            assert refused.exit_code == 1
            assert "niet lezen" in refused.output
        finally:
            superuser.execute(f"DROP OWNED BY {name}")
            superuser.execute(f"DROP ROLE {name}")


@pytest.mark.parametrize("at", ["write_part", "check"])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError("schijf vol")])
def test_what_was_interrupted_leaves_no_file(
    at_work: tuple[int, int],
    places: Places,
    key: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at: str,
    stop: BaseException,
) -> None:
    before = getattr(actions, at)
    calls = []

    def broken(*arguments: Any, **more: Any) -> Any:
        calls.append(at)
        if at == "check" or len(calls) == 2:
            raise stop
        return before(*arguments, **more)

    monkeypatch.setattr(actions, at, broken)
    with pytest.raises((KeyboardInterrupt, OSError)):
        actions.make_backup(
            dsn=places.source(),
            data=Path(settings.DATA),
            place=tmp_path / "kopie",
            key=read_key(key),
            signing=None,
            bundled=places.bundled_tools(),
            program="proef",
            now=datetime.now(UTC),
        )
    assert [one.name for one in tmp_path.iterdir()] == ["sleutel"]


def test_a_program_that_is_asked_to_stop_leaves_no_file(
    at_work: tuple[int, int],
    places: Places,
    run: Any,
    key: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actions, "check", lambda *_: signal.raise_signal(signal.SIGTERM))
    before = signal.getsignal(signal.SIGTERM)
    assert run("backup", tmp_path / "kopie", "--key", key).exit_code == 128 + signal.SIGTERM
    assert [one.name for one in tmp_path.iterdir()] == ["sleutel"]
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_disk_that_writes_something_else_is_found(
    at_work: tuple[int, int],
    places: Places,
    run: Any,
    key: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = actions.check

    def spoiled(place: Path, *more: Any) -> Any:
        with place.open("r+b") as file:
            file.seek(200)
            file.write(b"\x00\x00\x00")
        return before(place, *more)

    monkeypatch.setattr(actions, "check", spoiled)
    assert run("backup", tmp_path / "kopie", "--key", key).exit_code == 1
    assert [one.name for one in tmp_path.iterdir()] == ["sleutel"]


def test_a_backup_is_never_overwritten(
    at_work: tuple[int, int], places: Places, run: Any, key: Path, tmp_path: Path
) -> None:
    (tmp_path / "kopie").write_bytes(b"van gisteren")
    assert run("backup", tmp_path / "kopie", "--key", key).exit_code == 1
    assert (tmp_path / "kopie").read_bytes() == b"van gisteren"
    assert run("backup", tmp_path / "geen" / "kopie", "--key", key).exit_code == 1


def test_a_file_that_is_not_what_came_in_is_told(
    at_work: tuple[int, int], places: Places, run: Any, key: Path, new_name: str, tmp_path: Path
) -> None:
    spoiled = next((Path(settings.DATA) / "files").glob(f"{at_work[0]}/*"))
    content = spoiled.read_bytes()
    spoiled.write_bytes(b"iets anders")
    try:
        done = run("backup", tmp_path / "kopie", "--key", key)
        assert done.exit_code == 0
        assert f"{spoiled.name} is niet meer wat er is ingelezen" in done.output
    finally:
        spoiled.write_bytes(content)


def test_programs_of_another_version_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tijdig.backup.tools import find_tools

    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="postgresql-client-19"):
        find_tools(19, backup_places.bundled_tools())
    assert find_tools(15, backup_places.bundled_tools()).major >= 15
    for name in ("pg_dump", "pg_restore", "psql"):
        (tmp_path / name).write_text('#!/bin/sh\necho "$0 (PostgreSQL) 16.4 (Debian)"\n', encoding="ascii")
        (tmp_path / name).chmod(0o755)
    assert find_tools(15, backup_places.bundled_tools()).major == 16
    assert server.data_folder().exists()
