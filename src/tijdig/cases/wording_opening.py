"""The sentences with which a talk begins, in plain Dutch: who hears what, and what nobody else may hear. See `opening`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tijdig.base.days import MONTHS
from tijdig.base.money import euro
from tijdig.cases.opening import Began, Ear, Short, Situation, Why, why
from tijdig.law.answer import short_day
from tijdig.tenancies.flags import Flag

_NAMED_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Names:
    """Who speaks, for which corporation, and whom we want to speak."""

    caller: str
    office: str
    tenant: str


@dataclass(frozen=True, slots=True)
class Opening:
    """`check` is for whoever talks, before anything is said; `lines` are said."""

    check: str
    lines: tuple[str, ...]


def opening(known: Situation, ear: Ear, began: Began, names: Names) -> Opening:
    """What to say first to whoever hears it."""
    if ear is Ear.MACHINE:
        return Opening(_CHECK[ear], (_message(began, names),))
    if ear is Ear.ELSE:
        return Opening(_CHECK[ear], tuple(_to_others(began, names)))
    talk = _to_tenant if ear is Ear.TENANT else _to_representative
    return Opening(_CHECK[ear], (_greeting(ear, began, names), *talk(known, names)))


_CHECK = {
    Ear.TENANT: "Nog geen bedrag: vraag eerst naar adres en geboortedatum.",
    Ear.REPRESENTATIVE: "Nog geen bedrag: kijk eerst of het bewind of de machtiging bekend is.",
    Ear.ELSE: "Zeg niets over geld, huur of afspraken.",
    Ear.MACHINE: "Zeg niets over geld, huur of afspraken.",
}


def _greeting(ear: Ear, began: Began, names: Names) -> str:
    if began is Began.THEY_CAME:
        own = ear is Ear.TENANT
        asked = "uw naam, uw adres en uw geboortedatum" if own else "uw naam, en voor wie u optreedt"
        return f"U spreekt met {names.caller}. Fijn dat u contact zoekt. Mag ik {asked}?"
    if ear is Ear.REPRESENTATIVE:
        return f"{_hello(began, names)} Treedt u op voor {names.tenant}?"
    met = "Bent u" if began is Began.WE_VISIT else "Spreek ik met"
    return f"{_hello(began, names)} {met} {names.tenant}?"


def _hello(began: Began, names: Names) -> str:
    if began is Began.WE_VISIT:
        return f"Goedendag, ik ben {names.caller} van {names.office}."
    return f"Goedendag, u spreekt met {names.caller} van {names.office}."


def _to_others(began: Began, names: Names) -> Iterator[str]:
    if began is Began.THEY_CAME:
        yield f"U spreekt met {names.caller} van {names.office}."
        yield f"Ik mag hierover alleen met {names.tenant} zelf praten, of met wie gemachtigd is."
    else:
        yield f"{_hello(began, names)} Ik wil graag {names.tenant} zelf spreken."
    yield f"Wanneer is {names.tenant} het best te bereiken, en op welk nummer?"
    yield "Wilt u vragen of ik teruggebeld kan worden?"


def _message(began: Began, names: Names) -> str:
    if began is Began.WE_VISIT:
        return f"Ik was vandaag bij u aan de deur. Wilt u mij bellen? {names.caller}, {names.office}."
    return f"Dit is {names.caller} van {names.office}, voor {names.tenant}. Wilt u mij vandaag of morgen terugbellen?"


def _to_tenant(known: Situation, names: Names) -> Iterator[str]:
    reason = why(known)
    if reason is Why.DEATH:
        yield "Gecondoleerd met uw verlies. U hoeft nu niets te betalen of te beslissen."
        yield "Wie regelt de huur en de post, en waarmee kunnen wij u nu helpen?"
        return
    if reason in (Why.DEBT_PROCEDURE, Why.BANKRUPTCY):
        helper = "de schuldhulp" if reason is Why.DEBT_PROCEDURE else "de curator"
        yield f"Wat er van vroeger openstaat, loopt via {helper}. Daarover hoeft u met ons niets te regelen."
        if new := _new(known):
            yield f"{new} Hoe komt dat?"
        yield "Lukt het om de gewone huur op tijd te betalen? Wat is daarvoor nodig?"
        return
    if Flag.VULNERABLE in known.flags:
        yield "Hoe gaat het met u?"
    yield _fact(reason, known)
    yield _QUESTION.get(reason, "Hoe komt dat?")
    if reason is not Why.NOTHING_OPEN:
        yield _offer(known)


def _to_representative(known: Situation, names: Names) -> Iterator[str]:
    reason = why(known)
    if reason is Why.DEATH:
        yield f"Het gaat over de woning van {names.tenant}. Wij willen weten wie de huur en de post nu regelt."
        yield "Bij wie kunnen wij terecht, en wat heeft u van ons nodig?"
        return
    fact = _frozen(known) or _fact(reason, known, of_tenant=True)
    yield f"Het gaat over de huur van {names.tenant}. {fact}"
    if reason in (Why.DEBT_PROCEDURE, Why.BANKRUPTCY):
        yield "Is dit bij u aangemeld? Wat heeft u daarvoor van ons nodig?"
        yield "Hoe zorgen wij samen dat de gewone huur elke maand komt?"
    elif reason is Why.NOTHING_OPEN:
        yield _QUESTION[reason]
    else:
        yield "Wat kan er betaald worden, en vanaf welke dag?"
        yield "Kan het niet in één keer? Dan spreken wij nu een regeling af."


def _new(known: Situation) -> str:
    """What did not come of the rent since a debt procedure began."""
    if known.new_cents <= 0 or known.begun_on is None:
        return ""
    return f"Van de huur sinds {short_day(known.begun_on)} staat nu {euro(known.new_cents)} open."


def _frozen(known: Situation) -> str:
    """Both accounts of a debt procedure, for who runs it."""
    if known.begun_on is None:
        return ""
    old = f"Van vóór {short_day(known.begun_on)} staat {euro(known.frozen_cents)} open; dat staat stil."
    return f"{old} {_new(known)}".strip()


_QUESTION = {
    Why.NOTHING_OPEN: "Waarmee kan ik u helpen?",
    Why.ARRANGEMENT_BROKEN: "Wat is er gebeurd?",
    Why.PROMISE_BROKEN: "Wat kwam ertussen?",
    Why.DEPARTED: "Hoe wilt u dit afronden?",
    Why.DEBIT_RETURNED: "Weet u hoe dat komt?",
    Why.OFTEN_LATE: "Wat maakt het lastig om op tijd te betalen?",
    Why.TALKED_BEFORE: "Hoe is het sindsdien gegaan?",
}


def _offer(known: Situation) -> str:
    if Flag.ADMINISTRATION in known.flags:
        return "Voor een afspraak over geld bel ik uw bewindvoerder. Wilt u daarbij iets meegeven?"
    if Flag.VULNERABLE in known.flags:
        return "Wij zoeken samen iets wat past. U hoeft vandaag niets te beslissen."
    if known.arrangement is not None:
        return "Past de regeling niet meer? Dan maken wij nu samen een andere."
    return "Lukt het niet in één keer? Dan maken wij nu samen een regeling."


def _fact(reason: Why, known: Situation, *, of_tenant: bool = False) -> str:
    """In one sentence or two, with the amount and the months."""
    if reason is Why.NOTHING_OPEN:
        return "Er staat niets open dat al betaald had moeten zijn."
    if reason is Why.ARRANGEMENT_BROKEN and known.arrangement:
        return (
            f"Volgens de regeling had er nu {euro(known.arrangement.asked_cents)} moeten zijn, termijnen en huur samen. "
            f"{_came(known.arrangement)}"
        )
    if reason is Why.PROMISE_BROKEN and known.promise and known.promise.on:
        asked, on = euro(known.promise.asked_cents), short_day(known.promise.on)
        return f"Er zou op {on} {asked} betaald worden. {_came(known.promise)}"
    if reason is Why.DEPARTED:
        whose = "de vorige woning" if of_tenant else "uw vorige woning"
        return f"Van {whose} staat nog {euro(known.overdue_cents)} open."
    return f"{_before(reason, known)}{_open(known)}"


def _before(reason: Why, known: Situation) -> str:
    if reason is Why.DEBIT_RETURNED and known.returned_on:
        return f"De incasso kwam op {short_day(known.returned_on)} terug. "
    if reason is Why.OFTEN_LATE:
        return "De huur kwam dit jaar vaker te laat. "
    if reason is Why.TALKED_BEFORE and known.talked_on:
        return f"Op {short_day(known.talked_on)} hebben wij elkaar gesproken. "
    return ""


def _came(short: Short) -> str:
    return f"Er kwam {euro(short.came_cents)}." if short.came_cents > 0 else "Er kwam nog niets."


def _open(known: Situation) -> str:
    """What is open: as rent where it is all rent, and else the whole with the rent in it."""
    whole = euro(known.overdue_cents)
    if known.rent_cents <= 0 or not known.months:
        since = f", sinds {short_day(known.since_on)}" if known.since_on else ""
        return f"Er staat nog {whole} open{since}."
    if known.rent_cents >= known.overdue_cents:
        return f"Van de huur van {_months(known.months)} staat nog {whole} open."
    return f"Er staat nog {whole} open. Daarvan is {euro(known.rent_cents)} huur van {_months(known.months)}."


def _months(months: Sequence[date]) -> str:
    """`oktober en november 2026`; more than three are counted."""
    if len(months) > _NAMED_MONTHS:
        return f"{len(months)} maanden, vanaf {_month(months[0])}"
    one_year = len({month.year for month in months}) == 1
    named = [_name(month) if one_year else _month(month) for month in months[:-1]]
    last = _month(months[-1])
    return f"{', '.join(named)} en {last}" if named else last


def _month(month: date) -> str:
    return f"{_name(month)} {month.year}"


def _name(month: date) -> str:
    return MONTHS[month.month - 1]
