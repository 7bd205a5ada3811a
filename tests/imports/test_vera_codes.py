"""The code lists: read, dated, and in agreement with the sector's own file where that is at hand."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from tijdig.imports.vera_codes import code_lists, ended_before, known_codes, name_of
from tijdig.imports.vera_fields import CODE_LISTS

SOURCE = (
    Path(__file__).parents[2].parent / "shared" / "samples" / "cc0-vera-referentiedata" / "Referentiedata.csv"
)


def test_known_codes_keep_lists_apart() -> None:
    assert [
        name_of(name, "BET") for name in ("OVEREENKOMSTSOORT", "BOEKINGDETAILSOORT", "RELATIEROLSOORT")
    ] == [
        "Betalerovereenkomst",
        "Betalingsregeling",
        "Betaler",
    ]


def test_known_codes_has_every_list_that_is_checked() -> None:
    used = {name for fields in CODE_LISTS.values() for name in fields.values()}
    assert used - code_lists().keys() == set()
    assert known_codes("BOEKINGSTATUS") == {"VRL", "FIA", "HIS"}


@pytest.mark.parametrize(
    ("code", "day", "ended"),
    [
        ("HND", date(2025, 4, 11), False),
        ("HND", date(2026, 1, 1), True),
        ("INC", date(2026, 1, 1), False),
        ("ZZZ", date(2026, 1, 1), False),
    ],
)
def test_ended_before_by_day(code: str, day: date, ended: bool) -> None:
    assert ended_before("BETAALWIJZESOORT", code, day) is ended


@pytest.mark.skipif(not SOURCE.exists(), reason="the sector's reference list is not beside this project")
def test_lists_agree_with_the_source() -> None:
    with SOURCE.open(encoding="utf-8-sig") as stream:
        rows = [(row["Soort"], row["Code"]) for row in csv.DictReader(stream, delimiter=";")]
    for name, table in code_lists().items():
        assert sorted(table) == sorted({code for soort, code in rows if soort == name})
