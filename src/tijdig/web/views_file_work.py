"""What a partner's people do with a tenant of a file: write a contact down, and agree on paying in parts.

The same forms, rules and engine as of the corporation's own people; who did it stands in the row, and its consultants see it
at once.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tijdig.access.queries import colleagues_at_partner
from tijdig.access.roles import Right, may
from tijdig.access.scope import organisation_scope, partner_scope
from tijdig.arrangements.kinds import EndReason
from tijdig.arrangements.plan import Fault
from tijdig.arrangements.values import NotAgreed
from tijdig.bailiff.agreement import outside_hours
from tijdig.bailiff.kinds import May, Shown
from tijdig.bailiff.proportion import Owed
from tijdig.bailiff.queries_in_file import deeds_of
from tijdig.bailiff.queries_owed import owed_in
from tijdig.bailiff.queries_partner import Opened, opened
from tijdig.bailiff.track import tell
from tijdig.base.days import AMSTERDAM
from tijdig.cases.actions_arrange import arrange
from tijdig.contacts.actions import NotLogged, log
from tijdig.contacts.kinds import Channel, Direction
from tijdig.contacts.values import draft_faults, draft_warnings
from tijdig.tenancies.queries_reach import Household, households
from tijdig.web.arrangement_form import ArrangementForm, carry_out, for_chance
from tijdig.web.came_in import CameIn, answer, came_in, from_now
from tijdig.web.contact_form import ContactForm
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.law_forms import Typed
from tijdig.web.reads import PARTNER_FILE
from tijdig.web.scope import today
from tijdig.web.still_theirs import still_theirs, while_theirs

NOT_OWN = Fault(
    "not_own", "Deze regeling maakte de corporatie, of dit beslist zij. Stel haar een vraag in het dossier."
)


def own_plan(made_by: str) -> bool:
    """Did somebody of this partner make it? Inside the request of one of its people."""
    with partner_scope():
        return made_by.removeprefix("user:") in {str(one) for one in colleagues_at_partner()}


def _opened(organisation: int, pk: int, what: May) -> Opened:
    """The file, where it is theirs and this was agreed."""
    with organisation_scope(organisation):
        found = opened(pk, today())
    if found is None or what not in found.agreement.terms.may:
        raise Http404
    return found


def _back(organisation: int, pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("file", args=[organisation, pk]))


@door(Right.SEE_FILES, own_scope=True, reads=PARTNER_FILE)
def file_came_in(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """What came in since a page of the file opened, as one line."""
    with organisation_scope(organisation):
        found = opened(pk, today())
        if found is None:
            raise Http404
        return answer(request, came_in(request, found.file.tenancy_id, today()))


def _came(organisation: int, found: Opened) -> CameIn:
    with organisation_scope(organisation):
        return from_now(found.file.tenancy_id, reverse("file-came-in", args=[organisation, found.file.id]))


@door(Right.WORK_FILES, "GET", "POST", own_scope=True, reads=PARTNER_FILE)
@still_theirs
def file_contact(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """The form of a contact; POST writes it down by name."""
    found, now = _opened(organisation, pk, May.CONTACT), timezone.now()
    with organisation_scope(organisation):
        household = households([found.file.tenancy_id], today()).get(found.file.tenancy_id)
    if household is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = ContactForm(posted, tenancy_id=found.file.tenancy_id, people=household.residents, now=now)
    if posted is not None and _logged(request, organisation, found, form, now):
        return _back(organisation, pk)
    return _contact_page(request, organisation, found, household, form)


def _logged(request: HttpRequest, organisation: int, found: Opened, form: ContactForm, now: datetime) -> bool:
    if form.errors:
        form.tell(draft_faults(form.draft, today(), now))
        return False
    try:
        with while_theirs(found.file):
            log(
                organisation_id=organisation,
                actor=actor_of(request),
                draft=form.draft,
                asked_as=form.asked_as,
                now=now,
                on=today(),
            )
    except NotLogged as refused:
        form.tell(refused.faults)
        return False
    messages.success(request, _("Vastgelegd. De corporatie ziet het ook."))
    for warning in draft_warnings(form.draft):
        messages.warning(request, warning.sentence)
    sought = form.draft.direction is Direction.OUT and form.draft.channel in (Channel.PHONE, Channel.VISIT)
    if sought and (late := outside_hours(found.agreement.terms, form.draft.at.astimezone(AMSTERDAM))):
        messages.warning(request, late)
    return True


def _contact_page(
    request: HttpRequest, organisation: int, found: Opened, household: Household, form: ContactForm
) -> HttpResponse:
    context = {
        "file": found.file,
        "household": household,
        "form": form,
        "options": form.options(),
        "overdue_cents": found.overdue_cents,
        "action": request.path,
        "back": reverse("file", args=[organisation, found.file.id]),
        "names": found.names,
        "shows_phone": Shown.PHONE in found.agreement.terms.shows,
        "came": _came(organisation, found),
    }
    return render(request, "file_contact.html", context, status=400 if form.asked else 200)


@door(Right.WORK_FILES, "GET", "POST", own_scope=True, reads=PARTNER_FILE)
@still_theirs
def file_arrangement(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """The arrangement that runs, or the form for a new one; POST agrees on it by name."""
    found = _opened(organisation, pk, May.ARRANGE)
    form = ArrangementForm(request, organisation, found.file.tenancy_id)
    runs = form.ground.runs
    if request.method == "POST" and runs is not None and not own_plan(runs.made_by):
        form.faults = (NOT_OWN,)
    elif request.method == "POST" and not form.typed.errors and form.proposal is not None:
        try:
            made = arrange(
                organisation_id=organisation,
                actor=actor_of(request),
                tenancy_id=found.file.tenancy_id,
                ask=form.asked,
                entries=form.chosen,
                reason=form.reason,
                asked_as=form.asked_as,
                on=today(),
                requested=form.requested,
                replace="vervang" in request.POST,
            )
        except NotAgreed as refused:
            form.faults = refused.faults
        else:
            if made is None:
                raise Http404
            messages.success(request, form.done())
            if for_chance(request) and not form.requested:
                place = reverse("file", args=[organisation, pk])
                return HttpResponseRedirect(f"{place}?stap=last_chance#court")
            return HttpResponseRedirect(request.path)
    status = 400 if request.method == "POST" else 200
    context = _context(request, organisation, found, form) | {"owed": _owed(organisation, found)}
    return render(request, "arrangement.html", context, status=status)


@door(Right.WORK_FILES, "POST", own_scope=True, reads=PARTNER_FILE)
@still_theirs
def file_arrangement_look(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """How the plan looks with what is typed so far."""
    found = _opened(organisation, pk, May.ARRANGE)
    form = ArrangementForm(request, organisation, found.file.tenancy_id)
    part = "#look" if request.headers.get("HX-Request") else ""
    return render(request, f"arrangement.html{part}", _context(request, organisation, found, form))


@door(Right.WORK_FILES, "POST", own_scope=True)
@still_theirs
def file_arrangement_change(request: HttpRequest, organisation: int, pk: int, number: int) -> HttpResponse:
    """Freeze, go on, end or withdraw; back to the page, which says what came of it."""
    found = _opened(organisation, pk, May.ARRANGE)
    form = ArrangementForm(request, organisation, found.file.tenancy_id)
    plan = next((one for one in form.ground.arrangements if one.id == number), None)
    if plan is None:
        raise Http404
    given: dict[str, Any] = {
        "organisation_id": organisation,
        "actor": actor_of(request),
        "arrangement_id": number,
        "on": today(),
    }
    try:
        if not own_plan(plan.made_by) or request.POST.get("einde") == EndReason.REST_FORGIVEN:
            raise NotAgreed((NOT_OWN,))
        messages.success(request, carry_out(request.POST.get("wat", ""), Typed(request.POST), given))
    except NotAgreed as refused:
        messages.error(request, " ".join(fault.sentence for fault in refused.faults))
    return HttpResponseRedirect(reverse("file-arrangement", args=[organisation, pk]))


def _owed(organisation: int, found: Opened) -> Owed:
    """What the tenant owes in the file, so far and to come: an arrangement is about the rent, and keeps the rest away."""
    with organisation_scope(organisation):
        track = tell(deeds_of([found.file.id])[found.file.id])
        return owed_in(found.file.id, found.file.tenancy_id, track, today())[0]


def _context(request: HttpRequest, organisation: int, found: Opened, form: ArrangementForm) -> dict[str, Any]:
    runs, place = form.ground.runs, [organisation, found.file.id]
    context = form.context()
    context["ends"] = [one for one in context["ends"] if one[0] != EndReason.REST_FORGIVEN]
    return context | {
        "came": _came(organisation, found),
        "back": reverse("file", args=place),
        "look_url": reverse("file-arrangement-look", args=place),
        "change_url": reverse("file-arrangement-change", args=[*place, runs.id]) if runs else "",
        "may_arrange": may(person_of(request).role, Right.WORK_FILES)
        and (runs is None or own_plan(runs.made_by)),
        "shows_phone": Shown.PHONE in found.agreement.terms.shows,
    }
