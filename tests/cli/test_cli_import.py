"""`tijdig import --dry-run --json`: looks at files without a database, and says what is in them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parents[1] / "golden"
KEYS = [
    "format",
    "statements",
    "entries",
    "transactions",
    "credit_cents",
    "debit_cents",
    "balanced",
    "errors",
]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The real command, where no database can be found or started."""
    without = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TIJDIG_", "DJANGO_", "DATABASE"))
    }
    return subprocess.run(
        [sys.executable, "-c", "from tijdig.project.main import main; main()", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=folder,
        env=without
        | {"TIJDIG_DATA": str(folder / "data"), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
    )


def look(folder: Path, *names: str) -> tuple[int, list[dict[str, Any]]]:
    done = run(folder, "import", "--dry-run", "--json", *(str(GOLDEN / name) for name in names))
    return done.returncode, json.loads(done.stdout)


def test_a_dry_run_gives_one_report_a_file_with_the_promised_keys(tmp_path: Path) -> None:
    code, reports = look(tmp_path, "camt/v02-day.xml", "mt940/ing.940", "vera/overeenkomsten.csv")
    assert code == 0
    assert [one["file"] for one in reports] == ["v02-day.xml", "ing.940", "overeenkomsten.csv"]
    assert [[key for key in KEYS if key in one] for one in reports] == [KEYS, KEYS, KEYS]
    assert not (tmp_path / "data" / "postgres").exists()


def test_a_camt_file_is_counted_to_the_cent(tmp_path: Path) -> None:
    """The golden day says the same: 13 entries, 14 movements, together 2,701.63."""
    _, (found,) = look(tmp_path, "camt/v02-day.xml")
    told = [json.loads(line.rstrip(",\n")) for line in _lines("camt/v02-day.xml.json")]
    amounts = [one["amount_cents"] for one in told if one["event"] == "Movement"]
    assert (found["format"], found["statements"], found["entries"]) == ("camt.053.001.02", 1, 13)
    assert found["transactions"] == len(amounts) == 14
    assert found["credit_cents"] == sum(amount for amount in amounts if amount > 0)
    assert found["debit_cents"] == -sum(amount for amount in amounts if amount < 0)
    assert (found["balanced"], found["errors"]) == (True, [])


def _lines(name: str) -> list[str]:
    return (GOLDEN / name).read_text(encoding="utf-8").splitlines()[1:-1]


@pytest.mark.parametrize(
    ("name", "code", "format_", "balanced", "errors"),
    [
        ("camt/not-tying.xml", 0, "camt.053.001.02", False, []),
        ("vera/overeenkomsten.csv", 0, "vera_csv/overeenkomsten", None, ["line"]),
        ("camt/plain.txt", 1, None, None, ["fatal"]),
        ("camt/empty.xml", 1, None, None, ["fatal"]),
        ("camt/truncated.xml", 1, "camt.053.001.02", None, ["fatal"]),
        ("camt/doctype-bomb.xml", 1, "camt", None, ["fatal"]),
    ],
)
def test_a_file_says_whether_it_can_be_used(
    name: str, code: int, format_: str | None, balanced: bool | None, errors: list[str], tmp_path: Path
) -> None:
    exit_code, (found,) = look(tmp_path, name)
    assert (exit_code, found["format"], found["balanced"]) == (code, format_, balanced)
    assert ["fatal" if one["fatal"] else "line" for one in found["errors"]] == errors
    assert all(one["message"].endswith(".") and one["code"] for one in found["errors"])


def test_a_file_that_is_not_there_is_a_wrong_use(tmp_path: Path) -> None:
    done = run(tmp_path, "import", "--dry-run", "nergens.xml")
    assert (done.returncode, "nergens.xml" in done.stderr) == (2, True)


def test_a_database_that_cannot_be_reached_is_said_by_the_doctor(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor")
    assert (done.returncode, "✗ Database" in done.stdout) == (1, True)
    assert "TIJDIG_DATA" in done.stdout
