"""The second step of signing in: the code after the password, and setting it up where one is asked of everybody."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tijdig.access.people import Person
from tijdig.access.sessions import How
from tijdig.access.sign_in import person_of as known
from tijdig.entrance.actions import check_own_password
from tijdig.entrance.actions_factor import sealed_secret, secret_of, set_second_factor, use_second_factor
from tijdig.entrance.queries import email_of, factor_of
from tijdig.entrance.sealing import SealBroken
from tijdig.entrance.totp import address, in_fours
from tijdig.entrance.values import NotDone
from tijdig.web.door import door, person_of, session_of
from tijdig.web.half import finish, forget_pending, half, keep_pending, pending
from tijdig.web.scope import now, today
from tijdig.web.views_account import start


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code of the telephone, or one of the list. A wrong one says the same whatever was wrong with it."""
    here = half(request, now())
    if here is None:
        return HttpResponseRedirect(reverse("sign-in"))
    person, onward = here
    wrong = []
    if request.method == "POST":
        how = use_second_factor(person=person, typed=request.POST.get("code", "")[:40], at=now(), on=today())
        if how is not None:
            return _in(request, person, how, onward)
        wrong = [
            _("Deze code klopt niet, of is al gebruikt. Wacht op de volgende code en probeer het opnieuw."),
            _("Na vijf keer fout moet u een kwartier wachten."),
        ]
    return render(request, "second_step.html", {"wrong": wrong}, status=400 if wrong else 200)


def _in(request: HttpRequest, person: Person, how: How, onward: str) -> HttpResponse:
    changed = known(person.id)
    if changed is None:
        return HttpResponseRedirect(reverse("sign-in"))
    finish(request, changed, how, now())
    if how is How.RECOVERY:
        return HttpResponseRedirect(reverse("own-account"))
    return HttpResponseRedirect(onward or start(changed.role))


@require_http_methods(["GET", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    """Set up after the password, because everybody is asked for one: nothing else opens before."""
    here = half(request, now())
    if here is None or factor_of(here[0]) is not None:
        return HttpResponseRedirect(reverse("sign-in"))
    person, onward = here

    def done(codes: list[str]) -> HttpResponse:
        finish(request, person, How.CODE, now())
        return _codes(request, codes, onward or start(person.role))

    return _set_up(request, person, None, done, first=True)


@door(None, "GET", "POST", own_scope=True)
def own(request: HttpRequest) -> HttpResponse:
    """Set up from one's own account."""
    person = person_of(request)
    if factor_of(person) is not None and request.method == "GET":
        return HttpResponseRedirect(reverse("own-account"))
    return _set_up(
        request,
        person,
        session_of(request),
        lambda codes: _codes(request, codes, reverse("own-account")),
        first=False,
    )


def _set_up(
    request: HttpRequest, person: Person, keep: int | None, done: Any, *, first: bool
) -> HttpResponse:
    """The picture and the secret, and then the code that shows that the telephone has it."""
    wrong: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            if not first:
                check_own_password(person, request.POST.get("wachtwoord", ""))
            codes = set_second_factor(
                person=person,
                sealed=pending(request),
                code=request.POST.get("code", "")[:40],
                at=now(),
                on=today(),
                keep=keep,
            )
        except NotDone as refused:
            wrong = refused.sentences
        else:
            forget_pending(request)
            answer: HttpResponse = done(codes)
            return answer
    secret = _pending_secret(request)
    context = {
        "wrong": wrong,
        "first": first,
        "secret": in_fours(secret),
        "picture": segno.make(address(secret, email_of(person)), error="m").svg_inline(
            scale=4, border=4, light="#fff", svgclass=None, lineclass=None
        ),
    }
    return render(request, "second_step_set.html", context, status=400 if wrong else 200)


def _pending_secret(request: HttpRequest) -> str:
    """The same one as long as it is being set up, so that a wrong code does not ask for another picture."""
    try:
        return secret_of(pending(request))
    except SealBroken:
        sealed = sealed_secret()
        keep_pending(request, sealed)
        return secret_of(sealed)


def _codes(request: HttpRequest, codes: list[str], onward: str) -> HttpResponse:
    """Shown once: nobody can look them up again."""
    return render(request, "recovery_codes.html", {"codes": codes, "onward": onward})
