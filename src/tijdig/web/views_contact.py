"""Writing down a call, message, visit or talk with a tenant, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.cases.actions_together import NotSeen
from tijdig.cases.queries import tenancy_file
from tijdig.cases.together import CONTACT
from tijdig.contacts.actions import NotLogged, log, withdraw
from tijdig.contacts.queries import contact as read_contact
from tijdig.contacts.values import draft_faults, draft_warnings
from tijdig.tenancies.queries_reach import Household, households
from tijdig.web import together
from tijdig.web.contact_form import ContactForm, name_of
from tijdig.web.contact_lines import lines, told
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today

_BEFORE = 3


@door(Right.LOG_CONTACT, "GET", "POST", own_scope=True, reads=DOSSIER)
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, with what one needs while calling; POST writes the contact down."""
    now = timezone.now()
    with organisation_scope(person_of(request).organisation_id):
        household = households([pk], today()).get(pk)
    if household is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = ContactForm(posted, tenancy_id=pk, people=household.residents, now=now)
    answer = None if posted is None else _logged(request, pk, form, now)
    return answer or _page(request, household, form, now)


def _logged(request: HttpRequest, pk: int, form: ContactForm, now: datetime) -> HttpResponse | None:
    """Write it down and say so; None where something is wrong, which then stands beside its field."""
    if form.errors:
        form.tell(draft_faults(form.draft, today(), now))
        return None
    organisation = person_of(request).organisation_id

    def write() -> int:
        return log(
            organisation_id=organisation,
            actor=actor_of(request),
            draft=form.draft,
            asked_as=form.asked_as,
            now=now,
            on=today(),
        )

    try:
        saved = together.save(request, pk, write, same=CONTACT, refusals=(NotLogged,))
    except NotLogged as refused:
        form.tell(refused.faults)
        return None
    except NotSeen as late:
        return together.refused(request, pk, late)
    with organisation_scope(organisation):
        kept = read_contact(saved.made)  # the first, where the same form came in twice
    if kept is not None:
        together.done(request, pk, gettext("Vastgelegd: %(what)s") % {"what": told(kept)}, saved.events)
    for warning in draft_warnings(form.draft):
        messages.warning(request, warning.sentence)
    return HttpResponseRedirect(reverse("tenancy", args=[pk]))


def _page(request: HttpRequest, household: Household, form: ContactForm, now: datetime) -> HttpResponse:
    pk = household.tenancy_id
    begun = together.begun(request, pk, Right.LOG_CONTACT)
    with organisation_scope(person_of(request).organisation_id):
        context = begun | {
            "file": tenancy_file(pk, as_of=today()),
            "people": [(name_of(one), one) for one in household.residents],
            "before": lines(pk, on=today(), now=now, actor="", most=_BEFORE, withdrawn=False),
            "form": form,
            "options": form.options(),
        }
        return render(request, "contact.html", context, status=400 if form.asked else 200)


@door(Right.LOG_CONTACT, "POST", own_scope=True)
def withdraw_contact(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take a contact back: within the hour by whoever wrote it down, else with a reason."""
    organisation = person_of(request).organisation_id
    with organisation_scope(organisation):
        known = read_contact(number)
    if known is None or known.tenancy_id != pk:
        raise Http404
    try:
        withdraw(
            organisation_id=organisation,
            actor=actor_of(request),
            contact_id=number,
            reason=request.POST.get("reden", ""),
            now=timezone.now(),
            on=today(),
        )
    except NotLogged as refused:
        messages.error(request, " ".join(one.sentence for one in refused.faults))
    else:
        messages.success(request, gettext("Ingetrokken: %(what)s") % {"what": told(known)})
    return HttpResponseRedirect(reverse("tenancy", args=[pk]))
