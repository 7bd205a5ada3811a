"""`tijdig law`: the forms that must work, and what is refused with a sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result


def command(*arguments: str) -> Result:
    from tijdig.cli.main import app

    return CliRunner().invoke(app, ["law", *arguments], env={"COLUMNS": "200"})


def answer(*arguments: str) -> dict[str, Any]:
    done = command(*arguments, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ("costs 612.34", "91.85"),
        ("costs 612,34", "91.85"),
        ("costs 2100 --vat", "381.15"),
        ("costs 700 700 700", "315.00"),
        ("interest 700 --from 2023-02-02 --to 2026-02-02", "133.87"),
        ("interest 700 --from 02-02-2023 --to 02-02-2026", "133.87"),
    ],
)
def test_the_total_is_text_with_two_decimals_and_has_its_sources(line: str, total: str) -> None:
    found = answer(*line.split())
    assert (found["total"], found["provisional"], found["doubts"]) == (total, False, [])
    assert found["sources"] and found["parts"]


def test_a_term_has_days_and_no_total() -> None:
    found = answer("term", "--sent", "2026-03-06")
    assert found["total"] is None
    assert (found["delivered"], found["last_day"], found["fee_from"]) == (
        "2026-03-10",
        "2026-03-24",
        "2026-03-25",
    )


def test_what_is_not_sure_is_provisional_with_the_reason() -> None:
    small = answer("costs", "100", "--on", "2026-03-01")
    assert (small["total"], small["provisional"], small["doubts"][0]["code"]) == (
        "40.00",
        True,
        "unconfirmed",
    )
    later = answer("interest", "700", "--from", "2026-12-01", "--to", "2027-02-01")
    assert later["doubts"][0]["code"] == "after_known"


def test_for_people_it_is_built_up_step_by_step() -> None:
    done = command("costs", "2100", "--vat")
    for told in (
        "15 procent over € 2.100,00",
        "Btw van 21 procent",
        "Totaal",
        "€ 381,15",
        "Bron:",
        "Stb. 2012, 141",
    ):
        assert told in done.stdout.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("costs -5", "hoger zijn dan nul"),
        ("costs 0", "hoger zijn dan nul"),
        ("costs veel", "geen bedrag"),
        ("costs 1.234", "twee bedragen"),
        ("costs 12.345678", "geen bedrag"),
        ("costs 999999999999", "te hoog"),
        ("costs 700 --on 2010-01-01", "01-07-2012"),
        ("interest 700 --from 1990-01-01 --to 2020-01-01", "01-01-1999"),
        ("interest 700 --from 2026-01-02 --to 2026-01-01", "vóór de begindatum"),
        ("interest 700 --from gisteren --to 2026-01-01", "geen dag"),
        ("term --sent 2005-01-01", "01-07-2012"),
        ("term --sent 9999-12-31", "te ver weg"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(line: str, told: str) -> None:
    done = command(*line.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr
