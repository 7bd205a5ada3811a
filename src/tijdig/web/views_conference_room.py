"""In the conference: who is there, and going from case to case with a decision for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from tijdig.access.queries import Colleague, colleagues
from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.cases.actions_conference import decide as decide_case
from tijdig.cases.queries_policy import steps_on
from tijdig.conferences.actions_meeting import attend as say_who_is_there
from tijdig.conferences.agenda import Item, Outcome, next_case
from tijdig.conferences.meeting import Conference
from tijdig.conferences.queries import cases_of
from tijdig.conferences.told import told
from tijdig.conferences.values import NotConferred, OutcomeDraft, Outdated
from tijdig.tenancies.queries import cards
from tijdig.web.conference_case import case
from tijdig.web.conference_decision import DecisionForm
from tijdig.web.conference_forms import PresenceForm, presence_of
from tijdig.web.conference_lines import OutcomeLine, labels_on, line
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.ruling_lines import steps_to_choose
from tijdig.web.scope import today
from tijdig.web.views_conference import held_of

_MOST_DIGITS = 9


@door(Right.SEE_WORKLIST, own_scope=True)
def conference(request: HttpRequest, pk: int) -> HttpResponse:
    """One case with all that is known of it, and the form to decide it; a conference that is over is its report."""
    held = held_of(request, pk)
    if held.closed:
        return HttpResponseRedirect(reverse("conference-report", args=[pk]))
    asked = request.GET.get("punt", "")
    number = int(asked) if asked.isdecimal() and len(asked) <= _MOST_DIGITS else 0
    return _page(request, held, number)


@door(Right.CONFER, "POST", own_scope=True)
def attend(request: HttpRequest, pk: int) -> HttpResponse:
    """Say anew who is there."""
    held, person = held_of(request, pk), person_of(request)
    form = presence_of(request.POST, held, colleagues(person.organisation_id), today())
    try:
        say_who_is_there(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            conference_id=pk,
            there=form.there,
            on=today(),
        )
    except NotConferred as refused:
        if held.closed:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("conference-report", args=[pk]))
        form.tell(refused.faults)
        return _page(request, held, 0, there=form, status=400)
    messages.success(request, gettext("Bewaard wie erbij is."))
    return HttpResponseRedirect(reverse("conference", args=[pk]))


@door(Right.CONFER, "POST", own_scope=True)
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Write down what the group decided of a case, and go to the next one."""
    held = held_of(request, pk)
    items = _cases(request, held)
    if held.closed or number not in {one.id for one in items}:
        gone = gettext("Dit punt staat niet meer op de agenda van dit overleg. Er is niets veranderd.")
        messages.error(request, gone)
        return HttpResponseRedirect(reverse("conference", args=[pk]))
    try:
        draft = _decided(request, held, next(one for one in items if one.id == number))
    except _Refused as refused:
        return _page(request, held, number, form=refused.form, now=refused.now, status=refused.status)
    with organisation_scope(person_of(request).organisation_id):
        said = told(draft, labels_on(today()))
    messages.success(request, gettext("Besloten: %(what)s.") % {"what": said})
    ids, decided = [one.id for one in items], {one.id for one in items if one.outcome_in(pk)}
    after = next_case(ids, decided, number)
    return HttpResponseRedirect(reverse("conference", args=[pk]) + (f"?punt={after}" if after else ""))


class _Refused(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """Something is wrong, which stands in the form; `now` is what somebody else decided meanwhile."""

    def __init__(self, form: DecisionForm, now: Outcome | None = None) -> None:
        super().__init__()
        self.form, self.now, self.status = form, now, 409 if now else 400


def _cases(request: HttpRequest, held: Conference) -> list[Item]:
    with organisation_scope(person_of(request).organisation_id):
        return cases_of(held, today())


def _decided(request: HttpRequest, held: Conference, item: Item) -> OutcomeDraft:
    person = person_of(request)
    with organisation_scope(person.organisation_id):
        form = _form(held, item, colleagues(person.organisation_id), posted=request.POST)
        codes = set(steps_on(today()))
    if form.errors:
        raise _Refused(form)
    try:
        decide_case(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            draft=form.draft,
            codes=codes,
            asked_as=form.asked_as,
            now=timezone.now(),
            on=today(),
        )
    except Outdated as refused:
        form.seen = refused.now.id  # whoever saves again has seen it
        raise _Refused(form, refused.now) from refused
    except NotConferred as refused:
        form.tell(refused.faults)
        raise _Refused(form) from refused
    return form.draft


def _form(
    held: Conference,
    item: Item,
    people: Sequence[Colleague],
    *,
    posted: QueryDict | None = None,
    step: str = "",
) -> DecisionForm:
    """What was posted, else what the case begins with; `step` is the next one of the case."""
    steps = steps_to_choose(posted.get("in_plaats_van", "") if posted is not None else step)
    return DecisionForm(posted, item, held, steps=steps, step=step, people=people, on=today())


def _page(
    request: HttpRequest,
    held: Conference,
    number: int,
    *,
    form: DecisionForm | None = None,
    now: Outcome | None = None,
    there: PresenceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The case of that number, else the first without a decision; where all have theirs, that they have."""
    person = person_of(request)
    with organisation_scope(person.organisation_id):
        items, labels = cases_of(held, today()), labels_on(today())
        known = cards([one.tenancy_id for one in items])
        people = colleagues(person.organisation_id)
        context: dict[str, Any] = {
            "held": held,
            "cases": [(one, known[one.tenancy_id], _said(one, held, labels)) for one in items],
            "left": sum(one.outcome_in(held.id) is None for one in items),
            "there": there or presence_of(None, held, people, today()),
        }
        item = _current(items, held, number)
        if item is not None:
            context |= case(item, here=held.id, labels=labels, on=today(), now=timezone.now())
            context["made"] = _line(item.outcome_in(held.id), labels)
            context["form"] = form or _form(held, item, people, step=context["file"].step_code)
            context["theirs"] = _line(now, labels)
            context["yours"] = told(form.draft, labels) if form and now else ""
        return render(request, "conference.html", context, status=status)


def _current(items: Sequence[Item], held: Conference, number: int) -> Item | None:
    waiting = (one for one in items if one.outcome_in(held.id) is None)
    return next((one for one in items if one.id == number), None) or next(waiting, None)


def _said(item: Item, held: Conference, labels: Mapping[str, str]) -> str:
    made = item.outcome_in(held.id)
    return told(made, labels) if made else ""


def _line(made: Outcome | None, labels: Mapping[str, str]) -> OutcomeLine | None:
    return line(made, labels) if made else None
