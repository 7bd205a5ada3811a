"""The early signal of one tenancy: the four duties with what shows them, the decision by name, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.cases.actions_legal import note_act, seen_now
from tijdig.cases.legal_steps import possible
from tijdig.help.actions import decide, refusal
from tijdig.help.actions_answers import answer
from tijdig.help.actions_send import acknowledge, withdraw
from tijdig.help.kinds import RESULT_LABEL, Result
from tijdig.help.queries import municipality_of, signals_of
from tijdig.help.queries_evidence import eligible
from tijdig.help.queries_others import others
from tijdig.help.values import Signal
from tijdig.steps.kinds import Kind
from tijdig.steps.queries import steps_of
from tijdig.tenancies.queries import cards
from tijdig.tenancies.queries_reach import households
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today, typed_day, whole
from tijdig.web.signal_lines import duty_lines, signal_line


@door(Right.SEE_TENANCY, "GET", "POST", post_right=Right.RULE, own_scope=True, reads=DOSSIER)
def signal_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How the signal stands; POST decides it, takes it back, or writes down what the municipality said."""
    if request.method == "POST" and _done(request, pk):
        return HttpResponseRedirect(reverse("signal", args=[pk]))
    with organisation_scope(person_of(request).organisation_id):
        known = cards([pk]).get(pk)
        if known is None:
            raise Http404
        found = next(iter(eligible(today(), [pk])), None)
        row = seen_now(pk, today())
        home = households([pk], today()).get(pk)
        signals = signals_of(pk)
        elsewhere = others([pk], today())
        named = cards(elsewhere)
        proofs = {one.duty: one.proof for one in found.duties} if found else {}
        context = {
            "card": known,
            "found": found,
            "duties": duty_lines(pk, proofs),
            "refusal": refusal(found),
            "municipality": municipality_of(home.city) if home else None,
            "city": home.city if home else "",
            "elsewhere": [
                (named[one], next(iter(signals_of(one)), None)) for one in elsewhere if one in named
            ],
            "signals": [signal_line(one, today()) for one in signals],
            "may_object": row is not None
            and Kind.SIGNAL_OBJECTED in possible(row)
            and not _said_no_since(pk, signals),
            "results": RESULT_LABEL.items(),
            "asked_as": uuid4(),
        }
    return render(request, "signal.html", context, status=400 if request.method == "POST" else 200)


def _said_no_since(pk: int, signals: Sequence[Signal]) -> bool:
    """Was a no written down after the last signal went? Then it is there for the next one, and is not asked again."""
    sent_on = max((one.sent.on for one in signals if one.sent), default=None)
    if sent_on is None:
        return False
    noes = steps_of([pk], kinds=[Kind.SIGNAL_OBJECTED], as_of=today())
    return any(one.effective_on >= sent_on for one in noes)


def _done(request: HttpRequest, pk: int) -> bool:
    person = person_of(request)
    by: dict[str, Any] = {
        "organisation_id": person.organisation_id,
        "actor": actor_of(request),
        "name": person.name,
        "on": today(),
    }
    what = request.POST.get("wat", "")
    signal_id = whole(request.POST.get("signaal", ""), 18) or 0
    reason = request.POST.get("reden", "")
    try:
        if what == "besluit":
            decide(tenancy_id=pk, asked_as=UUID(request.POST.get("formulier", "")), **by)
            said = _("Besloten op uw naam. Het signaal gaat met het volgende bestand naar de gemeente.")
        elif what == "terug":
            withdraw(signal_id=signal_id, reason=reason, **by)
            said = _("Het signaal gaat niet naar de gemeente.")
        elif what in ("ontvangen", "geweigerd"):
            acknowledge(signal_id=signal_id, taken=what == "ontvangen", reason=reason, **by)
            said = _("Vastgelegd.")
        else:
            _answered(request, signal_id, by)
            said = _("Het antwoord van de gemeente is vastgelegd.")
    except NotDone as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        return False
    except ValueError:
        messages.error(request, _("Kies wat er gedaan is."))
        return False
    messages.success(request, said)
    return True


def _answered(request: HttpRequest, signal_id: int, by: dict[str, Any]) -> None:
    """Raises ValueError for a result that is none."""
    day = typed_day(request.POST.get("dag", ""))
    tries = request.POST.get("pogingen", "").strip()
    if day is None or (tries and whole(tries, 2) is None):
        raise NotDone((_("Vul de dag van het antwoord in, en het aantal pogingen als getal."),))
    rest = {name: value for name, value in by.items() if name != "name"}
    answer(
        signal_id=signal_id,
        result=Result(request.POST.get("resultaat", "")),
        answered_on=day,
        attempts=whole(tries, 2),
        **rest,
    )


@door(Right.LOG_OBJECTION, "POST", own_scope=True)
def object_to_signal(request: HttpRequest, pk: int) -> HttpResponse:
    """The tenant does not want the municipality to be told: one press, from desk, phone or answer."""
    person = person_of(request)
    try:
        note_act(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            tenancy_id=pk,
            kind=Kind.SIGNAL_OBJECTED,
            remark="",
            asked_as=UUID(request.POST.get("formulier", "")),
            on=today(),
        )
        with organisation_scope(person.organisation_id):
            gone = next((one.sent for one in signals_of(pk) if one.sent), None)
        if gone:
            told = _("Vastgelegd. Het signaal van %(day)s is al weg: het geldt voor een volgend signaal.")
            messages.success(request, told % {"day": f"{gone.on:%d-%m-%Y}"})
        else:
            messages.success(request, _("Vastgelegd: de gemeente krijgt geen bericht."))
    except NotDone as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
    except ValueError:
        messages.error(request, _("Probeer het nog eens."))
    return HttpResponseRedirect(reverse("signal", args=[pk]))
