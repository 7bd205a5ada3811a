"""Which instalments of a claim are prescribed: a court turns them down when the tenant says so.

Decides per instalment of principal by the term for rent (article 3:308 BW) and the letters that interrupted it (3:317):
those that named it, arrived as far as is known, and plainly demand payment: the fourteen-day letter and the announcement
of a hand-over. A reminder may be one too; that is for a lawyer, so it is not counted.

Units: days. Errors: none. Example: rent of 1 March 2015 without letters is prescribed from 2 March 2020. Left out:
recognition by the tenant (3:318), for instance by an arrangement, and a claim in court (3:316).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from tijdig.arrears.notices import Notice
from tijdig.law.answer import Doubt, NotKnown, short_day
from tijdig.law.prescription import rent_prescription

_DEMANDS = frozenset({"fourteen_day", "handover_announced"})


def prescribed(
    claimed: Iterable[tuple[int, date]], notices: Sequence[Notice], as_of: date
) -> tuple[Doubt, ...]:
    """What is in doubt about these instalments, each its ledger entry and due day; nothing where none is prescribed."""
    gone = [due_on for entry, due_on in claimed if _is(due_on, _demanded(entry, due_on, notices), as_of)]
    if not gone:
        return ()
    which = f"De termijn van {short_day(gone[0])} is"
    if len(gone) > 1:
        which = f"{len(gone)} termijnen, van {short_day(min(gone))} tot en met {short_day(max(gone))}, zijn"
    return (
        Doubt(
            "prescribed",
            f"{which} verjaard, voor zover wij weten. Een rechter wijst dat af als de huurder zich erop beroept.",
        ),
    )


def _demanded(entry: int, due_on: date, notices: Sequence[Notice]) -> list[date]:
    return [
        one.sent_on
        for one in notices
        if one.facts.letter_kind in _DEMANDS
        and one.bounced_on is None
        and entry in one.facts.entries
        and one.sent_on >= due_on
    ]


def _is(due_on: date, demanded: Sequence[date], as_of: date) -> bool:
    return _from(due_on, tuple(demanded)) <= as_of


@lru_cache(maxsize=4096)  # the same due days come back in every tenancy
def _from(due_on: date, demanded: tuple[date, ...]) -> date:
    """The first day on which it is prescribed."""
    try:
        return rent_prescription(due_on, demanded).prescribed_from
    except NotKnown:
        return date.min  # of before the first known term: longer ago than any
