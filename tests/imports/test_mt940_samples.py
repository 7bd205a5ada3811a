"""Public bank files that stand beside the project: lines and balances as their list of sources says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tijdig.base.problems import Problem
from tijdig.imports.drafts import Movement, Nature, Statement, StatementEnd
from tijdig.imports.mt940 import read, recognises

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder with public sample files is absent")

# file, dialect, bookings, does each statement tie, storno's, problems
CASES = [
    ("eupl-huishoudboekje/mt940-abn-structured.txt", "abn", 1, [True], 0, 0),
    ("eupl-huishoudboekje/mt940-bng.txt", "bng", 13, [False], 1, 1),
    ("eupl-huishoudboekje/mt940-ing-structured.txt", "ing", 8, [True], 1, 0),
    ("eupl-huishoudboekje/mt940-bng-rent-72.txt", "bng", 72, [False], 0, 0),
    ("agpl-oca/mt940-ing-wrapped.940", "ing", 8, [True], 1, 0),
    ("agpl-oca/mt940-rabobank-structured.swi", "rabobank", 2, [True] * 4, 0, 0),
    ("mit-jejik-mt940/rabobank-iban.sta", "rabobank", 4, [True, True], 0, 0),
    ("mit-jejik-mt940/knab.sta", "knab", 3, [True, False], 0, 0),
    ("own/mt940-asn-sns-style.940", "asn", 2, [True], 1, 0),
    ("own/mt940-rabobank-return.swi", "rabobank", 2, [True], 1, 0),
]


@pytest.mark.parametrize(("name", "bank", "lines", "ties", "stornos", "problems"), CASES)
def test_sample_gives_what_its_source_list_says(
    name: str, bank: str, lines: int, ties: list[bool], stornos: int, problems: int
) -> None:
    with (SAMPLES / name).open("rb") as stream:
        found = list(read(stream))
    heads = [event for event in found if isinstance(event, Statement)]
    ends = [event for event in found if isinstance(event, StatementEnd)]
    movements = [event for event in found if isinstance(event, Movement)]
    assert {head.format for head in heads} == {f"mt940/{bank}"}
    assert len(movements) == lines
    assert [
        (head.opening_cents or 0) + end.movement_cents == end.closing_cents
        for head, end in zip(heads, ends, strict=True)
    ] == ties
    assert sum(movement.nature is Nature.STORNO for movement in movements) == stornos
    assert sum(isinstance(event, Problem) for event in found) == problems


@pytest.mark.parametrize("name", [case[0] for case in CASES])
def test_sample_is_recognised(name: str) -> None:
    assert recognises((SAMPLES / name).read_bytes()[:400]) is True


def test_ing_samples_differ_in_layout_only() -> None:
    found = []
    for name in ("eupl-huishoudboekje/mt940-ing-structured.txt", "agpl-oca/mt940-ing-wrapped.940"):
        with (SAMPLES / name).open("rb") as stream:
            moves = [event for event in read(stream) if isinstance(event, Movement)]
        found.append([(m.nature, m.reason_code, m.mandate_id, m.structured_reference) for m in moves])
    assert found[0] == found[1]
