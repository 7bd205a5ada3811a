"""Partners of a corporation: what was agreed, what waits for a second person, and which files are with whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tijdig.access.queries import corporation
from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_agreement import approve, end_agreement, propose
from tijdig.bailiff.actions_ending import take_all_back
from tijdig.bailiff.kinds import Side
from tijdig.bailiff.queries import (
    agreement,
    agreements,
    in_force,
    open_files,
    running_out,
    version_before,
    waiting,
)
from tijdig.bailiff.queries_ending import endings
from tijdig.bailiff.queries_in_file import broken, calendar, to_decide, tracks_of, waiting_questions
from tijdig.bailiff.queries_owed import overdue_of
from tijdig.bailiff.queries_to_agree import costs_to_agree
from tijdig.base.not_done import NotDone
from tijdig.tenancies.queries import cards
from tijdig.web.agreement_form import AgreementForm, told
from tijdig.web.agreement_lines import differences
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.scope import today, typed_day, whole


@door(Right.SEE_AGREEMENTS, "GET", "POST", post_right=Right.KEEP_AGREEMENTS, own_scope=True)
def partners(request: HttpRequest) -> HttpResponse:
    """Agreements, hand-overs that wait, and files at partners; POST takes back what has no agreement any more."""
    if request.method == "POST":
        return _all_back(request)
    with organisation_scope(person_of(request).organisation_id):
        return render(request, "partners.html", _overview())


def _all_back(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    try:
        if request.POST.get("wat") != "terug":
            raise NotDone((_("Kies wat er gedaan is."),))
        number = take_all_back(
            organisation_id=person.organisation_id, actor=actor_of(request), name=person.name, on=today()
        )
    except NotDone as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
    else:
        said = ngettext(
            "%(n)s dossier is teruggehaald op uw naam.",
            "%(n)s dossiers zijn teruggehaald op uw naam.",
            number,
        )
        messages.success(request, said % {"n": number})
    return HttpResponseRedirect(reverse("partners"))


def _overview() -> dict[str, Any]:
    held, files, asked = agreements(), open_files(), waiting()
    questions, tracks, found = waiting_questions(Side.PARTNER), tracks_of(files), endings(files, today())
    to_agree = costs_to_agree()
    tenancies = {one.tenancy_id for one in files} | {one.tenancy_id for one in asked}
    tenancies |= {one.tenancy_id for one, _cost in to_agree}
    known = cards(sorted(tenancies | {one.tenancy_id for one in questions}))
    overdue = overdue_of((one.tenancy_id for one in files), today())
    names = {one.partner_id: one.partner for one in held}
    chances = {file.id for file, track in tracks if track.last_chance}
    return {
        "endings": found,
        "no_agreement": [
            (known.get(one.tenancy_id), one, names.get(one.partner_id, "")) for one in found.none
        ],
        "questions": [(known.get(one.tenancy_id), one) for one in questions],
        "decisions": [(known.get(one.tenancy_id), one, label) for one, label in to_decide(tracks)],
        "to_agree": [
            (known.get(one.tenancy_id), one, names.get(one.partner_id, ""), cost) for one, cost in to_agree
        ],
        "broken": [
            (known.get(one.tenancy_id), one, names.get(one.partner_id, ""), since, one.id in chances)
            for one, since in broken(files, today())
        ],
        "days": [(known.get(one.tenancy_id), one, day) for one, day in calendar(tracks, today())],
        "agreements": held,
        "in_force": {one.id for one in in_force(today())},
        "ran_out": {one.id for one in held if one.approved and one.ran_out(today())},
        "waiting": [(known.get(one.tenancy_id), one) for one in asked],
        "files": [
            (known.get(one.tenancy_id), one, names.get(one.partner_id, ""), overdue[one.tenancy_id])
            for one in files
        ],
    }


@door(Right.KEEP_AGREEMENTS, "GET", "POST", own_scope=True)
def agreement_new(request: HttpRequest) -> HttpResponse:
    """Propose the next version; `?van=` begins with what an earlier one says."""
    person = person_of(request)
    with organisation_scope(person.organisation_id):
        start = agreement(whole(request.GET.get("van", ""), 8) or 0)
    form = AgreementForm(request, today(), start)
    wrong: list[str] = []
    if form.posted:
        terms = form.terms()
        wrong = form.wrong
        try:
            if not wrong:
                pk = propose(
                    organisation_id=person.organisation_id,
                    actor=actor_of(request),
                    name=person.name,
                    partner_code=form.code,
                    terms=terms,
                    begin_on=form.begin_on,
                    asked_as=UUID(request.POST.get("formulier", "")),
                    on=today(),
                )
                messages.success(
                    request, _("Voorgesteld op uw naam. Het geldt als beide kanten akkoord zijn.")
                )
                return HttpResponseRedirect(reverse("agreement", args=[pk]))
        except NotDone as refused:
            wrong = list(refused.sentences)
        except ValueError:
            wrong = [_("Probeer het nog eens.")]
    context = form.fields() | {"wrong": wrong, "asked_as": uuid4()}
    return render(request, "agreement_new.html", context, status=400 if wrong else 200)


@door(Right.SEE_AGREEMENTS, "GET", "POST", post_right=Right.KEEP_AGREEMENTS, own_scope=True)
def one_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its terms, who said yes; POST approves or ends it for the corporation."""
    person = person_of(request)
    return agreement_page(request, pk, person.organisation_id, Side.CORPORATION, "partners")


def agreement_page(
    request: HttpRequest, pk: int, organisation_id: int, side: Side, back: str
) -> HttpResponse:
    """The same page for both sides: what is agreed is one text, and each reads with whom."""
    status = 200
    if request.method == "POST":
        try:
            _said(request, pk, organisation_id, side)
            return HttpResponseRedirect(request.path)
        except NotDone as refused:
            for sentence in refused.sentences:
                messages.error(request, sentence)
            status = 400
    with organisation_scope(organisation_id):
        found = agreement(pk)
        if found is None:
            raise Http404
        before = version_before(found)
        context = {
            "agreement": found,
            "other": found.partner if side is Side.CORPORATION else corporation(organisation_id).name,
            "told": told(found.terms),
            "waits": found.waits_for(side),
            "holds": found.id in {one.id for one in in_force(today())},
            "ran_out": found.approved and found.ran_out(today()),
            "near_end": found.id in {one.id for one in running_out(today())},
            "before": before,
            "differences": differences(before.terms, found.terms) if before else [],
            "may": Right.KEEP_AGREEMENTS.value if side is Side.CORPORATION else Right.LEAD_PARTNER.value,
            "figures": _figures(side, organisation_id, pk),
            "back": reverse(back),
        }
    return render(request, "agreement.html", context, status=status)


def _figures(side: Side, organisation_id: int, pk: int) -> str:
    if side is Side.CORPORATION:
        return reverse("agreement-figures", args=[pk])
    return reverse("file-figures", args=[organisation_id, pk])


def _said(request: HttpRequest, pk: int, organisation_id: int, side: Side) -> None:
    person = person_of(request)
    if request.POST.get("wat") == "akkoord":
        approve(
            organisation_id=organisation_id,
            actor=actor_of(request),
            name=person.name,
            agreement_id=pk,
            side=side,
            on=today(),
        )
        messages.success(request, _("Akkoord op uw naam."))
    elif request.POST.get("wat") == "einde":
        end_agreement(
            organisation_id=organisation_id,
            actor=actor_of(request),
            name=person.name,
            agreement_id=pk,
            side=side,
            end_on=typed_day(request.POST.get("dag", "")) or today(),
            on=today(),
        )
        messages.success(
            request, _("Beëindigd op uw naam. Vanaf die dag ziet de deurwaarder deze dossiers niet meer.")
        )
    else:
        raise NotDone((_("Kies wat er gedaan is."),))
