"""Finding a tenancy, and its whole page."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tijdig.access.people import Person
from tijdig.access.roles import Right, may
from tijdig.bailiff.queries_around import at_partner
from tijdig.bailiff.queries_meter import with_files
from tijdig.base.days import AMSTERDAM
from tijdig.cases.queries import found as read_found
from tijdig.cases.queries import tenancy_file
from tijdig.cases.queries_cost_meter import cost_meter
from tijdig.cases.queries_decisions import reasons_of
from tijdig.cases.queries_facts import Facts, decided
from tijdig.cases.queries_talk import is_visit
from tijdig.cases.time_line import TimeLineItem
from tijdig.conferences.queries import item_of
from tijdig.help.queries_worry import worries_of
from tijdig.history.reading import What
from tijdig.tenancies.queries import cards
from tijdig.web.caseload_lines import handler
from tijdig.web.chart import chart
from tijdig.web.chart_marks import marks
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.flag_lines import words_of
from tijdig.web.objection_lines import open_of
from tijdig.web.reads import DOSSIER, Reads
from tijdig.web.ruling_lines import holding
from tijdig.web.scope import today, typed_day
from tijdig.web.step_way import beside_the_talk
from tijdig.web.time_line import ALL, AT_ONCE, Asked, Entries, entries_shown, happened, shown
from tijdig.web.together import busy_with

_MOST_LINES = 6000  # a hundred times what is shown at once
_LINES_OF_ACCOUNT = 10


@door(Right.SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:100]
    amounts = may(person_of(request).role, Right.SEE_TENANCY)
    hits = read_found(query, amounts=amounts, as_of=today()) if len(query) >= 2 else []
    context = {"q": query, "found": hits, "may_see_amounts": amounts}
    template = "search.html#results" if request.headers.get("HX-Request") else "search.html"
    return render(request, template, context)


def _whole_account(request: HttpRequest) -> What | None:
    return What.ACCOUNT if request.GET.get("rekening") == ALL else None


@door(Right.SEE_TENANCY, reads=Reads(What.DOSSIER, otherwise=_whole_account))
def tenancy(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as of today, or as of a day, or as it was known on a day; where the time line alone is asked, that."""
    as_of = typed_day(request.GET.get("as_of", "")) or today()
    known_on = typed_day(request.GET.get("known_at", ""))
    known_at = datetime.combine(known_on, time.max, AMSTERDAM) if known_on else None
    file = tenancy_file(pk, as_of=as_of, known_at=known_at)
    if file is None:
        raise Http404
    facts = Facts(file)
    items = happened(facts, now=as_of == today())
    asked = _asked(request)
    entries = entries_shown(facts, asked, _LINES_OF_ACCOUNT)
    context = {"file": file, "tenancy_id": pk, "time_line": shown(facts, items, asked, entries)}
    if request.headers.get("HX-Target") == "time-line":
        return render(request, "_time_line.html", context)
    beside = {"known_on": known_on} | _account(facts, items, entries) | _case(facts, person_of(request))
    if as_of == today() and known_at is None:
        beside |= busy_with(request, pk)
    return render(request, "tenancy.html", context | beside)


@door(Right.SEE_TENANCY, reads=DOSSIER)
def decision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Why one step was chosen: in its line where the page asks for it, else on a page of its own."""
    one = next(iter(decided("id = %s", pk, number)), None)
    if one is None:
        raise Http404
    context = {"tenancy": cards([pk])[pk], "decision": one, "reasons": reasons_of(one)}
    template = "_decision.html" if request.headers.get("HX-Request") else "decision.html"
    return render(request, template, context)


def _asked(request: HttpRequest) -> Asked:
    """What of the page is asked for beside its day."""
    typed = request.GET.get("regels", "")
    whole = typed.isascii() and typed.isdigit() and len(typed) <= len(str(_MOST_LINES))
    most = min(max(int(typed) if whole else AT_ONCE, AT_ONCE), _MOST_LINES)
    return Asked(
        request.GET.get("tijdlijn", ""),
        most,
        today(),
        timezone.now(),
        actor_of(request),
        request.GET.get("rekening") == ALL,
    )


def _account(facts: Facts, items: list[TimeLineItem], entries: Entries) -> dict[str, Any]:
    """The money on the page: the line of the balance, what is owed otherwise, what it costs, and the bookings."""
    drawn = chart(facts.file.chart)
    return {
        "chart_svg": drawn,
        "chart_marks": marks(drawn, facts.file.chart, items) if drawn else None,
        "loose_cents": facts.loose_cents,
        "cost_meter": with_files(cost_meter(facts), facts.tenancy_id, facts.as_of),
        "account_lines": facts.file.lines[: len(entries.here)],
        "older": len(facts.file.lines) - len(entries.here),
        "entries": entries,
    }


def _case(facts: Facts, person: Person) -> dict[str, Any]:
    """Who handles it, and what holds for this tenant apart from the ordinary."""
    pk, as_of, known_at = facts.tenancy_id, facts.as_of, facts.known_at
    region = facts.file.region
    now = as_of == today() and known_at is None
    return {
        "at_partner": at_partner(pk, as_of) if now else None,
        "handler": handler(pk, region, organisation_id=person.organisation_id, on=as_of, known_at=known_at),
        "flags": words_of(facts.circumstances, as_of),
        "objections": open_of(facts.objections),
        "worries": [one for one in worries_of(pk) if one.taken_on is None] if as_of == today() else [],
        "rulings": holding(pk, on=as_of, known_at=known_at),
        "to_group": item_of(pk) if now else None,
        "visits": is_visit(facts.file),
        "step_way": beside_the_talk(person.role, facts.file) if now else None,
    }
