"""The claim of one tenancy: what is owed, worked out to the facts; and taking on by name what is not sure in it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.bailiff.queries_meter import beside_account
from tijdig.cases.actions_claim import NotTakenOn
from tijdig.cases.actions_claim import take_on as take_on_claim
from tijdig.cases.queries_claim import claim_file
from tijdig.cases.wording_claim import CHANNELS, RENT_PARTS, TO_DO
from tijdig.letters.kind_words import KIND_NAMES
from tijdig.letters.queries import letters_of
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import CLAIM
from tijdig.web.scope import today, typed_day
from tijdig.web.signal_lines import proof_of

_ALL_COSTS = "geboekt"


@door(Right.SEE_TENANCY, reads=CLAIM)
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """What is owed as of a day, with interest and costs worked out; at the rent of an earlier day where that is asked."""
    as_of = typed_day(request.GET.get("as_of", "")) or today()
    file = claim_file(
        pk, as_of=as_of, rent_on=typed_day(request.GET.get("huur", "")), all_costs=_all_costs(request.GET)
    )
    if file is None:
        raise Http404
    context = {
        "file": file,
        "claim": file.claim,
        "doubts": [(doubt, TO_DO.get(doubt.code, "")) for doubt in file.claim.doubts],
        "letter_names": {str(kind): name for kind, name in KIND_NAMES.items()},
        "channels": CHANNELS,
        "part_names": RENT_PARTS,
        "signal": proof_of(pk, as_of),
        "file_cents": beside_account(pk, as_of),
        "to_go": [] if file.sent else [one for one in letters_of(pk, as_of) if one.to_go],
    }
    return render(request, "claim.html", context)


@door(Right.WRITE_LETTER, "POST", own_scope=True)
def take_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody takes on what is not sure; back to the claim as it was looked at."""
    person, as_of = person_of(request), typed_day(request.POST.get("as_of", "")) or today()
    rent_on = typed_day(request.POST.get("huur", ""))
    try:
        done = take_on_claim(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            name=person.name,
            tenancy_id=pk,
            as_of=as_of,
            rent_on=rent_on,
            all_costs=_all_costs(request.POST),
            seen=request.POST.get("seen", ""),
            reason=request.POST.get("reason", ""),
            on=today(),
        )
    except NotTakenOn as refused:
        messages.error(request, str(refused))
    else:
        if done is None:
            raise Http404
        messages.success(
            request, _("Overgenomen. Uw naam en de reden staan bij de vordering en op de afdruk.")
        )
    return HttpResponseRedirect(_address(pk, as_of, rent_on, _all_costs(request.POST)))


def _all_costs(asked: QueryDict) -> bool:
    return asked.get("kosten") == _ALL_COSTS


def _address(pk: int, as_of: date, rent_on: date | None, all_costs: bool) -> str:
    asked = {"as_of": as_of.isoformat()}
    if rent_on:
        asked["huur"] = rent_on.isoformat()
    if all_costs:
        asked["kosten"] = _ALL_COSTS
    return f"{reverse('claim', args=[pk])}?{urlencode(asked)}"
