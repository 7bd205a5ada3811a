"""Money is whole cents: no name that ends in `_cents` meets a float or a division that makes one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from tests.house.trees import called, modules

EUROS = "web/excel.py"  # a spreadsheet's cell is a float by its format; nothing reads it back


def _is_cents(node: ast.AST) -> bool:
    name = {ast.Name: "id", ast.Attribute: "attr", ast.arg: "arg", ast.keyword: "arg"}.get(type(node))
    return name is not None and (getattr(node, name) or "").endswith("_cents")


def _touches(node: ast.AST) -> bool:
    return any(_is_cents(one) for one in ast.walk(node))


def _has_float(node: ast.AST | None) -> bool:
    return node is not None and any(
        isinstance(one, ast.Constant) and isinstance(one.value, float) for one in ast.walk(node)
    )


def _says_float(annotation: ast.AST | None) -> bool:
    return annotation is not None and any(
        isinstance(one, ast.Name) and one.id == "float" for one in ast.walk(annotation)
    )


def _wrong(node: ast.AST) -> bool:
    match node:
        case ast.BinOp():
            divides = isinstance(node.op, ast.Div)
            bare = isinstance(node.left, ast.Constant) or isinstance(node.right, ast.Constant)
            return _touches(node) and (divides or (bare and _has_float(node)))
        case ast.Call():
            return called(node) == "float" and _touches(node)
        case ast.AnnAssign():
            return _is_cents(node.target) and (_says_float(node.annotation) or _has_float(node.value))
        case ast.Assign():
            return any(_is_cents(one) for one in node.targets) and _has_float(node.value)
        case ast.Compare():
            return any(_is_cents(one) for one in (node.left, *node.comparators)) and _has_float(node)
        case ast.arg():
            return _is_cents(node) and _says_float(node.annotation)
        case ast.keyword():
            return _is_cents(node) and _has_float(node.value)
        case ast.FunctionDef():
            return node.name.endswith("_cents") and _says_float(node.returns)
    return False


def floats(tree: ast.AST) -> Iterator[int]:
    """The lines where cents become a float."""
    for node in ast.walk(tree):
        if _wrong(node):
            yield getattr(node, "lineno", 0)


def test_cents_never_become_a_float() -> None:
    found = [
        f"{module.where}:{line}"
        for module in modules()
        if module.where != EUROS
        for line in floats(module.tree)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "x = rent_cents / 2",
        "x = row.rent_cents / months",
        "x = float(row.rent_cents)",
        "rent_cents = 1.5",
        "rent_cents: float = 0",
        "x = rent_cents * 1.21",
        "post(rent_cents=0.5)",
        "x = rent_cents > 10.0",
        "def rent_cents() -> float: ...",
        "def post(rent_cents: float | None) -> None: ...",
    ],
)
def test_the_watch_on_floats_sees_each_of_them(line: str) -> None:
    assert list(floats(ast.parse(line))) != []


@pytest.mark.parametrize("line", ["x = rent_cents // 2", "x = rent_cents * 2", "share = 0.5", "x = days / 7"])
def test_the_watch_on_floats_leaves_the_rest_alone(line: str) -> None:
    assert list(floats(ast.parse(line))) == []
