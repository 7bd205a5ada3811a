"""The sources as syntax trees, read once for all tests of the structure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parents[2]
SOURCE = HOUSE / "src" / "tijdig"
DOORS = frozenset({"web", "api", "jobs", "cli", "project"})
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One file: `room` is its folder, `file` its name without `.py`, `where` its path for a message."""

    room: str
    file: str
    where: str
    lines: int
    tree: ast.Module

    @property
    def is_door(self) -> bool:
        return self.room in DOORS

    @property
    def is_migration(self) -> bool:
        return "/migrations/" in self.where

    def is_shell(self, *names: str) -> bool:
        """Is this file one of these shells, or a part of one: `queries_pages` is part of `queries`."""
        return any(self.file == name or self.file.startswith(f"{name}_") for name in names)

    def at(self, node: ast.expr | ast.stmt | ast.keyword | ast.arg) -> str:
        return f"{self.where}:{node.lineno}"


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the program."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        within = path.relative_to(SOURCE)
        found.append(
            Module(
                within.parts[0],
                path.stem,
                within.as_posix(),
                len(text.splitlines()),
                ast.parse(text, path.name),
            )
        )
    return tuple(found)


def functions(module: Module) -> Iterator[Function]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(module: Module) -> Iterator[tuple[ast.stmt, str]]:
    """Each name that a module imports, in full: `django.db.connection`, `tijdig.access.models.User`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"


def called(node: ast.Call) -> str:
    """The last two parts of what is called: `datetime.now`, `float`."""
    if isinstance(node.func, ast.Attribute):
        inner = node.func.value
        left = inner.id if isinstance(inner, ast.Name) else getattr(inner, "attr", "")
        return f"{left}.{node.func.attr}"
    return node.func.id if isinstance(node.func, ast.Name) else ""
