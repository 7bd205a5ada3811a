"""The words on the term: what holds, what costs the whole fee."""

from __future__ import annotations

import pytest

from tijdig.law.letter_wording import MISSING, wording_faults

GOOD = [
    "Betaal binnen 14 dagen vanaf de dag nadat deze brief bij u is bezorgd.",
    "Betaal binnen veertien dagen, te rekenen vanaf de dag nadat u deze brief hebt ontvangen.",
    "U hebt vijftien dagen nadat deze brief bij u is bezorgd.",
    "Betaal binnen 15 dagen nadat u onze brief heeft ontvangen",
    "binnen 14 dagen,\n gerekend vanaf de dag na ontvangst van deze brief",
]
BAD = [
    "Betaal binnen 14 dagen na vandaag.",
    "Betaal binnen veertien dagen vanaf heden.",
    "Betaal binnen 14 dagen na de datum van deze brief.",
    "Betaal binnen 14 dagen na dagtekening van deze brief.",
    "Betaal binnen veertien dagen na verzending.",
    "Betaal binnen 14 dagen nadat wij deze brief hebben verstuurd.",
    "Betaal binnen 14 dagen na ontvangst van deze brief.",
    "Betaal binnen veertien dagen nadat deze brief bij u is bezorgd.",
]


@pytest.mark.parametrize("text", GOOD)
def test_words_that_hold(text: str) -> None:
    assert wording_faults(text) == []


@pytest.mark.parametrize("text", BAD)
def test_words_that_start_the_term_too_early(text: str) -> None:
    faults = wording_faults(text)
    assert faults[-1] == MISSING and len(faults) == 2


@pytest.mark.parametrize("text", ["", "Betaal binnen 14 dagen.", "Betaal vóór 20 maart 2026."])
def test_a_letter_without_a_term_that_holds(text: str) -> None:
    assert wording_faults(text) == [MISSING]


def test_a_wrong_term_beside_a_right_one_is_still_a_fault() -> None:
    assert wording_faults(f"{GOOD[0]} {BAD[0]}") == ["De termijn telt vanaf vandaag."]
