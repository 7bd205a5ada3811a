"""The figures of an agreement: the same page, the same numbers and the same definitions for both sides."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.kinds import DIRECTION_LABEL, KPI_DEFINITION, KPI_LABEL, Kpi, Side
from tijdig.bailiff.queries import agreement
from tijdig.base.money import euro
from tijdig.reports.agreement_kpis import Behind, Figure
from tijdig.reports.queries import Measured, closed_to_partner, kpis_of
from tijdig.tenancies.queries import cards
from tijdig.web.door import door, person_of
from tijdig.web.scope import today

_MONEY = frozenset({Kpi.TENANT_COST, Kpi.CORPORATION_COST})
_SHARES = frozenset({Kpi.AMICABLE, Kpi.KEPT})
MOST_BEHIND = 60


@door(Right.SEE_AGREEMENTS, own_scope=True)
def agreement_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """For the corporation; `alles` names a figure of which every file is told."""
    return _page(request, person_of(request).organisation_id, pk, Side.CORPORATION)


@door(Right.SEE_FILES, own_scope=True)
def file_figures(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """For the partner, of one corporation."""
    return _page(request, organisation, pk, Side.PARTNER)


def _page(request: HttpRequest, organisation: int, pk: int, side: Side) -> HttpResponse:
    with organisation_scope(organisation):
        found = agreement(pk)
        if found is None:
            raise Http404
        closed = closed_to_partner(found, today())
        measured = [] if closed and side is Side.PARTNER else kpis_of(found, today())
        behind = {one.figure.kpi: _shown(one.figure, request.GET.get("alles", "")) for one in measured}
        told = [one for each in measured for one in (*behind[each.figure.kpi], *each.figure.outliers)]
        known = cards(sorted({one.file.tenancy_id for one in told}))
    targets = {one.kpi: one for one in found.terms.targets}
    ours = side is Side.CORPORATION
    context = {
        "agreement": found,
        "closed": closed,
        "ours": ours,
        "back": reverse("agreement", args=[pk])
        if ours
        else reverse("file-agreement", args=[organisation, pk]),
        "figures": [
            _told(one)
            | {
                "target": _said(one.figure.kpi, targets[one.figure.kpi].target),
                "way": DIRECTION_LABEL[targets[one.figure.kpi].direction],
                "months": targets[one.figure.kpi].months,
                "behind": [_file(each, one.figure.kpi, known, ours) for each in behind[one.figure.kpi]],
                "more": len(one.figure.behind) - len(behind[one.figure.kpi]),
                "all": one.figure.kpi == request.GET.get("alles"),
                "outliers": [_file(each, one.figure.kpi, known, ours) for each in one.figure.outliers],
            }
            for one in measured
        ],
    }
    return render(request, "agreement_figures.html", context)


def _shown(figure: Figure, every: str) -> tuple[Behind, ...]:
    """The files behind a figure: as many as fit on a page that is about all figures, or all where those are asked."""
    return figure.behind if figure.kpi == every else figure.behind[:MOST_BEHIND]


def _told(one: Measured) -> dict[str, Any]:
    kpi = one.figure.kpi
    return {
        "kpi": kpi.value,
        "label": KPI_LABEL[kpi],
        "definition": KPI_DEFINITION[kpi],
        "value": "" if one.figure.value is None else _said(kpi, one.figure.value),
        "of": one.figure.of,
        "met": one.figure.met,
        "plans": kpi is Kpi.KEPT,
        "elsewhere": "" if one.elsewhere is None else _said_of_others(kpi, one.elsewhere),
        "here": "" if one.here is None else _said_of_others(kpi, one.here),
    }


def _said_of_others(kpi: Kpi, value: int) -> str:
    """A number of evictions elsewhere says nothing beside one's own; a share does."""
    return f"{value} van elke 100 dossiers" if kpi is Kpi.EVICTIONS else _said(kpi, value)


def _said(kpi: Kpi, value: int) -> str:
    if kpi in _MONEY:
        return euro(value)
    if kpi in _SHARES:
        return f"{value}%"
    return str(value) if kpi is Kpi.EVICTIONS else f"{value} dagen"


def _file(one: Behind, kpi: Kpi, known: dict[int, Any], ours: bool) -> dict[str, Any]:
    """A file behind a figure. Of one that ended the partner sees no more than that it was there."""
    card, file = known.get(one.file.tenancy_id), one.file
    address = ""
    if ours:
        address = reverse("bailiff-file", args=[file.tenancy_id])
    elif card is not None and file.ended_on is None:
        address = reverse("file", args=[file.organisation_id, file.id])
    said = (
        ("ja" if one.counts else "nee") if kpi in _SHARES or kpi is Kpi.EVICTIONS else _said(kpi, one.counts)
    )
    return {
        "name": card.name or card.contract_number if card else "",
        "file": file,
        "address": address,
        "said": said,
    }
