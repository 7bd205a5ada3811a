"""The team lead's page: nobody missed, terms, deviations, what rests; and answering by name for a term that was missed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.queries import open_files
from tijdig.bailiff.queries_ending import endings
from tijdig.cases.actions_answer import NotAnswered, answer_for
from tijdig.cases.deadlines import DEADLINE_LABEL, Deadline, State
from tijdig.cases.queries_deadlines import deadlines
from tijdig.cases.queries_oversight import REST_DAYS, oversight
from tijdig.tenancies.queries import cards
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import DOSSIER
from tijdig.web.ruling_lines import told
from tijdig.web.scope import today


@door(Right.LEAD_TEAM)
def overview(request: HttpRequest) -> HttpResponse:
    """Everything to look over, each with the way to its case."""
    found = oversight(today())
    context = {
        "found": found,
        "deviations": [(one, told(one, today())) for one in found.deviations],
        "rest_days": REST_DAYS,
        "endings": endings(open_files(), today()),
    }
    return render(request, "oversight.html", context)


@door(Right.RULE, "GET", "POST", own_scope=True, reads=DOSSIER)
def answer(request: HttpRequest, pk: int, deadline: str) -> HttpResponse:
    """Say by name why a term was missed and what happens now."""
    if deadline not in list(Deadline):
        raise Http404
    person, wanted = person_of(request), Deadline(deadline)
    reason, fault = request.POST.get("reden", ""), ""
    if request.method == "POST":
        try:
            answer_for(
                organisation_id=person.organisation_id,
                actor=actor_of(request),
                name=person.name,
                tenancy_id=pk,
                deadline=wanted,
                reason=reason,
                on=today(),
            )
        except NotAnswered as refused:
            fault = str(refused)
        else:
            messages.success(request, _("Uw antwoord is vastgelegd, met uw naam."))
            return HttpResponseRedirect(reverse("today"))
    with organisation_scope(person.organisation_id):
        known = cards([pk]).get(pk)
        missed = [one for one in deadlines(today(), [pk], states=[State.MISSED]) if one.deadline is wanted]
    if known is None:
        raise Http404
    context = {
        "card": known,
        "term": missed[0] if missed else None,
        "label": DEADLINE_LABEL[wanted],
        "reason": reason,
        "fault": fault,
    }
    return render(request, "term_answer.html", context, status=400 if fault else 200)
