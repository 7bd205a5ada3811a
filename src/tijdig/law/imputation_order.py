"""The order in which a payment settles debts, in words with their source. The engine in `arrears` does it.

Source: articles 6:43 and 6:44 BW (BWBR0005289). Nothing is decided here: screens and claim statements print these
sentences beside what the engine settled.

Example: `INSIDE_DEBT[0].key` is "costs": of what a payment brings, costs go first, then accrued interest, then principal.

Left out: that the creditor may refuse another order (6:44 paragraphs 2 and 3).
"""

from __future__ import annotations

from dataclasses import dataclass

from tijdig.law.answer import Source

_BOOK = "wetten.overheid.nl, BWBR0005289"
BETWEEN = Source("artikel 6:43 BW", _BOOK)
INSIDE = Source("artikel 6:44 lid 1 BW", _BOOK)
COSTS_DUE = Source("artikelen 6:96 lid 6 en 6:44 BW", _BOOK)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn in the order. `applied` is False where the engine has no use for it; `sentence` says why."""

    key: str
    sentence: str
    source: Source
    applied: bool = True


BETWEEN_DEBTS = (
    Turn("designation", "Eerst de schuld die de huurder bij het betalen aanwijst.", BETWEEN),
    Turn("due", "Wijst hij niets aan, dan gaan schulden die al betaald moesten zijn vóór.", BETWEEN),
    Turn(
        "burden",
        "Daarna de schuld die het zwaarst drukt. Termijnen van één huur drukken gelijk.",
        BETWEEN,
        False,
    ),
    Turn("oldest", "Drukken ze gelijk, dan gaat de oudste schuld vóór.", BETWEEN),
    Turn(
        "pro_rata",
        "Even oude schulden naar verhouding. Termijnen van één huur hebben een volgorde.",
        BETWEEN,
        False,
    ),
)
INSIDE_DEBT = (
    Turn("costs", "Binnen een schuld gaan eerst de kosten.", INSIDE),
    Turn("accrued_interest", "Daarna de rente die al verschenen is.", INSIDE),
    Turn("principal", "Ten slotte de hoofdsom en de lopende rente.", INSIDE),
)
COSTS_NOT_DUE = Turn(
    "costs_not_due", "Op kosten die niet verschuldigd zijn, wordt niets afgeboekt.", COSTS_DUE
)
