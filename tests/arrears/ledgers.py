"""Random ledgers for hypothesis, and the way from facts to a portfolio."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from hypothesis import strategies as st
from tests.arrears.reference import COSTS, CREDIT, INTEREST, PRINCIPAL, UNDO, Fact

from tijdig.arrears.imputation import NONE, Positions
from tijdig.arrears.portfolio import Portfolio, build
from tijdig.ledger.kinds import Kind

FIRST, LAST = 19_990, 20_060  # some weeks around 1 November 2024: three calendar months


@st.composite
def ledgers(draw: st.DrawFn, most: int = 14, first: int = FIRST, last: int = LAST) -> list[Fact]:
    """Up to `most` facts of one tenancy. A pointer may also point forward, or to something senseless."""
    facts: list[Fact] = []
    for entry in range(1, 1 + draw(st.integers(0, most))):
        role = draw(
            st.sampled_from([COSTS, INTEREST, PRINCIPAL, PRINCIPAL, CREDIT, CREDIT, CREDIT, UNDO, UNDO])
        )
        day = draw(st.integers(first, last) | st.sampled_from([first, first + 5, first + 6]))
        due = draw(st.just(day) | st.integers(first - 20, last + 20))
        cents = draw(st.integers(1, 3 if role == UNDO else 9) | st.sampled_from([5, 10]))
        target = draw(st.integers(0, entry - 1)) if role >= CREDIT else 0
        reference = draw(st.sampled_from("abc")) + f"{entry:03}"
        kind = draw(st.sampled_from(["", "", "debit", "write_off"])) if role == CREDIT else ""
        signed = -cents if role == CREDIT else cents
        facts.append(Fact(entry, day, due, signed, role, target, reference, kind))
    return facts


def columns(tenancies: Mapping[int, list[Fact]]) -> dict[str, list[int]]:
    """The columns for `build`, with a tie that follows the text order of the references."""
    rows = [(tenancy, fact) for tenancy, facts in tenancies.items() for fact in facts]
    ties = {text: place for place, text in enumerate(sorted({f.reference for _, f in rows}))}
    return {
        "tenancy": [t for t, _ in rows],
        "day": [f.day for _, f in rows],
        "due": [f.due for _, f in rows],
        "amount": [f.cents for _, f in rows],
        "role": [f.role for _, f in rows],
        "target": [t * 1000 + f.target if f.target else 0 for t, f in rows],
        "entry": [t * 1000 + f.entry for t, f in rows],
        "tie": [ties[f.reference] for _, f in rows],
    }


def portfolio_of(tenancies: Mapping[int, list[Fact]]) -> Portfolio:
    return build(**columns(tenancies), tenancies=list(tenancies))


def kinds_of(
    portfolio: Portfolio, tenancies: Mapping[int, list[Fact]]
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The kind of each row, where the facts tell one."""
    told = {t * 1000 + f.entry: f.kind for t, facts in tenancies.items() for f in facts}
    of = {"debit": Kind.DIRECT_DEBIT, "write_off": Kind.WRITE_OFF}
    return np.array([of.get(told[entry], 0) for entry in portfolio.entry.tolist()], np.int64)


def as_dict(positions: Positions, place: int) -> dict[str, object]:
    """One tenancy's position in the words of the reference."""
    found: dict[str, object] = {}
    for name in Positions.__slots__:
        column = getattr(positions, name)
        if name not in ("as_of_day", "tenancy"):
            value = column[place].tolist()
            found[name] = None if np.array_equal(value, NONE) else value
    return found
