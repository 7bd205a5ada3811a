"""The pages of a partner: its files over all corporations, and what it agreed. What is not theirs does not exist."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.access.scope import partner_scope
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.kinds import BY_PARTNER, END_LABEL, End, Side
from tijdig.bailiff.queries import agreements
from tijdig.bailiff.queries_partner import listed, seen
from tijdig.bailiff.values import NotDone
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.scope import today
from tijdig.web.views_partners import agreement_page


@door(Right.SEE_FILES, own_scope=True)
def files(request: HttpRequest) -> HttpResponse:
    """Every file now, with how its account stands, and what waits for a yes."""
    found = listed(today())
    with partner_scope():
        agreed = [one for one in agreements() if one.end_on is None]
    total = sum(one.stands.overdue_cents for one in found)
    return render(request, "files.html", {"files": found, "total_cents": total, "agreements": agreed})


@door(Right.SEE_FILES, "GET", "POST", post_right=Right.WORK_FILES, own_scope=True)
def one_file(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """One file; POST closes it by name, with the sector's reason."""
    status = 200
    if request.method == "POST":
        try:
            _closed(request, organisation, pk)
            messages.success(request, _("Gesloten op uw naam. De corporatie ziet het nu."))
            return HttpResponseRedirect(reverse("files"))
        except NotDone as refused:
            for sentence in refused.sentences:
                messages.error(request, sentence)
            status = 400
    found = seen(organisation, pk, today())
    if found is None:
        raise Http404
    ends = [(one.value, END_LABEL[one]) for one in End if one in BY_PARTNER]
    return render(request, "file.html", {"file": found, "ends": ends}, status=status)


def _closed(request: HttpRequest, organisation: int, pk: int) -> None:
    try:
        end = End(request.POST.get("einde", ""))
    except ValueError as odd:
        raise NotDone((_("Kies waarom het dossier sluit."),)) from odd
    end_file(
        organisation_id=organisation,
        actor=actor_of(request),
        name=person_of(request).name,
        file_id=pk,
        side=Side.PARTNER,
        end=end,
        on=today(),
    )


@door(Right.SEE_FILES, "GET", "POST", post_right=Right.LEAD_PARTNER, own_scope=True)
def file_agreement(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """What was agreed with one corporation; POST approves or ends it for the partner."""
    return agreement_page(request, pk, organisation, Side.PARTNER, "file-agreement", "files")
