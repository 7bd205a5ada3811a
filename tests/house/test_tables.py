"""One writer of CSV and one way to begin a workbook, so that no table that leaves the house can run anything."""

from __future__ import annotations

import ast

from tests.house.trees import called, modules


def test_csv_is_written_in_one_place() -> None:
    writers = {"csv.writer", "csv.DictWriter", "writer", "DictWriter"}
    found = [
        module.at(node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and called(node) in writers
    ]
    assert [one.partition(":")[0] for one in found] == ["base/cells.py"]


def test_every_workbook_is_begun_so_that_text_stays_text() -> None:
    begun = [
        [ast.unparse(one) for one in node.args]
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and called(node).endswith("Workbook")
    ]
    assert begun != []
    assert {arguments[-1] for arguments in begun} == {"WORKBOOK"}


def test_no_workbook_writes_a_formula_or_guesses() -> None:
    """`write` guesses what a text is; `write_string` does not."""
    guesses = {
        "sheet.write",
        "sheet.write_row",
        "sheet.write_column",
        "sheet.write_formula",
        "sheet.write_url",
    }
    found = [
        module.at(node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and called(node) in guesses
    ]
    assert found == []
