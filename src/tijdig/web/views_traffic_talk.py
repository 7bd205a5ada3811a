"""One conversation with a debt counsellor: what they asked, whose it is, what is owed, and our answer by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.queries_meter import beside_account
from tijdig.base.not_done import NotDone
from tijdig.help.actions_traffic_answer import (
    answer_balance,
    answer_proposal,
    answer_unknown,
    balances_of,
    retract,
)
from tijdig.help.actions_traffic_match import match, release
from tijdig.help.queries_traffic import conversation
from tijdig.help.queries_traffic_match import candidates
from tijdig.help.traffic import PROPOSALS, REFUSAL_LABEL, Message, Refusal, Sheet
from tijdig.help.traffic_balance import digest, first_day
from tijdig.help.traffic_days import left
from tijdig.help.traffic_layouts import sheets
from tijdig.help.traffic_match import FITS_LABEL, Fits
from tijdig.help.traffic_values import Conversation
from tijdig.tenancies.queries import cards
from tijdig.tenancies.queries_senders import tenancies_named
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.scope import today, typed_day, whole
from tijdig.web.traffic_lines import claim_lines, claims_told, told_cents


@door(Right.SEE_WORKLIST, "GET", "POST", post_right=Right.RULE, own_scope=True)
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """How the conversation stands; POST says whose it is, or answers."""
    with organisation_scope(person_of(request).organisation_id):
        if conversation(pk) is None:
            raise Http404
    if request.method == "POST" and _done(request, pk):
        return HttpResponseRedirect(reverse("traffic-conversation", args=[pk]))
    with organisation_scope(person_of(request).organisation_id):
        found = conversation(pk)
        assert found is not None  # a conversation is never taken away
        context = _context(found, typed_day(request.GET.get("dag", "")) or today())
        context["typed"] = _typed(request)
    return render(
        request, "traffic_conversation.html", context, status=400 if request.method == "POST" else 200
    )


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What a person filled in, for the page of what was refused."""
    return {
        "contract": request.POST.get("contract", "")[:80],
        "refuses": request.POST.get("wat") == "weiger",
        "reason": request.POST.get("reden", ""),
        "remark": request.POST.get("toelichting", ""),
    }


def _context(found: Conversation, day: date) -> dict[str, Any]:
    asked, on = found.waits, today()
    near = candidates(found.asked, on) if found.may_match else []
    known = cards(sorted({*found.tenancy_ids, *(one.tenancy_id for one in near)}))
    asks_balance = asked is not None and asked.kind is Message.BALANCE_REQUEST
    proposed = asked is not None and asked.kind in PROPOSALS
    balances = balances_of(found, min(day, on)) if asks_balance or proposed else []
    return {
        "talk": found,
        "asked": asked,
        "left": left(on, asked.due_on) if asked and asked.due_on else None,
        "messages_told": [(one, *claims_told(one)) for one in reversed(found.messages)],
        "matches": [(known.get(one.tenancy_id), one) for one in found.matches],
        "answered": found.answers,
        "retractable": found.retractable.id if found.retractable else None,
        "candidates": [(known[one.tenancy_id], one, _agrees(one)) for one in near if one.tenancy_id in known],
        "asks_balance": asks_balance,
        "proposed": proposed,
        "theirs_cents": told_cents(claim_lines(asked)) if asked else None,
        "ours_cents": sum(one.open_cents for one in balances),
        "balances": [replace(one, file_cents=beside_account(one.tenancy_id, one.as_of)) for one in balances],
        "warns": any(one.warnings for one in balances),
        "seen": digest(balances),
        "day": min(day, on),
        "first_day": first_day(asked.on) if asked else None,
        "reasons": REFUSAL_LABEL.items(),
        "sheet": sheets()[Sheet.BALANCE_ANSWER if asks_balance else Sheet.PROPOSAL_ANSWER],
        "asked_as": uuid4(),
    }


def _agrees(one: Any) -> list[tuple[str, str]]:
    words = ((_("nummer"), one.proof.number), (_("naam"), one.proof.name), (_("adres"), one.proof.address))
    partner = [] if one.proof.partner is Fits.NOT_GIVEN else [(_("partner"), one.proof.partner)]
    return [(label, FITS_LABEL[fits]) for label, fits in (*words, *partner)]


def _done(request: HttpRequest, pk: int) -> bool:
    person = person_of(request)
    by: dict[str, Any] = {
        "organisation_id": person.organisation_id,
        "actor": actor_of(request),
        "name": person.name,
        "conversation_id": pk,
        "now": timezone.now(),
        "on": today(),
    }
    try:
        said = _act(request, by)
    except NotDone as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        return False
    except ValueError:
        messages.error(request, _("Kies wat er gedaan is."))
        return False
    messages.success(request, said)
    return True


def _act(request: HttpRequest, by: dict[str, Any]) -> str:
    """Do what was asked; returns what to say. Raises ValueError for what is no such act."""
    what = request.POST.get("wat", "")
    if what == "koppel":
        match(tenancy_ids=_chosen(request, by["organisation_id"]), **by)
        return _("Gekoppeld op uw naam.")
    if what == "los":
        release(match_id=_number(request.POST.get("koppeling", "")), **by)
        return _(
            "De koppeling is los en wat erop volgde is teruggedraaid, ook wat al was geantwoord. "
            "Stond dat al in een bestand? Bel dan de schuldhulpverlener en meld het als datalek."
        )
    if what == "terug":
        given = retract(message_id=_number(request.POST.get("antwoord", "")), **by)
        if given.went_on is None:
            return _("Teruggenomen. Het antwoord gaat niet mee; geef hieronder een nieuw antwoord.")
        return _(
            "Teruggenomen. Het antwoord stond al in een bestand: bel de schuldhulpverlener, "
            "en geef hieronder een nieuw antwoord."
        )
    form = UUID(request.POST.get("formulier", ""))
    if what == "onbekend":
        answer_unknown(asked_as=form, **by)
        return _("Vastgelegd: klant onbekend. Dat gaat mee met het volgende bestand.")
    asked = _number(request.POST.get("bericht", ""))
    if what == "saldo":
        answer_balance(
            message_id=asked,
            as_of=typed_day(request.POST.get("dag", "")) or today(),
            seen=request.POST.get("gezien", ""),
            knowing=request.POST.get("weet") == "on",
            asked_as=form,
            **by,
        )
        return _("Het saldo is opgegeven op uw naam. Het gaat mee met het volgende bestand.")
    if what not in ("akkoord", "weiger"):
        raise ValueError(what)
    reason = request.POST.get("reden", "")
    answer_proposal(
        message_id=asked,
        accepted=what == "akkoord",
        reason=Refusal(reason) if reason and what == "weiger" else None,
        remark=request.POST.get("toelichting", "") if what == "weiger" else "",
        asked_as=form,
        **by,
    )
    return _("Geantwoord op uw naam. Het gaat mee met het volgende bestand.")


def _chosen(request: HttpRequest, organisation: int) -> list[int]:
    """The tenancies that were ticked, and the one whose number was typed."""
    ticked = [_number(one) for one in request.POST.getlist("huurder")[:20]]
    typed = request.POST.get("contract", "").strip()[:80]
    if not typed:
        return ticked
    with organisation_scope(organisation):
        found = tenancies_named([typed]).get(typed, [])
    if len(found) != 1:
        raise NotDone((_("Dit contractnummer kennen we niet. Kijk het na bij de huurder."),))
    return [*ticked, *found]


def _number(text: str) -> int:
    return whole(text) or 0
