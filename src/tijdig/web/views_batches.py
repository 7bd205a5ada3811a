"""Batches for the print house: made, watched, downloaded, handed over or taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.letters.actions_print import hand_over_batch, make_batch, undo_batch
from tijdig.letters.queries import named
from tijdig.letters.queries_batch import BatchRow, batch, inside, overtaken, part_pdf, sheets_of, terms_in
from tijdig.letters.values import Fault, NotRight
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import taken
from tijdig.web.scope import today, typed_day
from tijdig.web.views_letters import number

_NO_DAY = Fault(
    "day_missing", "Vul de dag in waarop de drukker of de post de batch kreeg: vandaag of eerder."
)
_NOT_SURE = Fault(
    "not_sure",
    "Vink aan dat u de brieven aan de drukker of de post hebt gegeven. Daarna kunt u het vastleggen.",
)


@door(Right.PRINT_LETTERS, "POST", own_scope=True)
def make(request: HttpRequest) -> HttpResponse:
    """Everything that waits for paper in one batch."""
    made = make_batch(organisation_id=person_of(request).organisation_id, actor=actor_of(request), on=today())
    if made is None:
        messages.success(
            request, _("Er is niets om te printen. Wat niet mag gaan, staat bij Wacht op iemand.")
        )
        return HttpResponseRedirect(reverse("letters"))
    return HttpResponseRedirect(reverse("batch", args=[made]))


@door(Right.PRINT_LETTERS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch: how far its parts are, then what is in them and what should be taken out."""
    part = "batch.html#whole" if request.headers.get("HX-Request") else "batch.html"
    return render(request, part, _context(pk))


def _context(pk: int) -> dict[str, Any]:
    found = batch(pk)
    if found is None:
        raise Http404
    going = found.ready and found.handed_on is None
    sheets = sheets_of(pk)
    return {
        "batch": found,
        "parts": [(one, one.first + one.letters - 1, sheets.get(one.number)) for one in found.parts],
        "pages": sum(one.pages for one in found.parts),
        "taken_out": found.letters - inside(pk) if found.handed_on else 0,
        "sheets": sum(sheets.values()) if len(sheets) == len(found.parts) else None,
        "names": named({found.made_by, found.handed_by}),
        "left_seconds": _left_seconds(found),
        "open": going,
        "overtaken": overtaken(pk, today()) if going else [],
        "terms": terms_in(pk) if going else 0,
        "handed_on": today(),
    }


def _left_seconds(found: BatchRow) -> float | None:
    """How long the other parts will take when they take as long as those that are there."""
    if not found.done or found.ready:
        return None
    taken = (timezone.now() - found.made_at).total_seconds()
    return taken / found.done * (found.letters - found.done)


@door(Right.PRINT_LETTERS, reads=taken("batch_part"))
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of one part."""
    found = part_pdf(pk)
    if found is None:
        raise Http404
    name, paper = found
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(paper, content_type="application/pdf", headers={"Content-Disposition": disposition})


@door(Right.PRINT_LETTERS, "POST", own_scope=True)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The print house has it: from that day its letters are sent. What is not right stands above the form again."""
    organisation_id = person_of(request).organisation_id
    day = typed_day(request.POST.get("on", ""))
    receipt = " ".join(request.POST.get("receipt", "").split())[:80]
    places = [place for one in request.POST.getlist("without") if (place := number(one)) is not None]
    try:
        if day is None or day > today():
            raise NotRight((_NO_DAY,))
        if "sure" not in request.POST:
            raise NotRight((_NOT_SURE,))
        hand_over_batch(
            organisation_id=organisation_id,
            actor=actor_of(request),
            batch_id=pk,
            on=day,
            receipt=receipt,
            without=places,
        )
    except NotRight as refused:
        typed = {"faults": refused.faults, "handed_on": day, "receipt": receipt, "without": places}
        return _again(request, organisation_id, pk, typed)
    except ObjectDoesNotExist:
        raise Http404 from None
    return HttpResponseRedirect(reverse("batch", args=[pk]))


def _again(
    request: HttpRequest, organisation_id: int, pk: int, typed: Mapping[str, Any | date]
) -> HttpResponse:
    with organisation_scope(organisation_id):
        return render(request, "batch.html", _context(pk) | dict(typed) | {"typed": True}, status=422)


@door(Right.PRINT_LETTERS, "POST", own_scope=True)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """It will not go: its letters wait for paper again."""
    try:
        undo_batch(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            batch_id=pk,
            on=today(),
        )
        messages.success(request, _("De batch is ingetrokken. Zijn brieven wachten weer op papier."))
    except NotRight as refused:
        for fault in refused.faults:
            messages.error(request, fault.sentence)
    except ObjectDoesNotExist:
        raise Http404 from None
    return HttpResponseRedirect(reverse("batch", args=[pk]))
