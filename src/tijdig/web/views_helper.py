"""The directory of helpers as a corporation keeps it: per municipality, what kind of help, and how one gets there."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.help.actions_helper import keep_helper
from tijdig.help.helper import KIND_LABEL, HelperDraft
from tijdig.help.queries import municipalities
from tijdig.help.queries_referral import helper, helpers
from tijdig.web.door import door, person_of
from tijdig.web.keeping import kept, line
from tijdig.web.scope import today, typed_day, whole


@door(Right.SEE_WORKLIST, or_right=Right.KEEP_HELP)
def directory(request: HttpRequest) -> HttpResponse:
    """By municipality, then by kind; those of everywhere first, those who stopped last."""
    known = sorted(
        helpers(), key=lambda one: (one.municipality, not one.works_on(today()), one.kind_label, one.name)
    )
    places = [(town, list(there)) for town, there in groupby(known, key=lambda one: one.municipality)]
    return render(request, "helpers.html", {"places": places})


@door(Right.KEEP_HELP, "GET", "POST", own_scope=True)
def one_helper(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The form of one, or of a new one; POST keeps it."""
    person = person_of(request)
    draft = _typed(request)
    done, wrong = kept(request, keep_helper, draft, pk, "helpers")
    if done:
        return done
    with organisation_scope(person.organisation_id):
        known = None if pk is None else helper(pk)
        if pk is not None and known is None:
            raise Http404
        context = {
            "known": known,
            "shown": draft if request.method == "POST" else known,
            "kinds": KIND_LABEL.items(),
            "municipalities": municipalities(),
            "wrong": wrong,
        }
    return render(request, "helper.html", context, status=400 if wrong else 200)


def _typed(request: HttpRequest) -> HelperDraft:
    return HelperDraft(
        kind=request.POST.get("soort", ""),
        name=line(request, "naam", 80),
        municipality_id=whole(request.POST.get("gemeente", ""), 18),
        phone=line(request, "telefoon", 30),
        email=line(request, "email", 120),
        how=line(request, "hoe", 300),
        asks_consent=request.POST.get("eigen") != "ja",
        ended_on=typed_day(request.POST.get("gestopt", "")),
    )
