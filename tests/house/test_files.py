"""What may not stand in any file, and what the lists of packages must hold."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.house.trees import HOUSE

PLACES = ("src", "tests", "docs", ".ci")
LEFT_OUT = ("__pycache__", ".egg-info")
BINARY = frozenset(
    {".png", ".ico", ".woff2", ".mo", ".xlsx", ".zip", ".gz", ".parquet", ".ttf", ".otf", ".pdf"}
)
# Written in parts, so that this file does not hold them itself.
HOSTS = re.compile("|".join(["py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.org", r"crates\." + "io"]))
MACHINE = re.compile(
    r"(?<![\w.:/-])/(?:" + "|".join(["wo" + "rk", "ho" + "me", "ro" + "ot", "tm" + "p"]) + ")/"
)
UNFINISHED = re.compile("|".join([r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", "NotImplemented" + "Error"]))


def _files() -> Iterator[Path]:
    yield from (path for path in HOUSE.iterdir() if path.is_file() and path.name != ".git")
    for place in PLACES:
        for path in (HOUSE / place).rglob("*"):
            if path.is_file() and not any(part.endswith(LEFT_OUT) for part in path.parts):
                yield path


@cache
def _texts() -> dict[str, str]:
    return {
        path.relative_to(HOUSE).as_posix(): path.read_bytes().decode("utf-8", "replace")
        for path in sorted(_files())
        if path.suffix not in BINARY
    }


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{text.count(chr(10), 0, hit.start()) + 1} {hit.group()}"
        for name, text in _texts().items()
        for hit in pattern.finditer(text)
    ]


@pytest.mark.parametrize(
    "pattern", [HOSTS, MACHINE, UNFINISHED], ids=["registry-host", "machine-path", "unfinished"]
)
def test_no_file_holds_what_belongs_to_one_machine_or_is_not_done(pattern: re.Pattern[str]) -> None:
    assert _lines_with(pattern) == []


LOCKS = ("requirements.lock", "requirements-spark.lock")
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)")


def _locked(name: str) -> dict[str, list[str]]:
    """Each requirement of a lock with the digests that follow it."""
    found: dict[str, list[str]] = {}
    last = ""
    for line in (HOUSE / name).read_text(encoding="utf-8").splitlines():
        if hit := REQUIREMENT.match(line):
            last = hit[1].lower()
            found[last] = []
        elif hash_ := re.fullmatch(r"\s+--hash=sha256:([0-9a-f]{64})(?: \\)?", line):
            found[last].append(hash_[1])
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_digests(name: str) -> None:
    locked = _locked(name)
    assert locked != {}
    assert [package for package, digests in locked.items() if not digests] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_packages_and_nothing_else(name: str) -> None:
    """No address of an index, no package from an address: where to fetch is the machine's own business."""
    known = re.compile(
        r"\s*#.*|\s*|\s+--hash=sha256:[0-9a-f]{64}(?: \\)?|[A-Za-z0-9._-]+==\S+(?: ; .*)?(?: \\)?"
    )
    lines = (HOUSE / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not known.fullmatch(line) or "://" in line] == []


def test_every_package_that_the_program_asks_for_is_locked() -> None:
    asked = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bare = {re.match(r"[A-Za-z0-9._-]+", one).group().lower() for one in asked["dependencies"]}  # type: ignore[union-attr]
    assert bare - set(_locked("requirements.lock")) == set()


def test_no_test_fails_for_how_long_something_took() -> None:
    """Speed is measured by `tijdig bench`, as ratios; `tests/hangs.py` guards against what never ends."""
    clocks = re.compile("perf_" + "counter|process_" + "time|thread_" + "time")
    timed = [
        name
        for name, text in _texts().items()
        if name.startswith("tests/") and name != "tests/hangs.py" and clocks.search(text)
    ]
    assert timed == []
