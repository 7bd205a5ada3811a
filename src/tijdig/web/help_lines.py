"""How causes and what waits in the room of help are written on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from tijdig.cases.queries_today import Whose
from tijdig.contacts.kinds import CAUSE_LABEL, Cause
from tijdig.help.cause import NOTICED_BY_LABEL, SAYS_LABEL, Sighting, Standing
from tijdig.help.guides import Guide, guide
from tijdig.help.queries_agenda import agenda
from tijdig.help.queries_cause import causes_of
from tijdig.letters.queries import named
from tijdig.tenancies.queries import cards
from tijdig.web.templatetags.letters import who_did


@dataclass(frozen=True, slots=True)
class SightingLine:
    on: date
    says: str
    by: str
    who: str
    words: str
    contact_id: int


@dataclass(frozen=True, slots=True)
class CauseLine:
    """One cause as it is shown, with everybody who noticed it, the newest first."""

    word: str
    label: str
    says: str
    holds: bool
    first_on: date
    first_by: str
    sightings: tuple[SightingLine, ...]


def standing_lines(known: Sequence[Standing]) -> list[CauseLine]:
    """In the order in which they came."""
    names = named({seen.actor for one in known for seen in one.sightings})
    return [
        CauseLine(
            one.cause.value,
            CAUSE_LABEL[one.cause],
            SAYS_LABEL[one.says],
            one.holds,
            one.first.noticed_on,
            NOTICED_BY_LABEL[one.first.noticed_by],
            tuple(_sighting(seen, names) for seen in reversed(one.sightings)),
        )
        for one in known
    ]


def _sighting(one: Sighting, names: dict[str, str]) -> SightingLine:
    return SightingLine(
        one.noticed_on,
        SAYS_LABEL[one.says],
        NOTICED_BY_LABEL[one.noticed_by],
        one.name or who_did(one.actor, names),
        one.words,
        one.contact_id,
    )


def guides_of(tenancy_id: int, on: date) -> list[tuple[str, Guide]]:
    """The guides for the causes that hold, with their names; how one asks where none is known."""
    holding = [one.cause for one in causes_of(tenancy_id, on) if one.holds] or [Cause.UNKNOWN]
    return [
        (CAUSE_LABEL[one] if one is not Cause.UNKNOWN else "Nog niet bekend", guide(one)) for one in holding
    ]


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing that waits: `name` of the tenant, empty where it is of nobody yet."""

    name: str
    sentence: str
    due_on: date
    late: bool
    href: str


def due_lines(on: date, whose: Whose | None) -> list[DueLine]:
    """What is due by a day of somebody's tenancies, and what is of nobody yet; all of it without somebody."""
    known = agenda(on)
    mine = (
        whose({one.tenancy_id for one in known if one.tenancy_id is not None}) if whose and known else set()
    )
    found = [one for one in known if whose is None or one.tenancy_id is None or one.tenancy_id in mine]
    if not found:
        return []
    people = cards(sorted({one.tenancy_id for one in found if one.tenancy_id is not None}))
    return [
        DueLine(
            people[one.tenancy_id].name or people[one.tenancy_id].contract_number if one.tenancy_id else "",
            one.sentence,
            one.due_on,
            one.due_on < on,
            reverse(one.route, args=one.args),
        )
        for one in found
    ]
