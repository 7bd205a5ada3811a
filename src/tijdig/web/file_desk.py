"""What both sides do in a file: ask and answer, book costs, and write down what happens before the court.

One text and one set of forms for the corporation and its partner; the side says what each may.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tijdig.bailiff import actions_in_file as actions
from tijdig.bailiff.actions_program import LONGEST_REFERENCE, set_reference
from tijdig.bailiff.actions_track import (
    BROKEN,
    CHECKS,
    TOWARDS,
    DeedDraft,
    in_the_way,
    needs_reason,
    weigh,
    write,
)
from tijdig.bailiff.costs import ACT_LABEL, AGAINST_LABEL, BOOKED, PAYER_LABEL, Act, Against, CostDraft, Payer
from tijdig.bailiff.kinds import May, Side
from tijdig.bailiff.proportion import Owed, Weighed
from tijdig.bailiff.queries_in_file import costs_of, deeds_of, package_size, questions_of
from tijdig.bailiff.queries_owed import owed_in
from tijdig.bailiff.queries_program import references
from tijdig.bailiff.queries_stops import stops_on
from tijdig.bailiff.track import DEED_LABEL, SAYS_YES, Deed, Judgment, Track, possible, tell
from tijdig.bailiff.values import Agreement, File, NotDone
from tijdig.base.typed import typed_cents
from tijdig.web.door import actor_of, person_of
from tijdig.web.scope import today, typed_day, typed_lines, whole

DOES = frozenset(
    {"vraag", "antwoord", "kosten", "kosten-weg", "kosten-binnen", "kosten-niet-binnen", "stap", "nummer"}
)
_DO = {
    Deed.SUMMONS_PROPOSED: "Stel voor om te dagvaarden",
    Deed.SUMMONS_AGREED: "Besluit om te dagvaarden",
    Deed.SUMMONS_REFUSED: "Besluit om niet te dagvaarden",
    Deed.SUMMONED: "De dagvaarding is uitgebracht",
    Deed.HEARING: "Zet een zitting in de agenda",
    Deed.JUDGMENT: "Leg het vonnis vast",
    Deed.SERVED: "Het vonnis is betekend",
    Deed.LAST_CHANCE: "Spreek een laatste kans af",
    Deed.LAST_CHANCE_OVER: "De laatste kans is voorbij",
    Deed.EVICTION_PROPOSED: "Stel voor om te ontruimen",
    Deed.EVICTION_AGREED: "Zeg ja tegen ontruimen",
    Deed.EVICTION_REFUSED: "Besluit om niet te ontruimen",
    Deed.MUNICIPALITY_TOLD: "De gemeente is ingelicht",
    Deed.ANNOUNCED: "De ontruiming is aangezegd",
    Deed.EVICTED: "De woning is ontruimd",
    Deed.STOPPED: "Stop de procedure",
}
_DAY_LABEL = {
    Deed.SUMMONED: "Eerste dag op de rol",
    Deed.HEARING: "Dag van de zitting",
    Deed.LAST_CHANCE: "Laatste kans loopt tot en met",
    Deed.ANNOUNCED: "Dag van de ontruiming",
}
_PLACE_LABEL = {Deed.SUMMONED: "Rechtbank", Deed.HEARING: "Uur en plaats"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A deed that may be written now, with what its form asks and what speaks against it."""

    deed: Deed
    weighed: Weighed
    stops: tuple[str, ...]
    again: bool = False  # it stands there already: this corrects it

    @property
    def label(self) -> str:
        return "Verbeter het vonnis" if self.deed is Deed.JUDGMENT and self.again else _DO[self.deed]

    @property
    def day_label(self) -> str:
        return _DAY_LABEL.get(self.deed, "")

    @property
    def place_label(self) -> str:
        return _PLACE_LABEL.get(self.deed, "")

    @property
    def judgment(self) -> bool:
        return self.deed is Deed.JUDGMENT

    @property
    def broken(self) -> bool:
        return self.deed is Deed.LAST_CHANCE_OVER

    @property
    def check(self) -> bool:
        return self.deed is Deed.EVICTION_AGREED

    @property
    def asks_why(self) -> bool:
        return needs_reason(self.deed, self.weighed)


def desk(file: File, side: Side, actor: str, agreed: Agreement | None, on: date) -> dict[str, Any]:
    """What the sections of a file show to this person; inside the wall."""
    done = deeds_of([file.id])[file.id]
    track = tell(done)
    owed, sums = owed_in(file.id, file.tenancy_id, track, on)
    may = _may(side, agreed)
    open_now = file.ended_on is None
    return {
        "moving": file.tenancy_id,
        "questions": questions_of(file.id),
        "reference": references([file.id]).get(file.id, ""),
        "longest_reference": LONGEST_REFERENCE,
        "may_package": package_size(file.id) is not None,
        "side": side.value,
        "costs": [
            (one, AGAINST_LABEL[one.against], PAYER_LABEL[one.payer], one.against is Against.RIGHT)
            for one in costs_of(file.id)
        ],
        "sums": sums,
        "acts": [(one.value, ACT_LABEL[one]) for one in BOOKED],
        "payers": [(one.value, label) for one, label in PAYER_LABEL.items()],
        "tariffs": [one.label for one in agreed.terms.tariffs] if agreed else [],
        "vat": bool(agreed and agreed.terms.vat_declared),
        "may_cost": open_now and May.COSTS in may,
        "may_ask": open_now,
        "track": track,
        "deeds": list(reversed(done)),
        "owed": owed,
        "choices": _choices(track, owed, file, side, actor, on) if open_now and May.PROCEEDINGS in may else [],
        "checks": list(CHECKS.items()),
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
        actions.withdraw_cost(**by, file_id=file_id, cost_id=whole(request.POST.get("nummer", ""), 18) or 0)
        return _("Ingetrokken. De regel blijft zichtbaar en telt niet meer.")
    if what in ("kosten-binnen", "kosten-niet-binnen"):
        on = None if what == "kosten-niet-binnen" else typed_day(request.POST.get("dag", "")) or today()
        pk = whole(request.POST.get("nummer", ""), 18) or 0
        actions.received(**by, file_id=file_id, cost_id=pk, received_on=on)
        return _("Vastgelegd dat de huurder dit betaalde.") if on else _("Hersteld: dit is nog niet betaald.")
    if what == "nummer" and side is Side.PARTNER:
        given = {one: by[one] for one in ("organisation_id", "actor", "on")}
        set_reference(**given, file_id=file_id, reference=request.POST.get("nummer", ""))
        return _("Bewaard. De corporatie ziet uw nummer ook.")
    if what == "stap":
        draft = _deed(request)
        write(**by, file_id=file_id, draft=draft, asked_as=_form(request))
        return _("Vastgelegd op uw naam: %(what)s") % {"what": DEED_LABEL[draft.deed]}
    raise ValueError(what)


def _may(side: Side, agreed: Agreement | None) -> frozenset[May]:
    if agreed is None:
        return frozenset()
    return frozenset(May) if side is Side.CORPORATION else frozenset(agreed.terms.may)


def _choices(track: Track, owed: Owed, file: File, side: Side, actor: str, on: date) -> list[Choice]:
    found, deeds = [], possible(track, side, actor, file.start)
    household = list(stops_on(file.tenancy_id, on)) if TOWARDS & set(deeds) else []
    for deed in deeds:
        weighed = weigh(deed, owed)
        stops = [*weighed.stops, *(household if deed in TOWARDS else ())]
        if deed in SAYS_YES:
            stops += in_the_way(file.tenancy_id, deed, on)
        found.append(Choice(deed, weighed, tuple(dict.fromkeys(stops)), again=track.judgment is not None))
    return found


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


def _cents(text: str) -> int:
    """An amount as typed; left empty, or nothing, is zero. Raises ValueError with what to write."""
    return typed_cents(text) if text.strip(" €0,.") else 0


def _deed(request: HttpRequest) -> DeedDraft:
    given = request.POST
    try:
        deed = Deed(given.get("stap", ""))
    except ValueError as odd:
        raise NotDone((_("Kies wat er gebeurde."),)) from odd
    on = typed_day(given.get("dag", "")) or today()
    return DeedDraft(
        deed=deed,
        on=on,
        reason=typed_lines(request, "reden"),
        at_on=typed_day(given.get("erbij", "")),
        at=given.get("waar", ""),
        check=tuple(one for one in given.getlist("gezien") if one in CHECKS or one == BROKEN),
        judgment=_judgment(request, on) if deed is Deed.JUDGMENT else None,
    )


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
        )
    except ValueError as odd:
        raise NotDone((str(odd),)) from odd
