"""The agenda of the group, beginning and closing a conference, and its report."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from tijdig.access.queries import colleagues
from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.cases.actions_conference import close as close_conference
from tijdig.cases.queries_conference import agenda_rows
from tijdig.conferences.actions_meeting import begin
from tijdig.conferences.meeting import Conference
from tijdig.conferences.queries import agenda as read_agenda
from tijdig.conferences.queries import cases_of, conferences, counts_of
from tijdig.conferences.queries import conference as read_conference
from tijdig.conferences.values import NotConferred
from tijdig.tenancies.queries import cards
from tijdig.web.conference_forms import BeginForm
from tijdig.web.conference_lines import labels_on, line
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.scope import today


def held_of(request: HttpRequest, pk: int) -> Conference:
    """The conference of that id; there is no page of one that this corporation does not have."""
    with organisation_scope(person_of(request).organisation_id):
        found = read_conference(pk)
    if found is None:
        raise Http404
    return found


@door(Right.SEE_WORKLIST, "GET", "POST", post_right=Right.CONFER, own_scope=True)
def agenda(request: HttpRequest) -> HttpResponse:
    """What waits for the group, and the conferences there were; POST begins one."""
    person = person_of(request)
    posted = request.POST if request.method == "POST" else None
    people = colleagues(person.organisation_id)
    form = BeginForm(posted, people=people, chair=person.name, present=[person.id], on=today())
    made = _begun(request, form) if posted is not None and not form.errors else None
    if made is not None:
        return HttpResponseRedirect(reverse("conference", args=[made]))
    with organisation_scope(person.organisation_id):
        held = conferences()
        counts = counts_of([one.id for one in held])
        context = {
            "rows": agenda_rows(read_agenda(today()), today()),
            "running": [one for one in held if one.closed is None],
            "past": [(one, counts.get(one.id, 0)) for one in held if one.closed],
            "form": form,
        }
        return render(request, "agenda.html", context, status=400 if form.asked else 200)


@door(Right.CONFER, "POST", own_scope=True)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End the conference, and show its report."""
    held_of(request, pk)
    person = person_of(request)
    try:
        close_conference(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            conference_id=pk,
            on=today(),
        )
    except NotConferred as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, gettext("Het overleg is gesloten. Dit is het verslag."))
    return HttpResponseRedirect(reverse("conference-report", args=[pk]))


@door(Right.SEE_WORKLIST, own_scope=True)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided, by whom, and who does what by when: to read, and to print."""
    held = held_of(request, pk)
    with organisation_scope(person_of(request).organisation_id):
        items, labels = cases_of(held, today()), labels_on(today())
        known = cards([one.tenancy_id for one in items])
        decided = [
            (one, known[one.tenancy_id], line(made, labels))
            for one in items
            if (made := one.outcome_in(pk)) is not None
        ]
        waiting = [(one, known[one.tenancy_id]) for one in items if one.outcome_in(pk) is None]
        context = {"held": held, "decided": decided, "waiting": waiting}
        return render(request, "conference_report.html", context)


def _begun(request: HttpRequest, form: BeginForm) -> int | None:
    """The id of the new conference; None where something is wrong, which then stands beside its field."""
    person = person_of(request)
    try:
        return begin(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            held_on=form.held_on,
            there=form.there,
            asked_as=form.asked_as,
            on=today(),
        )
    except NotConferred as refused:
        form.tell(refused.faults)
        return None
