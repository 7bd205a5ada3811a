"""A deed as somebody wants to write it down, and what is wrong with it.

Decides about days, reasons, amounts and what must be looked at first: an eviction not before its announced day nor before
the day after the term that the judge gave, with at least the days of the law between announcement and eviction; a last
chance on an arrangement that runs, with its conditions in words; a yes to an eviction with every box ticked and the facts
beside it.

Sources: article 555 Rv (`law.eviction_terms`: an order to go within so many days, a term that the Algemene termijnenwet
extends over rest days); article 64 Rv (no exploit on a Sunday or holiday); the judgment (its term). Units: days, whole
cents. Errors: none, each fault is a sentence that says what to do. Example: served on 1 February with a term of 14 days, an
eviction announced for the 15th: "De rechter gaf de huurder tot en met 15-02-2027. Ontruimen kan vanaf 16-02-2027." Left out:
which deed may follow (`track`), what is in proportion (`proportion`), and what stops a step towards a household
(`queries_stops`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tijdig.bailiff.chance import Chance, How, Plan
from tijdig.bailiff.eviction_check import CHECKS, Fact, whole
from tijdig.bailiff.track import DECISIONS, JUDGMENTS, TELLS, Deed, Judgment, Track
from tijdig.law.holidays import SUNDAY, extended, is_holiday
from tijdig.law.quantity import mapping, quantity

LONGEST = 800
BROKEN = "broken"
NO_PLAN = "Een laatste kans rust op een regeling die loopt. Spreek die eerst af met de huurder."
_WITH_DAY = frozenset({Deed.SUMMONED, Deed.HEARING, Deed.LAST_CHANCE, Deed.ANNOUNCED})
WITH_REASON = DECISIONS | {
    Deed.SUMMONS_PROPOSED, Deed.EVICTION_PROPOSED, Deed.LAST_CHANCE, Deed.LAST_CHANCE_OVER, Deed.STOPPED,
}  # fmt: skip
_AHEAD = timedelta(days=3 * 366)
_LONGEST_TERM = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedDraft:
    """What somebody writes down. `at_on` is the day that the deed names, `at` its place or hour, or which municipality and
    how; `check` what was seen and `facts` what stood beside it; `arrangement_id` the arrangement that was on the page, with
    the `conditions` of a last chance."""

    deed: Deed
    on: date
    reason: str = ""
    at_on: date | None = None
    at: str = ""
    check: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    judgment: Judgment | None = None
    arrangement_id: int | None = None
    conditions: str = ""


def draft_faults(
    draft: DeedDraft, track: Track, plan: Plan | None, chance: Chance | None, today: date
) -> Iterator[str]:
    """All that is wrong with it by itself, on a track that stands so."""
    if len(draft.reason) > LONGEST:
        yield f"Houd de reden onder {LONGEST} tekens."
    yield from _looked(draft)
    yield from _too_early(draft, track, chance)
    yield from _day_faults(draft, track, today)
    yield from _term_faults(draft, track)
    yield from _chance_faults(draft, plan)
    yield from _judgment_faults(draft, track)
    if draft.deed in TELLS and not draft.at.strip():
        yield "Schrijf op welke gemeente het was, en hoe zij het hoorde."


def broke(on: date) -> str:
    """Why no last chance stands on the arrangement that runs."""
    return f"De regeling die loopt, is gebroken op {on:%d-%m-%Y}. Spreek eerst een andere af."


def _looked(draft: DeedDraft) -> Iterator[str]:
    if draft.deed is not Deed.EVICTION_AGREED:
        return
    if set(draft.check) != set(CHECKS):
        yield (
            "Kijk eerst naar het huishouden, de kinderen, de hulp, wat anders kan en de gemeente. "
            "Vink aan wat u hebt gezien."
        )
    if not whole(draft.facts):
        yield "Lees eerst wat er bekend is, en besluit dan."


def _too_early(draft: DeedDraft, track: Track, chance: Chance | None) -> Iterator[str]:
    """An eviction not before its day, and a last chance not over before its end unless the tenant broke it."""
    day = track.announced.at_on if track.announced else None
    if draft.deed is Deed.EVICTED and day is not None and draft.on < day:
        yield f"De ontruiming is aangezegd voor {day:%d-%m-%Y}, niet eerder."
    ended = BROKEN in draft.check or (chance is not None and chance.how is How.BROKEN)
    if draft.deed is Deed.LAST_CHANCE_OVER and not ended:
        until = track.last_chance.at_on if track.last_chance else None
        if until is not None and draft.on <= until:
            yield f"De laatste kans loopt tot en met {until:%d-%m-%Y}. Kwam de huurder de afspraak niet na? Vink dat aan."


def _day_faults(draft: DeedDraft, track: Track, today: date) -> Iterator[str]:
    if draft.deed not in _WITH_DAY:
        return
    if draft.at_on is None:
        yield "Vul de dag in die erbij hoort."
    elif not draft.on <= draft.at_on <= today + _AHEAD:
        yield "De dag die erbij hoort, ligt op of na de dag zelf en hoogstens drie jaar vooruit."
    elif draft.deed is Deed.ANNOUNCED:
        yield from _announced_faults(draft.on, draft.at_on, again=track.announced is not None)


def _announced_faults(on: date, day: date, *, again: bool) -> Iterator[str]:
    """The days in which the tenant may still go by himself are over, and it is a day on which a bailiff comes. What is put
    off was ordered before: its new day is told some days ahead."""
    days = quantity("eviction_terms", mapping).at(on).value
    if again:
        first = on + timedelta(days=int(days["again_days"]))
        if day < first:
            yield f"Wie een ontruiming uitstelt, zegt de nieuwe dag ten minste {days['again_days']} dagen ervoor aan."
    elif day <= (last := extended(on + timedelta(days=int(days["order_days"])))):
        yield (
            f"De huurder krijgt na de aanzegging {days['order_days']} dagen om zelf te gaan, tot en met {last:%d-%m-%Y} "
            "(artikel 555 Rv). Kies een latere dag."
        )
    if day.weekday() == SUNDAY or is_holiday(day):
        yield f"{day:%d-%m-%Y} is een zondag of feestdag. Dan komt er geen deurwaarder (artikel 64 Rv); kies een andere."


def _term_faults(draft: DeedDraft, track: Track) -> Iterator[str]:
    """The term that the judge gave is over before anybody has to leave."""
    first = track.first_eviction_on
    day = {Deed.ANNOUNCED: draft.at_on, Deed.EVICTED: draft.on}.get(draft.deed)
    if first is not None and day is not None and day < first:
        last = first - timedelta(days=1)
        yield f"De rechter gaf de huurder tot en met {last:%d-%m-%Y}. Ontruimen kan vanaf {first:%d-%m-%Y}."


def _chance_faults(draft: DeedDraft, plan: Plan | None) -> Iterator[str]:
    if draft.deed is not Deed.LAST_CHANCE:
        return
    if plan is None:
        yield NO_PLAN
        return
    if plan.broken_on is not None:
        yield broke(plan.broken_on)
    if draft.arrangement_id != plan.arrangement.id:
        yield "De regeling is intussen een andere. Lees haar en leg het dan vast."
    if draft.at_on is not None and draft.at_on < plan.last_on:
        yield f"De regeling loopt tot en met {plan.last_on:%d-%m-%Y}. De laatste kans loopt ten minste zo lang."
    if not draft.conditions.strip():
        yield "Schrijf op waar de huurder zich aan houdt: de gewone huur op tijd, en de termijnen."
    if len(draft.conditions) > LONGEST:
        yield f"Houd de voorwaarden onder {LONGEST} tekens."


def _judgment_faults(draft: DeedDraft, track: Track) -> Iterator[str]:
    if draft.deed not in JUDGMENTS:
        return
    given = draft.judgment
    if given is None:
        yield "Vul in wat de rechter besliste."
        return
    if min(given.principal_cents, given.interest_cents, given.collection_cents, given.costs_cents) < 0:
        yield "Een bedrag in een vonnis kan niet lager zijn dan nul."
    if given.on > draft.on:
        yield "Kies de dag van het vonnis: vandaag of eerder."
    if draft.deed is Deed.JUDGMENT_CORRECTED and track.served_on is not None and given.on > track.served_on:
        yield (
            f"Dit vonnis is betekend op {track.served_on:%d-%m-%Y}: kies die dag of eerder. "
            "Is het een ander vonnis? Leg het dan vast als nieuw vonnis."
        )
    if given.through_on > given.on:
        yield "De huur in het vonnis loopt tot een dag vóór het vonnis."
    if given.eviction and not given.dissolved:
        yield "Een ontruiming zonder ontbinding kan niet. Kijk het vonnis na."
    if given.eviction and given.vacate_days is None:
        yield "Vul in binnen hoeveel dagen na de betekening de huurder eruit moet. Dat staat in het vonnis."
    if given.vacate_days is not None and not 1 <= given.vacate_days <= _LONGEST_TERM:
        yield f"De termijn om te vertrekken is 1 tot en met {_LONGEST_TERM} dagen."
    if given.vacate_days is not None and not given.eviction:
        yield "Een termijn om te vertrekken hoort bij een ontruiming. Kijk het vonnis na."
