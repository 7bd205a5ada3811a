"""Who needs attention now."""

from __future__ import annotations

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tijdig.access.queries import colleagues
from tijdig.access.roles import Right
from tijdig.cases.queries import WorkFilter, outbox_last, recent_alerts, work_row, work_rows
from tijdig.cases.queries import worklist as read_worklist
from tijdig.history.actions import record
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.excel import worklist_book
from tijdig.web.help_lines import due_lines
from tijdig.web.reads import taken
from tijdig.web.scope import today, whole
from tijdig.web.together import busy_in


def _filter(request: HttpRequest) -> WorkFilter:
    def number(name: str) -> int:
        return whole(request.GET.get(name, ""), 8) or 0

    return WorkFilter(
        q=request.GET.get("q", "").strip()[:80],
        region=request.GET.get("region", "")[:80],
        phase=request.GET.get("phase", "")[:20],
        consultant=number("consultant"),
        page=max(1, number("page")),
    )


@door(Right.SEE_WORKLIST)
def worklist(request: HttpRequest) -> HttpResponse:
    chosen = _filter(request)
    people = colleagues(person_of(request).organisation_id)
    seen = outbox_last()  # before the list is read: what comes in meanwhile is told by the stream
    found = read_worklist(chosen, people, today())
    filters = {
        "q": chosen.q,
        "region": chosen.region,
        "phase": chosen.phase,
        "consultant": chosen.consultant or "",
    }
    busy = busy_in([one.tenancy_id for one in found.rows])
    context = {"worklist": found, "filters": filters, "pickups": busy}
    if request.headers.get("HX-Request"):
        return render(request, "worklist.html#rows", context)
    return render(
        request,
        "worklist.html",
        context | {"alerts": recent_alerts(20), "seen": seen, "due": due_lines(today(), None)},
    )


@door(Right.SEE_WORKLIST)
def alerts(request: HttpRequest) -> HttpResponse:
    return render(request, "worklist.html#alerts", {"alerts": recent_alerts(20)})


@door(Right.SEE_WORKLIST)
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row again after its tenancy changed; nothing when it left the list."""
    found = work_row(pk, colleagues(person_of(request).organisation_id), today())
    if found is None:
        return HttpResponse(status=204)
    return render(request, "worklist.html#row", {"found": [found], "pickups": busy_in([pk])})


@door(Right.EXPORT, reads=taken("worklist"))
def export(request: HttpRequest) -> HttpResponse:
    """The list as filtered, as a real workbook; who took it is recorded."""
    person = person_of(request)
    rows = work_rows(_filter(request), colleagues(person.organisation_id), today())
    book = BytesIO()
    worklist_book(book, rows, today())
    record(
        organisation_id=person.organisation_id,
        actor=actor_of(request),
        verb="worklist_exported",
        subject=f"user:{person.id}",
        effective_on=today(),
        facts={"rows": len(rows)},
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(book.getvalue(), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="werkvoorraad-{today():%Y-%m-%d}.xlsx"'
    return response
