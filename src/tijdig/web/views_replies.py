"""Answers that came in: those that are nobody's yet, those that nobody looked at, and what people do with one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.contacts.actions_replies import NotDone, assign, give_back, handle, say_personal, set_aside
from tijdig.contacts.queries_replies import automatic_since, unanswered, unmatched, waiting
from tijdig.contacts.queries_replies import reply as read_reply
from tijdig.contacts.values import fault
from tijdig.tenancies.queries import tenancy_ids_by_contract
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.reply_lines import reply_lines
from tijdig.web.scope import today
from tijdig.web.views_account import safe

_AT_ONCE = 40
_AUTOMATIC, _AUTOMATIC_DAYS = 20, 14
_LONGEST_CONTRACT = 40


@door(Right.LOG_CONTACT)
def replies(request: HttpRequest) -> HttpResponse:
    """The oldest of each heap: what is dealt with makes room for the next."""
    heaps = {
        "nobodys": reply_lines(unmatched(_AT_ONCE)),
        "waits": reply_lines(unanswered(today(), _AT_ONCE)),
        "automatic": reply_lines(automatic_since(today() - timedelta(days=_AUTOMATIC_DAYS), _AUTOMATIC)),
    }
    return render(request, "replies.html", heaps | {"waiting": waiting(), "days": _AUTOMATIC_DAYS})


@door(Right.SEE_TENANCY, "GET", "POST", post_right=Right.LOG_CONTACT, own_scope=True)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer with all that was done with it; POST does something with it."""
    organisation_id = person_of(request).organisation_id
    with organisation_scope(organisation_id):
        if read_reply(pk) is None:
            raise Http404
    ok = _done(request, pk) if request.method == "POST" else True
    if request.method == "POST" and not request.headers.get("HX-Request"):
        onward = safe(request, request.POST.get("next", ""))
        return HttpResponseRedirect(onward or reverse("reply", args=[pk]))
    with organisation_scope(organisation_id):
        found = read_reply(pk)
        if found is None:
            raise Http404
        (line,) = reply_lines([found])
        template = "replies.html#row" if request.headers.get("HX-Request") else "reply.html"
        return render(request, template, {"line": line, "after": True}, status=200 if ok else 422)


def _done(request: HttpRequest, pk: int) -> bool:
    """Do what the form asks; what cannot be done is said on the page that follows."""
    try:
        _DEEDS.get(request.POST.get("doe", ""), _nothing)(request, _who(request, pk))
    except NotDone as refused:
        messages.error(request, " ".join(one.sentence for one in refused.faults))
        return False
    return True


def _who(request: HttpRequest, pk: int) -> dict[str, object]:
    return {
        "organisation_id": person_of(request).organisation_id,
        "actor": actor_of(request),
        "reply_id": pk,
        "now": timezone.now(),
        "on": today(),
    }


Deed = Callable[[HttpRequest, dict[str, object]], None]


def _assign(request: HttpRequest, who: dict[str, object]) -> None:
    contract = request.POST.get("contract", "").strip()
    with organisation_scope(person_of(request).organisation_id):
        known = tenancy_ids_by_contract([contract]) if 0 < len(contract) <= _LONGEST_CONTRACT else {}
    if contract not in known:
        raise NotDone((fault("tenancy_unknown"),))
    assign(tenancy_id=known[contract], **who)  # type: ignore[arg-type]


def _set_aside(request: HttpRequest, who: dict[str, object]) -> None:
    set_aside(reason=request.POST.get("reden", ""), **who)  # type: ignore[arg-type]


def _give_back(request: HttpRequest, who: dict[str, object]) -> None:
    give_back(reason=request.POST.get("reden", ""), **who)  # type: ignore[arg-type]


def _handle(request: HttpRequest, who: dict[str, object]) -> None:
    handle(**who)  # type: ignore[arg-type]
    if not request.headers.get("HX-Request"):
        messages.success(request, gettext("Afgehandeld."))


def _say_personal(request: HttpRequest, who: dict[str, object]) -> None:
    say_personal(**who)  # type: ignore[arg-type]


def _nothing(request: HttpRequest, who: dict[str, object]) -> None:
    """A button that is none of ours."""


_DEEDS: Mapping[str, Deed] = {
    "toewijzen": _assign,
    "opzij": _set_aside,
    "terug": _give_back,
    "afgehandeld": _handle,
    "mens": _say_personal,
}
