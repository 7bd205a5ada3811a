"""What stands beside a talk: who they are and how they are reached, what to say first, and what was agreed before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy

from tijdig.arrangements.kinds import END_LABEL, KEPT_LABEL, STATE_LABEL
from tijdig.carriers.channel import Channel
from tijdig.cases.opening import Began, Ear
from tijdig.cases.queries_talk import Briefing
from tijdig.cases.wording_opening import Names, Opening, opening
from tijdig.contacts.promise import STATE_LABEL as PROMISE_LABEL
from tijdig.letters.ways import LABEL as WAY_LABEL
from tijdig.tenancies.flags import FLAG_LABEL, FLAG_MEANS
from tijdig.tenancies.queries_reach import Household
from tijdig.web.contact_form import name_of

_DUTCH = ("", "NL", "NLD", "DUT")
_LANGUAGE: dict[str, str | Lazy] = {  # VERA's TAAL, and what else is spoken much; ISO 639
    "ENG": gettext_lazy("Engels"),
    "EN": gettext_lazy("Engels"),
    "DUI": gettext_lazy("Duits"),
    "DEU": gettext_lazy("Duits"),
    "FRA": gettext_lazy("Frans"),
    "SPA": gettext_lazy("Spaans"),
    "TUR": gettext_lazy("Turks"),
    "ARA": gettext_lazy("Arabisch"),
    "POL": gettext_lazy("Pools"),
    "UKR": gettext_lazy("Oekraïens"),
    "TIR": gettext_lazy("Tigrinya"),
}


@dataclass(frozen=True, slots=True)
class Reached:
    """One tenant: how to reach him, in which language, and how he likes letters."""

    name: str
    phone: str
    email: str
    died_on: date | None
    language: str | Lazy  # empty for Dutch
    way: str


@dataclass(frozen=True, slots=True)
class Said:
    """What to say first to one listener, when the talk began one way."""

    began: str
    ear: str
    opening: Opening


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """One agreement from before and how it went. Labels are Dutch."""

    what: str  # arrangement or promise
    on: date
    cents: int
    state: str
    asked_cents: int | None = None
    came_cents: int | None = None


def reached(household: Household) -> list[Reached]:
    return [
        Reached(
            name=name_of(one),
            phone=one.phone,
            email=one.email,
            died_on=one.died_on,
            language=_language(one.language),
            way=WAY_LABEL[Channel(one.channel)] if one.channel in set(Channel) else "",
        )
        for one in household.residents
    ]


def _language(code: str) -> str | Lazy:
    return "" if code.upper() in _DUTCH else _LANGUAGE.get(code.upper(), code)


def openings(known: Briefing, household: Household, *, caller: str, office: str) -> list[Said]:
    """Everything that may have to be said: the page shows what fits with whom and how."""
    alive = [name_of(one) for one in household.residents if one.died_on is None]
    tenant = alive[0] if alive else next(iter(known.file.names), known.file.contract_number)
    names = Names(caller, office, tenant)
    return [
        Said(began.value, ear.value, opening(known.situation, ear, began, names))
        for began in Began
        for ear in Ear
        if not (ear is Ear.MACHINE and began is Began.THEY_CAME)
    ]


def agreed_lines(known: Briefing) -> list[AgreedLine]:
    """The newest arrangement and the newest promise, where there was one."""
    return list(_agreed(known))


def _agreed(known: Briefing) -> Iterator[AgreedLine]:
    made, kept = known.arrangement, known.kept
    if made is not None:
        state = STATE_LABEL[made.state]
        if made.ended_on is not None:
            state = f"{state}, {END_LABEL[made.end_reason]}" if made.end_reason else state
        elif kept is not None:
            state = f"{state}, {KEPT_LABEL[kept.kept]}"
        runs = kept is not None and made.ended_on is None
        yield AgreedLine(
            "arrangement",
            made.agreed_on,
            made.debt_cents,
            state,
            kept.asked_cents if runs and kept else None,
            kept.came_cents if runs and kept else None,
        )
    if (found := known.promise) is not None:
        promised = found.promise
        yield AgreedLine(
            "promise",
            promised.due_on,
            promised.amount_cents,
            PROMISE_LABEL[found.state],
            None,
            found.came_cents,
        )


def flags_of(known: Briefing) -> list[tuple[str, str, str]]:
    """What holds, what it means for whoever talks, and what was noted with it."""
    return [(FLAG_LABEL[one.kind], FLAG_MEANS[one.kind], one.note) for one in known.flags]
