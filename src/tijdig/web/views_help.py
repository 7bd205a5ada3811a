"""Help for one household: why the rent was not paid, to whom it was referred, how that goes, and what came of it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.contacts.kinds import CAUSE_LABEL, Cause
from tijdig.help.actions_cause import note_causes
from tijdig.help.actions_referral import hear
from tijdig.help.cause import LONGEST, NOTICED_BY_LABEL, SAYS_LABEL, CauseDraft, noticer
from tijdig.help.queries_cause import causes_of
from tijdig.help.queries_outcome import helped
from tijdig.help.queries_referral import referrals_of
from tijdig.help.queries_traffic import conversations_of
from tijdig.help.referral import GOES_ON, RESULT_LABEL, AnswerDraft, Result
from tijdig.tenancies.queries import cards
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.help_lines import guides_of, standing_lines
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today, typed_day, typed_lines


@door(Right.SEE_TENANCY, "GET", "POST", post_right=Right.NOTICE, own_scope=True, reads=DOSSIER)
def help_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Causes and referrals of one tenancy; POST writes a cause down, or that one is over."""
    wrong: list[str] = []
    if request.method == "POST":
        try:
            _cause(request, pk)
            messages.success(request, _("Vastgelegd."))
            return HttpResponseRedirect(reverse("help", args=[pk]))
        except NotDone as refused:
            wrong = list(refused.sentences)
        except ValueError:
            wrong = [_("Probeer het nog eens.")]
    return _page(request, pk, wrong)


def _page(
    request: HttpRequest, pk: int, wrong: list[str], heard: list[str] | None = None, number: int = 0
) -> HttpResponse:
    """`number` is the referral whose form was refused: what was typed there stands there again."""
    person = person_of(request)
    with organisation_scope(person.organisation_id):
        card = cards([pk]).get(pk)
        if card is None:
            raise Http404
        known = causes_of(pk, today())
        context = {
            "card": card,
            "causes": standing_lines(known),
            "guides": guides_of(pk, today()),
            "referrals": referrals_of(pk),
            "came": helped(pk, today()),
            "talks": conversations_of(pk),
            "choices": [(word, label) for word, label in CAUSE_LABEL.items() if word is not Cause.UNKNOWN],
            "says": SAYS_LABEL.items(),
            "noticers": NOTICED_BY_LABEL.items(),
            "chosen": request.POST.getlist("oorzaak"),
            "said": request.POST.get("zeker", "told"),
            "by": request.POST.get("wie", noticer(person.role)),
            "words": "" if number else request.POST.get("woorden", ""),
            "typed": request.POST,
            "refused": number,
            "results": RESULT_LABEL.items(),
            "wrong": wrong,
            "heard": heard or [],
            "longest": LONGEST,
            "asked_as": uuid4,  # a name for each form of its own
        }
    return render(request, "help.html", context, status=400 if wrong or heard else 200)


def _cause(request: HttpRequest, pk: int) -> None:
    """Raises `NotDone`, and ValueError for a form that names itself wrongly."""
    person = person_of(request)
    draft = CauseDraft(
        tenancy_id=pk,
        causes=request.POST.getlist("oorzaak")[: len(Cause)],
        says=request.POST.get("zeker", ""),
        noticed_by=request.POST.get("wie", "") or noticer(person.role),
        noticed_on=typed_day(request.POST.get("dag", "")) or today(),
        words=typed_lines(request, "woorden"),
    )
    note_causes(
        organisation_id=person.organisation_id,
        actor=actor_of(request),
        name=person.name,
        draft=draft,
        asked_as=UUID(request.POST.get("formulier", "")),
        on=today(),
    )


@door(Right.RULE, "POST", own_scope=True)
def heard(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Write down how a referral goes."""
    person = person_of(request)
    with organisation_scope(person.organisation_id):
        known = next((one for one in referrals_of(pk) if one.id == number), None)
        if known is None:
            raise Http404
        paused = known.resting_until is not None and known.resting_until >= today()
    try:
        hear(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            draft=_answer(request, number),
            asked_as=UUID(request.POST.get("formulier", "")),
            now=timezone.now(),
            on=today(),
        )
    except NotDone as refused:
        return _page(request, pk, [], list(refused.sentences), number)
    except ValueError:
        return _page(request, pk, [], [_("Probeer het nog eens.")], number)
    ended = paused and request.POST.get("resultaat", "") not in [one.value for one in GOES_ON]
    messages.success(
        request, _("Vastgelegd. De pauze van deze verwijzing is voorbij.") if ended else _("Vastgelegd.")
    )
    return HttpResponseRedirect(reverse("help", args=[pk]))


def _answer(request: HttpRequest, number: int) -> AnswerDraft:
    """A pause and a next day only where it goes on, whatever else stands in the form."""
    result = request.POST.get("resultaat", "")
    goes_on = result in [one.value for one in GOES_ON] or result not in set(Result)
    return AnswerDraft(
        referral_id=number,
        result=result,
        answered_on=typed_day(request.POST.get("dag", "")),
        follow_up_on=typed_day(request.POST.get("opvolgen", "")) if goes_on else None,
        pause_until=typed_day(request.POST.get("pauze", "")) if goes_on else None,
        words=typed_lines(request, "woorden"),
    )
