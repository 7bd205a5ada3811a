"""What the contracts on imports cannot say: which files of a room may know the framework, its tables and the clock."""

from __future__ import annotations

import ast

from tests.house.trees import Module, called, imported, modules

WALL_FILES = frozenset({"scope", "sign_in", "listen", "walls"})  # of `access`
CLOCKS = frozenset(
    f"{owner}.{read}"
    for owner in ("datetime", "date", "timezone")
    for read in ("now", "today", "utcnow", "localdate", "localtime")
) | {"time.time", "time.time_ns"}


def _may_know_django(module: Module) -> bool:
    shell = module.is_shell("models", "queries", "actions", "apps", "admin")
    of_access = module.room == "access" and module.file in WALL_FILES
    return module.is_door or module.is_migration or shell or of_access


def _may_know_tables(module: Module) -> bool:
    shell = module.is_shell("models", "queries", "actions", "admin")
    return module.is_migration or shell or (module.room, module.file) == ("access", "sign_in")


def test_django_is_known_to_shells_and_doors_only() -> None:
    found = [
        f"{module.at(node)} {name}"
        for module in modules()
        if not _may_know_django(module)
        for node, name in imported(module)
        if name.partition(".")[0] in ("django", "psycopg", "ninja", "asgiref")
    ]
    assert found == []


def test_tables_are_known_to_models_queries_and_actions_only() -> None:
    found = [
        f"{module.at(node)} {name}"
        for module in modules()
        if not _may_know_tables(module)
        for node, name in imported(module)
        if name.startswith("tijdig.") and "models" in name.split(".")
    ]
    assert found == []


def _records_a_moment(module: Module, node: ast.Call) -> bool:
    """An action writes down when something was recorded: an aware moment, never a day to decide by."""
    return module.is_shell("actions") and called(node) == "datetime.now" and bool(node.args or node.keywords)


def test_the_clock_is_read_at_the_doors_only() -> None:
    found = [
        f"{module.at(node)} {called(node)}"
        for module in modules()
        if not module.is_door
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and called(node) in CLOCKS and not _records_a_moment(module, node)
    ]
    found += [
        f"{module.at(node)} {name}"
        for module in modules()
        if not module.is_door
        for node, name in imported(module)
        if name in ("time.time", "time.time_ns", "django.utils.timezone")
    ]
    assert found == []


def test_no_statement_reads_the_day_of_the_database() -> None:
    """Its day is that of another time zone; the day of a decision comes in at a door."""
    found = [
        module.at(node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and "current_date" in node.value.lower()
    ]
    assert found == []
