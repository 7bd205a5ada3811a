"""The public camt and pain samples: entries, transactions, whether balances agree, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from tests.imports.golden_events import read_file

from tijdig.base.problems import Problem
from tijdig.imports import camt, pain002, pain008
from tijdig.imports.drafts import Collection, Event, Movement, Nature, Refusal, Statement, StatementEnd

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files are not beside the project")


class Told(NamedTuple):
    """Entries, movements, and per statement: does opening plus entries equal closing (None: not known)?"""

    entries: int
    movements: int
    ties: tuple[bool | None, ...]
    problems: tuple[str, ...] = ()


STATEMENTS = {
    # 26 transactions, and three entries that have none
    "eupl-huishoudboekje/camt053v02-abn.xml": Told(13, 29, (True,)),
    # 7 transactions, and two batches without details
    "eupl-huishoudboekje/camt053v02-ing.xml": Told(9, 9, (True,)),
    "eupl-huishoudboekje/camt053v02-rabobank.xml": Told(6, 6, (True,)),
    "eupl-huishoudboekje/camt053v02-single-entry.xml": Told(1, 1, (None,), ("details_differ",)),
    "eupl-huishoudboekje/camt053v02-negative-amount.xml": Told(1, 0, (None,), ("amount_negative",)),
    "eupl-huishoudboekje/camt053-wrong-version.xml": Told(0, 0, (None,)),
    "agpl-oca/camt053v02-abn-two-returns-one-entry.xml": Told(3, 4, (False,)),
    "agpl-oca/camt053v02-booking-datetime.xml": Told(1, 1, (False,)),
    "agpl-oca/camt054v02-unpaid.xml": Told(1, 1, (None,)),
    "mit-genkgo-camt/camt053.v8.xml": Told(1, 1, (None,), ("balance_currency",)),
    "mit-genkgo-camt/camt053.v2.multi.statement.xml": Told(2, 2, (True, True)),
    "mit-genkgo-camt/camt052.v8.xml": Told(1, 0, (None,), ("currency", "currency")),
    "mit-genkgo-camt/camt054.v8.xml": Told(1, 0, (None,), ("currency", "currency")),
    "own/camt053v08-gross-batch-and-returns.xml": Told(6, 7, (True,)),
    "own/camt053v08-net-batch.xml": Told(1, 1, (True,)),
}
REFUSED = {
    "eupl-huishoudboekje/camt053v02-xml-entity-attack.xml": "xml_doctype",
    "mit-genkgo-camt/camt053.v2.wrong.xml": "camt_no_statement",
}


def _ties(head: Statement, end: StatementEnd) -> bool | None:
    if head.opening_cents is None or head.closing_cents is None:
        return None
    return head.opening_cents + end.movement_cents == head.closing_cents


def told(found: list[Event]) -> Told:
    heads = [event for event in found if isinstance(event, Statement)]
    ends = [event for event in found if isinstance(event, StatementEnd)]
    return Told(
        sum(end.entry_count for end in ends),
        sum(isinstance(event, Movement) for event in found),
        tuple(_ties(head, end) for head, end in zip(heads, ends, strict=True)),
        tuple(event.code for event in found if isinstance(event, Problem)),
    )


def movements(name: str) -> list[Movement]:
    return [event for event in read_file(camt.read, SAMPLES / name) if isinstance(event, Movement)]


@pytest.mark.parametrize("name", STATEMENTS)
def test_sample_statement(name: str) -> None:
    assert told(read_file(camt.read, SAMPLES / name)) == STATEMENTS[name]


@pytest.mark.parametrize("name", REFUSED)
def test_sample_refused(name: str) -> None:
    (only,) = read_file(camt.read, SAMPLES / name)
    assert isinstance(only, Problem)
    assert (only.code, only.fatal) == (REFUSED[name], True)


def test_samples_are_all_named() -> None:
    found = {str(path.relative_to(SAMPLES)) for path in SAMPLES.glob("*/camt*.xml")}
    assert found == STATEMENTS.keys() | REFUSED.keys()


@pytest.mark.parametrize(
    ("name", "stornos"),
    [
        ("eupl-huishoudboekje/camt053v02-abn.xml", [(-100, "MS03"), (-92_100, "MS03")]),
        ("eupl-huishoudboekje/camt053v02-ing.xml", [(-3_000, "MD06")]),
        ("eupl-huishoudboekje/camt053v02-rabobank.xml", [(-1, "")]),
        ("agpl-oca/camt053v02-abn-two-returns-one-entry.xml", [(-56_405, "AC06"), (-10_000, "AC06")]),
        ("agpl-oca/camt054v02-unpaid.xml", [(-10_000, "AC06")]),
        ("own/camt053v08-gross-batch-and-returns.xml", [(-65_010, "AM04"), (-65_010, "MD06")]),
    ],
)
def test_sample_stornos(name: str, stornos: list[tuple[int, str]]) -> None:
    found = [(m.amount_cents, m.reason_code) for m in movements(name) if m.nature is Nature.STORNO]
    assert found == stornos


def test_sample_returned_transfer_is_not_a_storno() -> None:
    found = [
        m for m in movements("own/camt053v08-gross-batch-and-returns.xml") if m.end_to_end_id == "TERUG-77"
    ]
    assert [(m.nature, m.amount_cents) for m in found] == [(Nature.RETURNED_TRANSFER, 2_000)]


def test_sample_tenant_under_debtor_is_the_other_side() -> None:
    (only,) = movements("agpl-oca/camt054v02-unpaid.xml")
    assert (only.counter_account, only.counter_name) == ("IE16AIBK93110187654321", "DEBTOR4")


def test_sample_booking_moment_is_the_amsterdam_day() -> None:
    (only,) = movements("agpl-oca/camt053v02-booking-datetime.xml")
    assert only.booked_on.isoformat() == "2014-01-05"


@pytest.mark.parametrize("name", ["pain008v02-abn.xml", "pain008v02-ing.xml"])
def test_sample_collections(name: str) -> None:
    found = read_file(pain008.read, SAMPLES / "mit-dutch-sepa" / name)
    expected = {"pain008v02-abn.xml": [("2000000038", 160_000)], "pain008v02-ing.xml": [("E2EID001", 101)]}
    assert [(e.end_to_end_id, e.amount_cents) for e in found if isinstance(e, Collection)] == expected[name]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("agpl-oca/pain002v03-rejects.xml", ["AC01", "MS02", "MD06", "AM04"]),
        ("own/pain002v10-rejects.xml", ["MS03", "MD07"]),
    ],
)
def test_sample_refusals(name: str, reasons: list[str]) -> None:
    found = read_file(pain002.read, SAMPLES / name)
    assert [event.reason_code for event in found if isinstance(event, Refusal)] == reasons
    assert len(found) == len(reasons)
