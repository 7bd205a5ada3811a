"""An arrangement at a tenancy: how much can you miss, from when; what it looks like; agree; and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from tijdig.access.roles import Right, may
from tijdig.access.scope import organisation_scope
from tijdig.arrangements.values import NotAgreed
from tijdig.cases.actions_arrange import arrange
from tijdig.cases.actions_together import NotSeen
from tijdig.cases.queries_arrange import ground
from tijdig.cases.together import ARRANGEMENT
from tijdig.web import together
from tijdig.web.arrangement_form import ArrangementForm, carry_out, for_chance
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.law_forms import Typed
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today


@door(Right.SEE_TENANCY, "GET", "POST", post_right=Right.ARRANGE, own_scope=True, reads=DOSSIER)
def arrangement(request: HttpRequest, pk: int) -> HttpResponse:
    """The one that runs with how it is kept, or the form for a new one; POST agrees on it."""
    if request.method == "GET":
        begun = together.begun(request, pk, Right.ARRANGE)
        return render(request, "arrangement.html", begun | _context(request, pk, _form(request, pk)))
    form = _form(request, pk)
    ready = not form.typed.errors and form.proposal is not None
    if ready and (answer := _agreed(request, pk, form)):
        return answer
    begun = together.begun(request, pk, Right.ARRANGE)
    return render(request, "arrangement.html", begun | _context(request, pk, form), status=400)


def _form(request: HttpRequest, pk: int) -> ArrangementForm:
    return ArrangementForm(request, person_of(request).organisation_id, pk)


def _context(request: HttpRequest, pk: int, form: ArrangementForm) -> dict[str, Any]:
    """The form, with where its buttons go."""
    runs = form.ground.runs
    return form.context() | {
        "back": reverse("bailiff-file" if for_chance(request) else "tenancy", args=[pk]),
        "look_url": reverse("arrangement-look", args=[pk]),
        "change_url": reverse("arrangement-change", args=[pk, runs.id]) if runs else "",
        "may_arrange": may(person_of(request).role, Right.ARRANGE),
        "shows_phone": True,
    }


def _agreed(request: HttpRequest, pk: int, form: ArrangementForm) -> HttpResponse | None:
    """Agree on it and say so; None where something is wrong, which then stands on the page."""

    def write() -> int | None:
        return arrange(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            tenancy_id=pk,
            ask=form.asked,
            entries=form.chosen,
            reason=form.reason,
            asked_as=form.asked_as,
            on=today(),
            requested=form.requested,
            replace="vervang" in request.POST,
        )

    try:
        saved = together.save(request, pk, write, same=ARRANGEMENT, refusals=(NotAgreed,))
    except NotAgreed as refused:
        form.faults = refused.faults
        return None
    except NotSeen as late:
        runs = {"vervang": "1"} if form.ground.runs and "vervang" not in request.POST else {}
        return together.refused(request, pk, late, typed=[form.done()], besides=runs)
    if saved.made is None:
        raise Http404
    together.done(request, pk, form.done(), saved.events)
    if for_chance(request) and not form.requested:
        return HttpResponseRedirect(f"{reverse('bailiff-file', args=[pk])}?stap=last_chance#court")
    return HttpResponseRedirect(reverse("arrangement", args=[pk]))


@door(Right.ARRANGE, "POST", own_scope=True)
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """How the plan looks with what is typed so far."""
    part = "#look" if request.headers.get("HX-Request") else ""
    return render(request, f"arrangement.html{part}", _context(request, pk, _form(request, pk)))


@door(Right.ARRANGE, "POST", own_scope=True)
def change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Freeze, go on, end or withdraw; back to the page, which says what came of it."""
    person, typed = person_of(request), Typed(request.POST)
    with organisation_scope(person.organisation_id):
        stands_on = ground(pk, today())
        if stands_on is None or number not in {one.id for one in stands_on.arrangements}:
            raise Http404
    given: dict[str, Any] = {
        "organisation_id": person.organisation_id,
        "actor": actor_of(request),
        "arrangement_id": number,
        "on": today(),
    }
    try:
        said = carry_out(request.POST.get("wat", ""), typed, given)
    except NotAgreed as refused:
        messages.error(request, " ".join(fault.sentence for fault in refused.faults))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("arrangement", args=[pk]))
