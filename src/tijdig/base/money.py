"""Money is whole cents, from the first character read to the last one shown.

Amounts enter as text and go straight to `int` cents: never through a float, never rounded. What cannot be
read exactly is a `Problem`, not a zero.
"""

from __future__ import annotations

import re

_DOT = re.compile(r"^(-?)(\d+)(?:\.(\d+))?$")
_DUTCH = re.compile(r"^(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?$")


class AmountError(ValueError):
    """The text is not an amount in whole cents. `code` names why: `amount_unreadable` or `amount_decimals`."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text!r}")
        self.code = code
        self.text = text


def _cents(match: re.Match[str] | None, text: str) -> int:
    if match is None:
        raise AmountError("amount_unreadable", text)
    sign, whole, fraction = match.groups()
    fraction = (fraction or "").rstrip("0") if len(fraction or "") > 2 else fraction or ""
    if len(fraction) > 2:
        raise AmountError("amount_decimals", text)
    cents = int(whole.replace(".", "")) * 100 + int(fraction.ljust(2, "0") or 0)
    return -cents if sign else cents


def cents_from_dot(text: str) -> int:
    """Cents of a decimal-point amount as in XML and JSON: `"1950.3"` gives 195030.

    Trailing zeros beyond two decimals are harmless (`"12.50000"`); any other third decimal is an error.
    """
    return _cents(_DOT.match(text.strip()), text)


def cents_from_comma(text: str) -> int:
    """Cents of a Dutch amount: `"1.234,56"` gives 123456; `"1.234"` is a thousand and more, by its grouping."""
    return _cents(_DUTCH.match(text.strip().replace("\u00a0", "").removeprefix("€").strip()), text)


def euro(cents: int) -> str:
    """`€ 1.234,56`, with a no-break space; minus as `€ -1.234,56`."""
    whole, rest = divmod(abs(cents), 100)
    return f"€\u00a0{'-' if cents < 0 else ''}{whole:,}".replace(",", ".") + f",{rest:02d}"
