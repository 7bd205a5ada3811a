"""`tijdig position`, `night`, `import` and `doctor` on a corporation of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

if TYPE_CHECKING:
    from doors import Corporation

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture
def corporation(organisation: int) -> Iterator[Corporation]:
    """The commands, with a corporation; the database is up already, so bringing it up does nothing."""
    import doors
    from tijdig.cli import main as cli

    before = cli._wiring
    cli.wire(
        cli.Wiring(
            boot=lambda *_, **__: None,
            data_folder=Path,
            wipe=lambda: None,
            admin_dsn=str,
            start_worker=lambda: lambda: None,
        )
    )
    yield doors.corporation(organisation)
    cli._wiring = before


def command(*arguments: str) -> Result:
    from tijdig.cli.main import app

    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})


def test_position_as_json_says_where_a_contract_stands(corporation: Corporation) -> None:
    contract = corporation.lease(1)
    done = command("position", contract, "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (found["contract_number"], found["overdue_cents"], found["due_months"]) == (contract, 130_020, 2)
    assert "rules" not in found


def test_position_explained_shows_every_rule_and_the_one_that_matched(corporation: Corporation) -> None:
    contract = corporation.lease(1)
    rules = json.loads(command("position", contract, "--json", "--explain").stdout)["rules"]
    assert [rule["matched"] for rule in rules].count(True) == 1
    assert f"→ {rules[-1]['label']}" in command("position", contract, "--explain").stdout


def test_position_as_of_a_day_before_the_debt_owes_nothing(corporation: Corporation) -> None:
    contract = corporation.lease(1)
    day = f"{corporation.today - timedelta(days=60)}"
    assert json.loads(command("position", contract, "--json", "--as-of", day).stdout)["overdue_cents"] == 0


def test_position_as_known_before_the_debt_is_reconstructed(corporation: Corporation) -> None:
    contract = corporation.lease(1)
    day = f"{corporation.today - timedelta(days=30)}"
    found = json.loads(command("position", contract, "--json", "--known-at", day).stdout)
    assert (found["reconstructed"], found["balance_cents"]) == (True, 65_010)


def test_position_of_an_unknown_contract_says_so(corporation: Corporation) -> None:
    done = command("position", "NERGENS")
    assert (done.exit_code, "Contract NERGENS is niet bekend." in done.stdout) == (1, True)


@pytest.mark.parametrize("option", ["--as-of", "--known-at"])
def test_a_day_that_is_none_is_a_wrong_use(option: str, corporation: Corporation) -> None:
    done = command("position", "C-1", option, "gisteren")
    assert (done.exit_code, "is geen dag" in done.output) == (2, True)


def test_night_of_a_day_says_what_it_found(corporation: Corporation) -> None:
    for number in (1, 2):
        corporation.lease(number)
    corporation.lease(3, behind=False)
    day = corporation.today - timedelta(days=20)
    done = command("night", "--date", f"{day}")
    assert done.exit_code == 0
    assert f"{day:%d-%m-%Y}: 3 contracten" in done.stdout
    assert "2 meldingen, 0 voldaan" in done.stdout


def test_night_once_more_changes_nothing(corporation: Corporation) -> None:
    corporation.lease(1)
    command("night")
    assert "0 meldingen, 0 voldaan, 0 veranderd" in command("night").stdout


def test_import_reads_and_says_where_every_line_went(corporation: Corporation) -> None:
    corporation.read()
    (row,) = json.loads(command("import", str(GOLDEN / "camt" / "v02-day.xml"), "--json").stdout)
    assert row["seconds"] is not None
    parts = ("posted", "queued", "duplicate", "held", "other", "split", "noticed", "quarantined")
    assert (row["state"], row["balanced"]) == ("done", True)
    assert sum(row[part] for part in parts) == row["lines"] == 14


def test_import_of_the_same_file_posts_nothing_twice(corporation: Corporation) -> None:
    corporation.read("camt/v02-day.xml")
    (row,) = json.loads(command("import", str(GOLDEN / "camt" / "v02-day.xml"), "--json").stdout)
    assert (row["state"], row["posted"]) == ("duplicate", 0)


def test_doctor_lists_its_checks(corporation: Corporation) -> None:
    done = command("doctor")
    assert "✓ Database: bereikbaar, schema bij de tijd." in done.stdout
    assert done.exit_code == (1 if "✗" in done.stdout else 0)


@pytest.mark.parametrize(
    ("day", "line"),
    [
        ("2026-11-21", "✓ Recht: alle getallen uit de wet zijn op tijd nagekeken."),
        (
            "2027-01-01",
            "! Recht: De wettelijke rente is bekend tot en met 31-12-2026: zoek het nieuwe percentage op.",
        ),
    ],
)
def test_doctor_warns_of_the_law_and_does_not_fail_for_it(
    day: str, line: str, corporation: Corporation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tijdig.law import standing

    on, real = date.fromisoformat(day), standing.attention
    monkeypatch.setattr(standing, "attention", lambda _: real(on))
    done = command("doctor")
    assert line in done.stdout
    assert done.exit_code == (1 if "✗" in done.stdout else 0)


def test_an_unknown_command_is_a_wrong_use() -> None:
    assert command("bestaat-niet").exit_code == 2
