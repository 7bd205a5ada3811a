"""Files that nobody would send: every reader ends in values, never in an exception."""

from __future__ import annotations

import copy
import io
import random
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree
from tests.imports.golden_events import read_file

from tijdig.base.problems import Problem
from tijdig.imports import camt, pain002, pain008
from tijdig.imports.drafts import Event, Movement, StatementEnd
from tijdig.imports.xml_values import Unreadable, cents_of, count_of, day_of_choice, day_of_text

GOLDEN = Path(__file__).parents[1] / "golden"
READERS = [camt, pain002, pain008]
# An empty batch, or an answer that refuses nothing, rightly gives no values at all.
MAY_BE_EMPTY = {pain008: "PmtInf", pain002: "OrgnlGrpInfAndSts"}
PARTS = [
    *("Document", "Stmt", "Rpt", "Ntry", "TxDtls", "NtryDtls", "GrpHdr", "PmtInf", "DrctDbtTxInf"),
    *("TxInfAndSts", "OrgnlPmtInfAndSts", "OrgnlGrpInfAndSts", "BkToCstmrStmt"),
]
WHOLE = {
    "camt/v02-day.xml": camt,
    "camt/v08-gross-batch.xml": camt,
    "pain/pain008-v02.xml": pain008,
    "pain/pain002-v03-batch.xml": pain002,
}


def read(reader: ModuleType, data: bytes) -> list[Event]:
    return list(reader.read(io.BytesIO(data)))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("outer", PARTS)
def test_read_part_without_its_whole_ends_in_values(reader: ModuleType, outer: str) -> None:
    for inner in PARTS:
        found = read(reader, f"<{outer}><{inner}/></{outer}>".encode())
        assert found or MAY_BE_EMPTY.get(reader) in (outer, inner), (outer, inner)


def _mutated(data: bytes, seed: int) -> bytes:
    """The file with some elements gone, doubled, moved, emptied or filled with nonsense."""
    chance = random.Random(seed)
    root = etree.fromstring(data)
    for _ in range(chance.randint(1, 6)):
        elements = list(root.iterdescendants())
        if not elements:
            break
        chosen, target = chance.choice(elements), chance.choice(elements)
        parent = chosen.getparent()
        action = chance.choice(["remove", "double", "move", "empty", "nonsense"])
        if action == "remove":
            parent.remove(chosen)
        elif action == "double":
            parent.append(copy.deepcopy(chosen))
        elif action == "move":
            target.append(copy.deepcopy(chosen))
        elif action == "empty":
            chosen.clear()
        else:
            chosen.text = chance.choice(["9" * 5_000, "-0", "0001-01-01", "\u0661", "NaN", "", " ", "CRDT"])
    return etree.tostring(root)


@pytest.mark.parametrize("name", WHOLE)
def test_read_mutated_file_ends_in_values(name: str) -> None:
    data = (GOLDEN / name).read_bytes()
    for seed in range(150):
        found = read(WHOLE[name], _mutated(data, seed))
        ends = [event for event in found if isinstance(event, StatementEnd)]
        movements = [event for event in found if isinstance(event, Movement)]
        assert sum(end.movement_count for end in ends) == len(movements), seed


@pytest.mark.parametrize("name", WHOLE)
def test_read_deep_nesting_is_broken_not_fatal_to_us(name: str) -> None:
    (only,) = read(WHOLE[name], b"<a>" * 100_000)
    assert isinstance(only, Problem)
    assert (only.code, only.fatal) == ("xml_broken", True)


@pytest.mark.parametrize(
    "text", ["9" * 5_000, "NaN", "1e3", "1,50", "+1.00", "0x10", "12345678901234567", "1." + "0" * 40]
)
def test_cents_of_text_that_is_no_amount(text: str) -> None:
    with pytest.raises(Unreadable) as fault:
        cents_of(text)
    assert fault.value.code == "amount_unreadable"


@pytest.mark.parametrize(
    ("text", "cents"), [("01.00", 100), ("650.1", 65_010), ("200000", 20_000_000), ("5.00000", 500)]
)
def test_cents_of_text_as_banks_write_it(text: str, cents: int) -> None:
    assert cents_of(text) == cents


def test_cents_of_minus_zero_is_negative() -> None:
    with pytest.raises(Unreadable) as fault:
        cents_of("-0.00")
    assert fault.value.code == "amount_negative"


@pytest.mark.parametrize("text", ["2026-11-02", "2026-11-02Z", "2026-11-02+01:00"])
def test_day_with_or_without_zone(text: str) -> None:
    assert day_of_text(text).isoformat() == "2026-11-02"


@pytest.mark.parametrize(
    "text", ["20261102", "2026-W45-1", "2026-11-02T10:00:00", "2-11-2026", "2026-11-31", ""]
)
def test_day_in_another_shape_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        day_of_text(text)


def test_day_of_a_moment_before_time_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        day_of_choice("", "0001-01-01T00:00:00+14:00")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-10-24T23:59:59+02:00", "2026-10-24"),
        ("2026-10-24T22:00:00Z", "2026-10-25"),
        ("2026-10-25T23:00:00Z", "2026-10-26"),
    ],
)
def test_day_of_a_moment_is_the_amsterdam_day(moment: str, day: str) -> None:
    found = day_of_choice("", moment)
    assert found is not None
    assert found.isoformat() == day


@pytest.mark.parametrize(("text", "count"), [("", 0), ("3", 3), ("x", 0), ("9" * 5_000, 0), ("\u0663", 0)])
def test_count_of(text: str, count: int) -> None:
    assert count_of(text) == count


def test_read_statement_as_root() -> None:
    text = (GOLDEN / "camt" / "v08-net-batch.xml").read_text(encoding="utf-8")
    bare = text[text.index("<Stmt>") : text.index("</Stmt>") + len("</Stmt>")]
    whole = read_file(camt.read, GOLDEN / "camt" / "v08-net-batch.xml")
    assert read(camt, bare.encode())[1:] == whole[1:]
