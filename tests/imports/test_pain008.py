"""pain.008: our own collection files, whole and broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.imports.golden_events import expected, read_file, row

from tijdig.base.problems import Problem
from tijdig.imports import pain008
from tijdig.imports.drafts import Collection

GOLDEN = Path(__file__).parents[1] / "golden" / "pain"
FILES = sorted(path.name for path in GOLDEN.glob("pain008*.xml"))


@pytest.mark.parametrize("name", FILES)
def test_read_golden_file(name: str) -> None:
    assert [row(event) for event in read_file(pain008.read, GOLDEN / name)] == expected(GOLDEN / name)


def test_read_batch_adds_up_to_the_entry_on_the_statement() -> None:
    found = read_file(pain008.read, GOLDEN / "pain008-v02.xml")
    batch = [event for event in found if isinstance(event, Collection) and event.batch_id == "BATCH-20"]
    assert sum(event.amount_cents for event in batch) == 129_010


def test_read_problem_carries_the_text_of_its_collection() -> None:
    found = read_file(pain008.read, GOLDEN / "pain008-broken.xml")
    texts = [
        event.text for event in found if isinstance(event, Problem) and event.code == "end_to_end_missing"
    ]
    assert len(texts) == 1
    assert texts[0].startswith("<DrctDbtTxInf>")
    assert "Y. Naamloos" in texts[0]


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.glob("*.xml")))
def test_recognises_only_its_own_message(name: str) -> None:
    head = (GOLDEN / name).read_bytes()[:4_096]
    own = name.startswith("pain008") and name != "pain008-other-message.xml"
    assert pain008.recognises(head) is own
