"""One letter: what it said, how it went, what proves it; and sending it another way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from tijdig.access.roles import Right, may
from tijdig.carriers.channel import Channel
from tijdig.letters.actions_queue import send_another_way
from tijdig.letters.deeds import BY
from tijdig.letters.layout import made_with
from tijdig.letters.queries import (
    LetterFile,
    letter_file,
    letter_pdf,
    made_again,
    named,
    term_of,
    tries_of,
    ways_of,
)
from tijdig.letters.queries_box import BoxRow, sendings_of
from tijdig.letters.states import WENT, State
from tijdig.letters.values import NotRight
from tijdig.tenancies.queries import cards
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.outbox_words import DONE
from tijdig.web.reads import LETTER, PAPER
from tijdig.web.scope import today
from tijdig.web.views_letters import Item, items

_UNDER_WAY = (State.HANDING, State.PRINTING)
_STANDS_READY = (State.QUEUED, State.HELD, State.REFUSED, State.UNSURE)


@door(Right.SEE_TENANCY, reads=LETTER)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter whole; with `opnieuw` it is made anew and compared with what was kept."""
    file = letter_file(pk)
    if file is None:
        raise Http404
    rows = sendings_of(pk)
    tries = tries_of([row.id for row in rows])
    context: dict[str, Any] = {
        "letter": file,
        "tenancy": cards([file.tenancy_id])[file.tenancy_id],
        "items": [replace(item, tries=tries[item.row.id]) for item in items(rows)],
        "names": named({file.made_by, *(row.asked_by for row in rows)}),
        "same_layout": file.made_with == made_with(),
        "went": any(row.state in WENT for row in rows),
    }
    context |= _term(file, rows) | _again(request, file)
    if may(person_of(request).role, Right.WRITE_LETTER):
        context |= _other_ways(file, context["items"])
    return render(request, "letter.html", context)


def _term(file: LetterFile, rows: list[BoxRow]) -> dict[str, Any]:
    """The term counts from the first time that the letter went and did not come back."""
    days = [
        row.sent_on for row in rows if row.sent_on and row.state in WENT and row.state is not State.BOUNCED
    ]
    return {"sent_on": min(days), "term": term_of(file, min(days))} if days else {}


def _again(request: HttpRequest, file: LetterFile) -> dict[str, Any]:
    if "opnieuw" not in request.GET or file.paper is None:
        return {}
    return {"again": made_again(file.id)}


def _other_ways(file: LetterFile, shown: list[Item]) -> dict[str, Any]:
    """The ways that stand open beside those that it took, takes now, or that a button offers already.

    There are none while a carrier or the print house has it.
    """
    rows = [item.row for item in shown]
    if any(row.state in _UNDER_WAY for row in rows):
        return {"under_way": True}
    taken = {row.channel for row in rows if row.state is not State.CANCELLED}
    offered = {deed for item in shown for deed in item.deeds}
    found = [BY[way] for way in ways_of(file, today()) if way not in taken and BY[way] not in offered]
    return {"other_ways": found, "gives_way": any(row.state in _STANDS_READY for row in rows)}


@door(Right.SEE_TENANCY, reads=PAPER)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The exact paper."""
    found = letter_pdf(pk)
    if found is None:
        raise Http404
    name, paper = found
    return HttpResponse(
        paper, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


@door(Right.WRITE_LETTER, "POST", own_scope=True)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """The same letter by another way."""
    way = request.POST.get("deed", "")
    if way in set(Channel):
        try:
            send_another_way(
                organisation_id=person_of(request).organisation_id,
                actor=actor_of(request),
                letter_id=pk,
                channel=Channel(way),
                on=today(),
                now=timezone.now(),
            )
            messages.success(request, str(DONE[BY[Channel(way)]]))
        except NotRight as refused:
            for fault in refused.faults:
                messages.error(request, fault.sentence)
        except ObjectDoesNotExist:
            raise Http404 from None
    return HttpResponseRedirect(reverse("letter", args=[pk]))
