"""What the law leaves open, and what the corporation adopted: to see, and to adopt from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.law.answer import short_day
from tijdig.law.conventions import DEFAULT, Conventions
from tijdig.policy import actions
from tijdig.policy.adopted import KINDS, Adopted, Option, changed, holding, options, since, timeline
from tijdig.policy.queries import adoptions
from tijdig.policy.wording import EFFECT, REFUSED
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.law_forms import Typed
from tijdig.web.scope import today


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that the law leaves open: what may be chosen, what holds today and since when."""

    key: str
    name: str
    effect: str
    options: tuple[Option, ...]
    now: Option
    since: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One adoption of the history: what it changed in words, and whether it holds today, will hold, or is past."""

    made: Adopted
    changes: tuple[tuple[str, str], ...]
    state: str


@door(Right.SEE_TENANCY, "GET", "POST", or_right=Right.ADMINISTER, post_right=Right.ADOPT, own_scope=True)
def adopted(request: HttpRequest) -> HttpResponse:
    """Every kind with its options, what holds, the form and the history."""
    person = person_of(request)
    form = Typed(request.POST, "van")
    if request.method == "POST":
        if _adopt(request, form):
            return HttpResponseRedirect(reverse("conventions"))
    else:
        form.values["van"] = (today() + timedelta(days=1)).isoformat()
    with organisation_scope(person.organisation_id):
        made = adoptions()
    kinds = [_kind(made, key) for key in KINDS]
    for kind in kinds:
        form.values.setdefault(kind.key, kind.now.value)
    context = {"form": form, "kinds": kinds, "lines": _lines(made), "errors": form.errors}
    return render(request, "conventions.html", context, status=400 if form.errors else 200)


def _adopt(request: HttpRequest, form: Typed) -> bool:
    """Carry out what was asked; what is wrong stands beside its field."""
    from_on, reason = form.day_or_none("van"), form.line("reden")
    chosen = Conventions(**{kind: form.choice(kind, getattr(DEFAULT, kind)) for kind in KINDS})
    if from_on is None:
        form.errors.setdefault("van", REFUSED["day_missing"])
        return False
    try:
        actions.adopt(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            from_on=from_on,
            conventions=chosen,
            reason=reason,
            on=today(),
        )
    except actions.NotAdopted as refused:
        form.errors["reden" if refused.code.startswith("reason") else "van"] = str(refused)
        return False
    messages.success(request, _("Vastgelegd. Dit geldt vanaf %(day)s.") % {"day": short_day(from_on)})
    return True


def _kind(made: list[Adopted], key: str) -> Kind:
    name, found = options(key)
    now = getattr(holding(made, today()), key).value
    return Kind(
        key,
        name,
        EFFECT[key],
        found,
        next(option for option in found if option.value == now),
        since(made, key, today()),
    )


def _lines(made: list[Adopted]) -> list[Line]:
    """The last one made first. One that a later one put right never holds."""
    kept = timeline(made)
    past = [one for one in kept if one.from_on <= today()]
    states = {one.id: "later" for one in kept} | {one.id: "past" for one in past}
    states |= {one.id: "now" for one in past[-1:]}
    return [Line(one, _changes(made, one), states.get(one.id, "replaced")) for one in made]


def _changes(made: list[Adopted], one: Adopted) -> tuple[tuple[str, str], ...]:
    """The name of each kind that it changed, with the sentence of what it chose."""
    told = []
    for key in changed(made, one):
        name, found = options(key)
        value = getattr(one.conventions, key).value
        told.append((name, next(option.sentence for option in found if option.value == value)))
    return tuple(told)
