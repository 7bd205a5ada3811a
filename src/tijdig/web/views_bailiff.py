"""The file of a tenant that is with a partner, from the side of the corporation: questions, costs, and decisions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.people import Person
from tijdig.access.roles import Right, may
from tijdig.access.scope import organisation_scope
from tijdig.arrangements.kinds import KEPT_LABEL, STATE_LABEL
from tijdig.arrangements.queries import current
from tijdig.bailiff.kinds import END_LABEL, Side
from tijdig.bailiff.queries import agreement, files_of, in_force
from tijdig.bailiff.queries_around import reason_of
from tijdig.bailiff.track import ABOUT_EVICTION, Deed
from tijdig.bailiff.values import File
from tijdig.base.not_done import NotDone
from tijdig.tenancies.queries import cards
from tijdig.web.came_in import answer, came_in, from_now
from tijdig.web.door import door, person_of
from tijdig.web.file_desk import DOES, carry_out, desk
from tijdig.web.reads import DOSSIER, renewed
from tijdig.web.scope import today, whole


@door(Right.SEE_TENANCY, "GET", "POST", post_right=Right.EVICT, own_scope=True, reads=DOSSIER)
def bailiff_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that is open, or the last there was, or the one that is asked for; POST asks, answers, books, or decides by
    name. Who only decides about evictions does nothing else in it."""
    person, status = person_of(request), 200
    deeds = _deeds(person)
    if request.method == "POST":
        _asked_within(request, deeds)
        with organisation_scope(person.organisation_id):
            found, _newer = _asked(request, pk)
        try:
            if request.POST.get("wat") not in DOES:
                raise ValueError(request.POST.get("wat"))
            messages.success(request, carry_out(request, person.organisation_id, found.id, Side.CORPORATION))
            return HttpResponseRedirect(request.get_full_path())
        except NotDone as refused:
            for sentence in refused.sentences:
                messages.error(request, sentence)
        except ValueError:
            messages.error(request, _("Probeer het nog eens."))
        status = 400
    with organisation_scope(person.organisation_id):
        (found, newer), card = _asked(request, pk), cards([pk]).get(pk)
        with_it = agreement(found.agreement_id)
        agreed = next((one for one in in_force(today()) if one.partner_id == found.partner_id), None)
        context = desk(found, Side.CORPORATION, person, agreed, today(), deeds) | {
            "card": card,
            "file": found,
            "newer": newer,
            "partner": with_it.partner if with_it else "",
            "end_reason": reason_of(found.id) if found.end else "",
            "end_label": END_LABEL[found.end] if found.end else "",
            "may_write": may(person.role, Right.RULE),
            **_arrangement(pk),
            "came": from_now(pk, reverse("bailiff-file-came-in", args=[pk])),
        }
    part = "#live" if renewed(request) else ""
    return render(request, f"bailiff_file.html{part}", context, status=status)


@door(Right.SEE_TENANCY, own_scope=True, reads=DOSSIER)
def bailiff_file_came_in(request: HttpRequest, pk: int) -> HttpResponse:
    """What came in since the page of the file opened, as one line."""
    with organisation_scope(person_of(request).organisation_id):
        return answer(request, came_in(request, _asked(request, pk)[0].tenancy_id, today()))


def _arrangement(tenancy_id: int) -> dict[str, Any]:
    """The one that runs or is asked for, and whether it is kept."""
    found = current(tenancy_id, today())
    if found is None:
        return {"plan": None}
    plan, stands = found
    return {
        "plan": plan,
        "watched": stands,
        "kept_label": KEPT_LABEL[stands.kept],
        "arrangement_label": STATE_LABEL[plan.state],
    }


def _deeds(person: Person) -> frozenset[Deed]:
    """What this person may write before the court: everything, a yes or no to an eviction alone, or nothing."""
    if may(person.role, Right.RULE):
        return frozenset(Deed)
    return ABOUT_EVICTION if may(person.role, Right.EVICT) else frozenset()


def _asked_within(request: HttpRequest, deeds: frozenset[Deed]) -> None:
    """Raises `PermissionDenied` for what is not this person's to do."""
    of_deeds = request.POST.get("wat") == "stap" and request.POST.get("stap") in {one.value for one in deeds}
    if not of_deeds and not may(person_of(request).role, Right.RULE):
        raise PermissionDenied


def _asked(request: HttpRequest, tenancy_id: int) -> tuple[File, bool]:
    """The newest file of a tenancy, or another of it that is asked for; and whether there is a newer one."""
    known = files_of(tenancy_id)
    pk = whole(request.GET["dossier"], 18) if "dossier" in request.GET else next((one.id for one in known), 0)
    found = next((one for one in known if one.id == pk), None)
    if found is None:
        raise Http404
    return found, found is not known[0]
