"""A module is read in one sitting, a function at a glance."""

from __future__ import annotations

from tests.house.trees import Function, functions, modules

MODULE_LINES, MODULE_WISH = 400, 200
FUNCTION_LINES, FUNCTION_WISH = 60, 15


def _length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_a_module_stays_within_its_lines() -> None:
    sizes = {module.where: module.lines for module in modules()}
    wish = {where: lines for where, lines in sizes.items() if lines > MODULE_WISH}
    assert [where for where, lines in sizes.items() if lines > MODULE_LINES] == [], f"above the wish: {wish}"


def test_a_function_stays_within_its_lines() -> None:
    sizes = {
        f"{module.at(one)} {one.name}": _length(one)
        for module in modules()
        if not module.is_migration
        for one in functions(module)
    }
    wish = {where: lines for where, lines in sizes.items() if lines > FUNCTION_WISH}
    assert [where for where, lines in sizes.items() if lines > FUNCTION_LINES] == [], (
        f"above the wish: {wish}"
    )
