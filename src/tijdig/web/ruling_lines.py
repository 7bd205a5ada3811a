"""How a ruling is written on a page: what it does in one sentence, who decided it and why, and who ended it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tijdig.cases.queries_policy import steps_on
from tijdig.letters.queries import named
from tijdig.rulings import queries
from tijdig.rulings.kinds import STATE_LABEL, State
from tijdig.rulings.ruling import state_on
from tijdig.rulings.ruling import told as said_of
from tijdig.rulings.values import Ruling
from tijdig.web.scope import today
from tijdig.web.templatetags.letters import who_did


@dataclass(frozen=True, slots=True)
class Ended:
    """Who ended a ruling before its last day, since when, and why."""

    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One ruling as it is shown. `said` and `state` are Dutch, as the steps of the policy are."""

    id: int
    from_on: date
    said: str
    reason: str
    name: str
    state: str
    holds: bool
    ended: Ended | None


def steps_to_choose(now: str = "") -> dict[str, str]:
    """The steps by code that ask something of somebody. Of steps with one name the one that applies now, else the first."""
    asked = {code: step.label for code, step in steps_on(today()).items() if step.alert}
    code_of = {label: code for code, label in reversed(asked.items())}
    if now in asked:
        code_of[asked[now]] = now
    return {code: label for code, label in asked.items() if code_of[label] == code}


def told(ruling: Ruling, on: date) -> str:
    """`In plaats van bellen: huisbezoek, tot en met 30-11-2026`, with the names of the steps on a day."""
    return said_of(ruling, _labels(on))


def holding(tenancy_id: int, *, on: date, known_at: datetime | None = None) -> list[Line]:
    """What holds for a tenancy on a day."""
    return _lines(queries.in_force(on, [tenancy_id], known_at), on)


def lines(tenancy_id: int, *, on: date) -> list[Line]:
    """Everything that was decided about a tenancy, the newest first."""
    return _lines(queries.rulings_of(tenancy_id, on), on)


def _labels(on: date) -> dict[str, str]:
    return {code: step.label for code, step in steps_on(on).items()}


def _lines(rulings: Sequence[Ruling], on: date) -> list[Line]:
    if not rulings:
        return []
    labels = _labels(on)
    names = named({one.ended_by for one in rulings if one.ended_on})
    return [_line(one, on, labels, names) for one in rulings]


def _line(one: Ruling, on: date, labels: Mapping[str, str], names: Mapping[str, str]) -> Line:
    state = state_on(one, on)
    ended = None
    if one.ended_on and state is State.ENDED:
        ended = Ended(who_did(one.ended_by, names), one.ended_on, one.ended_reason)
    return Line(
        id=one.id,
        from_on=one.from_on,
        said=said_of(one, labels),
        reason=one.reason,
        name=one.name,
        state=STATE_LABEL[state],
        holds=state is State.IN_FORCE,
        ended=ended,
    )
