"""A year of the demo corporation, lived day by day under the shipped way of working: what must hold holds on every day."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

YEAR_HOMES = 300


@pytest.fixture(scope="session")
def lived_year(admin: str) -> dict[str, Any]:
    """The whole year, once a run."""
    from databases import of_its_own
    from tijdig.cli.lived.life import begin

    with of_its_own(admin):
        year = begin(YEAR_HOMES, 365, seed=1)
        assert sum(1 for _ in year.live()) == 365
        return year.plain()


def test_nothing_happens_that_never_may(lived_year: dict[str, Any]) -> None:
    assert [one for one in lived_year["invariants"] if one["breaches"]] == []


def test_every_invariant_was_put_to_the_test(lived_year: dict[str, Any]) -> None:
    looked = {one["name"]: one["checks"] for one in lived_year["invariants"]}
    assert len(looked) == 10
    assert [name for name, checks in looked.items() if not checks] == []


@pytest.mark.parametrize(
    "what",
    [
        "talks",
        "attempts",
        "visits",
        "messages_written",
        "letter_fourteen_day",
        "arrangements_made",
        "arrangements_kept",
        "arrangements_broken_ended",
        "promises",
        "decisions",
        "deviations",
        "objections",
        "signals",
        "hand_overs",
        "conference_decisions",
        "matched",
        "held_taken_back",
    ],
)
def test_the_year_has_all_that_a_year_has(lived_year: dict[str, Any], what: str) -> None:
    assert lived_year["figures"].get(what, 0) > 0


@pytest.fixture
def small(fresh_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command in a database that is there already."""
    from tijdig.cli.lived import ground

    monkeypatch.setattr(ground, "fresh_database", lambda name: None)


def command(*arguments: str) -> Any:
    from tijdig.cli.main import app

    return CliRunner().invoke(app, ["year", "--homes", "20", *arguments], env={"COLUMNS": "200"})


def test_the_command_prints_the_invariants_with_their_breaches(small: None) -> None:
    done = command("--days", "12", "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0, done.stdout
    assert (found["homes"], found["days"], found["breaches"]) == (20, 12, 0)
    assert {frozenset(one) for one in found["invariants"]} == {
        frozenset({"name", "checks", "breaches", "examples"})
    }


def test_a_year_in_which_something_went_wrong_ends_with_1_and_says_what(
    small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tijdig.cli.lived import invariants

    checks = {"sommen gelijk aan standen": lambda memory, seen: iter([f"7 op {seen.on}: fout"])}
    monkeypatch.setattr(invariants, "CHECKS", checks)
    monkeypatch.setattr("tijdig.cli.lived.watch.CHECKS", checks)
    done = command("--days", "2")
    assert done.exit_code == 1
    assert "7 op 2026-01-01: fout" in done.stdout


def test_a_server_of_your_own_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://iets")
    done = command("--days", "2")
    assert done.exit_code == 2
    assert "DATABASE_URL" in done.stdout
