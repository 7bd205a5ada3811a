"""Where a file stands before the court, told from what was written down, and what may come next.

Decides which deed may follow which, and who may write it. A proposal comes from either side and a decision from the
corporation: for a summons by one person, for an eviction by two different people, after the corporation told the
municipality that one may come. Once it is announced the bailiff tells the municipality its day, and nobody is evicted before
that; put off, it is announced again, and the municipality hears the new day. A last chance, or that the track stops, voids
what was decided about an eviction: whoever wants it then proposes it again. The first day on which somebody may have to
leave is the one after the term that the judge gave from the service on.

Sources: articles 555 and following Rv (an eviction is announced, with a term); article 14 Gerechtsdeurwaarderswet (the
bailiff tells the municipality); article 7:280 BW (a term to pay after all); the practice of last-chance agreements. Units:
days. Errors: none; what may not follow is not in `possible`. Example: proposed, agreed, summoned, judged, served, last
chance, over, eviction proposed, municipality told, agreed by Sanne and by Bram, announced, day told. Served on 1 February
with a term of 14 days: the first day is 16 February.

Left out: what the law asks before a deed (`proportion`, the check list) and the amounts (`costs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from tijdig.bailiff.kinds import Side, Start


class Deed(StrEnum):
    SUMMONS_PROPOSED = "summons_proposed"
    SUMMONS_AGREED = "summons_agreed"
    SUMMONS_REFUSED = "summons_refused"
    SUMMONED = "summoned"
    HEARING = "hearing"
    JUDGMENT = "judgment"
    JUDGMENT_CORRECTED = "judgment_corrected"
    SERVED = "served"
    LAST_CHANCE = "last_chance"
    LAST_CHANCE_OVER = "last_chance_over"
    EVICTION_PROPOSED = "eviction_proposed"
    EVICTION_AGREED = "eviction_agreed"
    EVICTION_REFUSED = "eviction_refused"
    MUNICIPALITY_TOLD = "municipality_told"
    ANNOUNCED = "announced"
    EVICTION_DAY_TOLD = "eviction_day_told"
    EVICTED = "evicted"
    STOPPED = "stopped"


DEED_LABEL = {
    Deed.SUMMONS_PROPOSED: "dagvaarding voorgesteld",
    Deed.SUMMONS_AGREED: "besloten om te dagvaarden",
    Deed.SUMMONS_REFUSED: "besloten om niet te dagvaarden",
    Deed.SUMMONED: "gedagvaard",
    Deed.HEARING: "zitting",
    Deed.JUDGMENT: "vonnis",
    Deed.JUDGMENT_CORRECTED: "vonnis verbeterd",
    Deed.SERVED: "vonnis betekend",
    Deed.LAST_CHANCE: "laatste kans afgesproken",
    Deed.LAST_CHANCE_OVER: "laatste kans voorbij",
    Deed.EVICTION_PROPOSED: "ontruiming voorgesteld",
    Deed.EVICTION_AGREED: "akkoord met ontruimen",
    Deed.EVICTION_REFUSED: "besloten om niet te ontruimen",
    Deed.MUNICIPALITY_TOLD: "gemeente ingelicht over de ontruiming",
    Deed.ANNOUNCED: "ontruiming aangezegd",
    Deed.EVICTION_DAY_TOLD: "gemeente ingelicht over de dag van de ontruiming",
    Deed.EVICTED: "ontruimd",
    Deed.STOPPED: "gestopt",
}


class Stage(StrEnum):
    NONE = "none"
    SUMMONS_PROPOSED = "summons_proposed"
    SUMMONS_AGREED = "summons_agreed"
    SUMMONED = "summoned"
    JUDGED = "judged"
    SERVED = "served"
    LAST_CHANCE = "last_chance"
    EVICTION_PROPOSED = "eviction_proposed"
    EVICTION_AGREED = "eviction_agreed"
    ANNOUNCED = "announced"
    EVICTED = "evicted"


STAGE_LABEL = {
    Stage.NONE: "niets bij de rechter",
    Stage.SUMMONS_PROPOSED: "dagvaarding voorgesteld",
    Stage.SUMMONS_AGREED: "dagvaarding besloten",
    Stage.SUMMONED: "gedagvaard",
    Stage.JUDGED: "vonnis",
    Stage.SERVED: "vonnis betekend",
    Stage.LAST_CHANCE: "laatste kans loopt",
    Stage.EVICTION_PROPOSED: "ontruiming voorgesteld",
    Stage.EVICTION_AGREED: "ontruiming besloten door twee mensen",
    Stage.ANNOUNCED: "ontruiming aangezegd",
    Stage.EVICTED: "ontruimd",
}
_WITH_JUDGMENT = frozenset({Start.JUDGMENT, Start.AFTER_EVICTION})
DECISIONS = frozenset(
    {Deed.SUMMONS_AGREED, Deed.SUMMONS_REFUSED, Deed.EVICTION_AGREED, Deed.EVICTION_REFUSED}
)
SAYS_YES = frozenset({Deed.SUMMONS_AGREED, Deed.EVICTION_AGREED})
TELLS = frozenset({Deed.MUNICIPALITY_TOLD, Deed.EVICTION_DAY_TOLD})
TO_DECIDE = frozenset({Stage.SUMMONS_PROPOSED, Stage.EVICTION_PROPOSED})
ABOUT_EVICTION = frozenset({Deed.EVICTION_AGREED, Deed.EVICTION_REFUSED})
_CORPORATION_ONLY = DECISIONS | {Deed.MUNICIPALITY_TOLD}  # its own notice; that of the day is the bailiff's
_JUDGED_AGAIN = (Deed.JUDGMENT_CORRECTED, Deed.JUDGMENT)
JUDGMENTS = frozenset(_JUDGED_AGAIN)
_AFTER: dict[Stage, tuple[Deed, ...]] = {
    Stage.NONE: (Deed.SUMMONS_PROPOSED,),
    Stage.SUMMONS_PROPOSED: (Deed.SUMMONS_AGREED, Deed.SUMMONS_REFUSED, Deed.STOPPED),
    Stage.SUMMONS_AGREED: (Deed.SUMMONED, Deed.STOPPED),
    Stage.SUMMONED: (Deed.HEARING, Deed.JUDGMENT, Deed.STOPPED),
    Stage.JUDGED: (Deed.SERVED, Deed.LAST_CHANCE, *_JUDGED_AGAIN, Deed.STOPPED),
    Stage.SERVED: (Deed.LAST_CHANCE, Deed.EVICTION_PROPOSED, *_JUDGED_AGAIN, Deed.STOPPED),
    Stage.LAST_CHANCE: (Deed.LAST_CHANCE_OVER, Deed.STOPPED),
    Stage.EVICTION_PROPOSED: (
        Deed.MUNICIPALITY_TOLD,
        Deed.EVICTION_AGREED,
        Deed.EVICTION_REFUSED,
        Deed.LAST_CHANCE,
        Deed.STOPPED,
    ),
    Stage.EVICTION_AGREED: (Deed.MUNICIPALITY_TOLD, Deed.ANNOUNCED, Deed.LAST_CHANCE, Deed.STOPPED),
    Stage.ANNOUNCED: (
        Deed.EVICTION_DAY_TOLD,
        Deed.EVICTED,
        Deed.ANNOUNCED,
        Deed.LAST_CHANCE,
        Deed.STOPPED,
    ),
    Stage.EVICTED: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgment:
    """What the court gave, on the day of the judgment itself. `through_on`: the last due day of the rent in the principal;
    `vacate_days`: within how many days after the service the tenant is to leave, None where that is not known."""

    on: date
    principal_cents: int
    through_on: date
    interest_cents: int
    collection_cents: int
    costs_cents: int
    dissolved: bool
    eviction: bool
    vacate_days: int | None = None

    @property
    def awarded(self) -> bool:
        """Did the court give anything?"""
        return bool(self.principal_cents or self.interest_cents or self.collection_cents or self.costs_cents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One deed as it was written down. `at_on` is the day that it names: of the docket, hearing, term or eviction; `role` is
    that of whoever wrote it, where a decision asks for it; a last chance stands on `arrangement_id`, on `conditions`."""

    id: int
    deed: Deed
    on: date
    side: Side
    actor: str
    name: str
    reason: str = ""
    at_on: date | None = None
    at: str = ""
    check: tuple[str, ...] = ()
    judgment: Judgment | None = None
    role: str = ""
    arrangement_id: int | None = None
    conditions: str = ""

    @property
    def label(self) -> str:
        return DEED_LABEL[self.deed]

    @property
    def tells(self) -> bool:
        """Did the municipality hear something by it? `at` says which, and how."""
        return self.deed in TELLS


@dataclass(frozen=True, slots=True)
class Track:
    """`agreed` are who said yes to the eviction that is proposed now; `told` is that the municipality heard that it may
    come, `day_told` that it heard the day; `days` are what is in the calendar."""

    stage: Stage
    judgment: Judgment | None
    served_on: date | None
    agreed: tuple[Done, ...]
    told: Done | None
    announced: Done | None
    day_told: Done | None
    days: tuple[Done, ...]

    @property
    def served(self) -> bool:
        return self.served_on is not None

    @property
    def last_chance(self) -> Done | None:
        """The one that runs."""
        chances = [one for one in self.days if one.deed is Deed.LAST_CHANCE]
        return chances[-1] if chances and self.stage is Stage.LAST_CHANCE else None

    @property
    def first_eviction_on(self) -> date | None:
        """The day after the term of the judge; None where it did not begin, or is not known."""
        days = self.judgment.vacate_days if self.judgment else None
        return None if self.served_on is None or days is None else self.served_on + timedelta(days=days + 1)

    @property
    def label(self) -> str:
        return STAGE_LABEL[self.stage]


_BEGIN = Track(Stage.NONE, None, None, agreed=(), told=None, announced=None, day_told=None, days=())


def tell(done: Sequence[Done]) -> Track:
    """Where it stands after these, in the order in which they were written."""
    track = _BEGIN
    for one in done:
        track = _next(track, one)
    return track


def possible(track: Track, side: Side, actor: str, start: Start = Start.ARREARS) -> tuple[Deed, ...]:
    """What this person may write now. Who said yes to an eviction does not say it twice; a file that began with a judgment
    of before begins with writing that down."""
    first = (Deed.JUDGMENT,) if track.stage is Stage.NONE and start in _WITH_JUDGMENT else ()
    return tuple(
        deed
        for deed in (*first, *_AFTER[track.stage])
        if (side is Side.CORPORATION or deed not in _CORPORATION_ONLY) and _fits(track, deed, actor)
    )


def _fits(track: Track, deed: Deed, actor: str) -> bool:
    if deed is Deed.EVICTION_PROPOSED:
        return track.judgment is not None and track.judgment.eviction
    if deed is Deed.EVICTION_AGREED:
        return track.told is not None and actor not in {one.actor for one in track.agreed}
    if deed is Deed.MUNICIPALITY_TOLD:
        return track.told is None
    if deed is Deed.ANNOUNCED:
        return track.told is not None
    if deed is Deed.EVICTION_DAY_TOLD:
        return track.day_told is None
    if deed is Deed.EVICTED:
        return track.day_told is not None
    return True


def _next(track: Track, one: Done) -> Track:
    match one.deed:
        case Deed.SUMMONS_PROPOSED:
            return replace(_BEGIN, stage=Stage.SUMMONS_PROPOSED)
        case Deed.SUMMONS_AGREED:
            return replace(track, stage=Stage.SUMMONS_AGREED)
        case Deed.SUMMONS_REFUSED:
            return _BEGIN
        case Deed.SUMMONED:
            return replace(track, stage=Stage.SUMMONED, days=(*track.days, one))
        case Deed.HEARING:
            return replace(track, days=(*track.days, one))
        case Deed.JUDGMENT:
            return replace(_BEGIN, stage=Stage.JUDGED, judgment=one.judgment)  # another one is not served yet
        case Deed.JUDGMENT_CORRECTED:
            return replace(track, judgment=one.judgment)
        case Deed.SERVED:
            return replace(track, stage=Stage.SERVED, served_on=one.on)
        case Deed.LAST_CHANCE:
            return replace(_no_eviction(track), stage=Stage.LAST_CHANCE, days=(*track.days, one))
        case Deed.LAST_CHANCE_OVER | Deed.EVICTION_REFUSED:
            return replace(_no_eviction(track), stage=Stage.SERVED if track.served else Stage.JUDGED)
        case Deed.EVICTION_PROPOSED:
            return replace(_no_eviction(track), stage=Stage.EVICTION_PROPOSED)
        case Deed.EVICTION_AGREED:
            return _agreed(track, one)
        case Deed.MUNICIPALITY_TOLD:
            return replace(track, told=one)
        case Deed.ANNOUNCED:
            others = (day for day in track.days if day.deed is not Deed.ANNOUNCED)
            return replace(track, stage=Stage.ANNOUNCED, announced=one, day_told=None, days=(*others, one))
        case Deed.EVICTION_DAY_TOLD:
            return replace(track, day_told=one)
        case Deed.EVICTED:
            return replace(track, stage=Stage.EVICTED)
        case Deed.STOPPED:
            return replace(_BEGIN, judgment=track.judgment, served_on=track.served_on, stage=_rest(track))


def _rest(track: Track) -> Stage:
    """What stopped can begin again: from the judgment where there is one."""
    if track.judgment is None:
        return Stage.NONE
    return Stage.SERVED if track.served else Stage.JUDGED


def _no_eviction(track: Track) -> Track:
    return replace(
        track,
        agreed=(),
        told=None,
        announced=None,
        day_told=None,
        days=tuple(one for one in track.days if one.deed is not Deed.ANNOUNCED),
    )


def _agreed(track: Track, one: Done) -> Track:
    """The second yes counts only from somebody else."""
    if one.actor in {each.actor for each in track.agreed}:
        return track
    agreed = (*track.agreed, one)
    stage = Stage.EVICTION_AGREED if len(agreed) > 1 else track.stage
    return replace(track, agreed=agreed, stage=stage)
