"""What may be written before the court now, for one person: each deed with what its form asks and what speaks against it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from tijdig.access.people import Person
from tijdig.bailiff.actions_track import TOWARDS, in_the_way, needs_reason, second_pair, weigh
from tijdig.bailiff.chance import Plan, usual_conditions
from tijdig.bailiff.deed_draft import NO_PLAN, broke
from tijdig.bailiff.eviction_check import CHECKS, SOURCE_LABEL, Fact, digest
from tijdig.bailiff.kinds import Side
from tijdig.bailiff.proportion import Owed, Weighed
from tijdig.bailiff.queries_chance import plan_of
from tijdig.bailiff.queries_stops import stops_on
from tijdig.bailiff.track import JUDGMENTS, SAYS_YES, TELLS, Deed, Judgment, Track, possible
from tijdig.bailiff.values import File
from tijdig.web.check_help import PAGES, eviction_facts, municipality_name

_DO = {
    Deed.SUMMONS_PROPOSED: "Stel voor om te dagvaarden",
    Deed.SUMMONS_AGREED: "Besluit om te dagvaarden",
    Deed.SUMMONS_REFUSED: "Besluit om niet te dagvaarden",
    Deed.SUMMONED: "De dagvaarding is uitgebracht",
    Deed.HEARING: "Zet een zitting in de agenda",
    Deed.JUDGMENT: "Leg het vonnis vast",
    Deed.JUDGMENT_CORRECTED: "Verbeter het vonnis",
    Deed.SERVED: "Het vonnis is betekend",
    Deed.LAST_CHANCE: "Spreek een laatste kans af",
    Deed.LAST_CHANCE_OVER: "De laatste kans is voorbij",
    Deed.EVICTION_PROPOSED: "Stel voor om te ontruimen",
    Deed.EVICTION_AGREED: "Zeg ja tegen ontruimen",
    Deed.EVICTION_REFUSED: "Besluit om niet te ontruimen",
    Deed.MUNICIPALITY_TOLD: "De gemeente is ingelicht",
    Deed.ANNOUNCED: "De ontruiming is aangezegd",
    Deed.EVICTION_DAY_TOLD: "De gemeente weet de dag van de ontruiming",
    Deed.EVICTED: "De woning is ontruimd",
    Deed.STOPPED: "Stop de procedure",
}
_AGAIN = {
    Deed.JUDGMENT: "Er is een nieuw vonnis, na verzet of hoger beroep",
    Deed.ANNOUNCED: "De ontruiming is uitgesteld en opnieuw aangezegd",
}
_DAY_LABEL = {
    Deed.SUMMONED: "Eerste dag op de rol",
    Deed.HEARING: "Dag van de zitting",
    Deed.LAST_CHANCE: "Laatste kans loopt tot en met",
    Deed.ANNOUNCED: "Dag van de ontruiming",
}
_PLACE_LABEL = {
    Deed.SUMMONED: "Rechtbank",
    Deed.HEARING: "Uur en plaats",
    Deed.MUNICIPALITY_TOLD: "Welke gemeente",
    Deed.EVICTION_DAY_TOLD: "Welke gemeente",
}
WAYS_TOLD = ("per e-mail", "via het portaal van de gemeente", "per telefoon", "per brief", "in een gesprek")


@dataclass(frozen=True, slots=True)
class Beside:
    """A box to tick, with the facts beside it: each with the address and the name of the page that it comes from."""

    word: str
    sentence: str
    facts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A deed that may be written now, with what its form asks and what speaks against it. `plan` and `conditions` are of a
    last chance, `place` what is offered for which municipality, `boxes` what is looked at before an eviction."""

    deed: Deed
    weighed: Weighed
    stops: tuple[str, ...]
    again: bool = False  # it stands there already: this takes its place
    plan: Plan | None = None
    conditions: str = ""
    place: str = ""
    boxes: tuple[Beside, ...] = ()
    seen: str = ""  # the digest of the facts on the page
    stands: Judgment | None = None  # what a correction begins with

    @property
    def label(self) -> str:
        return _AGAIN[self.deed] if self.again and self.deed in _AGAIN else _DO[self.deed]

    @property
    def day_label(self) -> str:
        return _DAY_LABEL.get(self.deed, "")

    @property
    def place_label(self) -> str:
        return _PLACE_LABEL.get(self.deed, "")

    @property
    def judgment(self) -> bool:
        return self.deed in JUDGMENTS

    @property
    def typed(self) -> dict[str, str]:
        """What a form that corrects a judgment begins with, by the names of its fields."""
        known = self.stands
        if known is None:
            return {}
        return {
            "dag": known.on.isoformat(),
            "tot": known.through_on.isoformat(),
            "huur": _plain(known.principal_cents),
            "rente": _plain(known.interest_cents),
            "incasso": _plain(known.collection_cents),
            "proceskosten": _plain(known.costs_cents),
            "ontbonden": "1" if known.dissolved else "",
            "ontruimen": "1" if known.eviction else "",
            "termijn": str(known.vacate_days or ""),
        }

    @property
    def broken(self) -> bool:
        return self.deed is Deed.LAST_CHANCE_OVER

    @property
    def tells(self) -> bool:
        return self.deed in TELLS

    @property
    def needs_plan(self) -> bool:
        return self.deed is Deed.LAST_CHANCE and (self.plan is None or self.plan.broken_on is not None)

    @property
    def asks_why(self) -> bool:
        return needs_reason(self.deed, self.weighed)


def choices(
    track: Track,
    owed: Owed,
    file: File,
    side: Side,
    person: Person,
    on: date,
    allowed: Collection[Deed],
) -> list[Choice]:
    """In the order of the track, of those that are allowed to this person; inside the wall."""
    actor = f"user:{person.id}"
    deeds = [one for one in possible(track, side, actor, file.start) if one in allowed]
    household = list(stops_on(file.tenancy_id, on)) if TOWARDS & set(deeds) else []
    found = []
    for deed in deeds:
        weighed = weigh(deed, owed)
        stops = [*weighed.stops, *(household if deed in TOWARDS else ())]
        if deed in SAYS_YES:
            stops += in_the_way(file.tenancy_id, deed, on)
        there = track.announced if deed is Deed.ANNOUNCED else track.judgment
        choice = Choice(deed, weighed, (), again=there is not None)
        if deed is Deed.EVICTION_AGREED:
            stops += second_pair(track, actor, person.name, person.role)
            facts = eviction_facts(file, on)
            choice = replace(choice, boxes=_beside(file.tenancy_id, facts), seen=digest(facts))
        elif deed is Deed.LAST_CHANCE:
            choice = _last_chance(choice, track, plan_of(file.tenancy_id, on))
            stops += _no_chance(choice)
        elif deed is Deed.JUDGMENT_CORRECTED:
            choice = replace(choice, stands=track.judgment)
        elif deed in TELLS:
            choice = replace(choice, place=_municipality(track, file, side, on))
        found.append(replace(choice, stops=tuple(dict.fromkeys(stops))))
    return found


def _plain(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"


def _last_chance(choice: Choice, track: Track, plan: Plan | None) -> Choice:
    if plan is None or track.judgment is None:
        return choice
    return replace(choice, plan=plan, conditions=usual_conditions(plan.arrangement, track.judgment))


def _no_chance(choice: Choice) -> list[str]:
    if choice.plan is None:
        return [NO_PLAN]
    return [broke(choice.plan.broken_on)] if choice.plan.broken_on else []


def _municipality(track: Track, file: File, side: Side, on: date) -> str:
    """What is offered: the one that was told before, else where the signals of this household go."""
    if track.told is not None:
        return track.told.at.partition(",")[0]
    return municipality_name(file.tenancy_id, on) if side is Side.CORPORATION else ""


def _beside(tenancy_id: int, facts: Sequence[Fact]) -> tuple[Beside, ...]:
    return tuple(
        Beside(
            box.value,
            sentence,
            tuple(
                (one.sentence, reverse(PAGES[one.source], args=[tenancy_id]), SOURCE_LABEL[one.source])
                for one in facts
                if one.box is box
            ),
        )
        for box, sentence in CHECKS.items()
    )
