"""Who works one tenancy: who had it and why, and giving it to somebody else by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.caseload.actions import assign
from tijdig.caseload.values import NotAssigned
from tijdig.cases.queries_team import team
from tijdig.tenancies.queries import Lease, lease
from tijdig.web.caseload_lines import handler, held, line
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.law_forms import Typed
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today

_FIELD = {"reason_missing": "reden", "reason_long": "reden"}  # what else is wrong is about who was chosen


@door(Right.ASSIGN_CASE, "GET", "POST", own_scope=True, reads=DOSSIER)
def handler_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has it and who had it, with the form; POST gives it to somebody else."""
    organisation = person_of(request).organisation_id
    with organisation_scope(organisation):
        who = lease(pk, today())
    if who is None:
        raise Http404
    form = Typed(request.POST)
    if request.method == "POST" and _assigned(request, pk, form):
        return HttpResponseRedirect(reverse("tenancy", args=[pk]))
    with organisation_scope(organisation):
        return _page(request, who, form)


def _assigned(request: HttpRequest, pk: int, form: Typed) -> bool:
    to, reason, seen = form.line("naar"), form.line("reden"), form.line("gezien")
    try:
        assign(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            tenancy_id=pk,
            user_id=_number(to) or 0,
            reason=reason,
            seen=_number(seen),
            on=today(),
        )
    except NotAssigned as refused:
        for one in refused.faults:
            form.errors.setdefault(_FIELD.get(one.code, "naar"), one.sentence)
        return False
    messages.success(request, _("Bewaard. Deze huurder is nu bij een andere collega."))
    return True


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _page(request: HttpRequest, who: Lease, form: Typed) -> HttpResponse:
    people = team(today())
    organisation = person_of(request).organisation_id
    context = {
        "tenancy_id": who.id,
        "who_rents": who,
        "handler": handler(who.id, who.region, organisation_id=organisation, on=today()),
        "held": held(who.id, today()),
        "people": [line(one, people, today()) for one in people],
        "form": form,
    }
    return render(request, "handler.html", context, status=400 if request.method == "POST" else 200)
