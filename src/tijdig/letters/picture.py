"""A letter as pictures, a page each, for whoever wants to see how it will look before it exists.

Decides nothing: the pictures come from the same sheet and template as the paper (`render`).
Errors: as `render`. Example: `pictures(letter)[0]` begins with the mark of a PNG. Left out: keeping them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from tijdig.letters.letter import Letter
from tijdig.letters.render import compiler, source_of
from tijdig.letters.sheet import sheet
from tijdig.letters.texts import Text, default

_PER_INCH = 120


def pictures(letter: Letter, text: Text | None = None) -> list[bytes]:
    """The pages of the letter as PNG, numbered where there is more than one."""
    page = sheet(letter, text or default(letter.kind))
    length = len(_made(page | {"pages": None}, "svg"))  # a quarter of the time of a picture
    return _made(page | {"pages": length if length > 1 else None}, "png")


def _made(page: Mapping[str, Any], shape: Literal["svg", "png"]) -> list[bytes]:
    made = compiler().compile(source_of("letter", page), format=shape, ppi=_PER_INCH)
    found = made if isinstance(made, list) else [made]
    return [one for one in found if one is not None]
