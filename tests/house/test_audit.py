"""The audit of `make check`: what fails, what may stay, and that not being able to ask is not the same as good."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Any

from tests.house.audit import Audited, ask_packages, exceptions, judge_code, judge_packages

FOUND = {"filename": "src/tijdig/a/b.py", "line_number": 7, "test_id": "B608", "issue_text": "SQL"}
ALLOWED = {"test": "B608", "files": ["a/*"], "reason": "constants"}
WEAK = {"name": "django", "version": "5.2", "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"]}]}
LOCK = "asgiref==3 \\\n    --hash=sha256:0\ndjango==5.2 \\\n    --hash=sha256:0\n"


def test_a_finding_without_a_reason_fails() -> None:
    assert judge_code([FOUND], []).failures == ("a/b.py:7 B608 SQL",)
    assert judge_code([FOUND], [{**ALLOWED, "test": "B101", "files": []}]).failures
    assert judge_code([FOUND], [{**ALLOWED, "reason": " "}]).failures
    assert judge_code([FOUND], [ALLOWED]) == Audited()


def test_a_reason_without_a_finding_fails() -> None:
    assert judge_code([], [ALLOWED]).failures == ("audit.toml: B608 in a/* is not found any more",)
    weak = {"vulnerability": "PYSEC-9", "reason": "not used"}
    assert judge_packages({"dependencies": [{**WEAK, "vulns": []}]}, [weak]).failures


def test_a_vulnerability_fails_unless_it_has_a_reason() -> None:
    told = {"dependencies": [WEAK]}
    assert judge_packages(told, []).failures == ("django 5.2: PYSEC-1",)
    assert judge_packages(told, [{"vulnerability": "CVE-1", "reason": "not used"}]) == Audited()


def test_what_nobody_could_tell_of_is_skipped_and_said() -> None:
    gone = {"name": "x", "skip_reason": "not found"}
    assert judge_packages({"dependencies": [gone]}, []).skipped == "the index tells nothing of any package"
    assert judge_packages({"dependencies": [gone, {**WEAK, "vulns": []}]}, []).skipped.endswith("x")


def _answering(*answers: str) -> tuple[list[Sequence[str]], Any]:
    asked: list[Sequence[str]] = []

    def run(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        asked.append(words)
        return subprocess.CompletedProcess([], 0, answers[len(asked) - 1], "ConnectionError: nobody there\n")

    return asked, run


def test_one_package_is_asked_about_before_the_others() -> None:
    known, unknown = (
        json.dumps({"dependencies": [one]}) for one in (WEAK, {"name": "x", "skip_reason": "?"})
    )
    asked, run = _answering(unknown)
    assert (ask_packages(LOCK, run), len(asked)) == ("the index tells nothing of django", 1)
    asked, run = _answering("")
    assert (ask_packages(LOCK, run), len(asked)) == ("ConnectionError: nobody there", 1)
    asked, run = _answering(known, known)
    assert (ask_packages(LOCK, run), len(asked)) == ({"dependencies": [WEAK]}, 2)


def test_every_exception_has_a_reason() -> None:
    assert [one for lines in exceptions().values() for one in lines if not one["reason"].strip()] == []
