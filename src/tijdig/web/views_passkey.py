"""Passkeys: signing in with one, and making, naming and removing one's own."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tijdig.access.sessions import How
from tijdig.entrance.actions import check_own_password
from tijdig.entrance.actions_passkey import (
    add_passkey,
    handle_of,
    person_of_passkey,
    remove_passkey,
    rename_passkey,
)
from tijdig.entrance.passkeys import NotRight, Place, made, new_challenge, to_make, to_show
from tijdig.entrance.queries import email_of
from tijdig.entrance.queries_passkey import passkeys
from tijdig.entrance.queries_provider import must_use
from tijdig.entrance.values import NotDone
from tijdig.web.door import door, person_of, session_of
from tijdig.web.half import finish
from tijdig.web.keeping import line
from tijdig.web.scope import now, today
from tijdig.web.views_account import safe, sign_in_elsewhere, start
from tijdig.web.views_own import page

_ASKED = "passkey"
_HOLDS = timedelta(minutes=5)


def _place(request: HttpRequest) -> Place:
    host = request.get_host()
    name = host[: host.rindex(":")] if ":" in host.rpartition("]")[2] else host
    return Place(name, f"{request.scheme}://{host}")


def _ask(request: HttpRequest, purpose: str, name: str = "") -> str:
    """A new challenge, kept in this browser's session for one answer."""
    challenge = new_challenge()
    request.session[_ASKED] = {"for": purpose, "challenge": challenge, "at": now().isoformat(), "name": name}
    return challenge


def _asked(request: HttpRequest, purpose: str) -> tuple[str, str]:
    """The challenge and the name that were kept, once; empty where there are none, or too old."""
    kept = request.session.pop(_ASKED, None)
    if not kept or kept["for"] != purpose or now() - datetime.fromisoformat(kept["at"]) > _HOLDS:
        return "", ""
    return str(kept["challenge"]), str(kept["name"])


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """With a passkey, which counts as both steps."""
    onward = safe(request, request.POST.get("next") or request.GET.get("next") or "")
    wrong = []
    if request.method == "POST":
        challenge, _name = _asked(request, "in")
        answer = request.POST.get("antwoord", "")[:20_000]
        person = (
            person_of_passkey(answer=answer, place=_place(request), challenge=challenge, at=now())
            if challenge
            else None
        )
        if person is not None:
            if provider := must_use(person):
                return sign_in_elsewhere(request, provider, onward)
            finish(request, person, How.PASSKEY, now())
            return HttpResponseRedirect(onward or start(person.role))
        wrong = [_("Deze toegangssleutel past hier niet, of het duurde te lang. Probeer het nog eens.")]
    options = to_show(_place(request), _ask(request, "in"))
    context = {"wrong": wrong, "options": options, "next": onward}
    return render(request, "passkey_sign_in.html", context, status=400 if wrong else 200)


@door(None, "POST", own_scope=True)
def begin(request: HttpRequest) -> HttpResponse:
    """The password first: who sits down at somebody's open screen makes no key of their own."""
    person = person_of(request)
    try:
        check_own_password(person, request.POST.get("wachtwoord", ""))
    except NotDone as refused:
        return page(request, refused.sentences)
    known = passkeys(person)
    name = line(request, "naam", 60) or _("Sleutel %(n)s") % {"n": len(known) + 1}
    options = to_make(
        _place(request),
        _ask(request, "new", name),
        handle=handle_of(person),
        email=email_of(person),
        name=person.name,
        known=[one.credential for one in known],
    )
    return render(request, "passkey_new.html", {"options": options, "name": name})


@door(None, "POST", own_scope=True)
def add(request: HttpRequest) -> HttpResponse:
    """What the device made."""
    challenge, name = _asked(request, "new")
    try:
        if not challenge:
            raise NotDone(_("Dat duurde te lang. Begin opnieuw."))
        new = made(request.POST.get("antwoord", "")[:20_000], _place(request), challenge)
        add_passkey(
            person=person_of(request), new=new, name=name, at=now(), on=today(), keep=session_of(request)
        )
    except NotRight:
        return page(request, (_("Uw toestel gaf geen bruikbare toegangssleutel. Probeer het nog eens."),))
    except NotDone as refused:
        return page(request, refused.sentences)
    messages.success(request, _("Bewaard. U kunt zich nu met deze toegangssleutel aanmelden."))
    return HttpResponseRedirect(reverse("own-account"))


@door(None, "POST", own_scope=True)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, or gone."""
    person = person_of(request)
    try:
        if request.POST.get("wat") == "weg":
            remove_passkey(person=person, passkey_id=pk, on=today(), keep=session_of(request))
            messages.success(request, _("De toegangssleutel is weg. Haal hem ook op uw toestel weg."))
        else:
            rename_passkey(person=person, passkey_id=pk, name=line(request, "naam", 60), on=today())
            messages.success(request, _("Bewaard."))
    except NotDone as refused:
        return page(request, refused.sentences)
    return HttpResponseRedirect(reverse("own-account"))
