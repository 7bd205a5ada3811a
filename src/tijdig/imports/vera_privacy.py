"""What may never come in: the citizen service number and three other facts without ground in collection.

`bsn`, `nationaliteit`, `burgerlijkeStaat` and `opleidingen` are dropped at the door, in whatever spelling and
at whatever depth, before any value or message is made. In free text a number of nine digits that passes the
eleven test of the bsn is masked: a suspicion only, because RSIN and old bank accounts use the same test, so
keys and references are left alone. Source: article 46 of the UAVG (a bsn only where a law says so) and the
principle of least data (article 5 GDPR). What it leaves out: names and addresses, which collection needs;
numbers broken by other marks than dot or space.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

MASK = "▒▒▒"
_STEMS = ("bsn", "burgerservicen", "sofi", "nationaliteit", "burgerlijkestaat", "opleiding")
_NINE = re.compile(r"(?<!\d)\d(?:[ .]?\d){8}(?!\d)")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


@lru_cache(maxsize=4096)
def is_private(name: str) -> bool:
    """Is this name, or a part of this dotted path, dropped? `is_private("persoon.BSN")` is true."""
    parts = name.lower().split(".")
    return any(re.sub(r"[^a-z]", "", part).startswith(_STEMS) for part in parts)


def passes_eleven_test(digits: str) -> bool:
    """The eleven test of the bsn, on nine digits; 000000000 does not count."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    return total % 11 == 0 and digits != "000000000"


def _masked(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match.group())
    return MASK if passes_eleven_test(digits) else match.group()


def mask_text(text: str) -> str:
    """Text without numbers that look like a bsn: `mask_text("bsn 111222333 ok")` is `"bsn ▒▒▒ ok"`."""
    return _NINE.sub(_masked, text)


def scrub(value: object) -> object:
    """A JSON value without the dropped fields, at any depth, and with its strings masked."""
    if isinstance(value, dict):
        return {key: scrub(item) for key, item in value.items() if not is_private(key)}
    if isinstance(value, list):
        return [scrub(item) for item in value]
    return mask_text(value) if isinstance(value, str) else value


def scrub_row(header: Sequence[str], cells: Sequence[str], delimiter: str) -> str:
    """A row of a table as text, for a message: dropped columns masked, and whatever might have shifted into
    view.

    Where the row has more or fewer cells than the header, a private value may stand under any other name:
    then only the cells before the first private column are shown.
    """
    private = [place for place, name in enumerate(header) if is_private(name)]
    shown = [MASK if place in private else mask_text(cell) for place, cell in enumerate(cells)]
    if private and len(cells) != len(header):
        shown = [*shown[: private[0]], MASK]
    return delimiter.join(shown)
