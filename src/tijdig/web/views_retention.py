"""How long data is kept: the rules, what goes next, what went; and keeping the data of one tenant longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.privacy.actions_rules import NotKept, approve, end_hold, hold, stop
from tijdig.privacy.kept import kept
from tijdig.privacy.kinds import LABEL, Kind
from tijdig.privacy.queries_due import HOLDS, Due, due_on, why_not
from tijdig.privacy.queries_holds import Held, hold_of, holds
from tijdig.privacy.queries_rules import rules_on, versions
from tijdig.privacy.queries_went import Went, runs, went
from tijdig.privacy.rules import Rule, RuleError, Version, shipped
from tijdig.tenancies.queries import Card, cards, lease
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.law_forms import Typed
from tijdig.web.reads import DOSSIER
from tijdig.web.scope import today

_SHOWN = 50
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One rule as the page shows it: what it would erase next, of whom, and what waits and why."""

    rule: Rule
    typed: str
    error: str
    total: int
    tenancies: list[Card]
    more: int
    nobody: int
    waits: list[tuple[str, int]]


@door(Right.SEE_READINGS, "GET", "POST", post_right=Right.SET_RETENTION, own_scope=True)
def retention(request: HttpRequest) -> HttpResponse:
    """The page; POST approves rules, or stops the erasing."""
    form = Typed(request.POST, "van")
    if request.method == "POST":
        done = _stopped(request, form) if "stop" in request.POST else _approved(request, form)
        if done:
            return HttpResponseRedirect(reverse("retention"))
    with organisation_scope(person_of(request).organisation_id):
        context = _page(form)
    return render(request, "retention.html", context, status=400 if form.errors else 200)


def _page(form: Typed) -> dict[str, object]:
    next_on = today() + _DAY
    version = rules_on(next_on)
    rules = version.rules if version and version.rules else shipped()
    due = due_on(next_on, rules)
    shown = sorted({one for each in due for one in each.tenancies[:_SHOWN]})
    held = holds(today())
    known = cards([*shown, *(one.tenancy_id for one in held)])
    form.values.setdefault("van", next_on.isoformat())
    return {
        "form": form,
        "errors": form.errors,
        "version": version if version and version.rules else None,
        "stopped": version if version and not version.rules else None,
        "coming": [one for one in versions() if one.from_on > next_on],
        "lines": [_line(one, form, known) for one in due],
        "next_on": next_on,
        "holds": [(one, known[one.tenancy_id]) for one in held if one.tenancy_id in known],
        "went": _went(),
        "runs": runs(10),
        "versions": versions(),
        "kept": [one.why for one in kept()],
    }


def _went() -> list[tuple[Went, str]]:
    return [(one, LABEL[Kind(one.rule)]) for one in went(_SHOWN)]


def _line(due: Due, form: Typed, known: dict[int, Card]) -> Line:
    name, tenancies = due.rule.kind.value, due.tenancies
    waits: dict[str, int] = {}
    for why in due.held.values():
        waits[HOLDS[why]] = waits.get(HOLDS[why], 0) + 1
    return Line(
        due.rule,
        form.values.get(name, str(due.rule.years)),
        form.errors.get(name, ""),
        due.total,
        [known[one] for one in tenancies[:_SHOWN] if one in known],
        max(0, len(tenancies) - _SHOWN),
        due.rows[None],
        sorted(waits.items()),
    )


def _approved(request: HttpRequest, form: Typed) -> bool:
    from_on, reason = form.day_or_none("van"), form.line("reden")
    years = {kind.value: form.line(kind.value) for kind in Kind if kind.value in request.POST}
    if from_on is None:
        form.errors.setdefault("van", _("Kies de dag vanaf wanneer dit geldt."))
        return False
    try:
        approve(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            name=person_of(request).name,
            years=years,
            from_on=from_on,
            reason=reason,
            on=today(),
        )
    except RuleError as wrong:
        form.errors.update(wrong.sentences)
        return False
    except NotKept as wrong:
        form.errors[wrong.field] = str(wrong)
        return False
    messages.success(
        request, _("Goedgekeurd op uw naam. Vanaf die dag wordt elke nacht gewist wat aan de beurt is.")
    )
    return True


def _stopped(request: HttpRequest, form: Typed) -> bool:
    try:
        done = stop(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            name=person_of(request).name,
            reason=form.line("stopreden"),
            on=today(),
        )
    except NotKept as wrong:
        form.errors["stopreden"] = str(wrong)
        return False
    if done:
        messages.success(
            request, _("Gestopt. Er wordt niets meer gewist tot iemand weer termijnen goedkeurt.")
        )
    else:
        messages.success(request, _("Er werd al niets gewist. U hoeft niets te doen."))
    return True


@door(Right.SEE_TENANCY, "GET", "POST", post_right=Right.HOLD_DATA, own_scope=True, reads=DOSSIER)
def of_tenancy(request: HttpRequest, pk: int) -> HttpResponse:
    """Until when the data of this tenancy is kept, and keeping it longer by name."""
    form = Typed(request.POST, "tot")
    organisation = person_of(request).organisation_id
    with organisation_scope(organisation):
        who = lease(pk, today())
    if who is None:
        raise Http404
    if request.method == "POST" and _held(request, form, pk):
        return HttpResponseRedirect(reverse("retention-hold", args=[pk]))
    with organisation_scope(organisation):
        held = hold_of(pk, today())
        context = {
            "lease": who,
            "form": form,
            "errors": form.errors,
            "held": held,
            "asked_as": uuid4() if request.method == "GET" else _form(request),
            "terms": _terms(rules_on(today())),
            "why": _why(pk, held),
            "went": [(one, LABEL[Kind(one.rule)]) for one in went(_SHOWN, pk)],
        }
    return render(request, "retention_hold.html", context, status=400 if form.errors else 200)


def _terms(version: Version | None) -> list[Rule]:
    return list(version.rules) if version else []


def _why(pk: int, held: Held | None) -> str:
    """What holds the erasing back today, beside a hold by name."""
    why = why_not([pk], today()).get(pk, "")
    return "" if why == "hold" or held else HOLDS.get(why, "")


def _held(request: HttpRequest, form: Typed, pk: int) -> bool:
    by = {"actor": actor_of(request), "name": person_of(request).name}
    organisation = person_of(request).organisation_id
    if "einde" in request.POST:
        end_hold(organisation_id=organisation, tenancy_id=pk, on=today(), **by)
        messages.success(request, _("Voor deze huurder gelden weer de gewone termijnen."))
        return True
    until, reason = form.day_or_none("tot"), form.line("reden")
    if until is None:
        form.errors.setdefault("tot", _("Kies de dag tot en met wanneer u dit bewaart."))
        return False
    try:
        hold(
            organisation_id=organisation,
            tenancy_id=pk,
            until_on=until,
            reason=reason,
            asked_as=_form(request),
            on=today(),
            **by,
        )
    except NotKept as wrong:
        form.errors[wrong.field] = str(wrong)
        return False
    messages.success(request, _("Vastgelegd op uw naam. Tot en met die dag wordt hier niets gewist."))
    return True


def _form(request: HttpRequest) -> UUID:
    """The form that asked for it: sent twice it is one."""
    try:
        return UUID(hex=request.POST.get("formulier", ""))
    except ValueError:
        return uuid4()
