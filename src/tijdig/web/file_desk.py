"""What both sides do in a file: ask and answer, book costs, and write down what happens before the court.

One text and one set of forms for the corporation and its partner; the side says what each may.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.people import Person
from tijdig.access.scope import organisation_scope
from tijdig.bailiff import actions_in_file as actions
from tijdig.bailiff.actions_program import LONGEST_REFERENCE, set_reference
from tijdig.bailiff.actions_track import write
from tijdig.bailiff.costs import (
    ACT_LABEL,
    AGAINST_LABEL,
    BOOKED,
    PAYER_LABEL,
    Act,
    Against,
    CostDraft,
    Payer,
    waits_for_corporation,
)
from tijdig.bailiff.deed_draft import BROKEN, DeedDraft
from tijdig.bailiff.earlier import Left
from tijdig.bailiff.eviction_check import CHECKS, Fact, digest
from tijdig.bailiff.kinds import May, Side
from tijdig.bailiff.next_deed import next_deed
from tijdig.bailiff.proportion import Owed
from tijdig.bailiff.queries import agreement, files_of
from tijdig.bailiff.queries import file as file_of
from tijdig.bailiff.queries_chance import chance_of
from tijdig.bailiff.queries_check import facts_kept
from tijdig.bailiff.queries_in_file import costs_of, deeds_of, package_size, questions_of
from tijdig.bailiff.queries_owed import owed_in
from tijdig.bailiff.queries_program import references
from tijdig.bailiff.track import DEED_LABEL, JUDGMENTS, TELLS, Deed, Done, Judgment, tell
from tijdig.bailiff.values import Agreement, File
from tijdig.base.not_done import NotDone
from tijdig.base.typed import typed_cents
from tijdig.history.queries import of_subject
from tijdig.web.arrangement_form import FOR_CHANCE
from tijdig.web.check_help import eviction_facts
from tijdig.web.door import actor_of, person_of
from tijdig.web.file_choices import WAYS_TOLD, choices
from tijdig.web.scope import today, typed_day, typed_lines, whole

DOES = frozenset(
    {
        "vraag", "antwoord", "kosten", "kosten-weg", "kosten-akkoord", "kosten-binnen", "kosten-niet-binnen", "stap",
        "nummer",
    }
)  # fmt: skip
_MOST_EVENTS = 1_000
_PUT_RIGHT = ("file_cost_received", "file_cost_withdrawn", "file_cost_agreed")


def desk(
    file: File,
    side: Side,
    person: Person,
    agreed: Agreement | None,
    on: date,
    deeds: Collection[Deed] = frozenset(Deed),
) -> dict[str, Any]:
    """What the sections of a file show to this person, who may write `deeds`; inside the wall."""
    done = deeds_of([file.id])[file.id]
    track = tell(done)
    owed, sums = owed_in(file.id, file.tenancy_id, track, on)
    may = _may(side, agreed)
    open_now = file.ended_on is None
    changed = _changed(file) if not open_now and side is Side.CORPORATION else {}
    chance = chance_of(file.tenancy_id, track, on)
    judged_on = owed.judgment.on if owed.judgment else None
    return {
        "moving": file.tenancy_id,
        "questions": questions_of(file.id),
        "reference": references([file.id]).get(file.id, ""),
        "longest_reference": LONGEST_REFERENCE,
        "may_package": package_size(file.id) is not None,
        "side": side.value,
        "costs": [
            (
                one,
                AGAINST_LABEL[one.against],
                PAYER_LABEL[one.payer],
                one.against is Against.RIGHT,
                changed.get(one.id, []),
                waits_for_corporation(one, judged_on),
            )
            for one in costs_of(file.id)
        ],
        "sums": sums,
        "acts": [(one.value, ACT_LABEL[one]) for one in BOOKED],
        "payers": [(one.value, label) for one, label in PAYER_LABEL.items()],
        "tariffs": [one.label for one in agreed.terms.tariffs] if agreed else [],
        "vat": bool(agreed and agreed.terms.vat_declared),
        "may_cost": open_now and May.COSTS in may,
        "may_settle": not open_now and side is Side.CORPORATION,
        "may_ask": open_now,
        "track": track,
        "deeds": _told(file, side, done),
        "owed": owed,
        "left": _left(owed, file.tenancy_id) if side is Side.CORPORATION else [],
        "chance": chance,
        "next_deed": next_deed(track, owed.to_be_rid_cents, chance) if open_now else "",
        "choices": choices(track, owed, file, side, person, on, deeds)
        if open_now and May.PROCEEDINGS in may
        else [],
        "ways_told": WAYS_TOLD,
        **_ways(file, side, may),
        "asked_as": uuid4(),
        "longest": actions.LONGEST,
    }  # fmt: skip


def carry_out(request: HttpRequest, organisation_id: int, file_id: int, side: Side) -> str:
    """Do what a form asks; returns what to say. Raises `NotDone`, and ValueError for a form that nobody made."""
    what = request.POST.get("wat", "")
    by: dict[str, Any] = {
        "organisation_id": organisation_id,
        "actor": actor_of(request),
        "name": person_of(request).name,
        "side": side,
        "on": today(),
    }
    if what == "vraag":
        actions.ask_question(
            **by, file_id=file_id, text=typed_lines(request, "vraag"), asked_as=_form(request)
        )
        return _("Uw vraag staat bij de ander.")
    if what == "antwoord":
        pk = whole(request.POST.get("nummer", ""), 18) or 0
        actions.answer(**by, file_id=file_id, question_id=pk, text=typed_lines(request, "antwoord"))
        return _("Beantwoord op uw naam.")
    if what == "kosten":
        actions.book(**by, file_id=file_id, draft=_cost(request), asked_as=_form(request))
        return _("Geboekt op uw naam.")
    if what == "kosten-weg":
        pk = whole(request.POST.get("nummer", ""), 18) or 0
        actions.withdraw_cost(**by, file_id=file_id, cost_id=pk, reason=typed_lines(request, "reden"))
        return _("Ingetrokken. De regel blijft zichtbaar en telt niet meer.")
    if what == "kosten-akkoord":
        pk = whole(request.POST.get("nummer", ""), 18) or 0
        actions.agree_cost(**by, file_id=file_id, cost_id=pk, reason=typed_lines(request, "reden"))
        return _("Akkoord op uw naam. De huurder is dit nu schuldig.")
    if what in ("kosten-binnen", "kosten-niet-binnen"):
        on = None if what == "kosten-niet-binnen" else typed_day(request.POST.get("dag", "")) or today()
        pk = whole(request.POST.get("nummer", ""), 18) or 0
        reason = typed_lines(request, "reden")
        actions.received(**by, file_id=file_id, cost_id=pk, received_on=on, reason=reason)
        return _("Vastgelegd dat de huurder dit betaalde.") if on else _("Hersteld: dit is nog niet betaald.")
    if what == "nummer" and side is Side.PARTNER:
        given = {one: by[one] for one in ("organisation_id", "actor", "on")}
        set_reference(**given, file_id=file_id, reference=request.POST.get("nummer", ""))
        return _("Bewaard. De corporatie ziet uw nummer ook.")
    if what == "stap":
        draft = _deed(request, _seen(request, organisation_id, file_id, side))
        write(**by, file_id=file_id, draft=draft, asked_as=_form(request), role=person_of(request).role)
        return _("Vastgelegd op uw naam: %(what)s") % {"what": DEED_LABEL[draft.deed]}
    raise ValueError(what)


def _changed(file: File) -> dict[int, list[tuple[str, str]]]:
    """By cost, who put it right after the file was closed, and why."""
    found: dict[int, list[tuple[str, str]]] = {}
    for one in of_subject(f"tenancy:{file.tenancy_id}", limit=_MOST_EVENTS):
        if one.verb in _PUT_RIGHT and one.facts.get("file") == file.id and one.text:
            found.setdefault(one.facts["cost"], []).append((one.facts["name"], one.text))
    return found


def _left(owed: Owed, tenancy_id: int) -> list[tuple[str, Left, str]]:
    """What is left of earlier files, each with whose it was and where it is: for the corporation."""
    known = {one.id: one for one in files_of(tenancy_id)}
    found = []
    for one in owed.left:
        if one.file_id in known:
            with_it = agreement(known[one.file_id].agreement_id)
            address = f"{reverse('bailiff-file', args=[tenancy_id])}?dossier={one.file_id}"
            found.append((with_it.partner if with_it else "", one, address))
    return found


def _may(side: Side, agreed: Agreement | None) -> frozenset[May]:
    if agreed is None:
        return frozenset()
    return frozenset(May) if side is Side.CORPORATION else frozenset(agreed.terms.may)


def _ways(file: File, side: Side, may: frozenset[May]) -> dict[str, str]:
    """Where an arrangement is made for a last chance, and where that is read on paper."""
    if side is Side.CORPORATION:
        plan, paper = (
            reverse("arrangement", args=[file.tenancy_id]),
            reverse("bailiff-last-chance", args=[file.tenancy_id]),
        )
    else:
        place = [file.organisation_id, file.id]
        plan = reverse("file-arrangement", args=place) if May.ARRANGE in may else ""
        paper = reverse("file-last-chance", args=place)
    return {"plan_url": f"{plan}?voor={FOR_CHANCE}" if plan else "", "paper_url": paper}


def _told(file: File, side: Side, done: Sequence[Done]) -> list[tuple[Done, tuple[Fact, ...]]]:
    """The newest first, each with what it stood on; a partner reads nothing of that."""
    kept = facts_kept(file.id) if side is Side.CORPORATION else {}
    return [(one, kept.get(one.id, ())) for one in reversed(done)]


def _seen(request: HttpRequest, organisation_id: int, file_id: int, side: Side) -> tuple[Fact, ...]:
    """The facts that were on the page of whoever says yes to an eviction. Raises `NotDone` where they changed since."""
    if request.POST.get("stap") != Deed.EVICTION_AGREED.value or side is Side.PARTNER:
        return ()
    with organisation_scope(organisation_id):
        known = file_of(file_id)
        facts = eviction_facts(known, today()) if known is not None else ()
    if request.POST.get("feiten", "") != digest(facts):
        raise NotDone((_("Er veranderde iets sinds u keek. Lees opnieuw wat er bekend is, en besluit dan."),))
    return facts


def _form(request: HttpRequest) -> UUID:
    return UUID(request.POST.get("formulier", ""))


def _cost(request: HttpRequest) -> CostDraft:
    given = request.POST
    act, _colon, label = given.get("handeling", "").partition(":")
    if act not in list(Act) or given.get("voor", "") not in list(Payer):
        raise NotDone((_("Kies wat er gedaan is en wie het betaalt."),))
    try:
        cents, vat_cents = _cents(given.get("bedrag", "")), _cents(given.get("btw", ""))
    except ValueError as odd:
        raise NotDone((str(odd),)) from odd
    return CostDraft(
        act=Act(act),
        payer=Payer(given["voor"]),
        on=typed_day(given.get("dag", "")) or today(),
        cents=cents,
        vat_cents=vat_cents,
        label=label[:120],
        complied="meteen" in given,
        reason=typed_lines(request, "reden"),
    )


def _term(text: str) -> int | None:
    """A number of days; left empty is none. Raises ValueError with what to write."""
    if not text.strip():
        return None
    if (days := whole(text.strip(), 3)) is None:
        raise ValueError(_("Schrijf de termijn om te vertrekken als een getal van dagen."))
    return days


def _cents(text: str) -> int:
    """An amount as typed; left empty, or nothing, is zero. Raises ValueError with what to write."""
    return typed_cents(text) if text.strip(" €0,.") else 0


def _deed(request: HttpRequest, facts: tuple[Fact, ...] = ()) -> DeedDraft:
    given = request.POST
    try:
        deed = Deed(given.get("stap", ""))
    except ValueError as odd:
        raise NotDone((_("Kies wat er gebeurde."),)) from odd
    on = typed_day(given.get("dag", "")) or today()
    return DeedDraft(
        deed=deed,
        on=today() if deed is Deed.JUDGMENT_CORRECTED else on,  # its day is that of the judgment
        reason=typed_lines(request, "reden"),
        at_on=typed_day(given.get("erbij", "")),
        at=_place(request, deed),
        facts=facts,
        arrangement_id=whole(given.get("regeling", ""), 18) if deed is Deed.LAST_CHANCE else None,
        conditions=typed_lines(request, "voorwaarden"),
        check=tuple(one for one in given.getlist("gezien") if one in CHECKS or one == BROKEN),
        judgment=_judgment(request, on) if deed in JUDGMENTS else None,
    )


def _place(request: HttpRequest, deed: Deed) -> str:
    """Its place or hour; of a municipality also how it heard."""
    place, way = " ".join(request.POST.get("waar", "").split()), request.POST.get("hoe", "")
    if deed not in TELLS:
        return place
    return f"{place[:40]}, {way}" if place and way in WAYS_TOLD else ""


def _judgment(request: HttpRequest, on: date) -> Judgment:
    given = request.POST
    through = typed_day(given.get("tot", ""))
    if through is None:
        raise NotDone((_("Vul in tot en met welke dag de huur in het vonnis loopt."),))
    try:
        return Judgment(
            on=on,
            principal_cents=_cents(given.get("huur", "")),
            through_on=through,
            interest_cents=_cents(given.get("rente", "")),
            collection_cents=_cents(given.get("incasso", "")),
            costs_cents=_cents(given.get("proceskosten", "")),
            dissolved="ontbonden" in given,
            eviction="ontruimen" in given,
            vacate_days=_term(given.get("termijn", "")),
        )
    except ValueError as odd:
        raise NotDone((str(odd),)) from odd
