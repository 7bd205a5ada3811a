"""Putting a tenancy on the agenda of the group with a question, and taking it off."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.cases.queries import tenancy_file
from tijdig.conferences.actions import put, withdraw
from tijdig.conferences.queries import item_of, outcomes_of
from tijdig.conferences.values import NotConferred
from tijdig.web.conference_forms import AskForm
from tijdig.web.conference_lines import labels_on, line
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today


@door(Right.SEE_WORKLIST, "GET", "POST", post_right=Right.CONFER, own_scope=True, reads=DOSSIER)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The question that is on the agenda, or the form for one; POST puts it there."""
    posted = request.POST if request.method == "POST" else None
    form = AskForm(posted, tenancy_id=pk)
    if posted is not None and _put(request, form):
        messages.success(request, gettext("Deze huurder staat op de agenda van het groepsoverleg."))
        return HttpResponseRedirect(reverse("tenancy", args=[pk]))
    with organisation_scope(person_of(request).organisation_id):
        file = tenancy_file(pk, as_of=today())
        if file is None:
            raise Http404
        labels = labels_on(today())
        context = {
            "file": file,
            "form": form,
            "item": item_of(pk),
            "earlier": [line(one, labels) for one in outcomes_of(pk, today())],
        }
        return render(request, "conference_ask.html", context, status=400 if form.asked else 200)


@door(Right.CONFER, "POST", own_scope=True)
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the case of this tenancy off the agenda, with a reason."""
    person = person_of(request)
    with organisation_scope(person.organisation_id):
        known = item_of(pk)
    if known is None:
        raise Http404
    try:
        withdraw(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            item_id=known.id,
            reason=request.POST.get("reden", ""),
            on=today(),
        )
    except NotConferred as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("conference-ask", args=[pk]))
    messages.success(request, gettext("Deze huurder staat niet meer op de agenda."))
    return HttpResponseRedirect(reverse("tenancy", args=[pk]))


def _put(request: HttpRequest, form: AskForm) -> bool:
    """Put it on the agenda; False where something is wrong, which then stands beside its field."""
    person = person_of(request)
    if form.errors:
        return False
    try:
        put(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            draft=form.draft,
            asked_as=form.asked_as,
            on=today(),
        )
    except NotConferred as refused:
        if refused.faults[0].code == "tenancy_unknown":
            raise Http404 from refused
        form.tell(refused.faults)
        return False
    return True
