"""Pages in processes of their own: they answer, they end with the one that began them, however that one ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from psycopg.conninfo import conninfo_to_dict

from databases import of_its_own
from running import free_port

_COMMAND = "from tijdig.project.main import main; main()"


def _until(what: Callable[[], object], seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.2)
    return False


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/aanmelden", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def _pages_of(parent: int) -> list[int]:
    """The processes for pages that this one began."""
    found = []
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, _, rest = one.read_text().partition(" ")
            if (
                int(rest.rpartition(")")[2].split()[1]) == parent
                and b"spawn_main" in (one.parent / "cmdline").read_bytes()
            ):
                found.append(int(pid))
        except OSError:
            continue
    return found


def _alive(pid: int) -> bool:
    try:
        return "Z" not in (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


@pytest.fixture
def own_database(admin: str) -> Iterator[str]:
    with of_its_own(admin) as dsn:
        yield dsn


@pytest.mark.parametrize("ends_by", [signal.SIGTERM, signal.SIGKILL])
def test_two_processes_serve_and_end_with_the_one_that_began_them(
    own_database: str, ends_by: signal.Signals
) -> None:
    port = free_port()
    ours = {
        key: value for key, value in os.environ.items() if not key.startswith(("TIJDIG_", "DATABASE_URL"))
    }
    process = subprocess.Popen(
        [
            sys.executable, "-c", _COMMAND, "serve", "--port", str(port), "--processes", "2",
            "--database", str(conninfo_to_dict(own_database)["dbname"]),
        ],
        env=ours | {"TIJDIG_DATA": str(Path(os.environ["TIJDIG_TEST_FOLDER"]) / "pg")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert _until(lambda: _answers(f"http://127.0.0.1:{port}"))
        assert _until(lambda: len(_pages_of(process.pid)) >= 2)
        pages = _pages_of(process.pid)
        assert all(_answers(f"http://127.0.0.1:{port}") for _ in range(6))
        process.send_signal(ends_by)
        process.wait(timeout=30)
        assert _until(lambda: not any(_alive(one) for one in pages), 15)
        assert not _answers(f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.wait(timeout=20)


def test_more_processes_than_the_database_has_lines_for_are_refused() -> None:
    from typer.testing import CliRunner

    from tijdig.cli.main import app

    told = CliRunner().invoke(app, ["serve", "--processes", "30"], env={"COLUMNS": "200"})
    assert (told.exit_code, "less than or equal to 11" in told.output) == (2, True)
