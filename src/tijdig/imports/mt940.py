"""Reads MT940 statements into movements, for every Dutch bank we know, by shape for the rest.

Source: SWIFT Standards MT940 and `docs/rules/mt940.md`. One statement is held at a time, one booking in it;
the file may be of any size. Amounts are whole cents, positive came in. Where a booking gives no entry day
the value day stands for it. A statement whose sums do not tie is given as it stands: the caller compares.
Statements in another currency than EUR give a `Problem` and nothing else. Left out: intraday MT942, and
batch details, which MT940 does not carry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from tijdig.base.problems import Problem
from tijdig.imports.drafts import Event
from tijdig.imports.mt940_frame import FrameError, fields, place
from tijdig.imports.mt940_page import Page

_HEAD = re.compile(rb"^:20:.*?^:25P?:", re.MULTILINE | re.DOTALL)


def recognises(head: bytes) -> bool:
    """Is this the beginning of an MT940 file: a field 20 and then a field 25, each at the start of a line?"""
    return _HEAD.search(head.replace(b"\r\n", b"\n").replace(b"\r", b"\n")) is not None


def read(stream: BinaryIO) -> Iterator[Event]:
    """Every statement: `Statement`, its `Movement`s, `StatementEnd`; a `Problem` where reading fails.

    Fatal: an empty file, a file without statements, a statement without a readable opening or closing
    balance.
    """
    page, marks, empty = None, "", True
    try:
        for field in fields(stream):
            empty = False
            if field.tag == "":
                marks = "\n".join(field.lines)
            else:
                if field.tag == "20" or page is None:
                    yield from page.finish() if page else ()
                    page = Page(marks, field.line_no)
                yield from page.take(field)
    except FrameError as error:
        yield error.problem
        return
    if page is None:
        yield Problem("mt940_empty" if empty else "mt940_not_mt940", place(1), marks[:200], fatal=True)
    else:
        yield from page.finish()
