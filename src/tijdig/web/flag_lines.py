"""How a circumstance of a tenancy is written on a page: in words at its head, and whole with who said so and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tijdig.letters.queries import named
from tijdig.tenancies.flags import FLAG_LABEL, FLAG_MEANS, LEARNED_LABEL, Flag, FlagEnd, SetFlag
from tijdig.web.templatetags.letters import who_did


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """Since when it no longer holds, and how we know."""

    on: date
    learned: str
    note: str
    by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagLine:
    """One as it is shown; labels of closed lists are Dutch. Without an `id` the source system says so."""

    id: int | None
    label: str
    means: str
    begin_on: date
    learned: str
    note: str
    by: str
    recorded_at: datetime | None
    over: Over | None


def words_of(flags: Iterable[SetFlag], on: date) -> list[str]:
    """What holds on a day, each kind once, in the order of the list."""
    held = {one.kind for one in flags if one.holds(on)}
    return [FLAG_LABEL[kind] for kind in Flag if kind in held]


def lines(flags: Iterable[SetFlag]) -> list[FlagLine]:
    """As given."""
    known = list(flags)
    actors = {one.actor for one in known} | {one.end.actor for one in known if one.end}
    names = named(actors) if actors else {}
    return [
        FlagLine(
            id=one.id,
            label=FLAG_LABEL[one.kind],
            means=FLAG_MEANS[one.kind],
            begin_on=one.begin_on,
            learned=LEARNED_LABEL[one.learned_from],
            note=one.note,
            by=who_did(one.actor, names) if one.actor else "",
            recorded_at=one.recorded_at,
            over=_over(one.end, names),
        )
        for one in known
    ]


def _over(end: FlagEnd | None, names: Mapping[str, str]) -> Over | None:
    if end is None:
        return None
    return Over(
        on=end.end_on,
        learned=LEARNED_LABEL[end.learned_from],
        note=end.note,
        by=who_did(end.actor, names),
        recorded_at=end.recorded_at,
    )
