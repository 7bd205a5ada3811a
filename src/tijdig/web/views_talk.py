"""A whole talk on one screen: what to say first, what is open, what comes of it, and what comes next; saved as one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tijdig.access.queries import corporation
from tijdig.access.roles import Right, may
from tijdig.access.scope import organisation_scope
from tijdig.arrangements.values import NotAgreed
from tijdig.cases.actions_talk import Agreed, Written, write_down
from tijdig.cases.actions_together import NotSeen
from tijdig.cases.queries_arrange import Ground, ground
from tijdig.cases.queries_talk import Briefing, briefing
from tijdig.cases.together import ARRANGEMENT, CONTACT
from tijdig.contacts.actions import NotLogged
from tijdig.contacts.kinds import Who
from tijdig.contacts.values import draft_faults, draft_warnings
from tijdig.steps.queries import offered_without_no
from tijdig.tenancies.flags import Flag
from tijdig.tenancies.queries_reach import Household, households
from tijdig.web import together
from tijdig.web.contact_lines import lines
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.help_lines import guides_of
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today
from tijdig.web.talk_done import done
from tijdig.web.talk_form import TalkForm, began_with
from tijdig.web.talk_lines import agreed_lines, flags_of, openings, reached
from tijdig.web.talk_plan import TalkPlan

_BEFORE = 3


@door(Right.LOG_CONTACT, "GET", "POST", own_scope=True, reads=DOSSIER)
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen of a talk; POST writes it down, and the same screen then says what was written and what comes next."""
    now, posted = timezone.now(), request.POST if request.method == "POST" else None
    begun = _begun(request, pk) if posted is None else {}
    with organisation_scope(person_of(request).organisation_id):
        household, known = households([pk], today()).get(pk), briefing(pk, today())
        if household is None or known is None:
            raise Http404
        plan = _plan(request, pk, posted)
    form = TalkForm(
        posted,
        tenancy_id=pk,
        people=household.residents,
        now=now,
        plan=plan,
        overdue_cents=known.situation.overdue_cents,
        begin=_to_representative(known) | began_with(request.GET),
    )
    if posted is not None:
        if answer := _written(request, pk, form, now):
            return answer
        begun = _begun(request, pk)
    with organisation_scope(person_of(request).organisation_id):
        context = begun | _context(request, household, known, form, now)
        return render(request, "talk.html", context, status=400 if form.asked else 200)


def _begun(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What the form carries; nothing where the page only says what was written down."""
    return {} if "vast" in request.GET else together.begun(request, pk, Right.LOG_CONTACT)


@door(Right.ARRANGE)
def calculate(request: HttpRequest, pk: int) -> HttpResponse:
    """How the arrangement looks with what is typed so far."""
    stands_on = ground(pk, today())
    if stands_on is None:
        raise Http404
    return render(request, "_talk_plan.html", {"plan": TalkPlan(request.GET, stands_on)})


def _to_representative(known: Briefing) -> dict[str, str]:
    """Where somebody else goes over the money, that is whom we talk to."""
    return {"wie": Who.REPRESENTATIVE.value} if Flag.ADMINISTRATION in known.situation.flags else {}


def _plan(request: HttpRequest, pk: int, posted: QueryDict | None) -> TalkPlan | None:
    """The calculator, for who may arrange."""
    if not may(person_of(request).role, Right.ARRANGE):
        return None
    stands_on: Ground | None = ground(pk, today())
    return TalkPlan(posted, stands_on) if stands_on else None


def _written(request: HttpRequest, pk: int, form: TalkForm, now: datetime) -> HttpResponse | None:
    """Write it down, whole; None where something is wrong, which then stands beside its field. What a colleague wrote
    meanwhile is shown beside it."""
    if form.errors:
        form.tell(draft_faults(form.draft, today(), now))
        return None
    agreed: Agreed | None = form.plan.agreed if form.plan and form.arranges else None

    def write() -> Written:
        return write_down(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            draft=form.draft,
            agreed=agreed,
            asked_as=form.asked_as,
            now=now,
            on=today(),
        )

    try:
        saved = together.save(request, pk, write, same=CONTACT | ARRANGEMENT, refusals=(NotLogged, NotAgreed))
    except NotSeen as late:
        return together.refused(request, pk, late)
    except NotLogged as refused:
        form.tell(refused.faults)
    except NotAgreed as refused:
        if form.plan:
            form.plan.tell(refused.faults)
    else:
        for warning in draft_warnings(form.draft):
            messages.warning(request, warning.sentence)
        together.done(request, pk, _("Vastgelegd."), saved.events)
        return HttpResponseRedirect(f"{reverse('talk', args=[pk])}?{urlencode(_told(saved.made))}")
    return None


def _told(written: Written) -> dict[str, int]:
    found = {"vast": written.contact_id}
    return found | ({"regeling": written.arrangement_id} if written.arrangement_id else {})


def _context(
    request: HttpRequest, household: Household, known: Briefing, form: TalkForm, now: datetime
) -> dict[str, Any]:
    person, pk = person_of(request), household.tenancy_id
    office = corporation(person.organisation_id).name
    return {
        "file": known.file,
        "known": known,
        "people": reached(household),
        "openings": openings(known, household, caller=person.name, office=office),
        "agreed": agreed_lines(known),
        "before": lines(pk, on=today(), now=now, actor="", most=_BEFORE, withdrawn=False),
        "flags": flags_of(known),
        "guides": guides_of(pk, today()),
        "no_form": uuid4() if offered_without_no([pk], today()) else "",
        "form": form,
        "options": form.options(),
        "plan": form.plan,
        "done": None if form.asked else done(request, known),
    }
