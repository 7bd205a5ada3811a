"""`tijdig retention` says what would go, erases it once, and never ahead of time."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from tests.privacy import leavers
from typer.testing import CliRunner

from tijdig.cli.main import app
from tijdig.privacy.actions_rules import approve

LONG_AGO = date(2019, 12, 31)


@pytest.fixture
def office(organisation: int, monkeypatch: pytest.MonkeyPatch) -> int:
    from tijdig.cli import retention as command

    monkeypatch.setattr(command, "boot", lambda: None)
    return organisation


def told(*args: str) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["retention", "--json", *args])
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.output)
    return found[0]


def test_without_rules_it_says_so(office: int) -> None:
    assert told()["version"] is None
    result = CliRunner().invoke(app, ["retention"])
    assert "er gelden geen bewaartermijnen" in result.output


def test_a_look_erases_nothing_and_the_work_is_done_once(office: int) -> None:
    leavers.left(office)
    approve(
        organisation_id=office,
        years={},
        from_on=LONG_AGO + timedelta(days=1),
        reason="Proef.",
        on=LONG_AGO,
        **leavers.BY,
    )
    later = "2031-01-01"
    looked = told("--dry-run", "--date", later)
    assert looked["tenancies"] == 1 and looked["rows"]["people"] == 1
    assert told("--dry-run", "--date", later) == looked
    assert told()["rows"] == {}  # today it is not over


def test_erasing_ahead_of_time_is_refused(office: int) -> None:
    result = CliRunner().invoke(app, ["retention", "--date", "2099-01-01"])
    assert result.exit_code == 2 and "vooruit" in result.output
