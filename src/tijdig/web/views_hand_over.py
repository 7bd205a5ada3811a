"""Handing a file over: every point as it stands, who it goes to, and the second person where something is weak."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_file import agree, ask, end_file, take_in, withdraw
from tijdig.bailiff.actions_household import note_household
from tijdig.bailiff.actions_program import refuse_proposal
from tijdig.bailiff.checklist import Point, State, judged, stopping, weak
from tijdig.bailiff.kinds import (
    BY_CORPORATION,
    END_LABEL,
    LIVES_LABEL,
    START_LABEL,
    End,
    Lives,
    Side,
    Start,
)
from tijdig.bailiff.queries import files_of, hand_over_of, in_force, waiting_of
from tijdig.bailiff.queries_around import household_of
from tijdig.bailiff.queries_facts import agreed_after, facts_of, went_before
from tijdig.bailiff.queries_meter import with_files
from tijdig.bailiff.queries_owed import owed_before
from tijdig.bailiff.queries_program import proposal_of
from tijdig.base.not_done import NotDone
from tijdig.cases.queries import tenancy_file
from tijdig.cases.queries_cost_meter import cost_meter
from tijdig.cases.queries_facts import Facts
from tijdig.tenancies.queries import cards
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today, whole

_MENDS = {  # where a point is mended
    Point.DECISION: "ruling",
    Point.CONTACT: "contact",
    Point.LETTER: "letter-choose",
    Point.SIGNAL: "signal",
    Point.FLAGS: "flags",
    Point.REST: "tenancy",
    Point.CLAIM: "claim",
}


@door(Right.SEE_TENANCY, "GET", "POST", post_right=Right.RULE, own_scope=True, reads=DOSSIER)
def hand_over_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, and what can be done; POST does it by name."""
    if request.method == "POST" and _done(request, pk):
        return HttpResponseRedirect(reverse("hand-over", args=[pk]))
    with organisation_scope(person_of(request).organisation_id):
        card, found, dossier = cards([pk]).get(pk), facts_of(pk, today()), tenancy_file(pk, as_of=today())
        if card is None or found is None or dossier is None:
            raise Http404
        files, went_on = files_of(pk), went_before(pk, today())
        there = next((one for one in files if one.ended_on is None), None)
        went = hand_over_of(there.id) if there else None
        items = went.items if went else judged(found)
        waits, proposed = waiting_of(pk), proposal_of(pk)
        agreed, later = in_force(today()), agreed_after(went_on) if went_on else None
        offices = [
            (one.partner_id, one.partner) for one in agreed if later is None or one.partner_id in later
        ]
        usual = Start.DEPARTED if found.departed else Start.ARREARS
        context = {
            "card": card,
            "items": [
                (one, _MENDS.get(one.point, "") if one.state is not State.RIGHT and not went else "")
                for one in items
            ],
            "went": went,
            "stops": bool(stopping(items)),
            "weak": [one.label for one in weak(items)],
            "partners": sorted(offices, key=lambda one: not proposed or one[0] != proposed.partner_id),
            "starts": [(one.value, label) for one, label in START_LABEL.items()],
            "start": (proposed.start if proposed else usual).value,
            "went_before": went_on,
            "attempts": found.attempts,
            "household": household_of(pk),
            "lives": [(one.value, label) for one, label in LIVES_LABEL.items()],
            "meter": with_files(cost_meter(Facts(dossier)), pk, today()),
            "owed": owed_before(pk, today()),
            "agreed": bool(agreed),
            "waits": waits,
            "proposed": proposed,
            "proposed_to": next(
                (name for one, name in offices if proposed and one == proposed.partner_id), ""
            ),
            "own": waits is not None and waits.actor == actor_of(request),
            "open": there,
            "ends": [(one.value, END_LABEL[one]) for one in BY_CORPORATION],
            "ended": [(one, END_LABEL[one.end]) for one in files if one.end is not None],
            "typed": request.POST,
            "asked_as": uuid4(),
        }
    return render(request, "hand_over.html", context, status=400 if request.method == "POST" else 200)


def _done(request: HttpRequest, pk: int) -> bool:
    try:
        messages.success(request, _act(request, pk))
    except NotDone as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        return False
    except ValueError:
        messages.error(request, _("Kies wat er gedaan is."))
        return False
    return True


def _act(request: HttpRequest, pk: int) -> str:
    """Returns what to say. Raises `NotDone`, and ValueError for what is no such act."""
    person, what = person_of(request), request.POST.get("wat", "")
    organisation_id, actor, name, on = person.organisation_id, actor_of(request), person.name, today()
    with organisation_scope(organisation_id):
        waits = waiting_of(pk)
        open_file = next((one for one in files_of(pk) if one.ended_on is None), None)
    if what == "draag":
        made = ask(
            organisation_id=organisation_id, actor=actor, name=name, on=on,
            tenancy_id=pk,
            partner_id=whole(request.POST.get("deurwaarder", "")) or 0,
            start=Start(request.POST.get("reden", "")),
            reason=request.POST.get("waarom", ""),
            asked_as=UUID(request.POST.get("formulier", "")),
        )  # fmt: skip
        if made is None:
            return _("Gevraagd op uw naam. Een tweede collega beslist mee.")
        return _("Overgedragen op uw naam. De deurwaarder ziet het dossier nu.")
    if what == "neem":
        made = take_in(
            organisation_id=organisation_id, actor=actor, name=name, on=on,
            tenancy_id=pk,
            partner_id=whole(request.POST.get("deurwaarder", "")) or 0,
            start=Start(request.POST.get("reden", "")),
            reason=request.POST.get("waarom", ""),
            asked_as=UUID(request.POST.get("formulier", "")),
        )  # fmt: skip
        if made is None:
            return _("Gevraagd op uw naam. Een tweede collega beslist mee.")
        return _("Vastgelegd op uw naam. De deurwaarder ziet het dossier nu.")
    if what == "huishouden":
        note_household(
            organisation_id=organisation_id, actor=actor, name=name, on=on,
            tenancy_id=pk,
            lives=Lives(request.POST.get("wie", "")),
        )  # fmt: skip
        return _("Vastgelegd op uw naam wie er woont.")
    if what == "mee" and waits is not None:
        agree(organisation_id=organisation_id, actor=actor, name=name, hand_over_id=waits.id, on=on)
        return _("U besliste mee. De deurwaarder ziet het dossier nu.")
    if what == "niet" and waits is not None:
        withdraw(organisation_id=organisation_id, actor=actor, name=name, hand_over_id=waits.id, on=on)
        return _("Het gaat niet door.")
    if what == "afwijzen":
        refuse_proposal(organisation_id=organisation_id, actor=actor, name=name, tenancy_id=pk, on=on)
        return _("Afgewezen op uw naam. Het programma ziet het.")
    if what == "haal" and open_file is not None:
        end_file(
            organisation_id=organisation_id, actor=actor, name=name, on=on,
            file_id=open_file.id,
            side=Side.CORPORATION,
            end=End(request.POST.get("einde", "") or BY_CORPORATION[0]),
        )  # fmt: skip
        return _("Teruggehaald op uw naam. De deurwaarder ziet het dossier niet meer.")
    raise ValueError(what)
