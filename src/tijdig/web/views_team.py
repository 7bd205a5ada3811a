"""The team: how full everybody is, who is away, who has how much time, and a whole caseload to somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tijdig.access.queries import names
from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.caseload import actions_absence, actions_move
from tijdig.caseload.assign import Consultant
from tijdig.caseload.habits import habits
from tijdig.caseload.queries import absences, lent, weeks
from tijdig.caseload.values import NotAssigned
from tijdig.cases.actions_assign import assign_open
from tijdig.cases.queries_team import at_work, team, unowned
from tijdig.web.caseload_lines import hours, line
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.law_forms import Typed
from tijdig.web.scope import today

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
# What is wrong, beside which field of the form that was sent; what is not named is about the form as a whole.
_FIELD = {
    "until_before": "tot",
    "stand_in_self": "vervanger",
    "stand_in_away": "vervanger",
    "absence_known": "van",
    "minutes_wrong": "ma",
    "week_same": "ma",
    "same_person": "naar",
    "nobody_here": "naar",
    "nothing_to_move": "naar",
    "reason_missing": "reden",
    "reason_long": "reden",
}


@door(Right.LEAD_TEAM, "GET", "POST", own_scope=True)
def overview(request: HttpRequest) -> HttpResponse:
    """Everybody with the work in hand; POST spreads what is in nobody's hands."""
    organisation, on = person_of(request).organisation_id, today()
    if request.method == "POST":
        given = assign_open(organisation_id=organisation, on=on, actor=actor_of(request))
        messages.success(request, _spread(given))
        return HttpResponseRedirect(reverse("team"))
    with organisation_scope(organisation):
        people = team(on)
        context = {
            "people": [line(one, people, on) for one in people],
            "loose": len(unowned(on, at_work(on), people)),
        }
        return render(request, "team.html", context)


def _spread(given: int) -> str:
    return ngettext("%(n)s huurder kreeg een collega.", "%(n)s huurders kregen een collega.", given) % {
        "n": given
    }


@door(Right.LEAD_TEAM, "GET", "POST", own_scope=True)
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One consultant: absence, working time, handing everything over; POST carries out one of those."""
    organisation, form = person_of(request).organisation_id, Typed(request.POST)
    with organisation_scope(organisation):
        one = next((one for one in team(today()) if one.id == pk), None)
        if one is None:
            raise Http404
    if request.method == "POST" and (said := _carry_out(request, one, form)):
        messages.success(request, said)
        return HttpResponseRedirect(reverse("team-member", args=[pk]))
    with organisation_scope(organisation):
        context = _context(pk, form)
        return render(request, "team_member.html", context, status=400 if request.method == "POST" else 200)


def _context(pk: int, form: Typed) -> dict[str, Any]:
    on = today()
    people = team(on)
    reports = absences(on, [pk])
    called = names()
    week = weeks([pk], on)[pk]
    for day, minutes in zip(DAYS, week, strict=True):
        form.values.setdefault(day, str(minutes))
    for name in ("van", "vanaf"):
        form.values.setdefault(name, on.isoformat())
    return {
        "one": next(line(one, people, on) for one in people if one.id == pk),
        "others": [line(one, people, on) for one in people if one.id != pk],
        "reports": [(one, called.get(one.stand_in_id or 0, "")) for one in reports],
        "lent": len(lent(pk, on)),
        "week": hours(sum(week)),
        "days": [(day, WEEKDAYS[number], form.values[day]) for number, day in enumerate(DAYS)],
        "habits": habits(on),
        "form": form,
    }


def _carry_out(request: HttpRequest, one: Consultant, form: Typed) -> str:
    """What was done, as a sentence; nothing where something is wrong, which then stands beside its field."""
    what = _DO.get(request.POST.get("wat", ""))
    if what is None:
        form.errors["main"] = _("Kies wat u wilt doen.")
        return ""
    organisation = person_of(request).organisation_id
    given = {"organisation_id": organisation, "actor": actor_of(request), "on": today()}
    try:
        with organisation_scope(organisation):
            return what(one, form, given)
    except NotAssigned as refused:
        for fault in refused.faults:
            form.errors.setdefault(_FIELD.get(fault.code, "main"), fault.sentence)
    return ""


def _away(one: Consultant, form: Typed, given: dict[str, Any]) -> str:
    form.asked = True
    from_on, until_on = form.day("van", today(), must=True), form.day_or_none("tot")
    stand_in = _chosen(form, "vervanger")
    if form.errors:
        return ""
    actions_absence.report_absence(
        **given, user_id=one.id, from_on=from_on, until_on=until_on, stand_in=stand_in
    )
    if stand_in is not None:
        return _("%(name)s is afwezig gemeld, met een vervanger.") % {"name": one.name}
    if from_on > given["on"]:
        return _("%(name)s is afwezig gemeld. Het werk wordt verdeeld als het zover is.") % {"name": one.name}
    if until_on is not None and (until_on - given["on"]).days < habits(given["on"]).keep_days:
        return _("%(name)s is afwezig gemeld en snel terug: de huurders blijven.") % {"name": one.name}
    return _("%(name)s is afwezig gemeld.") % {"name": one.name} + " " + _spread(assign_open(**given))


def _back(one: Consultant, form: Typed, given: dict[str, Any]) -> str:
    form.asked = True
    number, back_on = _chosen(form, "afwezigheid"), form.day("terug", today())
    if wrong := form.errors.pop("terug", ""):
        form.errors["main"] = wrong  # there is one such field for every report
    elif number not in {report.id for report in absences(given["on"], [one.id])}:
        form.errors["main"] = _("Deze afwezigheid is er niet meer. Kijk hoe het nu staat.")
    else:
        actions_absence.end_absence(**given, absence_id=number or 0, back_on=back_on)
        return _("Bewaard. %(name)s is er weer.") % {"name": one.name}
    return ""


def _fetch(one: Consultant, form: Typed, given: dict[str, Any]) -> str:
    back = actions_move.take_back(**given, user_id=one.id)
    return ngettext("%(n)s huurder is terug.", "%(n)s huurders zijn terug.", back) % {"n": back}


def _time(one: Consultant, form: Typed, given: dict[str, Any]) -> str:
    form.asked = True
    from_on = form.day("vanaf", today(), must=True)
    typed = [form.line(day) for day in DAYS]
    if form.errors:
        return ""
    minutes = [int(text) if text.isdecimal() and len(text) < 5 else -1 for text in typed]
    actions_absence.set_workday(**given, user_id=one.id, from_on=from_on, minutes=minutes)
    return _("De werktijd is bewaard.")


def _move(one: Consultant, form: Typed, given: dict[str, Any]) -> str:
    to, reason = _chosen(form, "naar"), form.line("reden")
    moved = actions_move.hand_over(
        **given, from_user=one.id, to_user=to, reason=reason, at_work=at_work(given["on"])
    )
    return ngettext("%(n)s huurder overgedragen.", "%(n)s huurders overgedragen.", moved) % {"n": moved}


def _chosen(form: Typed, name: str) -> int | None:
    """The number of a choice; None where nothing was chosen, and one that nobody has where it is no number."""
    text = form.line(name)
    return None if not text else int(text) if text.isdecimal() and len(text) < 10 else 0


Act = Callable[[Consultant, Typed, dict[str, Any]], str]
_DO: dict[str, Act] = {
    "afwezig": _away,
    "terug": _back,
    "haal-terug": _fetch,
    "werktijd": _time,
    "overdragen": _move,
}
