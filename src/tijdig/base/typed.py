"""An amount as somebody types it, with a decimal comma or point; what cannot be read is a sentence for that person.

Units: whole cents. Example: `typed_cents("€ 1.234,56")` is 123456; `"1.234"` could be two amounts, so it is refused.
Left out: amounts in files, which have one notation each (`base.money`).
"""

from __future__ import annotations

import re

from tijdig.base.money import AmountError, cents_from_comma, cents_from_dot, euro

MOST_CENTS = 100_000_000_00  # more than any corporation claims of one tenant: a slip of the keyboard
_AMBIGUOUS = re.compile(r"^-?\d{1,3}\.\d{3}$")


def typed_cents(text: str) -> int:
    """The amount, above zero; raises `ValueError` with a Dutch sentence that says what to write."""
    packed = text.replace("\u00a0", " ").strip().removeprefix("€").strip()
    if _AMBIGUOUS.match(packed):
        raise ValueError(
            f"'{text}' kan twee bedragen zijn. Schrijf {packed.replace('.', '')} of {packed[:-1]}."
        )
    try:
        comma = "," in packed or packed.count(".") > 1
        cents = cents_from_comma(packed) if comma else cents_from_dot(packed)
    except AmountError:
        raise ValueError(f"'{text}' is geen bedrag. Schrijf bijvoorbeeld 612.34 of 612,34.") from None
    if cents <= 0:
        raise ValueError(f"Het bedrag {euro(cents)} moet hoger zijn dan nul.")
    if cents > MOST_CENTS:
        raise ValueError(
            f"Het bedrag {euro(cents)} is te hoog om te kloppen. De grens is {euro(MOST_CENTS)}."
        )
    return cents
