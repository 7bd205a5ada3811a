"""Who looked at a tenancy and who did what there; and what one person looked at and did. Each also as a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tijdig.access.queries import names
from tijdig.access.roles import Right
from tijdig.bailiff.queries import files_of
from tijdig.history.queries_readings import Trace, by_actor, of_subjects
from tijdig.letters.queries import letters_of
from tijdig.tenancies.queries import cards
from tijdig.web.door import door
from tijdig.web.reads import READINGS, whole_file
from tijdig.web.scope import today, typed_day
from tijdig.web.traces import as_csv, lines_of

_AT_ONCE = 200
_MOST = 100_000  # in a file


def _until(request: HttpRequest) -> date:
    return typed_day(request.GET.get("tot", "")) or today()


def _of_tenancy(pk: int, until: date, most: int) -> list[Trace]:
    """Of the tenancy itself, of its letters, and of its file at a partner."""
    subjects = [f"tenancy:{pk}"]
    subjects += [f"letter:{one.id}" for one in letters_of(pk, today())]
    subjects += [f"partner_file:{one.id}" for one in files_of(pk)]
    return of_subjects(subjects, until=until, most=most)


def _known(pk: int) -> dict[str, Any]:
    card = cards([pk]).get(pk)
    if card is None:
        raise Http404
    return {"card": card}


def _colleague(pk: int) -> dict[str, Any]:
    name = names().get(pk)
    if name is None:
        raise Http404
    return {"person": name, "person_id": pk}


def _page(request: HttpRequest, found: list[Trace], until: date, context: dict[str, Any]) -> HttpResponse:
    lines = lines_of(found[:_AT_ONCE], names())
    context |= {"lines": lines, "until": until, "more": len(found) > _AT_ONCE}
    return render(request, "readings.html", context)


def _file(found: list[Trace], name: str) -> HttpResponse:
    response = HttpResponse(as_csv(lines_of(found, names())), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="inzage-{name}-{today():%Y-%m-%d}.csv"'
    return response


@door(Right.SEE_READINGS, reads=READINGS)
def of_tenancy(request: HttpRequest, pk: int) -> HttpResponse:
    context, until = _known(pk), _until(request)
    return _page(request, _of_tenancy(pk, until, _AT_ONCE + 1), until, context)


@door(Right.SEE_READINGS, "GET", "POST", reads=whole_file("tenancy"))
def of_tenancy_file(request: HttpRequest, pk: int) -> HttpResponse:
    _known(pk)
    return _file(_of_tenancy(pk, _until(request), _MOST), f"huurder-{pk}")


@door(Right.ADMINISTER)
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    context, until = _colleague(pk), _until(request)
    return _page(request, by_actor(f"user:{pk}", until=until, most=_AT_ONCE + 1), until, context)


@door(Right.ADMINISTER, "GET", "POST", reads=whole_file("user"))
def of_person_file(request: HttpRequest, pk: int) -> HttpResponse:
    _colleague(pk)
    return _file(by_actor(f"user:{pk}", until=_until(request), most=_MOST), f"medewerker-{pk}")
