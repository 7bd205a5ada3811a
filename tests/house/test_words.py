"""Every code has a sentence, every word of the trade an identifier, every setting its place in the README."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from tests.house.trees import HOUSE, Function, Module, functions, modules

SAYING = frozenset(
    {"imports", "ledger", "tenancies", "base"}
)  # rooms whose problems the imports put in words


def _made_here() -> dict[str, int]:
    """What makes a problem or a refusal, with the place of `code` among its arguments.

    Classes that carry a `code`, and functions that hand theirs on to one of those.
    """
    makers = {"Problem": 0}
    for module in _saying():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and any("Error" in b or "Exception" in b for b in _bases(node)):
                for one in node.body:
                    if isinstance(one, ast.FunctionDef) and one.name == "__init__" and "code" in _names(one):
                        makers[node.name] = _names(one).index("code")
    while True:
        more = {
            function.name: _names(function).index("code")
            for module in _saying()
            for function in functions(module)
            if function.name != "__init__" and "code" in _names(function) and _hands_on(function, makers)
        }
        if more.keys() <= makers.keys():
            return makers
        makers |= more


def _saying() -> list[Module]:
    return [module for module in modules() if module.room in SAYING and not module.is_migration]


def _bases(node: ast.ClassDef) -> list[str]:
    return [ast.unparse(base) for base in node.bases]


def _names(function: Function) -> list[str]:
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    return names[1:] if names[:1] == ["self"] else names


def _name(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _codes_given(node: ast.Call, makers: dict[str, int]) -> ast.expr | None:
    """The argument that is the code, where this call makes a problem."""
    place = makers.get(_name(node))
    if place is None:
        return None
    named = next((one.value for one in node.keywords if one.arg == "code"), None)
    return named if named is not None else (node.args[place] if len(node.args) > place else None)


def _hands_on(function: Function, makers: dict[str, int]) -> bool:
    given = [_codes_given(node, makers) for node in ast.walk(function) if isinstance(node, ast.Call)]
    return any(isinstance(one, ast.Name) and one.id == "code" for one in given)


def _constants(value: ast.expr | None) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _constants(value.body)
        yield from _constants(value.orelse)


def _assigned(function: ast.AST, name: str) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == name for t in node.targets
        ):
            yield from _constants(node.value)


def codes() -> dict[str, str]:
    """Every code of a problem in the source, with a place where it is made."""
    makers = _made_here()
    found: dict[str, str] = {}
    for module in _saying():
        for scope in (module.tree, *functions(module)):
            for node in ast.walk(scope):
                if isinstance(node, ast.Call):
                    given = _codes_given(node, makers)
                    names = _assigned(scope, given.id) if isinstance(given, ast.Name) else _constants(given)
                    found |= dict.fromkeys(names, module.at(node))
    return found


def test_every_problem_has_a_sentence_that_says_what_to_do() -> None:
    from tijdig.imports.wording import SENTENCES

    found = codes()
    assert {"xml_charset", "mt940_order", "tenancy_unknown", "amount_unreadable", "parts_differ"} <= set(
        found
    )
    assert {code: where for code, where in found.items() if code not in SENTENCES} == {}


def test_every_nature_of_a_movement_has_a_name() -> None:
    from tijdig.imports.drafts import Nature
    from tijdig.imports.wording import NATURES

    assert set(NATURES) == {nature.value for nature in Nature}


def test_every_word_of_the_glossary_stands_in_the_code() -> None:
    glossary = HOUSE / "docs" / "glossary.md"
    if not glossary.exists():
        pytest.skip("docs/glossary.md is not written yet")
    rows = [line for line in glossary.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    words = {word for row in rows for word in re.findall(r"`([A-Za-z_][\w.]*)`", row)}
    assert words != set()
    known = {name for module in modules() for name in re.findall(r"\w+", _text(module))}
    assert sorted(word for word in words if not set(word.split(".")) <= known) == []


def _text(module: Module) -> str:
    return (HOUSE / "src" / "tijdig" / module.where).read_text(encoding="utf-8") + " " + module.file


SETTING = re.compile(r"TIJDIG_[A-Z_]+|DATABASE_URL")


def _settings() -> tuple[set[str], set[str]]:
    """The variables of the environment that the source names, and those that it sets itself."""
    named: set[str] = set()
    own: set[str] = set()
    for module in modules():
        for node in ast.walk(module.tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and SETTING.fullmatch(node.value)
            ):
                named.add(node.value)
            if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                own |= {word for word in _constants(node.slice) if SETTING.fullmatch(word)}
    return named, own


def test_every_setting_stands_in_the_readme() -> None:
    named, own = _settings()
    assert {"TIJDIG_DATA", "DATABASE_URL"} <= named
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    if "TIJDIG_" not in readme:
        pytest.skip("README.md has no section on settings yet")
    assert sorted(named - own - set(SETTING.findall(readme))) == []
