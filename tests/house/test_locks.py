"""Every number that a transaction waits on in the database belongs to one place: no two rooms wait for each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.house.trees import SOURCE

NAMED = re.compile(r"^_?(?:[A-Z]+_)*LOCK = (\d+)", re.MULTILINE)
LITERAL = re.compile(r"pg_(?:try_)?advisory_\w+\((\d+)")
CALLED = re.compile(r"pg_(?:try_)?advisory_\w+(?:\{\w+\})?\(%s, %s\)\", \[(\w+)")


def _texts() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8")


def test_each_number_of_a_lock_is_defined_once() -> None:
    found = [
        (int(number), where)
        for where, text in _texts()
        for pattern in (NAMED, LITERAL)
        for number in pattern.findall(text)
    ]
    times = Counter(number for number, _ in found)
    assert [one for one in found if times[one[0]] > 1] == []
    assert len(found) > 1, "no lock was found: look at how they are written"


def test_a_lock_is_taken_by_a_number_that_its_own_file_names() -> None:
    unknown = [
        f"{where}: {name}"
        for where, text in _texts()
        for name in CALLED.findall(text)
        if name not in re.findall(r"^(_?(?:[A-Z]+_)*LOCK) = \d+", text, re.MULTILINE)
    ]
    assert unknown == []
