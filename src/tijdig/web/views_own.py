"""One's own account: the password, the second step, and where one is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.queries_sessions import signed_in
from tijdig.entrance.actions_factor import change_password, remove_second_factor, renew_recovery_codes
from tijdig.entrance.actions_people import end_other_sessions
from tijdig.entrance.queries import email_of, factor_of, house_of
from tijdig.entrance.queries_passkey import passkeys
from tijdig.entrance.values import NotDone
from tijdig.web.door import door, person_of, session_of
from tijdig.web.scope import now, today


@door(None, own_scope=True)
def account(request: HttpRequest) -> HttpResponse:
    return page(request, ())


def page(request: HttpRequest, wrong: tuple[str, ...]) -> HttpResponse:
    """The page of one's own account, with what was wrong with what was asked on it."""
    person = person_of(request)
    context = {
        "wrong": wrong,
        "email": email_of(person),
        "factor": factor_of(person),
        "asked": house_of(person).second_factor_required,
        "passkeys": passkeys(person),
        "sessions": signed_in(person, now()),
        "here": session_of(request),
    }
    return render(request, "own_account.html", context, status=400 if wrong else 200)


@door(None, "POST", own_scope=True)
def password(request: HttpRequest) -> HttpResponse:
    """Another password; typed twice, because nobody sees what is typed."""
    wanted = request.POST.get("nieuw", "")
    try:
        if wanted != request.POST.get("nogmaals", ""):
            raise NotDone(_("De twee nieuwe wachtwoorden zijn niet gelijk. Typ ze opnieuw."))
        change_password(
            person=person_of(request),
            password=request.POST.get("wachtwoord", ""),
            wanted=wanted,
            on=today(),
            keep=session_of(request),
        )
    except NotDone as refused:
        return page(request, refused.sentences)
    messages.success(request, _("Uw wachtwoord is veranderd. Op andere plekken bent u afgemeld."))
    return HttpResponseRedirect(reverse("own-account"))


@door(None, "POST", own_scope=True)
def recovery_codes(request: HttpRequest) -> HttpResponse:
    try:
        codes = renew_recovery_codes(
            person=person_of(request), password=request.POST.get("wachtwoord", ""), on=today()
        )
    except NotDone as refused:
        return page(request, refused.sentences)
    return render(request, "recovery_codes.html", {"codes": codes, "onward": reverse("own-account")})


@door(None, "POST", own_scope=True)
def second_step_away(request: HttpRequest) -> HttpResponse:
    try:
        remove_second_factor(
            person=person_of(request),
            password=request.POST.get("wachtwoord", ""),
            on=today(),
            keep=session_of(request),
        )
    except NotDone as refused:
        return page(request, refused.sentences)
    messages.success(request, _("De tweede stap is weg. Op andere plekken bent u afgemeld."))
    return HttpResponseRedirect(reverse("own-account"))


@door(None, "POST", own_scope=True)
def end_others(request: HttpRequest) -> HttpResponse:
    end_other_sessions(person=person_of(request), keep=session_of(request), on=today())
    messages.success(request, _("Op alle andere plekken bent u nu afgemeld."))
    return HttpResponseRedirect(reverse("own-account"))
