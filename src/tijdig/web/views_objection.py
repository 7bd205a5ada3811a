"""Objections: writing one down while on the telephone, answering one, and the list of those that a person must answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.cases.actions_together import NotSeen
from tijdig.cases.queries import tenancy_file
from tijdig.cases.together import OBJECTION
from tijdig.cases.values import TenancyFile
from tijdig.contacts.queries import contact
from tijdig.objections.actions import answer, object_to
from tijdig.objections.habits import habits
from tijdig.objections.kinds import ABOUT_LABEL, OUTCOME_LABEL, Way
from tijdig.objections.objection import Objection
from tijdig.objections.queries import disputed_entries, objection, objections_of, open_objections
from tijdig.objections.values import NotHeard, answer_faults, draft_faults
from tijdig.tenancies.queries import Lease, cards, lease
from tijdig.web import together
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.objection_form import AnswerForm, ObjectionForm
from tijdig.web.objection_lines import lines
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today
from tijdig.web.templatetags.tijdig import dutch_date

_MOST_DIGITS = 9


@door(Right.SEE_TENANCY, "GET", "POST", post_right=Right.LOG_OBJECTION, own_scope=True, reads=DOSSIER)
def tenant_objections(request: HttpRequest, pk: int) -> HttpResponse:
    """The objections of one tenant; POST writes one down."""
    posted = request.POST if request.method == "POST" else None
    with organisation_scope(person_of(request).organisation_id):
        had = together.carried(request, pk)
        who, file, heard = _lease(pk), _file(pk), _heard(request, pk)
    form = ObjectionForm(posted, tenancy_id=pk, items=file.open_items, on=today(), heard=heard)
    if posted is not None and (answer := _logged(request, pk, form)):
        return answer
    with organisation_scope(person_of(request).organisation_id):
        left_out = disputed_entries(today(), [pk]).get(pk, ())
        known = lines(objections_of(pk, today()), today=today(), file=file, left_out=left_out)
        context = had | {"lease": who, "form": form, "lines": known, "habits": habits(today())}
        return render(request, "objections.html", context, status=400 if form.asked else 200)


@door(Right.SEE_TENANCY, "GET", "POST", post_right=Right.ANSWER_OBJECTION, own_scope=True, reads=DOSSIER)
def one_objection(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One objection with its answer; POST answers it."""
    person, posted = person_of(request), request.POST if request.method == "POST" else None
    with organisation_scope(person.organisation_id):
        who, found = _lease(pk), _objection(pk, number)
    form = AnswerForm(posted, objection_id=number, name=person.name, on=today())
    if posted is not None and _answered(request, form, found):
        return HttpResponseRedirect(reverse("objection", args=[pk, number]))
    with organisation_scope(person.organisation_id):
        left_out = disputed_entries(today(), [pk]).get(pk, ())
        found = _objection(pk, number)
        (line,) = lines([found], today=today(), file=_file(pk), left_out=left_out)
        context = {"lease": who, "form": form, "line": line}
        return render(request, "objection.html", context, status=400 if form.asked else 200)


@door(Right.SEE_WORKLIST, or_right=Right.LOG_OBJECTION)
def open_list(request: HttpRequest) -> HttpResponse:
    """What a person still has to answer, the nearest term first."""
    found = lines(open_objections(today()), today=today())
    known = cards([one.tenancy_id for one in found])
    context = {"rows": [(one, known[one.tenancy_id]) for one in found], "habits": habits(today())}
    return render(request, "objection_list.html", context)


def _lease(pk: int) -> Lease:
    found = lease(pk, today())
    if found is None:
        raise Http404
    return found


def _file(pk: int) -> TenancyFile:
    found = tenancy_file(pk, as_of=today())
    if found is None:
        raise Http404
    return found


def _heard(request: HttpRequest, pk: int) -> dict[str, str]:
    """What was written down of the talk in which it was said, where the address names one of this tenant."""
    text = request.GET.get("gesprek", "")
    short = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    talk = contact(int(text)) if short else None
    if talk is None or talk.tenancy_id != pk or talk.withdrawn is not None:
        return {}
    return {
        "woorden": talk.note,
        "weg": Way(talk.channel.value).value,
        "ontvangen": talk.on.isoformat(),
    }


def _objection(pk: int, number: int) -> Objection:
    found = objection(number)
    if found is None or found.tenancy_id != pk:
        raise Http404
    return found


def _logged(request: HttpRequest, pk: int, form: ObjectionForm) -> HttpResponse | None:
    """Write it down and say so; None where something is wrong, which then stands beside its field."""
    if form.errors:
        form.tell(draft_faults(form.draft, today()))
        return None
    organisation = person_of(request).organisation_id

    def write() -> int:
        return object_to(
            organisation_id=organisation,
            actor=actor_of(request),
            draft=form.draft,
            asked_as=form.asked_as,
            on=today(),
        )

    try:
        saved = together.save(request, pk, write, same=OBJECTION, refusals=(NotHeard,))
    except NotHeard as refused:
        form.tell(refused.faults)
        return None
    except NotSeen as late:
        return together.refused(request, pk, late)
    with organisation_scope(organisation):
        kept = objection(saved.made)  # the first, where the same form came in twice
    if kept is not None:
        words = gettext("Vastgelegd: bezwaar over %(what)s. Een medewerker antwoordt uiterlijk op %(day)s.")
        day = dutch_date(kept.answer_by_on)
        together.done(request, pk, words % {"what": ABOUT_LABEL[kept.about], "day": day}, saved.events)
    return HttpResponseRedirect(reverse("objection", args=[pk, saved.made]))


def _answered(request: HttpRequest, form: AnswerForm, found: Objection) -> bool:
    if form.errors:
        form.tell(answer_faults(form.draft, found.received_on, today()))
        return False
    try:
        answer(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            draft=form.draft,
            on=today(),
        )
    except NotHeard as refused:
        form.tell(refused.faults)
        return False
    messages.success(request, gettext("Beantwoord: %(what)s.") % {"what": OUTCOME_LABEL[form.draft.outcome]})
    return True
