"""The early signals of a corporation: who may be signalled now, what waits for a file, what went, and what came back."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tijdig.access.queries import corporation
from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.help.actions_answers import read_answers
from tijdig.help.actions_send import send
from tijdig.help.answer_sheet import NotThisFile
from tijdig.help.queries import (
    batch_file,
    batches,
    municipalities,
    rejected,
    sent_since,
    signals_named,
    waiting,
)
from tijdig.help.queries_evidence import may_now
from tijdig.help.values import Signal
from tijdig.history.actions import record
from tijdig.tenancies.queries import cards
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import taken
from tijdig.web.scope import today, whole
from tijdig.web.signal_file import filled, rows_of

_MOST = 60
_BACK = timedelta(days=200)
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door(Right.SEE_WORKLIST)
def signals(request: HttpRequest) -> HttpResponse:
    """The page."""
    now, places = may_now(today()), municipalities()
    decided, sent = waiting(), sent_since(today() - _BACK, _MOST)
    by_place: dict[int, list[Signal]] = defaultdict(list)
    for one in decided:
        by_place[one.municipality_id].append(one)
    ids = {one.facts.tenancy_id for one in now[:_MOST]} | {one.tenancy_id for one in [*decided, *sent]}
    context = {
        "may": now[:_MOST],
        "may_in_all": len(now),
        "waiting": [(place, by_place[place.id]) for place in places if by_place.get(place.id)],
        "sent": sent,
        "files": batches(20),
        "rejected": rejected(_MOST),
        "places": places,
        "cards": cards(sorted(ids)),
    }
    return render(request, "signals.html", context)


@door(Right.RULE, "POST", own_scope=True)
def send_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the file of a municipality, or say that they were typed in on its platform."""
    person = person_of(request)
    with organisation_scope(person.organisation_id):
        landlord = corporation(person.organisation_id).name
    as_file = request.POST.get("hoe") == "bestand"
    try:
        batch, gone = send(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            municipality_id=pk,
            fill=(lambda at, going: filled(at, going, today(), landlord)) if as_file else None,
            on=today(),
        )
    except NotDone as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        return HttpResponseRedirect(reverse("signals"))
    _tell(request, person.organisation_id, gone)
    if batch is None:
        messages.error(request, _("Er was niets om te melden."))
    elif as_file:
        messages.success(request, _("Het bestand staat klaar om te downloaden, onder Bestanden."))
    else:
        messages.success(request, _("Vastgelegd dat u ze bij de gemeente invoerde."))
    return HttpResponseRedirect(f"{reverse('signals')}#files")


def _tell(request: HttpRequest, organisation: int, gone: list[Signal]) -> None:
    """Who does not go after all, with why."""
    with organisation_scope(organisation):
        names, now = cards([one.tenancy_id for one in gone]), signals_named([one.id for one in gone])
    for one in gone:
        marked = now[one.id].marks
        messages.error(request, f"{names[one.tenancy_id].name}: {marked[-1].reason if marked else ''}")


@door(Right.EXPORT, reads=taken("signals"))
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was made; who took it is recorded."""
    content = batch_file(pk)
    if content is None:
        raise Http404
    person = person_of(request)
    record(
        organisation_id=person.organisation_id,
        actor=actor_of(request),
        verb="signal_file_taken",
        subject=f"user:{person.id}",
        effective_on=today(),
        facts={"batch": pk},
    )
    response = HttpResponse(content, content_type=_SHEET)
    response.headers["Content-Disposition"] = f'attachment; filename="vroegsignalen-{pk}.xlsx"'
    return response


@door(Right.RULE, "POST", own_scope=True)
def take_answers(request: HttpRequest) -> HttpResponse:
    """Read a file that a municipality sent back: all of it, or nothing."""
    person = person_of(request)
    upload: Any = request.FILES.get("bestand")
    number = whole(request.POST.get("gemeente", ""), 18)
    try:
        if upload is None or number is None:
            raise NotThisFile(_("Kies de gemeente en het bestand."))
        content = upload.read()
        done = read_answers(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            municipality_id=number,
            file_name=upload.name,
            content=content,
            rows=rows_of(content),
            on=today(),
        )
    except NotThisFile as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(f"{reverse('signals')}#answers")
    told = ngettext("%(n)s antwoord gelezen.", "%(n)s antwoorden gelezen.", done.taken) % {"n": done.taken}
    if done.known:
        told += " " + ngettext("%(n)s wisten we al.", "%(n)s wisten we al.", done.known) % {"n": done.known}
    messages.success(request, told)
    if done.rejected:
        messages.error(
            request,
            ngettext(
                "%(n)s regel was niet te gebruiken; die staat hieronder met de reden.",
                "%(n)s regels waren niet te gebruiken; ze staan hieronder met de reden.",
                done.rejected,
            )
            % {"n": done.rejected},
        )
    return HttpResponseRedirect(f"{reverse('signals')}#answers")
