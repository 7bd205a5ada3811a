"""Who writes: the letterhead of the corporation, with a letter as it will look beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.access.roles import Right
from tijdig.access.scope import organisation_scope
from tijdig.letters.actions_texts import save_letterhead
from tijdig.letters.letter import Kind
from tijdig.letters.letterhead import LABELS, Letterhead, letterhead_from
from tijdig.letters.preview import Look, preview
from tijdig.letters.queries_texts import letterhead, letterhead_made, text_of
from tijdig.letters.values import Fault, NotRight
from tijdig.web.door import actor_of, door, person_of
from tijdig.web.scope import today
from tijdig.web.text_view import author, author_names

_EMPTY = Letterhead(
    name="",
    address_lines=(),
    contact_name="",
    contact_number="",
    contact_email="",
    opening_hours="",
    help_line="",
    iban="",
    creditor_name="",
)
_SHOWN = "(nog leeg)"
_PRINTED = ("name", "contact_name", "contact_number", "contact_email", "opening_hours", "help_line")


@door(Right.SET_TEXTS, "GET", "POST", own_scope=True)
def letterhead_page(request: HttpRequest) -> HttpResponse:
    """The form; POST makes it the letterhead of every letter from now on."""
    person = person_of(request)
    faults: tuple[Fault, ...] = ()
    with organisation_scope(person.organisation_id):
        found, made = letterhead(), letterhead_made()
    head = found or _EMPTY
    if request.method == "POST":
        head = typed_head(request.POST)
        faults = _saved(request, head)
        if not faults:
            return HttpResponseRedirect(reverse("letterhead"))
    names = author_names(person.organisation_id)
    context = _form(head, faults) | {"made": made, "by": author(made[0], names) if made else ""}
    with organisation_scope(person.organisation_id):
        context |= _seen(head)
    return render(request, "letterhead.html", context, status=400 if faults else 200)


@door(Right.SET_TEXTS, "POST")
def look(request: HttpRequest) -> HttpResponse:
    """A letter as it will look with what is typed so far."""
    return render(request, "letterhead.html#live", _seen(typed_head(request.POST)))


def typed_head(given: QueryDict) -> Letterhead:
    """What stands in the form."""
    plain: dict[str, Any] = {name: " ".join(given.get(name, "").split()) for name in LABELS}
    return letterhead_from(plain | {"address_lines": given.get("address_lines", "").splitlines()})


def _saved(request: HttpRequest, head: Letterhead) -> tuple[Fault, ...]:
    try:
        save_letterhead(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            head=head,
            on=today(),
        )
    except NotRight as refused:
        return refused.faults
    messages.success(request, _("Opgeslagen. Elke brief vanaf nu heeft deze afzender."))
    return ()


def _form(head: Letterhead, faults: tuple[Fault, ...]) -> dict[str, Any]:
    """What stands in the fields, and beside each what is wrong with it: the first thing only."""
    errors: dict[str, str] = {}
    for fault in faults:
        errors.setdefault(fault.code.rpartition("_")[0], fault.sentence)
    return {"head": head, "address": "\n".join(head.address_lines), "errors": errors}


def _seen(head: Letterhead) -> dict[str, Any]:
    """A reminder with this letterhead; what is not filled in yet says so."""
    empty: dict[str, Any] = {name: _SHOWN for name in _PRINTED if not getattr(head, name)}
    shown = replace(head, address_lines=head.address_lines or (_SHOWN,), **empty)
    return {"preview": preview(text_of(Kind.REMINDER), Look(), shown), "head": head}
