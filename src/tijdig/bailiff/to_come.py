"""What a tenant still gets on top of it if it goes on to the end: every cost that nobody booked and no court decided.

Decides which costs are ahead at each stage. Until there is a judgment: the summons and the court fee, unless they are
booked for the tenant, and the salary of the representative, which nobody books: a court awards it. After it those three
are in what was awarded; ahead is its service and, where it has an eviction, the notice and the eviction. A deed that was
done and of which nothing is booked still comes. Of what the law's figure is not known the sum says nothing; it is named.

Sources: Besluit tarieven ambtshandelingen gerechtsdeurwaarders (the day of the act), Wet griffierechten burgerlijke zaken
(the first docket day), the liquidation rate of the cantonal courts (a point for the summons, one for the hearing).
Units: whole cents without VAT. Errors: none. Example, 2024, rent of € 2.100 open, before anything was done: summons
112,37, court fee 372,00, salary 408,00, service 122,34, notice 89,33 and an eviction of about 288,68: provisional.

Left out: VAT, costs after the judgment (half a point), interest, witnesses, the locksmith and what stays behind in a home.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from tijdig.bailiff.costs import ACT_LABEL, Act
from tijdig.bailiff.track import Deed, Judgment, Stage, Track
from tijdig.cases.cost_meter import Cost as Line
from tijdig.law.answer import Doubt, NotKnown
from tijdig.law.court_costs import Charge, bailiff_act, court_fee, points_of, representative_salary

_NOT_SUMMONED = frozenset({Stage.NONE, Stage.SUMMONS_PROPOSED, Stage.SUMMONS_AGREED})
Named = tuple[str, Callable[[], Line]]
_UNBOOKED = "{} Gedaan, nog niet geboekt."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What it is told from. `judgment` is the last, of an earlier file too; `booked` what stands for the tenant in this
    file; `claim_cents` is the rent that is asked, since a summons that of its day."""

    track: Track
    judgment: Judgment | None
    booked: Collection[Act]
    claim_cents: int
    on: date


@dataclass(frozen=True, slots=True)
class ToCome:
    """Line by line with its source; `unknown` names what the law's figures do not say."""

    lines: tuple[Line, ...]
    unknown: tuple[str, ...]


def to_come(ahead: Ahead) -> ToCome:
    """Everything ahead, in the order in which it comes."""
    lines: list[Line] = []
    unknown: dict[str, list[str]] = {}
    for what, charge in _charges(ahead):
        try:
            lines.append(charge())
        except NotKnown as not_known:
            unknown.setdefault(str(not_known), []).append(what)
    told = (f"{', '.join(what).capitalize()}: {sentence}" for sentence, what in unknown.items())
    return ToCome(tuple(lines), tuple(told))


def asks_the_court(track: Track, judgment: Judgment | None) -> bool:
    """Must a court still say something, before there can be an eviction? A judgment of an earlier file may have said it."""
    if track.stage is Stage.NONE:
        return judgment is None or not judgment.eviction
    return track.stage in _NOT_SUMMONED or track.stage is Stage.SUMMONED


def _charges(ahead: Ahead) -> Iterator[Named]:
    track = ahead.track
    if track.stage in _NOT_SUMMONED and ahead.claim_cents <= 0:
        return
    asks = asks_the_court(track, ahead.judgment)
    if asks:
        yield from _court(ahead)
    evicts = asks or (ahead.judgment is not None and ahead.judgment.eviction)
    yield from _act(ahead, Act.JUDGMENT_SERVED, done=track.served and not asks)
    if evicts:
        yield from _act(ahead, Act.NOTICE, done=track.announced is not None)
        yield from _act(ahead, Act.EVICTION, done=track.stage is Stage.EVICTED)


def _court(ahead: Ahead) -> Iterator[Named]:
    summoned = next((one for one in reversed(ahead.track.days) if one.deed is Deed.SUMMONED), None)
    docket_on = summoned.at_on if summoned and summoned.at_on else ahead.on
    yield from _act(ahead, Act.SUMMONS, done=summoned is not None, on=summoned.on if summoned else None)
    if ahead.claim_cents > 0:
        if Act.COURT_FEE not in ahead.booked:
            yield ACT_LABEL[Act.COURT_FEE], lambda: _line(court_fee(ahead.claim_cents, docket_on))
        yield "salaris gemachtigde", lambda: _salary(ahead.claim_cents, ahead.on)


def _act(ahead: Ahead, act: Act, *, done: bool, on: date | None = None) -> Iterator[Named]:
    if act not in ahead.booked:
        yield ACT_LABEL[act], lambda: _line(bailiff_act(act.value, on or ahead.on), done=done)


def _salary(claim_cents: int, on: date) -> Line:
    points, doubts = points_of({"summons": 1, "hearing": 1}, on)
    return _line(representative_salary(claim_cents, on, points), doubts)


def _line(charge: Charge, more: tuple[Doubt, ...] = (), *, done: bool = False) -> Line:
    return Line(
        _UNBOOKED.format(charge.sentence) if done else charge.sentence,
        charge.total_cents,
        tuple(one.sentence for one in charge.sources),
        tuple(dict.fromkeys(one.sentence for one in (*charge.doubts, *more))),
    )
