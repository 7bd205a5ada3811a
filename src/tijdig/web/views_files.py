"""The pages of a partner: its files over all corporations, and what it agreed. What is not theirs does not exist."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.queries import corporation
from tijdig.access.roles import Right, may
from tijdig.access.scope import organisation_scope, partner_scope
from tijdig.arrangements.kinds import KEPT_LABEL, STATE_LABEL
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.actions_made import LONGEST as LONGEST_REASON
from tijdig.bailiff.kinds import BY_PARTNER, END_LABEL, End, May, Side
from tijdig.bailiff.queries import agreements, running_out
from tijdig.bailiff.queries_file_list import file_list
from tijdig.bailiff.queries_partner import opened, seen
from tijdig.bailiff.wanted import LONGEST, Wanted
from tijdig.base.not_done import NotDone
from tijdig.contacts.kinds import CAUSE_LABEL, Cause
from tijdig.help.actions_cause import note_causes
from tijdig.help.cause import HOLDS, SAYS_LABEL, CauseDraft, NoticedBy
from tijdig.help.cause import LONGEST as LONGEST_CAUSE
from tijdig.web.came_in import from_now
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.file_desk import DOES, carry_out, desk
from tijdig.web.reads import PARTNER_FILE, renewed
from tijdig.web.scope import today, typed_lines, whole
from tijdig.web.still_theirs import WentBack, still_theirs
from tijdig.web.views_partners import agreement_page


@door(Right.SEE_FILES, own_scope=True)
def files(request: HttpRequest) -> HttpResponse:
    """Every file now, with how its account stands, and what waits for a yes."""
    wanted = _wanted(request)
    found = file_list(today(), wanted)
    with partner_scope():
        agreed = [one for one in agreements() if one.end_on is None]
        near_end = running_out(today())
    names = {one: corporation(one).name for one in sorted({each.organisation_id for each in agreed})}
    context = {
        "found": found,
        "wanted": wanted,
        "longest": LONGEST,
        "near_end": [(names[one.organisation_id], one) for one in near_end],
        "agreements": [(names[one.organisation_id], one) for one in agreed],
    }
    part = "#list" if request.headers.get("HX-Request") else ""
    return render(request, f"files.html{part}", context)


def _wanted(request: HttpRequest) -> Wanted:
    return Wanted(
        words=request.GET.get("q", "").strip()[:LONGEST],
        organisation_id=whole(request.GET.get("corporatie", "")) or 0,
        asks=request.GET.get("vraagt", "")[:20],
        page=max(whole(request.GET.get("page", "")) or 1, 1),
    )


@door(Right.SEE_FILES, "GET", "POST", post_right=Right.WORK_FILES, own_scope=True, reads=PARTNER_FILE)
@still_theirs
def one_file(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """One file; POST closes it by name with the sector's reason, gives it back with words, or passes on what lies behind
    the arrears."""
    status, theirs = 200, False
    if request.method == "POST":
        with organisation_scope(organisation):
            theirs = opened(pk, today()) is not None
        try:
            if request.POST.get("wat") == "oorzaak":
                _cause(request, organisation, pk)
                messages.success(request, _("Doorgegeven. De corporatie ziet het bij de huurder."))
                return HttpResponseRedirect(request.path)
            if request.POST.get("wat") in DOES:
                messages.success(request, carry_out(request, organisation, pk, Side.PARTNER))
                return HttpResponseRedirect(request.path)
            messages.success(request, _closed(request, organisation, pk))
            return HttpResponseRedirect(reverse("files"))
        except NotDone as refused:
            for sentence in refused.sentences:
                messages.error(request, sentence)
            status = 400
        except ValueError:
            messages.error(request, _("Probeer het nog eens."))
            status = 400
    found = seen(organisation, pk, today())
    if found is None:
        if theirs:
            raise WentBack
        raise Http404
    ends = [(one.value, END_LABEL[one]) for one in End if one in BY_PARTNER]
    with organisation_scope(organisation):
        sections = desk(found.file, Side.PARTNER, person_of(request), found.agreement, today())
        came = from_now(found.file.tenancy_id, reverse("file-came-in", args=[organisation, pk]))
    context = sections | {
        "file": found,
        "came": came,
        "ends": ends,
        "may_write": may(person_of(request).role, Right.WORK_FILES),
        "may_cause": May.CAUSE in found.agreement.terms.may,
        "may_contact": May.CONTACT in found.agreement.terms.may,
        "may_arrange": May.ARRANGE in found.agreement.terms.may,
        "kept_label": KEPT_LABEL[found.watched.kept] if found.watched else "",
        "arrangement_label": STATE_LABEL[found.arrangement.state] if found.arrangement else "",
        "causes": [(one.value, CAUSE_LABEL[one]) for one in Cause if one is not Cause.UNKNOWN],
        "says": [(one.value, SAYS_LABEL[one]) for one in HOLDS],
        "asked_as": uuid4(),
        "longest_reason": LONGEST_REASON,
        "longest_cause": LONGEST_CAUSE,
    }
    part = "#live" if renewed(request) else ""
    return render(request, f"file.html{part}", context, status=status)


def _cause(request: HttpRequest, organisation: int, pk: int) -> None:
    """What somebody of the partner noticed, where the agreement lets them. Raises `NotDone`, `NotDone` and ValueError."""
    found = seen(organisation, pk, today())
    if found is None:
        raise Http404
    if May.CAUSE not in found.agreement.terms.may:
        raise NotDone((_("Dit is niet afgesproken met deze corporatie."),))
    note_causes(
        organisation_id=organisation,
        actor=actor_of(request),
        name=person_of(request).name,
        draft=CauseDraft(
            tenancy_id=found.file.tenancy_id,
            causes=request.POST.getlist("oorzaak")[: len(Cause)],
            says=request.POST.get("zeker", ""),
            noticed_by=NoticedBy.BAILIFF.value,
            noticed_on=today(),
            words=typed_lines(request, "woorden"),
        ),
        asked_as=UUID(request.POST.get("formulier", "")),
        on=today(),
    )


def _closed(request: HttpRequest, organisation: int, pk: int) -> str:
    """Close it, or give it back; returns what to say. Raises `NotDone`."""
    returned = request.POST.get("wat") == "terug"
    try:
        end = End.TAKEN_BACK if returned else End(request.POST.get("einde", ""))
    except ValueError as odd:
        raise NotDone((_("Kies waarom het dossier sluit."),)) from odd
    if not returned and end not in BY_PARTNER:
        raise NotDone((_("Dit einde kiest de corporatie. Vraag haar, of geef het dossier terug."),))
    end_file(
        organisation_id=organisation,
        actor=actor_of(request),
        name=person_of(request).name,
        file_id=pk,
        side=Side.PARTNER,
        end=end,
        on=today(),
        reason=typed_lines(request, "waarom") if returned else "",
    )
    if returned:
        return _("Teruggegeven op uw naam. De corporatie ziet het nu, met uw reden.")
    return _("Gesloten op uw naam. De corporatie ziet het nu.")


@door(Right.SEE_FILES, "GET", "POST", post_right=Right.LEAD_PARTNER, own_scope=True)
def file_agreement(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """What was agreed with one corporation; POST approves or ends it for the partner."""
    return agreement_page(request, pk, organisation, Side.PARTNER, "files")
