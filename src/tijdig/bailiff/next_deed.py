"""What comes next before the court, in a sentence: told from where a file stands, what is owed, and how a last chance goes.

Decides in this order: nothing is owed any more, a last chance that broke or was kept, what the stage waits for. It proposes
and decides nothing. Units: days. Errors: none. Example: announced for 3 May and the municipality does not know the day: the
bailiff tells it. Left out: what may be written (`track.possible`).
"""

from __future__ import annotations

from tijdig.bailiff.chance import Chance, How
from tijdig.bailiff.track import Stage, Track

PAID_UP = "Er staat niets meer open. Stop de procedure en sluit het dossier."
CHANCE_BROKEN = "De laatste kans is gebroken"
CHANCE_KEPT = "De laatste kans is nagekomen. Stop de procedure en sluit het dossier in goed overleg."
NO_EVICTION = (
    "Dit vonnis geeft geen ontruiming. Spreek een regeling af. Moet er toch opnieuw worden gedagvaard? "
    "Sluit dit dossier met ‘vonnis’ en draag het opnieuw over."
)
_STAGE = {
    Stage.NONE: "",
    Stage.SUMMONS_PROPOSED: "De corporatie besluit of er wordt gedagvaard.",
    Stage.SUMMONS_AGREED: "De deurwaarder brengt de dagvaarding uit.",
    Stage.SUMMONED: "Is er een vonnis? Leg het vast.",
    Stage.JUDGED: "De deurwaarder betekent het vonnis, of u spreekt een laatste kans af.",
    Stage.EVICTED: "",
}


def next_deed(track: Track, owed_cents: int, chance: Chance | None) -> str:
    """What to do now; empty where nothing waits."""
    if owed_cents <= 0 and track.stage not in (Stage.NONE, Stage.EVICTED):
        return PAID_UP
    match track.stage:
        case Stage.SERVED:
            return _after_service(track)
        case Stage.LAST_CHANCE:
            return _of_chance(chance)
        case Stage.EVICTION_PROPOSED:
            if track.told is None:
                return "De corporatie licht de gemeente in dat er een ontruiming kan komen. Daarna besluiten twee mensen."
            return "Twee mensen van de corporatie besluiten. Een van hen is teamleider of manager."
        case Stage.EVICTION_AGREED:
            first = track.first_eviction_on
            return "De deurwaarder zegt de ontruiming aan" + (
                f", voor {first:%d-%m-%Y} of later." if first else "."
            )
        case Stage.ANNOUNCED:
            if track.day_told is None:
                return (
                    "De deurwaarder laat de gemeente weten op welke dag de ontruiming is "
                    "(artikel 14 Gerechtsdeurwaarderswet)."
                )
            return "Betaalt de huurder alles, stop dan. Anders ontruimt de deurwaarder op de dag die is aangezegd."
    return _STAGE[track.stage]


def _after_service(track: Track) -> str:
    if track.judgment is not None and not track.judgment.eviction:
        return NO_EVICTION
    first = track.first_eviction_on
    leave = f" Ontruimen kan vanaf {first:%d-%m-%Y}." if first else ""
    return f"Spreek een laatste kans af, of stel een volgende stap voor.{leave}"


def _of_chance(chance: Chance | None) -> str:
    if chance is None or chance.how is How.RUNS:
        until = chance.deed.at_on if chance else None
        return f"De laatste kans loopt tot en met {until:%d-%m-%Y}." if until else "De laatste kans loopt."
    if chance.how is How.KEPT:
        return CHANCE_KEPT
    since = f" op {chance.broken_on:%d-%m-%Y}" if chance.broken_on else ""
    return (
        f"{CHANCE_BROKEN}{since}. Bel de huurder. Leg daarna vast dat de laatste kans voorbij is, of spreek een andere "
        "regeling af."
    )
