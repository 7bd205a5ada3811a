"""Finding a tenancy, and its whole page."""

from __future__ import annotations

from datetime import datetime, time

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tijdig.access.roles import Right, may
from tijdig.base.days import AMSTERDAM
from tijdig.cases.queries import found as read_found
from tijdig.cases.queries import tenancy_file
from tijdig.cases.queries_account import account
from tijdig.cases.values import TenancyFile
from tijdig.ledger.kinds import Kind
from tijdig.letters.queries import letters_of
from tijdig.web.chart import chart
from tijdig.web.contact_lines import lines
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.scope import today, typed_day

_COSTS = Kind.COLLECTION_COSTS.name.lower()


@door(Right.SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:100]
    amounts = may(person_of(request).role, Right.SEE_TENANCY)
    hits = read_found(query, amounts=amounts, as_of=today()) if len(query) >= 2 else []
    context = {"q": query, "found": hits, "may_see_amounts": amounts}
    template = "search.html#results" if request.headers.get("HX-Request") else "search.html"
    return render(request, template, context)


@door(Right.SEE_TENANCY)
def tenancy(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as of today, or as of a day, or as it was known on a day."""
    as_of = typed_day(request.GET.get("as_of", "")) or today()
    known_on = typed_day(request.GET.get("known_at", ""))
    known_at = datetime.combine(known_on, time.max, AMSTERDAM) if known_on else None
    file = tenancy_file(pk, as_of=as_of, known_at=known_at)
    if file is None:
        raise Http404
    context = {
        "file": file,
        "chart_svg": chart(file.chart),
        "known_on": known_on,
        "letters": letters_of(pk, as_of),
        "loose_cents": _loose_cents(file),
        "contacts": lines(pk, on=as_of, now=timezone.now(), actor=actor_of(request), known_at=known_at),
    }
    return render(request, "tenancy.html", context)


def _loose_cents(file: TenancyFile) -> int:
    """Collection costs that no letter made due, of the account as it is known now; asks nothing where none were charged."""
    charged = any(line.kind == _COSTS and line.amount_cents > 0 for line in file.lines)
    if not charged or file.known_at is not None:
        return 0
    return account(file.tenancy_id, file.as_of).claim().loose_cents
