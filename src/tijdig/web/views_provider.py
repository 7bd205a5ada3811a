"""Signing in with one's own organisation (OpenID Connect), and where that is set.

A link leads to the provider, never a form: the pages' own rules let no form end elsewhere.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tijdig.access.roles import Right
from tijdig.access.sessions import How
from tijdig.entrance import oidc
from tijdig.entrance.actions import check_own_password
from tijdig.entrance.actions_provider import ProviderDraft, known_by, open_line, secret_of, set_provider
from tijdig.entrance.oidc import NotTrusted, ProviderDown
from tijdig.entrance.queries import email_of
from tijdig.entrance.queries_provider import Provider, provider_by_email, provider_by_slug, provider_of
from tijdig.entrance.values import NotDone
from tijdig.web.door import door, person_of
from tijdig.web.half import finish
from tijdig.web.keeping import line
from tijdig.web.scope import now, today
from tijdig.web.views_account import safe, start

_GOING = "provider"
_HOLDS = timedelta(minutes=10)


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """By the address of one's work, where one signs in."""
    email = request.GET.get("email", "")[:254]
    context = {
        "email": email,
        "found": provider_by_email(email) if email else None,
        "next": safe(request, request.GET.get("next", "")),
    }
    return render(request, "provider_find.html", context)


@require_GET
def go(request: HttpRequest, slug: str) -> HttpResponse:
    """To the provider, with what must come back kept in this browser's session."""
    provider = provider_by_slug(slug)
    if provider is None:
        raise Http404
    try:
        where = oidc.discover(provider.issuer, open_line=open_line())
    except (ProviderDown, NotTrusted) as error:
        return _not_in(request, provider, error)
    asked = oidc.new_asked()
    request.session[_GOING] = {
        "slug": slug,
        "state": asked.state,
        "nonce": asked.nonce,
        "verifier": asked.verifier,
        "at": now().isoformat(),
        "next": safe(request, request.GET.get("next", "")),
    }
    return HttpResponseRedirect(oidc.address(where, provider.client_id, _back(request, slug), asked))


def _back(request: HttpRequest, slug: str) -> str:
    path = reverse("provider-back", args=[slug])
    return f"{settings.TIJDIG_ADDRESS}{path}" if settings.TIJDIG_ADDRESS else request.build_absolute_uri(path)


@require_GET
def back(request: HttpRequest, slug: str) -> HttpResponse:
    """From the provider. What was kept is used once, whatever comes of it."""
    provider, kept = provider_by_slug(slug), request.session.pop(_GOING, None)
    if provider is None:
        raise Http404
    try:
        told = _told(request, provider, kept)
        person = known_by(provider=provider, told=told, at=now(), on=today())
    except (ProviderDown, NotTrusted, NotDone) as error:
        return _not_in(request, provider, error)
    finish(request, person, How.PROVIDER, now())
    return HttpResponseRedirect(str(kept["next"]) or start(person.role))


def _told(request: HttpRequest, provider: Provider, kept: Any) -> oidc.Told:
    at = now()
    if (
        not kept
        or kept["slug"] != provider.slug
        or at - datetime.fromisoformat(kept["at"]) > _HOLDS
        or not oidc.same(request.GET.get("state", ""), kept["state"])
    ):
        raise NotTrusted(_("Deze aanmelding begon niet in deze browser, of duurde te lang. Begin opnieuw."))
    code = request.GET.get("code", "")
    if not code or request.GET.get("error"):
        raise NotTrusted(_("De aanbieder meldde u niet aan. Begin opnieuw als u dat niet zelf koos."))
    where = oidc.discover(provider.issuer, open_line=open_line())
    token = oidc.token_for(
        where, provider.client_id, secret_of(provider), code, _back(request, provider.slug), kept["verifier"]
    )
    return oidc.verified(
        token,
        oidc.keys_of(where),
        issuer=provider.issuer,
        client_id=provider.client_id,
        nonce=kept["nonce"],
        at=at,
    )


def _not_in(request: HttpRequest, provider: Provider, error: Exception) -> HttpResponse:
    """The page to sign in, with what went wrong and what one can do meanwhile."""
    sentences = list(error.sentences) if isinstance(error, NotDone) else [str(error)]
    down = isinstance(error, ProviderDown)
    if down:
        sentences.append(
            _("Probeer het straks opnieuw, of vraag het uw beheerder.")
            if provider.required
            else _("Meld u aan met uw wachtwoord, of probeer het straks opnieuw.")
        )
    context = {"username": "", "errors": [], "next": "", "down": sentences}
    return render(request, "sign_in.html", context, status=503 if down else 403)


@door(Right.KEEP_PEOPLE, "GET", "POST", own_scope=True)
def setting(request: HttpRequest) -> HttpResponse:
    """Where this house signs in."""
    person = person_of(request)
    known = provider_of(person)
    wrong: tuple[str, ...] = ()
    shown: object = known
    if request.method == "POST":
        shown = draft = _typed(request)
        try:
            check_own_password(person, request.POST.get("uw-wachtwoord", ""))
            set_provider(person=person, draft=draft, on=today())
            messages.success(request, _("Bewaard. Probeer het eerst zelf in een ander venster."))
            return HttpResponseRedirect(reverse("provider"))
        except NotDone as refused:
            wrong = refused.sentences
    context = {
        "wrong": wrong,
        "known": known,
        "shown": shown,
        "domain": email_of(person).rpartition("@")[2],
        "back": _back(request, known.slug) if known else "",
    }
    return render(request, "provider.html", context, status=400 if wrong else 200)


def _typed(request: HttpRequest) -> ProviderDraft:
    return ProviderDraft(
        name=line(request, "naam", 80),
        issuer=line(request, "aanbieder", 300),
        client_id=line(request, "kenmerk", 200),
        secret=request.POST.get("geheim", "").strip()[:500],
        domain=line(request, "domein", 120).lower().lstrip("@"),
        vouches=request.POST.get("eigen") == "ja",
        required=request.POST.get("verplicht") == "ja",
        is_on=request.POST.get("aan") == "ja",
    )
