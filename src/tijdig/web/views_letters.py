"""The outbox: what waits, goes and went, and what a person does with it; and the mailbox of a trial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.carriers.channel import Channel
from tijdig.letters.actions_queue import (
    allowed_from,
    deal_with,
    hold_back,
    release,
    say_came_back,
    say_sent,
    send_another_way,
    take_back,
)
from tijdig.letters.deeds import WAY, Deed, deeds
from tijdig.letters.queries import mails
from tijdig.letters.queries_batch import BatchRow, batch, batches, box_of_batch
from tijdig.letters.queries_box import (
    BoxRow,
    Tray,
    box,
    box_row,
    counts,
    held_by,
    open_ways,
    waits_for_hour,
)
from tijdig.letters.queries_texts import letterhead
from tijdig.letters.states import State
from tijdig.letters.values import Fault, NotRight
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.outbox_words import DONE
from tijdig.web.scope import today, typed_day
from tijdig.web.views_account import safe

TRAYS = {"wacht": Tray.WAITS, "klaar": Tray.READY, "verstuurd": Tray.SENT, "ingetrokken": Tray.TAKEN_BACK}
MOST = 50
_BATCHES = 5
_MOVED_ON = Fault(
    "moved_on", "Dit bericht staat er intussen anders voor. Kijk hoe het er nu voor staat en kies opnieuw."
)
_NO_DAY = Fault("day_missing", "Vul de dag in waarop het ging: vandaag of eerder, en niet vóór de brief.")


@dataclass(frozen=True, slots=True)
class Item:
    """A message with what may be done with it, and what came of what was just done. `later`: its moment must still come."""

    row: BoxRow
    deeds: tuple[Deed, ...]
    later: bool = False
    faults: tuple[Fault, ...] = ()
    done: str = ""
    held_by: str = ""  # the person who held it back
    tries: Sequence[tuple[int, str, datetime]] = ()


def items(rows: Sequence[BoxRow]) -> list[Item]:
    """These messages, each with what may be done with it now."""
    ways, now, holders = open_ways(rows, today()), timezone.now(), held_by(rows)
    return [
        Item(
            row,
            deeds(row.state, row.why, followed=row.followed, open_ways=ways.get(row.id, ())),
            row.state is State.QUEUED and row.channel is not Channel.PRINT and row.go_at > now,
            held_by=holders.get(row.id, ""),
        )
        for row in rows
    ]


def number(text: str) -> int | None:
    """A number of ours as an address has it; None for anything else."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 19 else None


@door(Right.SEE_WORKLIST)
def outbox(request: HttpRequest) -> HttpResponse:
    """A tray of the outbox, or the letters of one batch; `voor` and `na` go on where a list was left."""
    pile = number(request.GET.get("batch", ""))
    if pile is not None:
        return _pile(request, pile)
    context = _top(request.GET.get("bak", ""))
    after = number(request.GET.get("voor", ""))
    rows = box(context["tray"], before_id=after, most=MOST + 1)
    context |= _some(rows)
    if context["more"]:
        context["onward"] = f"?{urlencode({'bak': context['bak'], 'voor': rows[MOST - 1].id})}"
    context |= {"begin": after is None, "trial": _trial(), "here": request.get_full_path()}
    part = "letters.html#rows" if request.headers.get("HX-Request") else "letters.html"
    return render(request, part, context)


def _pile(request: HttpRequest, pk: int) -> HttpResponse:
    found, after = batch(pk), number(request.GET.get("na", "")) or 0
    if found is None:
        raise Http404
    rows = box_of_batch(pk, after_place=after, most=MOST + 1)
    context = _top("") | _some(rows) | {"pile": found, "begin": not after, "here": request.get_full_path()}
    if context["more"]:
        context["onward"] = f"?{urlencode({'batch': pk, 'na': rows[MOST - 1].place or 0})}"
    part = "letters.html#rows" if request.headers.get("HX-Request") else "letters.html"
    return render(request, part, context)


def _some(rows: Sequence[BoxRow]) -> dict[str, Any]:
    return {"items": items(rows[:MOST]), "more": len(rows) > MOST}


def _trial() -> bool:
    head = letterhead()
    return head is not None and head.trial


def _top(bak: str, listed: int | None = None) -> dict[str, Any]:
    """What stands above the list: the tabs with their counts, and what waits for paper.

    `listed` is how many there were when the list was made: the page says so when that is no longer true.
    """
    found, newest = counts(), batches(_BATCHES)
    tray = TRAYS.get(bak) or (Tray.WAITS if found.trays[Tray.WAITS] else Tray.READY)
    here = found.trays[tray]
    seen = [*found.trays.values(), found.for_print, *(_mark(one) for one in newest)]
    return {
        "tray": tray,
        "bak": next(word for word, one in TRAYS.items() if one is tray),
        "tabs": [(word, one, found.trays[one]) for word, one in TRAYS.items()],
        "for_print": found.for_print,
        "batches": newest,
        "live": found.moving or any(one.letters and not one.ready for one in newest),
        "listed": here if listed is None else listed,
        "changed": listed is not None and listed != here,
        "seen": "-".join(str(one) for one in seen),
    }


def _mark(one: BatchRow) -> str:
    return f"{one.id}.{one.letters}.{one.done}.{one.handed_on or ''}"


@door(Right.SEE_WORKLIST)
def top(request: HttpRequest) -> HttpResponse:
    """What stands above the list, again; nothing where it is as the page has it."""
    context = _top(request.GET.get("bak", ""), number(request.GET.get("toen", "")))
    if context["seen"] == request.GET.get("zag") and not context["changed"]:
        return HttpResponse(status=204)
    return render(request, "letters.html#top", context)


@door(Right.WRITE_LETTER, "POST", own_scope=True)
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one thing with one message; its row comes back, or without script the page where it stood."""
    organisation_id = person_of(request).organisation_id
    before = _item(organisation_id, pk)
    done, faults = "", tuple[Fault, ...]()
    try:
        done = _carry_out(request, before)
    except NotRight as refused:
        faults = refused.faults
    if not request.headers.get("HX-Request"):
        return _back(request, before.row, done, faults)
    after, bak = _item(organisation_id, pk), request.POST.get("bak", "")
    context = {"item": replace(after, faults=faults, done=done), "here": request.POST.get("next", "")}
    with organisation_scope(organisation_id):
        context |= _top(bak) | {"beside": True}
        return render(request, "letters.html#answer", context, status=422 if faults else 200)


def _item(organisation_id: int, pk: int) -> Item:
    with organisation_scope(organisation_id):
        row = box_row(pk)
        if row is None:
            raise Http404
        return items([row])[0]


def _carry_out(request: HttpRequest, item: Item) -> str:
    """Does what was asked; returns what is then said of it."""
    asked, row = request.POST.get("deed", ""), item.row
    if asked not in item.deeds:
        raise NotRight((_MOVED_ON,))
    deed, on, now = Deed(asked), today(), timezone.now()
    who: dict[str, Any] = {"organisation_id": person_of(request).organisation_id, "actor": actor_of(request)}
    who["on"] = on
    if deed in WAY:
        send_another_way(**who, letter_id=row.letter_id, channel=WAY[deed], now=now)
    elif deed is Deed.SAY_SENT:
        sent_on = typed_day(request.POST.get("sent_on", ""))
        if sent_on is None or not row.dated_on <= sent_on <= on:
            raise NotRight((_NO_DAY,))
        say_sent(**who, sending_id=row.id, sent_on=sent_on)
    elif deed is Deed.HOLD_BACK:
        hold_back(**who, sending_id=row.id)
    elif deed is Deed.CAME_BACK:
        say_came_back(**who, sending_id=row.id, now=now)
    elif deed is Deed.DEAL_WITH:
        deal_with(**who, sending_id=row.id)
    elif deed is Deed.TAKE_BACK:
        take_back(**who, sending_id=row.id)
    else:
        release(**who, sending_id=row.id, now=now)
    return str(DONE[deed])


def _back(request: HttpRequest, row: BoxRow, done: str, faults: Sequence[Fault]) -> HttpResponse:
    about = f"{row.kind_label.capitalize()} {row.reference}, {row.name}: "
    for fault in faults:
        messages.error(request, about + fault.sentence)
    if done:
        messages.success(request, about + done)
    onward = safe(request, request.POST.get("next", "")) or reverse("letters")
    return HttpResponseRedirect(f"{onward.partition('#')[0]}#sending-{row.id}")


@door(Right.SEE_WORKLIST)
def mailbox(request: HttpRequest) -> HttpResponse:
    """What would have gone out, while the letterhead is on trial."""
    head = letterhead()
    if head is None or not head.trial:
        return render(request, "mailbox_closed.html", status=404)
    rows = mails(before_id=number(request.GET.get("voor", "")), most=MOST + 1)
    now = timezone.now()
    number_waiting, first_at = waits_for_hour(now)
    context = {"mails": rows[:MOST], "head": head, "waiting": number_waiting, "first_at": first_at}
    if (opens_at := allowed_from(now)) > now:
        context["opens_at"] = opens_at
    if len(rows) > MOST:
        context["onward"] = f"?{urlencode({'voor': rows[MOST - 1].id})}"
    return render(request, "mailbox.html", context)
