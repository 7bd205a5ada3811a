"""Other systems that are told when something changes: where, of what, and what was told."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.entrance.actions import check_own_password
from tijdig.entrance.values import NotDone as NotEntered
from tijdig.hooks import actions
from tijdig.hooks.kinds import KIND_LABEL
from tijdig.hooks.queries import deliveries, subscriptions
from tijdig.hooks.values import NotDone, Subscription
from tijdig.web.door import door, person_of
from tijdig.web.keeping import line
from tijdig.web.scope import now, today, typed_day, whole


@door(Right.ADMINISTER, "GET", "POST", or_right=Right.LEAD_PARTNER, own_scope=True)
def hooks(request: HttpRequest) -> HttpResponse:
    """All of them; POST makes one and shows its secret once."""
    if request.method != "POST":
        return _page(request, "")
    person = person_of(request)
    try:
        check_own_password(person, request.POST.get("wachtwoord", ""))
        pk, secret = actions.make(
            person=person,
            name=line(request, "naam", 120),
            url=request.POST.get("adres", ""),
            kinds=request.POST.getlist("van"),
            on=today(),
        )
    except (NotDone, NotEntered) as refused:
        return _page(request, _said(refused))
    return render(request, "hook_secret.html", {"number": pk, "secret": secret, "renewed": False})


def _said(refused: NotDone | NotEntered) -> str:
    return refused.sentence if isinstance(refused, NotDone) else " ".join(refused.sentences)


def _page(request: HttpRequest, wrong: str) -> HttpResponse:
    person = person_of(request)
    context = {
        "wrong": wrong,
        "hooks": subscriptions(person),
        "kinds": [(one.value, KIND_LABEL[one]) for one in actions.kinds_for(person)],
        "typed": request.POST,
        "ticked": request.POST.getlist("van"),
    }
    return render(request, "hooks.html", context, status=400 if wrong else 200)


def _one(request: HttpRequest, pk: int) -> Subscription:
    found = next((one for one in subscriptions(person_of(request)) if one.id == pk), None)
    if found is None:
        raise Http404
    return found


@door(Right.ADMINISTER, "GET", "POST", or_right=Right.LEAD_PARTNER, own_scope=True)
def one_hook(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them with what was told; POST changes it, or sends again."""
    _one(request, pk)
    wrong = ""
    if request.method == "POST":
        try:
            answer = _act(request, pk)
        except (NotDone, NotEntered) as refused:
            wrong = _said(refused)
        else:
            return answer
    person, found = person_of(request), _one(request, pk)
    typed = request.POST if request.POST.get("wat") == "bewaar" else None
    context = {
        "wrong": wrong,
        "hook": found,
        "address": typed.get("adres", "") if typed else found.url,
        "ticked": typed.getlist("van") if typed else found.kinds,
        "deliveries": deliveries(person, pk),
        "kinds": [(one.value, KIND_LABEL[one]) for one in actions.kinds_for(person)],
        "since": today() - timedelta(days=1),
    }
    return render(request, "hook.html", context, status=400 if wrong else 200)


def _act(request: HttpRequest, pk: int) -> HttpResponse:
    person, what, at, on = person_of(request), request.POST.get("wat", ""), now(), today()
    if what == "geheim":
        check_own_password(person, request.POST.get("wachtwoord", ""))
        secret = actions.renew_secret(person=person, pk=pk, at=at, on=on)
        return render(request, "hook_secret.html", {"number": pk, "secret": secret, "renewed": True})
    if what == "weg":
        actions.remove(person=person, pk=pk, at=at, on=on)
        messages.success(request, _("Verwijderd. Dit systeem hoort niets meer."))
        return HttpResponseRedirect(reverse("hooks"))
    if what == "bewaar":
        url, kinds = request.POST.get("adres", "").strip(), request.POST.getlist("van")
        if url != _one(request, pk).url:
            check_own_password(person, request.POST.get("wachtwoord", ""))
        actions.change(person=person, pk=pk, url=url, kinds=kinds, on=on)
        messages.success(request, _("Bewaard."))
    elif what == "pauze":
        actions.pause(person=person, pk=pk, at=at, on=on)
        messages.success(request, _("Gepauzeerd. Wat er gebeurt, wordt bewaard."))
    elif what == "verder":
        actions.go_on(person=person, pk=pk, at=at, on=on)
        messages.success(request, _("Wat wachtte, gaat nu."))
    elif what == "proef":
        actions.trial(person=person, pk=pk, at=at, on=on)
        messages.success(request, _("Het proefbericht gaat nu. Ververs de pagina om te zien of het aankwam."))
    elif what == "opnieuw":
        delivery = whole(request.POST.get("bericht", ""), 18) or 0
        actions.send_again(person=person, pk=pk, delivery_id=delivery, at=at, on=on)
        messages.success(request, _("Dit bericht gaat opnieuw."))
    elif what == "vanaf":
        since = typed_day(request.POST.get("dag", ""))
        if since is None:
            raise NotDone(_("Kies vanaf welke dag."))
        found = actions.send_again_since(person=person, pk=pk, since=since, at=at, on=on)
        messages.success(request, _("%(number)s berichten gaan opnieuw.") % {"number": found})
    else:
        raise NotDone(_("Kies wat u wilt doen."))
    return HttpResponseRedirect(reverse("hook", args=[pk]))
