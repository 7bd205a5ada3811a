"""Acts with legal effect, each by a named person: approving fourteen-day letters, a signal, a hand-over and its end."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.actions_outside import MOVES, note_move, outside_faults
from tijdig.bailiff.kinds import End, Side
from tijdig.bailiff.queries import files_of
from tijdig.base.not_done import NotDone
from tijdig.cases.actions_legal import note_act, seen_now
from tijdig.cases.legal_steps import ACTS, Row, possible
from tijdig.letters.actions_many import write_many
from tijdig.letters.letter import Kind as LetterKind
from tijdig.letters.queries_approval import to_approve
from tijdig.letters.values import NotRight
from tijdig.steps.kinds import Kind
from tijdig.tenancies.queries import cards
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today, whole


@door(Right.WRITE_LETTER, "GET", "POST", own_scope=True)
def approve(request: HttpRequest) -> HttpResponse:
    """The fourteen-day letters that wait; POST approves those that were chosen, or all that are plain."""
    person = person_of(request)
    with organisation_scope(person.organisation_id):
        try:
            cases, total = to_approve(today())
            fault = ""
        except NotRight as refused:
            cases, total, fault = [], 0, str(refused)
    if request.method == "POST":
        chosen = {number for pk in request.POST.getlist("zaak") if (number := whole(pk))}
        together = "alle" in request.POST
        wanted = [one.card.id for one in cases if (one.plain if together else one.card.id in chosen)]
        _write(request, wanted)
        return HttpResponseRedirect(reverse("approve"))
    plain = sum(1 for one in cases if one.plain)
    context = {"cases": cases, "total": total, "plain": plain, "fault": fault}
    return render(request, "approve.html", context)


def _write(request: HttpRequest, wanted: list[int]) -> None:
    """Write the letters on this person's name, and say what came of each."""
    person, now = person_of(request), timezone.localtime()
    if not wanted:
        messages.error(request, _("Kies eerst een of meer zaken."))
        return
    written = list(
        write_many(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            kind=LetterKind.FOURTEEN_DAY,
            tenancy_ids=wanted,
            on=today(),
            now=now,
            by=person.name,
        )
    )
    made = [one for one in written if one.letter_id is not None]
    with organisation_scope(person.organisation_id):
        names = cards([one.tenancy_id for one in written])
    told = ngettext(
        "%(n)s brief is goedgekeurd op uw naam.", "%(n)s brieven zijn goedgekeurd op uw naam.", len(made)
    )
    messages.success(request, told % {"n": len(made)})
    for one in written:
        if one.faults:
            why = " ".join(fault.sentence for fault in one.faults)
            messages.error(request, f"{names[one.tenancy_id].name}: {why}")


@door(Right.RULE, "GET", "POST", own_scope=True, reads=DOSSIER)
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """What may be written down now about the municipality and the bailiff, and what stands in the way of it."""
    person = person_of(request)
    if request.method == "POST" and _noted(request, pk):
        return HttpResponseRedirect(reverse("tenancy", args=[pk]))
    with organisation_scope(person.organisation_id):
        row, known = seen_now(pk, today()), cards([pk]).get(pk)
        if row is None or known is None:
            raise Http404
        context = {"card": known, "acts": _acts(pk, row), "asked_as": uuid4()}
    return render(request, "legal.html", context, status=400 if request.method == "POST" else 200)


def _acts(pk: int, row: Row) -> list[tuple[Kind, str, tuple[str, ...]]]:
    """Each act that makes sense now, its words, and what stands in its way."""
    there = any(one.ended_on is None for one in files_of(pk))
    return [
        (
            kind,
            ACTS[kind],
            # one that is with a partner ends there: `_taken_back`
            outside_faults(pk, kind, row, today())
            if kind is Kind.HANDED_OVER or (kind in MOVES and not there)
            else faults,
        )
        for kind, faults in possible(row).items()
    ]


def _noted(request: HttpRequest, pk: int) -> bool:
    person = person_of(request)
    try:
        kind, asked_as = Kind(request.POST.get("wat", "")), UUID(request.POST.get("formulier", ""))
    except ValueError:
        messages.error(request, _("Kies wat er gedaan is."))
        return False
    try:
        if kind is Kind.HANDED_BACK and _taken_back(request, pk):
            messages.success(request, _("Vastgelegd op uw naam: %(what)s") % {"what": ACTS[kind]})
            return True
        write = note_move if kind in MOVES else note_act
        write(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            tenancy_id=pk,
            kind=kind,
            remark=request.POST.get("opmerking", ""),
            asked_as=asked_as,
            on=today(),
        )
    except NotDone as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        return False
    messages.success(request, _("Vastgelegd op uw naam: %(what)s") % {"what": ACTS[kind]})
    return True


def _taken_back(request: HttpRequest, pk: int) -> bool:
    """A file that is with a partner ends, so that the partner sees it no more; False where it is with none."""
    person = person_of(request)
    with organisation_scope(person.organisation_id):
        file = next((one for one in files_of(pk) if one.ended_on is None), None)
    if file is None:
        return False
    end_file(
        organisation_id=person.organisation_id,
        actor=actor_of(request),
        name=person.name,
        file_id=file.id,
        side=Side.CORPORATION,
        end=End.TAKEN_BACK,
        on=today(),
    )
    return True
