"""Vandaag: what changed since the last look, what nears its term, and the work of the day in its order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from tijdig.access.queries import Colleague, colleagues
from tijdig.access.roles import Right, Role, may
from tijdig.bailiff.queries import open_files
from tijdig.bailiff.queries_around import ended_there
from tijdig.bailiff.queries_ending import endings
from tijdig.bailiff.queries_in_file import broken, waiting_for_us
from tijdig.bailiff.queries_to_agree import costs_to_agree
from tijdig.base.days import AMSTERDAM
from tijdig.cases.day_list import CLASS_LABEL, Placed
from tijdig.cases.queries import outbox_last, rows_of
from tijdig.cases.queries_day import Day, day_of, held_of, nobodys_of
from tijdig.cases.queries_day_report import day_report
from tijdig.cases.queries_owner import Owners, owners_on
from tijdig.cases.queries_today import News, Whose, today_of
from tijdig.cases.values import WorkRow
from tijdig.help.queries_worry import waiting_number
from tijdig.web.door import door, person_of
from tijdig.web.help_lines import due_lines
from tijdig.web.scope import today, whole
from tijdig.web.together import busy_in

_SEEN = "vandaag-gezien"
_AT_ONCE, _MORE, _MOST = 20, 60, 3000  # rows beside those that fit the day
_LONGEST = timedelta(days=7)


@door(Right.SEE_WORKLIST)
def today_page(request: HttpRequest) -> HttpResponse:
    """The page of a consultant; a team lead looks over everybody, or over the shoulder of one (`?van=`)."""
    people = colleagues(person_of(request).organisation_id)
    whose = _whose(request, people)
    owners = owners_on(people, today())
    since = _since(request)
    held = held_of(whose.id, owners) if whose else set()
    files = open_files()
    found = today_of(_mine(whose.id, owners, held) if whose else None, since, today(), _returned())
    context: dict[str, object] = {
        "whose": whose,
        "consultants": [one for one in people if one.role == Role.CONSULTANT],
        "seen": outbox_last(),
        "since": since,
        "found": found,
        "worries": waiting_number(),
        "at_bailiff": waiting_for_us(files) + len(costs_to_agree()),
        "broken_at_bailiff": len(broken(files, today())),
        "endings": endings(files, today()) if may(person_of(request).role, Right.LEAD_TEAM) else None,
        "due": due_lines(today(), _mine(whose.id, owners, held) if whose else None),
    }
    if whose:
        day = day_of(whose.id, held, today())
        report = day_report(f"user:{whose.id}", found.mine, today())
        placed = _placed(day, people, _asked(request))
        shown = [row.tenancy_id for row, _, _ in [*placed["above"], *placed["below"]]]
        context |= {"day": day, "report": report, "pickups": busy_in(shown), **placed}
    return render(request, "today.html", context)


def _returned() -> list[News]:
    """What partners closed or gave back: somebody of the corporation takes it from there."""
    return [
        News("returned", one.tenancy_id, one.title, one.sentence, None, urgent=True)
        for one in ended_there(today())
    ]


def _mine(user_id: int, owners: Owners, held: set[int]) -> Whose:
    return lambda besides: held | nobodys_of(user_id, owners, set(besides) - held)


@door(Right.SEE_WORKLIST, "POST")
def seen(request: HttpRequest) -> HttpResponse:
    """From now on only what comes after this moment is new."""
    request.session[_SEEN] = timezone.now().isoformat()
    return HttpResponseRedirect(reverse("today"))


def _whose(request: HttpRequest, people: list[Colleague]) -> Colleague | None:
    asked = request.GET.get("van", "")
    wanted = whole(asked, 8) or person_of(request).id
    return next((one for one in people if one.id == wanted and one.role == Role.CONSULTANT), None)


def _since(request: HttpRequest) -> datetime:
    """The last look; the beginning of this day where there was none, and never longer ago than a week."""
    now = timezone.now()
    try:
        last = datetime.fromisoformat(request.session.get(_SEEN, ""))
    except ValueError:
        last = datetime.combine(today(), time.min, AMSTERDAM)
    return max(last, now - _LONGEST)


def _asked(request: HttpRequest) -> int:
    """How many rows beside those that fit the day: a few, until somebody asks for more."""
    typed = request.GET.get("onder", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= len(str(_MOST)) else 0
    return min(max(number, _AT_ONCE), _MOST)


def _placed(day: Day, people: list[Colleague], asked: int) -> dict[str, Any]:
    """The rows that fit the day, and the first below the cut with their reason; a day without time has no cut."""
    off = not day.minutes
    fits = [one for one in day.placed if not one.below and not off]
    rest = [one for one in day.placed if one.below or off]
    rows = rows_of([one.work.tenancy_id for one in [*fits, *rest[:asked]]], people, today())

    def lines(placed: Sequence[Placed], *, cut: bool) -> list[tuple[WorkRow, str, int]]:
        return [
            (rows[one.work.tenancy_id], one.below if cut else CLASS_LABEL[one.work.urgent], one.work.minutes)
            for one in placed
            if one.work.tenancy_id in rows
        ]

    first = rest[:asked]
    return {
        "above": lines(first if off else fits, cut=False),
        "below": lines([] if off else first, cut=True),
        "below_in_all": len(rest),
        "more": min(len(rest) - len(first), _MORE),
        "asked": len(first) + _MORE,
        "next_row": rest[asked].work.tenancy_id if len(rest) > asked else 0,
    }
