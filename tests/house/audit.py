"""What bandit finds in the code and pip-audit in the packages, beside the exceptions of `audit.toml`: part of `make check`.

A finding without a line there fails, and so does a line without a finding. Where nobody can be asked about the packages (no
network, or an index that knows none of them) that is said in a line of its own: nothing was looked at, so nothing passed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).parents[2]
_SOURCE = "src/tijdig/"
_WELL_KNOWN = "django"  # every index that tells of vulnerabilities knows it
Run = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]


@dataclass(frozen=True, slots=True)
class Audited:
    """`failures` are sentences; `skipped` says why nothing was looked at."""

    failures: tuple[str, ...] = ()
    skipped: str = ""


def exceptions() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((HOUSE / "audit.toml").read_text(encoding="utf-8"))


def judge_code(found: Sequence[Mapping[str, Any]], allowed: Sequence[Mapping[str, Any]]) -> Audited:
    """The findings of bandit (its JSON results) beside what is allowed."""
    failures, used = [], set()
    for one in found:
        where = str(one["filename"]).removeprefix("./").removeprefix(_SOURCE)
        lines = [
            (line["test"], pattern)
            for line in allowed
            if line["test"] == one["test_id"] and str(line["reason"]).strip()
            for pattern in line["files"]
            if fnmatch(where, pattern)
        ]
        used.update(lines)
        if not lines:
            failures.append(f"{where}:{one['line_number']} {one['test_id']} {one['issue_text']}")
    for line in allowed:
        failures += [
            f"audit.toml: {line['test']} in {pattern} is not found any more"
            for pattern in line["files"]
            if (line["test"], pattern) not in used
        ]
    return Audited(tuple(failures))


def judge_packages(told: Mapping[str, Any], allowed: Sequence[Mapping[str, Any]]) -> Audited:
    """What pip-audit told (its JSON) beside what is allowed. A package that nobody could tell of was not looked at."""
    looked = [one for one in told["dependencies"] if "skip_reason" not in one]
    if not looked:
        return Audited(skipped="the index tells nothing of any package")
    reasons = {line["vulnerability"] for line in allowed if str(line["reason"]).strip()}
    found = {
        name: f"{one['name']} {one['version']}: {weak['id']}"
        for one in looked
        for weak in one["vulns"]
        for name in [next(iter({weak["id"], *weak["aliases"]} & reasons), weak["id"])]
    }
    missed = [one["name"] for one in told["dependencies"] if "skip_reason" in one]
    failures = [text for name, text in sorted(found.items()) if name not in reasons]
    failures += [f"audit.toml: {name} is not found any more" for name in sorted(reasons - found.keys())]
    return Audited(tuple(failures), f"not known to the index: {', '.join(missed)}" if missed else "")


def ask_packages(lock: str, run: Run) -> dict[str, Any] | str:
    """What pip-audit tells of a lock, or why it tells nothing. One well-known package is asked about first."""
    known = next(line for line in lock.splitlines() if line.startswith(f"{_WELL_KNOWN}=="))
    first = _told(f"{known.removesuffix(chr(92)).strip()}\n", run)
    if isinstance(first, str):
        return first
    if not [one for one in first["dependencies"] if "skip_reason" not in one]:
        return f"the index tells nothing of {_WELL_KNOWN}"
    return _told(lock, run)


def _told(requirements: str, run: Run) -> dict[str, Any] | str:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "requirements.txt"
        place.write_text(requirements, encoding="utf-8")
        words = ["pip_audit", "-r", str(place), "--disable-pip", "--no-deps", "-f", "json"]
        done = run([*words, "--vulnerability-service", "pypi", "--progress-spinner", "off", "--timeout", "5"])
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return (done.stderr.strip().splitlines() or ["no answer"])[-1][:200]
    return answer


def _run(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, cwd=HOUSE)


def main() -> int:
    allowed = exceptions()
    answer = json.loads(_run(["bandit", "-q", "-r", "src", "-f", "json"]).stdout)
    broken = tuple(f"bandit cannot read {one['filename']}: {one['reason']}" for one in answer["errors"])
    code = judge_code(answer["results"], allowed.get("code", []))
    told = ask_packages((HOUSE / "requirements.lock").read_text(encoding="utf-8"), _run)
    packages = (
        Audited(skipped=told) if isinstance(told, str) else judge_packages(told, allowed.get("package", []))
    )
    failures = (*broken, *code.failures, *packages.failures)
    for one in failures:
        print(one)
    print(f"bandit: {len(answer['results'])} findings, {len(code.failures) + len(broken)} without a reason.")
    if not isinstance(told, str):
        print(f"pip-audit: {len(packages.failures)} vulnerabilities without a reason.")
    if packages.skipped:
        print(f"pip-audit: SKIPPED, so not known to be good ({packages.skipped}).")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
