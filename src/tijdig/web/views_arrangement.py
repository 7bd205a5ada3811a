"""An arrangement at a tenancy: how much can you miss, from when; what it looks like; agree; and what becomes of it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.arrangements import actions
from tijdig.arrangements.kinds import (
    END_LABEL,
    KEPT_LABEL,
    RHYTHM_LABEL,
    STATE_LABEL,
    EndReason,
    Rhythm,
    State,
)
from tijdig.arrangements.plan import Ask, Extra, Fault, beginning
from tijdig.arrangements.values import NotAgreed
from tijdig.base.money import euro
from tijdig.cases.actions_arrange import arrange
from tijdig.cases.actions_together import NotSeen
from tijdig.cases.queries_arrange import Ground, Proposal, ground, propose
from tijdig.cases.together import ARRANGEMENT
from tijdig.law.answer import short_day
from tijdig.web import together
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.law_forms import Typed
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today, whole


@door(Right.SEE_TENANCY, "GET", "POST", post_right=Right.ARRANGE, own_scope=True, reads=DOSSIER)
def arrangement(request: HttpRequest, pk: int) -> HttpResponse:
    """The one that runs with how it is kept, or the form for a new one; POST agrees on it."""
    if request.method == "GET":
        begun = together.begun(request, pk, Right.ARRANGE)
        return render(request, "arrangement.html", begun | _Form(request, pk).context())
    form = _Form(request, pk)
    ready = not form.typed.errors and form.proposal is not None
    if ready and (answer := _agreed(request, pk, form)):
        return answer
    begun = together.begun(request, pk, Right.ARRANGE)
    return render(request, "arrangement.html", begun | form.context(), status=400)


def _agreed(request: HttpRequest, pk: int, form: _Form) -> HttpResponse | None:
    """Agree on it and say so; None where something is wrong, which then stands on the page."""

    def write() -> int | None:
        return arrange(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            tenancy_id=pk,
            ask=form.asked,
            entries=form.chosen,
            reason=form.reason,
            asked_as=form.asked_as,
            on=today(),
            requested=form.requested,
            replace="vervang" in request.POST,
        )

    try:
        saved = together.save(request, pk, write, same=ARRANGEMENT, refusals=(NotAgreed,))
    except NotAgreed as refused:
        form.faults = refused.faults
        return None
    except NotSeen as late:
        runs = {"vervang": "1"} if form.ground.runs and "vervang" not in request.POST else {}
        return together.refused(request, pk, late, typed=[form.done()], besides=runs)
    if saved.made is None:
        raise Http404
    together.done(request, pk, form.done(), saved.events)
    return HttpResponseRedirect(reverse("arrangement", args=[pk]))


@door(Right.ARRANGE, "POST", own_scope=True)
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """How the plan looks with what is typed so far."""
    part = "#look" if request.headers.get("HX-Request") else ""
    return render(request, f"arrangement.html{part}", _Form(request, pk).context())


@door(Right.ARRANGE, "POST", own_scope=True)
def change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Freeze, go on, end or withdraw; back to the page, which says what came of it."""
    person, typed = person_of(request), Typed(request.POST)
    with organisation_scope(person.organisation_id):
        stands_on = ground(pk, today())
        if stands_on is None or number not in {one.id for one in stands_on.arrangements}:
            raise Http404
    given: dict[str, Any] = {
        "organisation_id": person.organisation_id,
        "actor": actor_of(request),
        "arrangement_id": number,
        "on": today(),
    }
    try:
        said = _carry_out(request.POST.get("wat", ""), typed, given)
    except NotAgreed as refused:
        messages.error(request, " ".join(fault.sentence for fault in refused.faults))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("arrangement", args=[pk]))


def _carry_out(what: str, typed: Typed, given: dict[str, Any]) -> str:
    reason = typed.line("reden")
    if what == "bevries":
        until = typed.day_or_none("tot") or given["on"]
        actions.freeze(**given, until=until, reason=reason)
        return _("Bevroren tot en met %(day)s. De huur loopt door.") % {"day": short_day(until)}
    if what == "hervat":
        actions.resume(**given)
        return _("De regeling loopt weer.")
    if what == "akkoord":
        actions.activate(**given)
        return _("De huurder is akkoord. De regeling loopt.")
    if what == "eindig":
        why = typed.choice("einde", EndReason.NOT_KEPT)
        actions.end(**given, end_reason=why, reason=reason)
        return _("De regeling is beëindigd: %(why)s.") % {"why": END_LABEL[why]}
    actions.cancel(**given, reason=reason)
    return _("De regeling is ingetrokken.")


class _Form:
    """What was typed, and the plan that follows from it; before anything is typed, something to begin the talk with."""

    def __init__(self, request: HttpRequest, pk: int) -> None:
        self.request, self.posted = request, request.method == "POST"
        self.faults: tuple[Fault, ...] = ()
        self.asked_as = _uuid(request.POST.get("formulier", "")) or uuid4()
        with organisation_scope(person_of(request).organisation_id):
            found = ground(pk, today())
            if found is None:
                raise Http404
            self.ground: Ground = found
            self.typed = Typed(request.POST if self.posted else self._suggested(), "bedrag")
            self.chosen = self._chosen()
            self.asked = self._ask()
            self.reason = self.typed.line("reden")[:400]
            self.requested = self.typed.ticked("gevraagd")
            self.proposal: Proposal | None = None
            if found.items and not self.typed.errors:
                self.proposal = propose(found, self.asked, self.chosen, self.reason, requested=self.requested)

    def _suggested(self) -> QueryDict:
        given, first = QueryDict(mutable=True), beginning(self.ground.overdue_cents, today())
        given["bedrag"] = euro(first.instalment_cents).removeprefix("€\u00a0")
        given["eerste"] = first.first_on.isoformat()
        given.setlist("post", [str(one.entry) for one in self.ground.items])
        return given

    def _chosen(self) -> frozenset[int]:
        given = (
            self.request.POST.getlist("post")
            if self.posted
            else [str(one.entry) for one in self.ground.items]
        )
        return frozenset(number for one in given if (number := whole(one, 18)))

    def _ask(self) -> Ask:
        seen = self.request.POST.get("gezien", "")
        extra_cents, extra_on = self.typed.amount_or_none("extra"), self.typed.day_or_none("extra_op")
        if bool(extra_cents) != bool(extra_on) and "extra" not in self.typed.errors:
            self.typed.errors.setdefault("extra", _("Vul bij een extra betaling een bedrag en een dag in."))
        return Ask(
            debt_cents=whole(seen, 12) or 0,
            instalment_cents=self.typed.amount("bedrag"),
            first_on=self.typed.day("eerste", today(), must=True),
            rhythm=self.typed.choice("ritme", Rhythm.MONTHLY),
            extras=(Extra(extra_on, extra_cents),) if extra_on and extra_cents else (),
        )

    def done(self) -> str:
        assert self.proposal is not None
        each, last_on = euro(self.asked.instalment_cents), self.proposal.last_on
        if self.requested:
            return _("De regeling is voorgesteld. Zeg het hier als de huurder akkoord is.")
        return _("Afgesproken: %(each)s per keer, tot %(day)s.") % {
            "each": each,
            "day": short_day(_day(last_on)),
        }

    def context(self) -> dict[str, Any]:
        runs = self.ground.runs
        return {
            "ground": self.ground,
            "tenancy_id": self.ground.who.id,
            "form": self.typed,
            "form_id": self.asked_as,
            "chosen": self.chosen,
            "proposal": self.proposal,
            "faults": self.faults or (self.proposal.faults if self.proposal else ()),
            "posted": self.posted,
            "rhythms": [(one.value, RHYTHM_LABEL[one]) for one in Rhythm],
            "ends": [(one.value, END_LABEL[one]) for one in EndReason if one is not EndReason.REPLACED],
            "runs": runs,
            "runs_state": STATE_LABEL[runs.state] if runs else "",
            "watched": self.ground.watched.get(runs.id) if runs else None,
            "kept_label": KEPT_LABEL[self.ground.watched[runs.id].kept] if runs else "",
            "is_requested": runs is not None and runs.state is State.REQUESTED,
            "is_frozen": runs is not None and runs.state is State.FROZEN,
            "earlier": [
                (one, STATE_LABEL[one.state], END_LABEL[one.end_reason] if one.end_reason else "")
                for one in self.ground.arrangements
                if one.ended_on is not None
            ],
        }


def _day(day: date | None) -> date:
    assert day is not None
    return day


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
