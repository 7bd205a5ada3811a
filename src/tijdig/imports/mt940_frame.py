"""Cuts an MT940 stream into tagged fields, whatever wraps, blocks and line ends stand around them.

Source: SWIFT Standards MT940 (field order and tags) and the habits of Dutch banks listed in
`docs/rules/mt940.md`. A field runs from its tag at the start of a line to the next tag. Lines outside any
field (SWIFT blocks `{1:...}`, `:940:`, a bank's own header) come as a field with an empty tag: they tell
which bank wrote the file. Left out: what the fields mean. Memory is bounded by `MAX_LINE` bytes a line and
`MAX_LINES` lines a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tijdig.base.problems import Problem

MAX_LINE = 8_192
MAX_LINES = 200
MAX_PREAMBLE = 40

_TAG = re.compile(r"^:(13D|20|21|25P?|28C?|34F|60[FM]|61|62[FM]|64|65|86|90[CD]):")
_BLOCK = re.compile(r"^(?:\{\d:|:940:)")
_END = re.compile(r"^(?:-|-?\}.*)$")
_CONTROL = dict.fromkeys((*range(32), 127), " ") | {0xAD: "-"}


class FrameError(Exception):
    """The stream cannot be MT940 as banks write it; `problem` says why, and is fatal."""

    def __init__(self, code: str, line_no: int, text: str) -> None:
        super().__init__(f"{code}: line {line_no}")
        self.problem = Problem(code, place(line_no), text[:200], fatal=True)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its tag (empty outside fields), the number of its first line, its lines without tag."""

    tag: str
    line_no: int
    lines: tuple[str, ...]

    @property
    def value(self) -> str:
        """The lines as one text; these short fields are at most cut in two, never padded."""
        return "".join(self.lines).strip()


def place(line_no: int) -> str:
    return f"regel {line_no}"


def fields(stream: BinaryIO) -> Iterator[Field]:
    """The fields of a stream in order. Raises `FrameError` on what cannot be MT940.

    A lone dash ends a statement only after its closing balance: before that it may be the hyphen of a mandate
    number that the bank wrapped onto a line of its own.
    """
    tag, start, lines, closing_seen = "", 1, list[str](), False
    for number, line in _lines(stream):
        match = _TAG.match(line)
        ends = closing_seen and bool(_END.match(line))
        if match or ends or (tag and _BLOCK.match(line)):
            yield from _field(tag, start, lines, next_tag=match[1] if match else "")
            tag, start = match[1] if match else "", number
            lines = [line[match.end() :]] if match else [] if ends else [line]
            closing_seen = tag.startswith("62") or (closing_seen and tag in ("64", "65", "86"))
        else:
            lines.append(line)
            _check_size(tag, number, lines)
    yield from _field(tag, start, lines, next_tag="")


def _field(tag: str, start: int, lines: list[str], next_tag: str) -> Iterator[Field]:
    """The field, without the end marks of a statement that was broken off before its closing balance."""
    if next_tag in ("", "20"):
        while len(lines) > 1 and (not lines[-1].strip() or _END.match(lines[-1])):
            lines.pop()
    if tag or any(line.strip() for line in lines):
        yield Field(tag, start, tuple(lines))


def _check_size(tag: str, number: int, lines: list[str]) -> None:
    if not tag and len(lines) > MAX_PREAMBLE:
        raise FrameError("mt940_not_mt940", 1, next((line for line in lines if line.strip()), ""))
    if len(lines) > MAX_LINES:
        raise FrameError("mt940_too_long", number, lines[-1])


def _lines(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    number = 0
    while raw := stream.readline(MAX_LINE):
        number += 1
        if len(raw) == MAX_LINE and not raw.endswith(b"\n"):
            raise FrameError("mt940_too_long", number, _text(raw))
        yield number, _text(raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw)


def _text(raw: bytes) -> str:
    """Text of one line. A soft hyphen stands for a hyphen; control characters become spaces."""
    raw = raw.rstrip(b"\r\n\x1a")
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding).translate(_CONTROL)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1").translate(_CONTROL)
