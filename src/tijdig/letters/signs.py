"""Which signs can be printed: those that the typesetter has a shape for.

Decides by asking it, because a letter with a sign that it cannot show is no accessible PDF and is refused as a whole.
What it answers of a sign is kept. Errors: none. Example: `unprintable("Bel ons 😊")` is the face, `unprintable("Zoë")` is
nothing. Left out: signs that only have a shape together.
"""

from __future__ import annotations

import json
from functools import lru_cache

import typst

from tijdig.letters.render import STANDARDS, compiler

_EVERY_DAY = frozenset(chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100)))
_SOURCE = (
    '#set document(title: "x")\n#set text(font: "Libertinus Serif", lang: "nl")\n#json(bytes({said})).at(0)'
)


def unprintable(text: str) -> str:
    """The first sign of this text, in the order of their codes, that cannot be printed; empty when all can."""
    unusual = sorted(set(text) - _EVERY_DAY)
    if not unusual or _printed("".join(unusual)):
        return ""
    return next((sign for sign in unusual if not _printed(sign)), "")


@lru_cache(maxsize=2_000)
def _printed(signs: str) -> bool:
    if not signs.isprintable() and any(ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0 for sign in signs):
        return False
    said = json.dumps(json.dumps([signs], ensure_ascii=False), ensure_ascii=False)
    try:
        compiler().compile(_SOURCE.format(said=said).encode(), format="pdf", pdf_standards=STANDARDS)
    except typst.TypstError:
        return False
    return True
