"""A letter becomes bytes: a PDF that is accessible (PDF/UA-1) and can be kept (PDF/A-2a), and the same words as text.

Decides nothing. The same letter with the same text gives the same bytes: the day of the PDF is that of the letter, the
fonts are those that the typesetter brings, and no clock is read. One compiler serves a thread, because it keeps what it
made before: the template, the fonts, and every line that comes back in the next letter.

Errors: `TextError`, `QrError`; a template that breaks the rules for accessible documents is an error of the typesetter.
Example: `render(letter).pdf` begins with `%PDF-`.
Left out: where the bytes are kept.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from tijdig.letters.letter import Letter
from tijdig.letters.sheet import plain, sheet
from tijdig.letters.texts import Text, default

_kept = threading.local()
_FORGETS_AFTER = 12
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]  # to be kept for years, and to be read by everybody


@dataclass(frozen=True, slots=True)
class Rendered:
    """The exact PDF, the same letter as text, the digest (SHA-256) of the PDF, and how many pages it has."""

    pdf: bytes
    text: str
    digest: str
    pages: int


def render(letter: Letter, text: Text | None = None) -> Rendered:
    """The letter on paper and as text; `text` is the one that tijdig ships unless another is given."""
    page = sheet(letter, text or default(letter.kind))
    at = datetime.combine(letter.on, time(), UTC)
    pdf = typeset("letter", page | {"pages": None}, at)
    if (pages := page_count(pdf)) > 1:
        pdf = typeset("letter", page | {"pages": pages}, at)
    return Rendered(pdf, plain(page), hashlib.sha256(pdf).hexdigest(), pages)


def typeset(template: str, data: Mapping[str, Any], at: datetime) -> bytes:
    """The PDF of a template with this data; `at` is the moment that the PDF bears."""
    made = compiler().compile(source_of(template, data), format="pdf", pdf_standards=STANDARDS, timestamp=at)
    assert isinstance(made, bytes)
    return made


def source_of(template: str, data: Mapping[str, Any]) -> bytes:
    """What the typesetter reads: the template with its data.

    The data stands in the source as one string, JSON within, so that nothing in it is markup. As an input of the
    compiler it would make it forget all that it keeps: three times slower.
    """
    said = json.dumps(json.dumps(data, ensure_ascii=False), ensure_ascii=False)
    return f'#import "{template}.typ": {template}\n#{template}(json(bytes({said})))'.encode()


def forget() -> None:
    """Let the typesetter forget a large document: it lets go of what ten documents did not need, so it gets some small ones.

    Without it a batch of many parts grows to ten times what one part needs.
    """
    for number in range(_FORGETS_AFTER):
        compiler().compile(f"#set page(width: {number + 1}cm)\n{number}".encode(), format="pdf")


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of this typesetter has; it writes its page objects in the open."""
    return pdf.count(b"/Type/Page") - pdf.count(b"/Type/Pages")


def compiler() -> typst.Compiler:
    """The compiler of this thread."""
    compiler: typst.Compiler | None = getattr(_kept, "compiler", None)
    if compiler is None:
        compiler = _kept.compiler = typst.Compiler(root=Path(__file__).parent, ignore_system_fonts=True)
    return compiler
