"""Programs at the API: what each may do, when it was last here, and its token."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.api_scopes import API_SCOPE_LABEL
from tijdig.access.roles import Right
from tijdig.entrance.actions import check_own_password
from tijdig.entrance.actions_programs import (
    end_earlier_token,
    make_program,
    renew_token,
    revoke_program,
    scopes_for,
    set_scopes,
)
from tijdig.entrance.queries_programs import programs
from tijdig.entrance.values import NotDone
from tijdig.web.door import door, person_of
from tijdig.web.keeping import line
from tijdig.web.scope import now, today


@door(Right.ADMINISTER, "GET", "POST", or_right=Right.LEAD_PARTNER, own_scope=True)
def index(request: HttpRequest) -> HttpResponse:
    """All of them; POST makes one and shows its token once."""
    if request.method == "POST":
        name = line(request, "naam", 120)
        try:
            check_own_password(person_of(request), request.POST.get("wachtwoord", ""))
            pk, token = make_program(
                person=person_of(request), name=name, scopes=request.POST.getlist("mag"), on=today()
            )
        except NotDone as refused:
            return _page(request, refused.sentences)
        context = {"name": name, "number": pk, "token": token, "renewed": False}
        return render(request, "program_token.html", context)
    return _page(request, ())


def _page(request: HttpRequest, wrong: tuple[str, ...]) -> HttpResponse:
    context = {
        "wrong": wrong,
        "programs": programs(person_of(request), now()),
        "scopes": [(one.value, API_SCOPE_LABEL[one]) for one in scopes_for(person_of(request))],
    }
    return render(request, "programs.html", context, status=400 if wrong else 200)


@door(Right.ADMINISTER, "POST", or_right=Right.LEAD_PARTNER, own_scope=True)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another token, other rights, or gone."""
    person, what = person_of(request), request.POST.get("wat", "")
    try:
        if what == "vernieuw":
            check_own_password(person, request.POST.get("wachtwoord", ""))
            token = renew_token(person=person, program_id=pk, at=now(), on=today())
            context = {"name": "", "number": pk, "token": token, "renewed": True}
            return render(request, "program_token.html", context)
        if what == "oude-weg":
            end_earlier_token(person=person, program_id=pk, on=today())
            messages.success(request, _("Het oude token werkt niet meer."))
        elif what == "rechten":
            set_scopes(person=person, program_id=pk, scopes=request.POST.getlist("mag"), on=today())
            messages.success(request, _("Bewaard."))
        elif what == "weg":
            revoke_program(person=person, program_id=pk, at=now(), on=today())
            messages.success(request, _("Ingetrokken. Dit programma komt er niet meer in."))
        else:
            raise NotDone(_("Kies wat u wilt doen."))
    except NotDone as refused:
        return _page(request, refused.sentences)
    return HttpResponseRedirect(reverse("programs"))
