"""Deciding about one tenancy apart from the way of working, and ending what was decided before its last day."""

from __future__ import annotations

from types import SimpleNamespace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.cases.actions_together import NotSeen
from tijdig.cases.queries import tenancy_file
from tijdig.cases.queries_talk import step_of
from tijdig.cases.together import RULING
from tijdig.cases.values import TenancyFile
from tijdig.policy.words import Act
from tijdig.rulings.actions import NotRuled, end, rule
from tijdig.rulings.kinds import Kind
from tijdig.rulings.queries import ruling as read_ruling
from tijdig.rulings.ruling import draft_faults
from tijdig.web import together
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import DOSSIER
from tijdig.web.ruling_form import RulingForm
from tijdig.web.ruling_lines import lines, steps_to_choose, told
from tijdig.web.scope import today

_OF_THE_REASON = ("end_reason_missing", "reason_long")


@door(Right.SEE_TENANCY, "GET", "POST", post_right=Right.RULE, own_scope=True, reads=DOSSIER)
def ruling(request: HttpRequest, pk: int) -> HttpResponse:
    """What applies now, what was decided before, and for who may decide the form; POST decides."""
    if request.method != "POST":
        return _page(request, pk)
    form = _form(request, _file(request, pk), request.POST)
    return _ruled(request, form, pk) or _page(request, pk, form)


@door(Right.RULE, "POST", own_scope=True)
def end_ruling(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """End a ruling, with a reason; what is wrong with that stands beside its field."""
    organisation = person_of(request).organisation_id
    with organisation_scope(organisation):
        known = read_ruling(number)
        if known is None or known.tenancy_id != pk:
            raise Http404
        said = told(known, today())
    reason = request.POST.get("reden", "").strip()
    try:
        end(
            organisation_id=organisation,
            actor=actor_of(request),
            ruling_id=number,
            reason=reason,
            now=timezone.now(),
            on=today(),
        )
    except NotRuled as refused:
        if refused.faults[0].code in _OF_THE_REASON:
            wrong = {f"beeindig-{number}": refused.faults[0].sentence}
            return _page(request, pk, wrong=wrong, reason=reason)
        messages.error(request, str(refused))
    else:
        messages.success(request, gettext("Beëindigd: %(what)s.") % {"what": said})
    return HttpResponseRedirect(reverse("ruling", args=[pk]))


def _file(request: HttpRequest, pk: int) -> TenancyFile:
    with organisation_scope(person_of(request).organisation_id):
        file = tenancy_file(pk, as_of=today())
    if file is None:
        raise Http404
    return file


def _form(request: HttpRequest, file: TenancyFile, posted: QueryDict | None = None) -> RulingForm:
    with organisation_scope(person_of(request).organisation_id):
        steps = steps_to_choose(file.step_code)
    return RulingForm(posted, steps=steps, usual=file.step_code, on=today())


def _ruled(request: HttpRequest, form: RulingForm, pk: int) -> HttpResponse | None:
    """Decide it and say so; None where something is wrong, which then stands beside its field."""
    if form.errors:
        form.tell(draft_faults(form.draft, today(), form.steps))
        return None
    person = person_of(request)

    def write() -> int:
        return rule(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            tenancy_id=pk,
            draft=form.draft,
            codes=form.steps,
            asked_as=form.asked_as,
            now=timezone.now(),
            on=today(),
        )

    try:
        saved = together.save(request, pk, write, same=RULING, refusals=(NotRuled,))
    except NotRuled as refused:
        form.tell(refused.faults)
        return None
    except NotSeen as late:
        return together.refused(request, pk, late)
    with organisation_scope(person.organisation_id):
        kept = read_ruling(saved.made)  # the first, where the same form came in twice
        said = gettext("Vastgelegd: %(what)s.") % {"what": told(kept, today())} if kept else ""
    together.done(request, pk, said, saved.events)
    # what was decided is done on a page of its own
    there = "hand-over" if form.draft.kind is Kind.HAND_OVER else "tenancy"
    return HttpResponseRedirect(reverse(there, args=[pk]))


def _page(
    request: HttpRequest,
    pk: int,
    form: RulingForm | None = None,
    *,
    wrong: dict[str, str] | None = None,
    reason: str = "",
) -> HttpResponse:
    """`form` is what was typed, None: nothing yet. `wrong` is about ending one, each under the name of its field; `reason`
    is what was typed there."""
    begun = together.begun(request, pk, Right.RULE)
    file = _file(request, pk)
    form = _form(request, file) if form is None else form
    with organisation_scope(person_of(request).organisation_id):
        context = begun | {
            "file": file,
            "form": form,
            "decides": _asks_a_decision(file),
            "wrong": SimpleNamespace(errors=wrong or form.errors),
            "rulings": [(line, f"beeindig-{line.id}") for line in lines(file.tenancy_id, on=today())],
            "ending": wrong or {},
            "end_reason": reason,
        }
        return render(request, "ruling.html", context, status=400 if wrong or form.asked else 200)


def _asks_a_decision(file: TenancyFile) -> bool:
    """Is deciding what the way of working asks now? Then that comes first, and it is no deviation."""
    step = step_of(file)
    return step is not None and step.do is Act.DECIDE
