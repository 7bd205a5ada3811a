"""The night run, and how the installation is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.queries import colleagues
from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.cases.actions_assign import assign_open
from tijdig.cases.actions_night import run_night
from tijdig.cases.queries import nights
from tijdig.cases.queries_checks import checks
from tijdig.law.standing import attention
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.scope import today, typed_day


@door(Right.SEE_NIGHT, "GET", "POST", post_right=Right.RUN_NIGHT, own_scope=True)
def night(request: HttpRequest) -> HttpResponse:
    """The runs; a team lead may start one. It takes seconds, so it is done while they wait."""
    person = person_of(request)
    if request.method == "POST":
        day = typed_day(request.POST.get("day", "")) or today()
        if day > today():
            messages.error(request, _("Die dag moet nog komen. Kies vandaag of een dag die geweest is."))
        else:
            run_night(organisation_id=person.organisation_id, on=day, actor=actor_of(request))
            assign_open(organisation_id=person.organisation_id, on=day, actor=actor_of(request))
        return HttpResponseRedirect(reverse("night"))
    with organisation_scope(person.organisation_id):
        return render(request, "night.html", {"nights": nights(60)})


@door(Right.ADMINISTER)
def doctor(request: HttpRequest) -> HttpResponse:
    people = colleagues(person_of(request).organisation_id)
    return render(
        request, "doctor.html", {"checks": checks(today()), "law": attention(today()), "people": people}
    )
