"""The form of an arrangement: what was typed, the plan that follows from it, and what may become of one that runs."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

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
from tijdig.base.money import euro
from tijdig.cases.queries_arrange import Ground, Proposal, ground, propose
from tijdig.law.answer import short_day
from tijdig.web.law_forms import Typed
from tijdig.web.scope import today, whole

FOR_CHANCE = "laatste-kans"  # whoever makes one for a last chance goes back there


def for_chance(request: HttpRequest) -> bool:
    """Is this arrangement made for a last chance?"""
    return FOR_CHANCE in (request.GET.get("voor"), request.POST.get("voor"))


def carry_out(what: str, typed: Typed, given: dict[str, Any]) -> str:
    """Freeze, go on, say yes, end or withdraw; returns what to say. Raises `NotAgreed`."""
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


class ArrangementForm:
    """What was typed, and the plan that follows from it; before anything is typed, something to begin the talk with."""

    def __init__(self, request: HttpRequest, organisation_id: int, pk: int) -> None:
        self.request, self.posted = request, request.method == "POST"
        self.faults: tuple[Fault, ...] = ()
        self.asked_as = _uuid(request.POST.get("formulier", "")) or uuid4()
        with organisation_scope(organisation_id):
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
            "for_chance": FOR_CHANCE if for_chance(self.request) else "",
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
