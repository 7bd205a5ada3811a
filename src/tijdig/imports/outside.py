"""Files from outside, read in a process with limits: what is in them comes here, and nothing else of them does.

The functions with a leading underscore run in that process (`sandbox`); the others ask for it and give what it tells. All
text that comes out was cleaned there (`left_out`): a number that looks like a bsn does not reach the program. `Kept` says
where the file is and how to open it. Raises `Refused` where a limit was met or the file is not ours to open; `ReaderFault`
for a fault in a reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from tijdig.base.bsn import clean
from tijdig.base.problems import Problem
from tijdig.imports import answers, formats
from tijdig.imports.drafts import Event
from tijdig.imports.formats import Format
from tijdig.imports.left_out import LeftOut, kept
from tijdig.imports.own_words import lines_of
from tijdig.imports.sealed import NotOurs, opened
from tijdig.imports.tally import Refused
from tijdig.imports.vera_privacy import Dropped
from tijdig.sandbox.limits import Stopped
from tijdig.sandbox.process import in_a_limited_process, told_by_a_process


@dataclass(frozen=True, slots=True)
class Kept:
    """A file, the name it came with, and the secret it was sealed with (none: it lies open)."""

    path: Path
    name: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is: its format and the name of its source, or why no reader takes it."""

    kind: Format | None
    source: str
    problem: Problem | None


def look(file: Kept) -> Looked:
    """What this file is, by its first bytes."""
    with _asked():
        return in_a_limited_process(_look, file.path, file.secret, file.name)


def bank_events(file: Kept, kind: Format, keys: Set[str] = frozenset()) -> Iterator[Event | LeftOut]:
    """What a bank file tells; at the end how many numbers were left out of it, if any. `keys` are numbers of ours."""
    with _asked():
        yield from told_by_a_process(_bank, file.path, file.secret, kind, keys)


def erp_values(
    file: Kept, kind: Format, said: Mapping[str, Any], keys: Set[str] = frozenset()
) -> Iterator[Any]:
    """What an ERP file or a table tells, read as a person said; at the end how many numbers were left out, if any."""
    with _asked():
        yield from told_by_a_process(_erp, file.path, file.secret, kind, dict(said), keys)


def lines(file: Kept, wanted: Set[int]) -> dict[int, str]:
    """Those lines of a file, as they stand."""
    with _asked():
        return in_a_limited_process(_lines, file.path, file.secret, frozenset(wanted)) if wanted else {}


@contextmanager
def _asked() -> Iterator[None]:
    try:
        yield
    except Stopped as stopped:
        raise Refused(Problem(stopped.reason.value, fatal=True)) from None
    except (NotOurs, FileNotFoundError):
        raise Refused(Problem("file_not_ours", fatal=True)) from None


def _file(stream: BinaryIO, secret: str) -> BinaryIO:
    return opened(stream, secret) if secret else stream


def _look(stream: BinaryIO, secret: str, name: str) -> Iterable[Looked]:
    file = _file(stream, secret)
    head = file.read(formats.HEAD_BYTES)
    kind = formats.recognise(head, name)
    if kind is None:
        problem = formats.unknown(head, name)
        yield Looked(None, "", replace(problem, text=clean(problem.text)))
        return
    file.seek(0)
    yield Looked(kind, answers.source_key(kind, file) if kind.family == "erp" else "", None)


def _bank(stream: BinaryIO, secret: str, kind: Format, keys: Set[str]) -> Iterable[Event | LeftOut]:
    return kept(formats.bank_events(kind, _file(stream, secret)), keys)


def _erp(
    stream: BinaryIO, secret: str, kind: Format, said: Mapping[str, Any], keys: Set[str]
) -> Iterable[Any]:
    dropped = Dropped()
    try:
        yield from kept(answers.values(kind, _file(stream, secret), said, dropped), keys, dropped)
    except Refused as refused:
        yield from kept([refused.problem], keys)


def _lines(stream: BinaryIO, secret: str, wanted: Set[int]) -> Iterable[dict[int, str]]:
    yield lines_of(_file(stream, secret), set(wanted))
