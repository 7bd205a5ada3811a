"""The measurement of the walls runs on few homes, its probes find nothing, and they find a wall that is not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import global_settings
from django.test import override_settings
from psycopg.conninfo import make_conninfo

from running import free_port
from tijdig.cli import bench_walls_probes
from tijdig.cli.bench_ground import PASSWORD
from tijdig.cli.bench_walls import measure
from tijdig.cli.bench_walls_ground import files, known, make
from tijdig.cli.bench_walls_probes import TABLES, address, numbered, run, tables_of
from tijdig.cli.bench_walls_screen import partner_screen

HOMES, CORPORATIONS = 80, 4


@pytest.fixture(scope="module")
def measured(admin: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """All of it on a small ground, once; the database stays, as the probes left it."""
    from django.db import connections
    from django.utils import timezone

    from databases import of_its_own

    with of_its_own(admin), pytest.MonkeyPatch.context() as patch:
        name = str(connections["default"].settings_dict["NAME"])
        # The program that is served reads passwords as it does outside tests.
        with override_settings(PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):
            make(HOMES, 24, PASSWORD, timezone.localdate(), corporations=CORPORATIONS)
        patch.setenv("TIJDIG_DATA", str(Path(os.environ["TIJDIG_TEST_FOLDER"]) / "pg"))
        found = partner_screen(admin, name, payments=4, port=free_port())
        found |= measure(admin, name, timezone.localdate(), rounds=2, nights=1, most=1)
        yield name, found


def test_a_run_on_few_homes_gives_every_figure(measured: tuple[str, dict[str, Any]]) -> None:
    _, found = measured
    ratios = {
        "page_ratio",
        "page_shared_ratio",
        "night_shared_ratio",
        "night_ratio",
        "night_cold_ratio",
        "partner_list_ratio",
        "partner_file_ratio",
    }
    assert (
        ratios | {"worklist_ratio", "today_ratio", "dossier_ratio", "partner_screen_p99_ms"} <= found.keys()
    )
    counts = (
        "corporations",
        "partners",
        "files",
        "partner_payments",
        "partner_screen_missed",
        "pages_differ",
    )
    assert {name: found[name] for name in counts} == {
        "corporations": CORPORATIONS, "partners": 4, "files": 40, "partner_payments": 4,
        "partner_screen_missed": 0, "pages_differ": 0,
    }  # fmt: skip


def test_no_probe_shows_a_row_of_somebody_else(measured: tuple[str, dict[str, Any]]) -> None:
    _, found = measured
    assert found["leaks"] == 0
    assert found["packages_per_second"] > 0
    assert found["package_bytes"] > 5_000
    assert found["probes"] == found["probes_of_addresses"] + found["probes_of_tables"]
    assert found["probes_of_addresses"] > 500
    assert found["probes_of_tables"] > 1_000


_SHOWS = frozenset(
    {"huurder/<int:pk>", "brieven/<int:pk>", "dossiers/<int:organisation>/<int:pk>", "wegwijzer/<int:pk>"}
)


def test_a_wall_that_is_gone_is_found_both_ways(
    measured: tuple[str, dict[str, Any]], admin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a table whose rows a page shows by themselves; of letters a page shows nothing without their tenancy. The addresses
    that show a row of these are enough."""
    name, _ = measured
    monkeypatch.setattr(bench_walls_probes, "numbered", lambda: sorted(_SHOWS))
    with psycopg.connect(make_conninfo(admin, dbname=name)) as server:
        server.execute("ALTER TABLE letters_letter DISABLE ROW LEVEL SECURITY")
        server.execute("ALTER TABLE help_helper DISABLE ROW LEVEL SECURITY")
    found = run(admin, name, known(admin, name), files(admin, name), 1)
    leaks = found.leaks
    # Nobody is asked for what nobody sees: the row is shown to whose it is.
    assert _SHOWS - found.own_addresses == set()
    by_table = {one.rsplit(" in ")[-1] for one in leaks if " rows of others in " in one}
    by_address = {one.rsplit(" at ")[-1].rstrip("0123456789") for one in leaks if " at /" in one}
    assert by_table == {"letters_letter", "help_helper"}
    assert by_address == {"/wegwijzer/"}


def test_every_numbered_address_says_of_which_table_its_numbers_are() -> None:
    """Whoever adds an address says here what it names, so that it is probed."""
    unknown = [route for route in numbered() if not _known(route)]
    assert unknown == []
    assert len(numbered()) > 60
    named = {route[: route.index(">", at) + 1] for route in numbered() for at in _places(route)}
    assert set(TABLES) == named


def _places(route: str) -> list[int]:
    return [at for at in range(len(route)) if route.startswith("<int:", at)]


def _known(route: str) -> bool:
    try:
        return bool(tables_of(route))
    except KeyError:
        return False


def test_an_address_is_filled_in_the_order_of_its_numbers() -> None:
    assert tables_of("huurder/<int:pk>/bezwaar/<int:number>") == ["tenancies_tenancy", "objections_objection"]
    assert address("huurder/<int:pk>/bezwaar/<int:number>", [3, 8]) == "/huurder/3/bezwaar/8"
