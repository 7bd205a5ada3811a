"""pain.002: refusals at the three levels, and the reason from whichever level gives it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.imports.golden_events import expected, read_file, row

from tijdig.imports import pain002
from tijdig.imports.drafts import Refusal

GOLDEN = Path(__file__).parents[1] / "golden" / "pain"
FILES = sorted(path.name for path in GOLDEN.glob("pain002*.xml"))


def refusals(name: str) -> list[tuple[str, str, str]]:
    found = read_file(pain002.read, GOLDEN / name)
    return [(e.batch_id, e.end_to_end_id, e.reason_code) for e in found if isinstance(e, Refusal)]


@pytest.mark.parametrize("name", FILES)
def test_read_golden_file(name: str) -> None:
    assert [row(event) for event in read_file(pain002.read, GOLDEN / name)] == expected(GOLDEN / name)


def test_read_refused_message_names_no_batch_and_no_collection() -> None:
    assert refusals("pain002-v03-message.xml") == [("", "", "FF01")]


def test_read_refused_batch_gives_its_reason_to_its_transactions() -> None:
    assert refusals("pain002-v03-batch.xml") == [
        ("BATCH-31", "HUUR-34", "AM05"),
        ("BATCH-31", "HUUR-35", "AC01"),
        ("BATCH-31", "", "AM05"),
    ]


def test_read_refused_message_takes_a_reason_from_below() -> None:
    assert refusals("pain002-reason-below.xml") == [("BATCH-33", "HUUR-36", "TM01"), ("", "", "TM01")]


def test_read_accepted_transactions_are_left_out() -> None:
    assert refusals("pain002-v10-transactions.xml") == [
        ("BATCH-30", "HUUR-31", "MS03"),
        ("BATCH-30", "HUUR-32", "MD07"),
    ]


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.glob("*.xml")))
def test_recognises_only_its_own_message(name: str) -> None:
    head = (GOLDEN / name).read_bytes()[:4_096]
    own = name.startswith("pain002") or name == "pain008-other-message.xml"
    assert pain002.recognises(head) is own
