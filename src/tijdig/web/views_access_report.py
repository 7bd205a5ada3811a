"""What is known of a tenant, for that tenant: in one press from the page of the tenancy where one person rents."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.history.reading import What, Why
from tijdig.privacy.actions_report import NotTheirs, make_report
from tijdig.privacy.layout import layout
from tijdig.privacy.queries_whom import Tenant, tenants_of
from tijdig.tenancies.queries import Lease, lease
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import Reads
from tijdig.web.scope import today, whole
from tijdig.web.trace_words import DID

_TAKEN = Reads(
    What.DOSSIER,
    otherwise=lambda request: What.EXPORT if request.method == "POST" else None,
    because=Why.TENANT,  # the law gives it to the tenant who asks, and to nobody else
)


@door(Right.GIVE_ACCESS, "GET", "POST", own_scope=True, reads=_TAKEN)
def access_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Who rents here, and what goes into the report; POST gives it, and asks of whom where more people rent."""
    with organisation_scope(person_of(request).organisation_id):
        who, tenants = _lease(pk), tenants_of(pk)
    if request.method == "POST":
        asked = whole(request.POST.get("persoon", "")) or (tenants[0].id if len(tenants) == 1 else None)
        if asked is None:
            return HttpResponseRedirect(reverse("access-report", args=[pk]))
        return _made(request, pk, asked)
    return render(
        request, "access_report.html", {"lease": who, "tenants": _named(tenants), "parts": _parts()}
    )


def _lease(pk: int) -> Lease:
    found = lease(pk, today())
    if found is None:
        raise Http404
    return found


def _named(tenants: list[Tenant]) -> list[tuple[Tenant, str]]:
    return [(one, "huurder" if one.role == "HUU" else "medehuurder") for one in tenants]


def _parts() -> list[str]:
    return [one.title for one in layout().sections]


def _made(request: HttpRequest, pk: int, person_id: int) -> HttpResponse:
    try:
        made = make_report(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            name=person_of(request).name,
            tenancy_id=pk,
            person_id=person_id,
            verbs=DID,
            on=today(),
        )
    except NotTheirs:
        raise Http404 from None
    answer = HttpResponse(made.content, content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer
