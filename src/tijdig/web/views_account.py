"""Signing in and out, the language, and what a person sees when something is not there, not theirs, or broken."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tijdig.access.actions import set_language
from tijdig.access.actions_sessions import end_session
from tijdig.access.people import Person
from tijdig.access.roles import Right, may
from tijdig.access.sessions import How
from tijdig.access.sign_in import person_of
from tijdig.entrance.queries import factor_of, house_of
from tijdig.entrance.queries_provider import Provider, asks_second_step, must_use
from tijdig.web.door import session_of
from tijdig.web.half import begin_half, finish
from tijdig.web.scope import now


def start(role: str) -> str:
    """Where somebody's day begins. Who leads a team has no list of his own: he begins with everybody's."""
    for right, name in (
        *(() if may(role, Right.LEAD_TEAM) else ((Right.SEE_WORKLIST, "today"),)),
        (Right.SEE_WORKLIST, "worklist"),
        (Right.ADMINISTER, "doctor"),
        (Right.SEARCH, "search"),
        (Right.SEE_FILES, "files"),
    ):
        if may(role, right):
            return reverse(name)
    return reverse("sign-in")


def safe(request: HttpRequest, address: str) -> str:
    """The address where it is one of ours, else nothing: a form may not send people elsewhere."""
    allowed = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if address and allowed else ""


@require_http_methods(["GET"])
def home(request: HttpRequest) -> HttpResponse:
    person = getattr(request, "person", None)
    return HttpResponseRedirect(start(person.role) if person else reverse("sign-in"))


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The next page is kept; a wrong address and a wrong password give the same answer."""
    onward = safe(request, request.POST.get("next") or request.GET.get("next") or "")
    username, errors = request.POST.get("username", ""), []
    if request.method == "POST":
        user = authenticate(request, username=username, password=request.POST.get("password", ""))
        person = person_of(int(user.pk)) if user is not None else None
        if person is not None:
            return after_password(request, person, onward)
        errors = [
            _("Dit e-mailadres en wachtwoord horen niet bij elkaar. Controleer ze en probeer het opnieuw.")
        ]
    context = {"username": username, "errors": errors, "next": onward}
    return render(request, "sign_in.html", context, status=400 if errors else 200)


def after_password(request: HttpRequest, person: Person, onward: str) -> HttpResponse:
    """In, or on to the second step: the code, or setting it up where one is asked of everybody.

    Where the house signs in by its own provider the password is right and still not enough.
    """
    if provider := must_use(person):
        return sign_in_elsewhere(request, provider, onward)
    has = factor_of(person)
    if has or house_of(person).second_factor_required or asks_second_step(person):
        begin_half(request, person, onward, now())
        return HttpResponseRedirect(reverse("second-step" if has else "second-step-first"))
    finish(request, person, How.PASSWORD, now())
    return HttpResponseRedirect(onward or start(person.role))


def sign_in_elsewhere(request: HttpRequest, provider: Provider, onward: str) -> HttpResponse:
    """The page to sign in, with the way to where this person has to."""
    context = {"username": "", "errors": [], "next": onward, "provider": provider}
    return render(request, "sign_in.html", context, status=400)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    person = getattr(request, "person", None)
    if person is not None:
        end_session(person=person, session_id=session_of(request), at=now())
    request.session.flush()
    return HttpResponseRedirect(reverse("sign-in"))


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("language", "nl")
    if chosen in ("nl", "en"):
        request.session["language"] = chosen
        person = getattr(request, "person", None)
        if person is not None:
            set_language(person=person, language=chosen)
    return HttpResponseRedirect(safe(request, request.POST.get("next", "")) or reverse("home"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
