"""Municipalities as a corporation keeps them: which towns, which platform, which columns go out and come back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.help.actions import keep_municipality
from tijdig.help.answer_sheet import STANDARD as ANSWERS
from tijdig.help.answer_sheet import written as answers_written
from tijdig.help.kinds import RESULT_LABEL
from tijdig.help.queries import municipalities, municipality
from tijdig.help.sheet import FIELD_LABEL, WORD
from tijdig.help.sheet import STANDARD as SHEET
from tijdig.help.sheet import written as sheet_written
from tijdig.help.values import MunicipalityDraft, NotDone
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.scope import today, typed_day


@door(Right.SEE_WORKLIST, or_right=Right.KEEP_HELP)
def all_of_them(request: HttpRequest) -> HttpResponse:
    """By name, with their towns."""
    return render(request, "municipalities.html", {"places": municipalities()})


@door(Right.KEEP_HELP, "GET", "POST", own_scope=True)
def one_of_them(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The form of one, or of a new one; POST keeps it."""
    person = person_of(request)
    wrong: tuple[str, ...] = ()
    draft = _typed(request)
    if request.method == "POST":
        try:
            keep_municipality(
                organisation_id=person.organisation_id,
                actor=actor_of(request),
                draft=draft,
                pk=pk,
                on=today(),
            )
            messages.success(request, _("Bewaard."))
            return HttpResponseRedirect(reverse("municipalities"))
        except NotDone as refused:
            wrong = refused.sentences
    with organisation_scope(person.organisation_id):
        known = None if pk is None else municipality(pk)
    if pk is not None and known is None:
        raise Http404
    shown = draft if request.method == "POST" else known
    context = {
        "known": known,
        "shown": shown,
        "sheet": shown.sheet if shown else sheet_written(SHEET),
        "answers": shown.answers if shown else answers_written(ANSWERS),
        "wrong": wrong,
        "fields": [(WORD[field], label) for field, label in FIELD_LABEL.items()],
        "results": RESULT_LABEL.values(),
    }
    return render(request, "municipality.html", context, status=400 if wrong else 200)


def _typed(request: HttpRequest) -> MunicipalityDraft:
    def line(name: str, most: int) -> str:
        return " ".join(request.POST.get(name, "").split())[:most]

    towns = [
        " ".join(town.split())[:80] for town in request.POST.get("plaatsen", "").replace("\n", ",").split(",")
    ]
    return MunicipalityDraft(
        name=line("naam", 80),
        code=line("code", 6).upper(),
        towns=tuple(dict.fromkeys(town for town in towns if town)),
        platform=line("platform", 80),
        agreed_on=typed_day(request.POST.get("sinds", "")),
        help_line=line("hulplijn", 200),
        sheet=request.POST.get("blad", "")[:4000].replace("\r", ""),
        answers=request.POST.get("antwoorden", "")[:4000].replace("\r", ""),
    )
