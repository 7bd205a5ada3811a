"""Municipalities as a corporation keeps them: which towns, which platform, which columns go out and come back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

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
from tijdig.help.values import MunicipalityDraft
from tijdig.web.door import door, person_of
from tijdig.web.keeping import kept, line
from tijdig.web.scope import typed_day


@door(Right.SEE_WORKLIST, or_right=Right.KEEP_HELP)
def all_of_them(request: HttpRequest) -> HttpResponse:
    """By name, with their towns."""
    return render(request, "municipalities.html", {"places": municipalities()})


@door(Right.KEEP_HELP, "GET", "POST", own_scope=True)
def one_of_them(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The form of one, or of a new one; POST keeps it."""
    person = person_of(request)
    draft = _typed(request)
    done, wrong = kept(request, keep_municipality, draft, pk, "municipalities")
    if done:
        return done
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
    towns = [
        " ".join(town.split())[:80] for town in request.POST.get("plaatsen", "").replace("\n", ",").split(",")
    ]
    return MunicipalityDraft(
        name=line(request, "naam", 80),
        code=line(request, "code", 6).upper(),
        towns=tuple(dict.fromkeys(town for town in towns if town)),
        platform=line(request, "platform", 80),
        agreed_on=typed_day(request.POST.get("sinds", "")),
        help_line=line(request, "hulplijn", 200),
        sheet=request.POST.get("blad", "")[:4000].replace("\r", ""),
        answers=request.POST.get("antwoorden", "")[:4000].replace("\r", ""),
    )
