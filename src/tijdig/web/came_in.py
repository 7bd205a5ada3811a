"""The line above a page of a file that says what came in while it was open: for whoever is typing in another form there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tijdig.bailiff.queries_owed import overdue_of
from tijdig.base.money import euro
from tijdig.ledger.queries import came_after, newest_entry
from tijdig.web.scope import whole


@dataclass(frozen=True, slots=True)
class CameIn:
    """Where it is asked for, since which entry of the account, and what it says; empty while nothing came."""

    tenancy: int
    address: str
    since: int
    sentence: str = ""


def from_now(tenancy_id: int, address: str) -> CameIn:
    """For a page that opens; inside the wall."""
    return CameIn(tenancy_id, address, newest_entry(tenancy_id))


def came_in(request: HttpRequest, tenancy_id: int, on: date) -> CameIn:
    """What came since the page opened, and what is still overdue; inside the wall."""
    since = whole(request.GET.get("sinds", ""), 18) or 0
    cents = came_after(tenancy_id, since)
    return CameIn(tenancy_id, request.path, since, _sentence(cents, overdue_of([tenancy_id], on)[tenancy_id]))


def answer(request: HttpRequest, came: CameIn) -> HttpResponse:
    return render(request, "_came_in.html", {"came": came})


def _sentence(cents: int, overdue_cents: int) -> str:
    if not cents:
        return ""
    if cents > 0:
        told = _("Er kwam %(sum)s binnen.") % {"sum": euro(cents)}
    else:
        told = _("Er ging %(sum)s terug.") % {"sum": euro(-cents)}
    if overdue_cents <= 0:
        return f"{told} {_('Er staat niets meer open.')}"
    return f"{told} {_('Er staat nog %(sum)s open.') % {'sum': euro(overdue_cents)}}"
