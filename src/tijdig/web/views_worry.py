"""Worries: whoever is at the door or at the desk writes down what is noticed; whoever works the tenancy takes it up.

A caretaker sees no amounts, and of an own worry only that it was taken up.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.roles import Right, may
from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.contacts.kinds import CAUSE_LABEL, Cause
from tijdig.help.actions_cause import note_causes
from tijdig.help.actions_worry import notice, take_up
from tijdig.help.cause import CauseDraft, Says, noticer
from tijdig.help.kinds import NOTICED_LABEL
from tijdig.help.queries_worry import worries_by, worries_of, worries_waiting
from tijdig.help.worry import LONGEST, WorryDraft
from tijdig.tenancies.queries import cards
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today, typed_day, typed_lines, whole

_OWN = 30


@door(Right.NOTICE, "GET", "POST", own_scope=True, reads=DOSSIER)
def worry_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was noticed at one tenancy: the form, and what is known of it to who is here."""
    person, wrong = person_of(request), list[str]()
    if request.method == "POST":
        try:
            _notice(request, pk)
            messages.success(request, _("Doorgegeven. Een collega pakt het op; dat ziet u bij uw meldingen."))
            return HttpResponseRedirect(reverse("worries"))
        except NotDone as refused:
            wrong = list(refused.sentences)
        except ValueError:
            wrong = [_("Probeer het nog eens.")]
    with organisation_scope(person.organisation_id):
        card = cards([pk]).get(pk)
        known = worries_of(pk) if may(person.role, Right.SEE_TENANCY) else []
    if card is None:
        raise Http404
    context = {
        "card": card,
        "choices": NOTICED_LABEL.items(),
        "causes": [(one.value, CAUSE_LABEL[one]) for one in Cause if one is not Cause.UNKNOWN],
        "picked": request.POST.getlist("oorzaak"),
        "chosen": request.POST.getlist("wat"),
        "words": request.POST.get("woorden", ""),
        "talked": request.POST.get("gesproken") == "ja",
        "known": known,
        "wrong": wrong,
        "longest": LONGEST,
        "asked_as": uuid4(),
    }
    return render(request, "worry.html", context, status=400 if wrong else 200)


def _notice(request: HttpRequest, pk: int) -> None:
    """Raises `NotDone`, and ValueError for a form that names itself wrongly."""
    person = person_of(request)
    draft = WorryDraft(
        tenancy_id=pk,
        what=request.POST.getlist("wat")[: len(NOTICED_LABEL)],
        talked=request.POST.get("gesproken") == "ja",
        noticed_on=typed_day(request.POST.get("dag", "")) or today(),
        words=typed_lines(request, "woorden"),
    )
    asked_as = UUID(request.POST.get("formulier", ""))
    causes = request.POST.getlist("oorzaak")[: len(Cause)]
    with organisation_scope(person.organisation_id):  # both, or neither
        notice(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            role=person.role,
            draft=draft,
            asked_as=asked_as,
            on=today(),
        )
        if causes:
            note_causes(
                organisation_id=person.organisation_id,
                actor=actor_of(request),
                name=person.name,
                draft=_causes(draft, causes, person.role),
                asked_as=asked_as,
                on=today(),
            )


def _causes(draft: WorryDraft, causes: list[str], role: str) -> CauseDraft:
    """What may be behind it: told by who lives there, where somebody was spoken to."""
    says = Says.TOLD if draft.talked else Says.GUESS
    return CauseDraft(
        tenancy_id=draft.tenancy_id,
        causes=causes,
        says=says.value,
        noticed_by=noticer(role).value,
        noticed_on=draft.noticed_on,
        words=draft.words,
    )


@door(Right.NOTICE)
def worries(request: HttpRequest) -> HttpResponse:
    """Own worries, with whether they were taken up; for who works tenancies also what waits."""
    person = person_of(request)
    works = may(person.role, Right.SEE_WORKLIST)
    waiting, own = worries_waiting() if works else [], worries_by(actor_of(request), _OWN)
    context = {
        "works": works,
        "waiting": waiting,
        "own": own,
        "cards": cards(sorted({one.tenancy_id for one in [*waiting, *own]})),
    }
    return render(request, "worries.html", context)


@door(Right.RULE, "POST", own_scope=True)
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one up; back to its tenancy where the page says which."""
    person = person_of(request)
    try:
        take_up(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            worry_id=pk,
            on=today(),
        )
        messages.success(request, _("Opgepakt. Bel of ga langs, en leg vast wat u hoorde."))
    except NotDone as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
    if back := whole(request.POST.get("huurder", "")):
        return HttpResponseRedirect(reverse("tenancy", args=[back]))
    return HttpResponseRedirect(reverse("worries"))
