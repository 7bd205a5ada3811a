"""Referring a household to a helper, by name: who fits, with whose consent, what is shared, and until when we wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
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
from tijdig.cases.queries_policy import policy_on
from tijdig.contacts.kinds import CAUSE_LABEL, Cause
from tijdig.help.actions_referral import refer
from tijdig.help.guides import fitting
from tijdig.help.queries import municipality_of
from tijdig.help.queries_cause import causes_of
from tijdig.help.queries_referral import helpers
from tijdig.help.referral import CONSENT_LABEL, LONGEST, SHARED_LABEL, ReferralDraft, Shared
from tijdig.law.holidays import extended
from tijdig.tenancies.queries import cards
from tijdig.tenancies.queries_reach import households
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today, typed_day, typed_lines, whole

_USUAL = (Shared.NAME.value, Shared.PHONE.value)


@door(Right.RULE, "GET", "POST", own_scope=True, reads=DOSSIER)
def referral_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; POST refers."""
    wrong: list[str] = []
    if request.method == "POST":
        try:
            _refer(request, pk)
            messages.success(request, _("Verwezen. Op de gekozen dag vraagt tijdig hoe het gaat."))
            return HttpResponseRedirect(reverse("help", args=[pk]))
        except NotDone as refused:
            wrong = list(refused.sentences)
        except ValueError:
            wrong = [_("Kies naar wie u verwijst.")]
    with organisation_scope(person_of(request).organisation_id):
        card = cards([pk]).get(pk)
        if card is None:
            raise Http404
        context = _choices(pk) | _chosen(request, pk) | {"card": card, "wrong": wrong, "asked_as": uuid4()}
    return render(request, "referral.html", context, status=400 if wrong else 200)


def _choices(pk: int) -> dict[str, Any]:
    """Who helps where this household lives, those that fit its causes first."""
    home = households([pk], today()).get(pk)
    place = municipality_of(home.city) if home else None
    holding = [one.cause for one in causes_of(pk, today()) if one.holds]
    working = [one for one in helpers(place.id if place else None) if one.works_on(today())]
    here = [one for one in working if place or one.municipality_id is None]
    fit = fitting(here, holding)
    return {
        "helpers": fit,
        "municipality": place,
        "city": home.city if home else "",
        "causes": [(one.value, CAUSE_LABEL[one]) for one in Cause if one is not Cause.UNKNOWN],
        "holding": [one.value for one in holding],
        "consents": CONSENT_LABEL.items(),
        "shares": SHARED_LABEL.items(),
        "wanted": {one.kind for one in fit[:1]},
        "longest": LONGEST,
        "terms": policy_on(today()).help,
    }


def _chosen(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What was typed; at first what is usual."""
    terms = policy_on(today()).help
    if request.method == "POST":
        return {
            "helper": request.POST.get("helper", ""),
            "picked": request.POST.getlist("oorzaak"),
            "consent": request.POST.get("toestemming", ""),
            "shared": request.POST.getlist("delen"),
            "follow_up": typed_day(request.POST.get("opvolgen", "")),
            "pauses": request.POST.get("pauze") == "ja",
            "pause": typed_day(request.POST.get("tot", "")),
            "words": request.POST.get("woorden", ""),
        }
    held = [one.cause.value for one in causes_of(pk, today()) if one.holds]
    return {
        "helper": request.GET.get("helper", ""),
        "picked": held,
        "consent": "",
        "shared": _USUAL,
        "follow_up": extended(today() + timedelta(days=terms.follow_up_days)),
        "pauses": True,
        "pause": today() + timedelta(days=terms.pause_days),
        "words": "",
    }


def _refer(request: HttpRequest, pk: int) -> None:
    """Raises `NotDone`, and ValueError for a form without a helper or without its own name."""
    person = person_of(request)
    draft = ReferralDraft(
        tenancy_id=pk,
        helper_id=whole(request.POST.get("helper", ""), 18) or 0,
        causes=request.POST.getlist("oorzaak")[: len(Cause)],
        consent=request.POST.get("toestemming", ""),
        shared=request.POST.getlist("delen")[: len(Shared)],
        follow_up_on=typed_day(request.POST.get("opvolgen", "")),
        pause_until=typed_day(request.POST.get("tot", "")) if request.POST.get("pauze") == "ja" else None,
        words=typed_lines(request, "woorden"),
    )
    if request.POST.get("pauze") == "ja" and draft.pause_until is None:
        raise NotDone((_("Vul in tot welke dag de incasso rust, of haal het vinkje weg."),))
    refer(
        organisation_id=person.organisation_id,
        actor=actor_of(request),
        name=person.name,
        draft=draft,
        asked_as=UUID(request.POST.get("formulier", "")),
        now=timezone.now(),
        on=today(),
    )
