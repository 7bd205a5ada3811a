"""The circumstances of a tenancy that stop or change the work: what is set, setting one, ending one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.cases.actions_flags import end_flag as end_by_name
from tijdig.cases.actions_flags import raise_flag
from tijdig.cases.actions_together import NotSeen
from tijdig.cases.together import FLAG
from tijdig.tenancies.flag_draft import NotFlagged, end_faults, flag_faults
from tijdig.tenancies.flags import FLAG_LABEL, FLAG_MEANS, Flag, SetFlag
from tijdig.tenancies.queries import Lease, lease
from tijdig.tenancies.queries_flags import flags_of
from tijdig.web import together
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.flag_form import EndForm, FlagForm
from tijdig.web.flag_lines import lines
from tijdig.web.flag_lines import words_of as words_of
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today


@door(Right.SEE_TENANCY, "GET", "POST", post_right=Right.SET_FLAG, own_scope=True, reads=DOSSIER)
def flags(request: HttpRequest, pk: int) -> HttpResponse:
    """What is set and what was; POST sets one."""
    posted = request.POST if request.method == "POST" else None
    form = FlagForm(posted, tenancy_id=pk, on=today())
    with organisation_scope(person_of(request).organisation_id):
        who = _lease(pk)
    if posted is not None and (answer := _set(request, pk, form)):
        return answer
    with organisation_scope(person_of(request).organisation_id):
        context = {"lease": who, "form": form} | together.carried(request, pk) | _shown(pk)
    return render(request, "flags.html", context, status=400 if form.asked else 200)


@door(Right.END_FLAG, "GET", "POST", own_scope=True, reads=DOSSIER)
def end_flag(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say of one that it is over."""
    posted = request.POST if request.method == "POST" else None
    form = EndForm(posted, flag_id=number, on=today())
    with organisation_scope(person_of(request).organisation_id):
        who = _lease(pk)
        found = next((one for one in flags_of(pk, today()) if one.id == number), None)
    if found is None:
        raise Http404
    if found.end is not None:
        messages.success(request, gettext("Deze bijzonderheid is al geëindigd. U hoeft niets te doen."))
        return HttpResponseRedirect(reverse("flags", args=[pk]))
    if posted is not None and _ended(request, form, found):
        return HttpResponseRedirect(reverse("flags", args=[pk]))
    with organisation_scope(person_of(request).organisation_id):
        context = {"lease": who, "form": form, "flag": lines([found])[0]}
        return render(request, "flag_end.html", context, status=400 if form.asked else 200)


def _lease(pk: int) -> Lease:
    found = lease(pk, today())
    if found is None:
        raise Http404
    return found


def _set(request: HttpRequest, pk: int, form: FlagForm) -> HttpResponse | None:
    """Set it and say so; None where something is wrong, which then stands beside its field."""
    if form.errors:
        form.tell(flag_faults(form.draft, today()))
        return None

    def write() -> int:
        return raise_flag(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            draft=form.draft,
            asked_as=form.asked_as,
            on=today(),
        )

    try:
        saved = together.save(request, pk, write, same=FLAG, refusals=(NotFlagged,))
    except NotFlagged as refused:
        form.tell(refused.faults)
        return None
    except NotSeen as late:
        return together.refused(request, pk, late, typed=[FLAG_LABEL[form.draft.kind]])
    said = gettext("Vastgelegd: %(what)s.") % {"what": FLAG_LABEL[form.draft.kind]}
    together.done(request, pk, said, saved.events)
    return HttpResponseRedirect(reverse("tenancy", args=[pk]))


def _ended(request: HttpRequest, form: EndForm, found: SetFlag) -> bool:
    if form.errors:
        form.tell(end_faults(form.draft, found.begin_on, today()))
        return False
    try:
        end_by_name(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            name=person_of(request).name,
            draft=form.draft,
            now=timezone.now(),
            on=today(),
        )
    except NotFlagged as refused:
        form.tell(refused.faults)
        return False
    messages.success(request, gettext("Geëindigd: %(what)s.") % {"what": FLAG_LABEL[found.kind]})
    return True


def _shown(pk: int) -> dict[str, Any]:
    known = lines(flags_of(pk, today()))
    return {
        "held": [one for one in known if one.over is None],
        "past": [one for one in known if one.over],
        "means": [(FLAG_LABEL[kind], FLAG_MEANS[kind]) for kind in Flag],
    }
