"""Whoever holds the link of an invitation: a name and a password, and the account is there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tijdig.access.roles import LABEL, Role
from tijdig.entrance.actions_accept import accept
from tijdig.entrance.queries_people import invitation_of
from tijdig.entrance.values import NotDone
from tijdig.web.scope import now, today
from tijdig.web.views_account import after_password


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: a mail program that opens every link does not use it up."""
    invited = invitation_of(token, now())
    if invited is None:
        return render(request, "invitation.html", {"invited": None}, status=404)
    wrong: tuple[str, ...] = ()
    if request.method == "POST":
        password = request.POST.get("nieuw", "")
        try:
            if password != request.POST.get("nogmaals", ""):
                raise NotDone(_("De twee wachtwoorden zijn niet gelijk. Typ ze opnieuw."))
            person = accept(
                invited=invited,
                name=request.POST.get("naam", ""),
                password=password,
                at=now(),
                on=today(),
            )
            return after_password(request, person, "")
        except NotDone as refused:
            wrong = refused.sentences
    context = {
        "invited": invited,
        "role_label": LABEL[Role(invited.role)],
        "wrong": wrong,
        "name": request.POST.get("naam", ""),
    }
    return render(request, "invitation.html", context, status=400 if wrong else 200)
