"""How the people of a tenancy want to get letters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.carriers import sms
from tijdig.carriers.channel import Channel
from tijdig.letters.ways import LABEL
from tijdig.tenancies.actions_preferences import set_preferences
from tijdig.tenancies.queries_reach import Household, Resident, households
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today

_LANGUAGES = (("NLD", "Nederlands"), ("ENG", "Engels"))


@door(Right.SEE_TENANCY, "GET", "POST", own_scope=True, reads=DOSSIER)
def preferences(request: HttpRequest, pk: int) -> HttpResponse:
    """A form for each tenant; POST keeps what was chosen for one of them."""
    organisation = person_of(request).organisation_id
    with organisation_scope(organisation):
        household = households([pk], today()).get(pk)
    if household is None:
        raise Http404
    if request.method == "POST":
        resident = _chosen(household, request.POST.get("persoon", ""))
        set_preferences(
            organisation_id=organisation,
            actor=actor_of(request),
            tenancy_id=pk,
            person_id=resident.id,
            language=_one_of(request.POST.get("taal", ""), {code for code, _ in _LANGUAGES}),
            large_print="groot" in request.POST,
            channel=_one_of(request.POST.get("weg", ""), set(Channel)),
            post_address=_lines(request.POST.get("adres", "")),
            on=today(),
        )
        messages.success(request, gettext("Bewaard. De volgende brief gaat zo."))
        return HttpResponseRedirect(reverse("tenancy", args=[pk]))
    context = {"household": household, "people": [_shown(one) for one in household.residents]}
    return render(request, "preferences.html", context)


def _shown(one: Resident) -> dict[str, Any]:
    reachable = {
        Channel.PRINT: True,
        Channel.EMAIL: bool(one.email),
        Channel.SMS: sms.number(one.phone) is not None,
    }
    unreachable = {
        Channel.EMAIL: gettext("(nog geen adres bekend)"),
        Channel.SMS: gettext("(geen geldig mobiel nummer)")
        if one.phone
        else gettext("(nog geen nummer bekend)"),
    }
    name = " ".join(part for part in (one.initials, one.prefix, one.surname) if part)
    return {
        "id": one.id,
        "name": name,
        "languages": [(code, label, one.language.upper() in (code, code[:2])) for code, label in _LANGUAGES],
        "large_print": one.large_print,
        "ways": [
            (way.value, LABEL[way], way == one.channel, "" if reachable[way] else unreachable[way])
            for way in Channel
        ],
        "channel": one.channel,
        "post_address": one.post_address,
        "email": one.email,
        "phone": one.phone,
    }


def _chosen(household: Household, text: str) -> Resident:
    for one in household.residents:
        if str(one.id) == text:
            return one
    raise Http404


def _one_of(text: str, known: set[Any]) -> str:
    return text if text in known else ""


def _lines(text: str) -> str:
    """At most six lines of an address, without the empty ones."""
    return "\n".join([" ".join(line.split())[:80] for line in text.splitlines() if line.strip()][:6])
