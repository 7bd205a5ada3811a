"""The way of working: to read, to try another one on everybody of today, to keep it and to let it begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.arrears.condition_words import asked
from tijdig.cases.queries_draft import outlook
from tijdig.cases.queries_policy import table_on
from tijdig.law.answer import short_day
from tijdig.policy.actions_versions import NotKept, keep_version, start_version
from tijdig.policy.differences import differences
from tijdig.policy.document import Policy, read_policy
from tijdig.policy.findings import Finding
from tijdig.policy.judge import judge
from tijdig.policy.queries import Kept, versions
from tijdig.policy.table import compile_policy, compiled
from tijdig.policy.wording import problem_sentence
from tijdig.policy.writing import sliders, text_of, with_numbers
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.law_forms import Typed
from tijdig.web.policy_lines import time_line
from tijdig.web.scope import today, whole

_NUMBER = "n:"
_MOST_DIGITS = 9


@door(Right.SEE_WORKLIST)
def policy(request: HttpRequest) -> HttpResponse:
    """The way of working of today as a time line, with who stands where, and its versions."""
    table = table_on(today())
    now = outlook(person_of(request).organisation_id, table, today())
    context = {
        "policy": table.policy,
        "lines": time_line(table.policy, now),
        "outlook": now,
        "versions": versions(),
        "minutes": [(act, minutes) for act, minutes in table.policy.minutes.items() if minutes],
        "tomorrow": today() + timedelta(days=1),
    }
    return render(request, "policy.html", context)


@dataclass(frozen=True, slots=True)
class _Draft:
    """What was asked for: a policy or what is wrong with the text, and what the check says of it."""

    text: str
    policy: Policy | None
    problems: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        return self.policy is None or any(one.refuses for one in self.findings)


@door(Right.SET_POLICY, "GET", "POST")
def draft(request: HttpRequest) -> HttpResponse:
    """Try another way of working: move a number, or write the document; see at once where everybody would stand.

    A POST from a slider gives the counts alone.
    """
    current = table_on(today()).policy
    tried = _draft(request, current)
    person = person_of(request)
    context: dict[str, object] = {"draft": tried, "current": current}
    if tried.policy is not None:
        found = outlook(person.organisation_id, compile_policy(tried.policy), today())
        context |= {
            "outlook": found,
            "lines": time_line(tried.policy, found, sliders(tried.policy)),
            "differences": differences(current, tried.policy, asked),
            "text": text_of(tried.policy),
        }
    if request.headers.get("HX-Request"):
        return render(request, "policy_draft.html#result", context)
    return render(request, "policy_draft.html", context, status=400 if tried.problems else 200)


def _draft(request: HttpRequest, current: Policy) -> _Draft:
    text = request.POST.get("tekst", "")
    if text.strip() and "uit-tekst" in request.POST:
        read, problems = read_policy(text)
        if read is None:
            return _Draft(text, None, tuple(problem_sentence(one) for one in problems), ())
        return _Draft(text, read, (), judge(read))
    base = current
    if text.strip():  # a slider moves the document that is being tried, not the one in force
        base = read_policy(text)[0] or current
    numbers = {
        name.removeprefix(_NUMBER): number
        for name, value in request.POST.items()
        if name.startswith(_NUMBER)
        and isinstance(value, str)
        and (number := whole(value, _MOST_DIGITS)) is not None
    }
    tried = with_numbers(base, numbers)
    return _Draft(text, tried, (), judge(tried))


@door(Right.SET_POLICY, "POST", own_scope=True)
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the document that was tried as a version, under the name that was typed."""
    text, version = request.POST.get("tekst", ""), request.POST.get("versie", "").strip()
    read, problems = read_policy(text)
    try:
        if read is None:
            raise NotKept(*(problem_sentence(one) for one in problems))
        named = text_of(with_numbers(read, {}, version=version or read.version))
        keep_version(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            text=named,
            on=today(),
        )
    except NotKept as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        return HttpResponseRedirect(reverse("policy-draft"))
    messages.success(
        request,
        _("Versie %(version)s is bewaard. Kies hieronder vanaf welke dag zij geldt.")
        % {"version": version or read.version},
    )
    return HttpResponseRedirect(reverse("policy") + "#versions")


@door(Right.SET_POLICY, "POST", own_scope=True)
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a version hold from a day."""
    form = Typed(request.POST, "van")
    from_on = form.day_or_none("van")
    try:
        if from_on is None:
            raise NotKept(_("Vul de eerste dag in."))
        start_version(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            version_id=pk,
            from_on=from_on,
            reason=request.POST.get("reden", ""),
            on=today(),
        )
    except NotKept as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
    else:
        messages.success(request, _("Vastgelegd. Dit geldt vanaf %(day)s.") % {"day": short_day(from_on)})
    return HttpResponseRedirect(reverse("policy") + "#versions")


@door(Right.SEE_WORKLIST)
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version has that another has not, in words; beside what holds today where no other is named."""
    kept = {one.id: one for one in versions()}
    wanted = request.GET.get("naast", "")
    if pk not in kept:
        raise Http404
    other = kept.get(whole(wanted, _MOST_DIGITS) or 0)
    old = compiled(other.text).policy if other else _in_force(today())
    new = compiled(kept[pk].text).policy
    context = {
        "kept": kept[pk],
        "beside": other,
        "others": _others(kept, pk),
        "old": old,
        "differences": differences(old, new, asked),
    }
    return render(request, "policy_difference.html", context)


def _in_force(on: date) -> Policy:
    return table_on(on).policy


def _others(kept: dict[int, Kept], pk: int) -> list[Kept]:
    return [one for number, one in kept.items() if number != pk]
