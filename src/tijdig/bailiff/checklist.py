"""What must be in order before a file goes to a partner, computed and never ticked.

Decides per point whether it is right, weak or in the way, with a sentence that shows what it went by and what mends it.
A weak point may be gone past by two people with a reason; what is in the way never.

Sources: article 2 Besluit gemeentelijke schuldhulpverlening (the early signal; a recorded objection counts as done);
articles 287b, 299, 301, 305 Fw (procedures); article 26 Fw (bankruptcy); article 1:441 BW (who represents a person under
administration); article 6:96 paragraph 6 BW (costs need a letter whose term has passed: without it the file may go, and the
tenant owes no costs).

Units: whole cents, days, counts. Errors: none. Example: spoken to, a letter that passed, a signal that was done, nothing
else: nine points that are right. Left out: whether it is wise; that somebody decided it by name is one of the points.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tijdig.base.money import euro


class State(StrEnum):
    RIGHT = "right"
    WEAK = "weak"
    STOPS = "stops"


class Point(StrEnum):
    """In the order in which they are shown."""

    OPEN = "open"
    DECISION = "decision"
    CONTACT = "contact"
    LETTER = "letter"
    SIGNAL = "signal"
    FLAGS = "flags"
    REST = "rest"
    CLAIM = "claim"
    HOUSEHOLD = "household"


POINT_LABEL = {
    Point.OPEN: "Er staat iets open",
    Point.DECISION: "Besloten op naam",
    Point.CONTACT: "Persoonlijk contact gezocht",
    Point.LETTER: "Veertiendagenbrief",
    Point.SIGNAL: "Vroegsignaal",
    Point.FLAGS: "Niets dat dit tegenhoudt",
    Point.REST: "Geen afspraak of pauze die loopt",
    Point.CLAIM: "Vordering klopt",
    Point.HOUSEHOLD: "Huishouden bekend",
}


class Letter(StrEnum):
    NONE = "none"
    RUNNING = "running"
    PASSED = "passed"


class Signal(StrEnum):
    NONE = "none"
    OFFERED = "offered"
    OBJECTED = "objected"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One time that somebody sought contact, in the words of its kind."""

    at: datetime
    channel: str
    reached: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a tenancy on a day. `stops` is what happened to the household, `rests` what must be over first,
    `doubts` what is not sure about the claim, `unknown` what of the household is not known, each in words."""

    overdue_cents: int
    decided: bool
    departed: bool
    talked_on: date | None
    phone_attempts: int
    visit_attempts: int
    letter: Letter
    signal: Signal
    stops: tuple[str, ...]
    rests: tuple[str, ...]
    claim_cents: int | None
    doubts: tuple[str, ...]
    unknown: tuple[str, ...]
    asked_who_lives: bool = True
    arranged: bool = False  # an arrangement runs and is kept
    there: bool = False  # it went to a bailiff outside tijdig: what a decision about going says, is past
    attempts: tuple[Attempt, ...] = ()  # in these arrears, the newest first


@dataclass(frozen=True, slots=True)
class Item:
    """One point: how it stands, and what shows that or what mends it."""

    point: Point
    state: State
    sentence: str

    @property
    def label(self) -> str:
        return POINT_LABEL[self.point]


def judged(facts: Facts) -> tuple[Item, ...]:
    """Every point, in order; of a file that went before, all but the decision that it should."""
    return (
        _open(facts),
        *(() if facts.there else (_decision(facts),)),
        _contact(facts),
        _letter(facts),
        _signal(facts),
        _flags(facts),
        _rest(facts),
        _claim(facts),
        _household(facts),
    )


def stopping(items: tuple[Item, ...]) -> tuple[str, ...]:
    return tuple(one.sentence for one in items if one.state is State.STOPS)


def weak(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(one for one in items if one.state is State.WEAK)


def _open(facts: Facts) -> Item:
    if facts.overdue_cents <= 0:
        return Item(Point.OPEN, State.STOPS, "Er staat niets open dat al betaald had moeten zijn.")
    return Item(Point.OPEN, State.RIGHT, f"{euro(facts.overdue_cents)} had al betaald moeten zijn.")


def _decision(facts: Facts) -> Item:
    if not facts.decided:
        return Item(Point.DECISION, State.STOPS, "Eerst besluit iemand op naam om over te dragen.")
    return Item(Point.DECISION, State.RIGHT, "Iemand besloot op naam om over te dragen.")


def _contact(facts: Facts) -> Item:
    tried = f"{facts.phone_attempts} keer gebeld en {facts.visit_attempts} keer aan de deur sinds het laatste gesprek"
    if facts.talked_on is not None:
        return Item(Point.CONTACT, State.RIGHT, f"Gesproken op {facts.talked_on:%d-%m-%Y}.")
    if facts.phone_attempts and facts.visit_attempts:
        return Item(Point.CONTACT, State.RIGHT, f"Niemand gesproken, wel geprobeerd: {tried}.")
    missing = (
        "langsgegaan"
        if facts.phone_attempts
        else "gebeld"
        if facts.visit_attempts
        else "gebeld of langsgegaan"
    )
    return Item(Point.CONTACT, State.WEAK, f"Niemand gesproken en nog niet {missing}. Probeer dat eerst.")


def _letter(facts: Facts) -> Item:
    if facts.letter is Letter.PASSED:
        return Item(Point.LETTER, State.RIGHT, "De termijn van de brief over wat nu open staat is voorbij.")
    if facts.letter is Letter.RUNNING:
        return Item(Point.LETTER, State.WEAK, "De termijn van de veertiendagenbrief loopt nog. Wacht die af.")
    return Item(
        Point.LETTER,
        State.WEAK,
        "Voor wat nu open staat is er geen veertiendagenbrief: de huurder is dan geen incassokosten schuldig. "
        "Stuur die eerst.",
    )


def _signal(facts: Facts) -> Item:
    if facts.departed:
        return Item(Point.SIGNAL, State.RIGHT, "De huurder is vertrokken: een vroegsignaal hoeft niet.")
    if facts.signal is Signal.SENT:
        return Item(Point.SIGNAL, State.RIGHT, "Het vroegsignaal is gedaan.")
    if facts.signal is Signal.OBJECTED:
        return Item(
            Point.SIGNAL,
            State.RIGHT,
            "De huurder wil niet dat de gemeente bericht krijgt; dat is vastgelegd.",
        )
    return Item(
        Point.SIGNAL,
        State.STOPS,
        "Eerst doet u een vroegsignaal, of legt u vast dat de huurder dat niet wil.",
    )


def _flags(facts: Facts) -> Item:
    if facts.stops:
        return Item(Point.FLAGS, State.STOPS, " ".join(facts.stops))
    return Item(
        Point.FLAGS,
        State.RIGHT,
        "Geen schuldregeling, faillissement, overlijden, open bezwaar of bewind zonder overleg.",
    )


def _rest(facts: Facts) -> Item:
    if facts.rests:
        return Item(Point.REST, State.STOPS, " ".join(facts.rests))
    return Item(Point.REST, State.RIGHT, "Er loopt niets dat eerst voorbij moet zijn.")


def _claim(facts: Facts) -> Item:
    if facts.claim_cents is None:
        return Item(
            Point.CLAIM, State.WEAK, " ".join(("De vordering is niet uit te rekenen.", *facts.doubts))
        )
    if facts.doubts:
        told = " ".join(facts.doubts)
        return Item(Point.CLAIM, State.WEAK, f"{euro(facts.claim_cents)}, maar niet alles is zeker. {told}")
    return Item(Point.CLAIM, State.RIGHT, f"De vordering is {euro(facts.claim_cents)}.")


def _household(facts: Facts) -> Item:
    if facts.unknown:
        return Item(
            Point.HOUSEHOLD, State.WEAK, f"Niet bekend: {', '.join(facts.unknown)}. Zoek dat eerst uit."
        )
    if not facts.asked_who_lives:
        return Item(
            Point.HOUSEHOLD,
            State.WEAK,
            "Niemand schreef op wie er woont, en of er kinderen zijn. Vraag het na.",
        )
    return Item(
        Point.HOUSEHOLD, State.RIGHT, "Wie er huurt en waar is bekend, en wie er woont is nagevraagd."
    )
