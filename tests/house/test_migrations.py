"""A table is made whole: its constraints and indexes stand where it is made, because each operation more is paid at every
first start (decision 39)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2] / "src" / "tijdig"
_FIELDS = ("AddField", "AlterField", "RenameField")


def _said(call: ast.Call, key: str, place: int) -> ast.expr | None:
    named = next((one.value for one in call.keywords if one.arg == key), None)
    return named or (call.args[place] if len(call.args) > place else None)


def _word(call: ast.Call, key: str, place: int) -> str:
    found = _said(call, key, place)
    return str(found.value).lower() if isinstance(found, ast.Constant) else ""


def _operations(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "operations":
            for one in getattr(node.value, "elts", []):
                if isinstance(one, ast.Call):
                    yield ast.unparse(one.func).rpartition(".")[2], one


def _fields_in(call: ast.Call) -> set[str]:
    """Every word in a constraint or index that may be the name of a field."""
    thing = _said(call, "constraint", 1) or _said(call, "index", 1)
    assert thing is not None
    words = {
        one.value for one in ast.walk(thing) if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }
    words |= {key.arg or "" for one in ast.walk(thing) if isinstance(one, ast.Call) for key in one.keywords}
    return {one.split("__")[0].lstrip("-") for one in words}


def _apart(path: Path) -> Iterator[str]:
    """What is added to a table of the same migration, though no field that it names came after the table."""
    made: set[str] = set()
    later: dict[str, set[str]] = {}
    for name, call in _operations(path):
        if name == "CreateModel":
            made.add(_word(call, "name", 0))
        elif name in _FIELDS:
            later.setdefault(_word(call, "model_name", 0), set()).add(_word(call, "name", 1))
        elif name in ("AddConstraint", "AddIndex"):
            model = _word(call, "model_name", 0)
            if model in made and not _fields_in(call) & later.get(model, set()):
                yield f"{path.parent.parent.name}/{path.name}: {name} of {model}"


def test_constraints_and_indexes_of_a_new_table_stand_where_it_is_made() -> None:
    paths = sorted(ROOT.glob("*/migrations/0*.py"))
    assert len(paths) > 100
    assert [one for path in paths for one in _apart(path)] == []


def test_one_that_stands_apart_is_found(tmp_path: Path) -> None:
    file = tmp_path / "0001_initial.py"
    file.write_text(
        """operations = [
    migrations.CreateModel(name="Plan", fields=[]),
    migrations.AddIndex(model_name="plan", index=models.Index(fields=["on"], name="plan_on")),
    migrations.AddField(model_name="plan", name="of", field=models.IntegerField()),
    migrations.AddConstraint("plan", models.UniqueConstraint(fields=("of",), name="plan_of")),
]
"""
    )
    assert [one.rpartition(": ")[2] for one in _apart(file)] == ["AddIndex of plan"]
