"""Being busy with a tenancy, taking over from a colleague, and undoing what was done a moment ago."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.cases.actions_pickup import pick_up, put_down, take_over
from tijdig.cases.undo import NotUndone, fault
from tijdig.history.queries import last_of
from tijdig.letters.actions_undo import undo as undo_act
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.scope import today
from tijdig.web.together import busy_with
from tijdig.web.undo_offer import done, taken


@door(
    Right.SEE_WORKLIST,
    "GET",
    "POST",
    or_right=Right.LOG_CONTACT,
    post_right=Right.LOG_CONTACT,
    own_scope=True,
)
def pickup(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is busy, as a row of a list shows it; POST picks up, puts down or takes over."""
    if request.method == "POST":
        _carry_out(request, pk)
        if not request.headers.get("HX-Request"):
            return HttpResponseRedirect(_back(request, pk))
    with organisation_scope(person_of(request).organisation_id):
        found = busy_with(request, pk)
    return render(request, "_pickup.html", {"pickup": found["busy"], "tenancy_id": pk})


def _carry_out(request: HttpRequest, pk: int) -> None:
    person, what = person_of(request), request.POST.get("wat", "")
    given: dict[str, Any] = {
        "organisation_id": person.organisation_id,
        "actor": actor_of(request),
        "tenancy_id": pk,
        "user_id": person.id,
        "now": timezone.now(),
        "on": today(),
    }
    if what == "los":
        put_down(**given)
        return
    with organisation_scope(person.organisation_id):
        before = busy_with(request, pk)
        made = take_over(**given) if what == "over" else pick_up(**given)
        if made is None:
            raise Http404
        if what == "over" and made.new and before["busy"]:
            said = gettext("Overgenomen van %(name)s.") % {"name": before["busy"].name}
            done(request, pk, said, last_of(f"tenancy:{pk}", "tenancy_picked_up"))


def _back(request: HttpRequest, pk: int) -> str:
    """The page from which it was asked, where that is one of ours."""
    wanted = request.POST.get("terug", "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else reverse("tenancy", args=[pk])


@door(Right.LOG_CONTACT, "POST", own_scope=True)
def undo(request: HttpRequest) -> HttpResponse:
    """Undo what this person did less than a minute ago; or say why not, and what can be done instead."""
    person, offer = person_of(request), taken(request)
    if offer is None:
        messages.error(request, fault("unknown").sentence)
        return HttpResponseRedirect(reverse("home"))
    try:
        undo_act(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            tenancy_id=offer.tenancy_id,
            event_ids=offer.event_ids,
            now=timezone.now(),
            on=today(),
        )
    except NotUndone as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, gettext("Ongedaan gemaakt: %(what)s") % {"what": offer.said})
    return HttpResponseRedirect(reverse("tenancy", args=[offer.tenancy_id]))
