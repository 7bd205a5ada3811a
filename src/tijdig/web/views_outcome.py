"""What came of help: for a consultant of what he began, for the team of all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tijdig.access.roles import Right
from tijdig.help.outcome import FEW, WAY_LABEL, Helped, Summary, Way, summary
from tijdig.help.queries_outcome import helped_since
from tijdig.tenancies.queries import cards
from tijdig.web.door import actor_of, door
from tijdig.web.scope import today

_BACK = timedelta(days=731)
_SHOWN = 100


@door(Right.SEE_WORKLIST)
def outcome(request: HttpRequest) -> HttpResponse:
    """Of two years, by way and by helper; `?van=mij` of what this person began."""
    mine = request.GET.get("van") == "mij"
    found = helped_since(today() - _BACK, today())
    if mine:
        found = [one for one in found if one.by == actor_of(request)]
    ways = [(WAY_LABEL[way], _summaries([one for one in found if one.way is way])) for way in Way]
    context = {
        "mine": mine,
        "ways": [(label, lines) for label, lines in ways if lines],
        "found": found[:_SHOWN],
        "number": len(found),
        "cards": cards(sorted({one.tenancy_id for one in found[:_SHOWN]})),
        "few": FEW,
    }
    return render(request, "outcome.html", context)


def _summaries(helped: Sequence[Helped]) -> list[Summary]:
    """The way as a whole, then each by name where there is more than one."""
    names = sorted({one.to for one in helped})
    each = [summary(name, [one for one in helped if one.to == name]) for name in names]
    return [summary("", helped), *each] if len(each) > 1 else each
