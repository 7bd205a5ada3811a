"""Recognising what was told before: quick in `prints`, spelled out here, and the two agree."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tijdig.imports.prints import Heard, Prints

DAY = date(2026, 11, 3)


def _slow(heard: list[Heard], references: list[str]) -> list[tuple[str, bool]]:
    """The rule as its page tells it: the same reference first, else one that cannot be compared, in order."""
    left, last, found = list(heard), max([int(one.fingerprint[-1]) for one in heard], default=0), []
    for reference in references:
        same = [one for one in left if one.family == "camt" and reference and one.bank_reference == reference]
        loose = [one for one in left if one.family != "camt" or not (reference and one.bank_reference)]
        chosen = (same or loose or [None])[0]
        if chosen is None:
            last += 1
            found.append((f"NL1|{DAY}|500|{last}", False))
        else:
            left.remove(chosen)
            found.append((chosen.fingerprint, True))
    return found


_REFERENCE = st.sampled_from(["", "A", "B", "C"])


@given(
    st.lists(st.tuples(_REFERENCE, st.sampled_from(["camt", "mt940"])), max_size=6),
    st.lists(_REFERENCE, max_size=8),
)
def test_each_entry_is_recognised_as_the_rule_says(
    told: list[tuple[str, str]], references: list[str]
) -> None:
    heard = [Heard(f"NL1|{DAY}|500|{at}", *one) for at, one in enumerate(told, 1)]
    prints = Prints("NL1", "camt", heard)
    assert [prints.of(DAY, 500, one) for one in references] == _slow(heard, references)
