"""Five people in the same list, at the door of a form: who is busy, what was seen, both versions, and undo for a minute.

A form at a tenancy uses four things: `begun` for its context (with `_together.html` in the form), `save` around its action,
`refused` where that raises `NotSeen`, and `done` to say what was written down.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tijdig.access.roles import Right, may
from tijdig.access.scope import organisation_scope
from tijdig.caseload.pickup import Pickup
from tijdig.caseload.queries_pickup import pickups
from tijdig.cases.actions_pickup import pick_up
from tijdig.cases.actions_together import NotSeen, Saved
from tijdig.cases.actions_together import save as save_together
from tijdig.cases.together import WRITTEN
from tijdig.history.queries import seen
from tijdig.history.seen import read
from tijdig.tenancies.queries import lease
from tijdig.web.door import actor_of, person_of
from tijdig.web.scope import today
from tijdig.web.undo_offer import done as done
from tijdig.web.versions import versions

T = TypeVar("T")
FIELD = "bekend"  # of the form: what was seen
_OWN = ("csrfmiddlewaretoken", FIELD)


def begun(request: HttpRequest, pk: int, right: Right) -> dict[str, Any]:
    """What a form shows and carries: `busy` and `had`. Whoever has the right to save is busy from now on.

    To be asked before the page reads anything else: what is written after this was not seen.
    """
    person = person_of(request)
    if may(person.role, right):
        pick_up(
            organisation_id=person.organisation_id,
            actor=actor_of(request),
            tenancy_id=pk,
            user_id=person.id,
            now=timezone.now(),
            on=today(),
        )
    with organisation_scope(person.organisation_id):
        return carried(request, pk) | busy_with(request, pk)


def carried(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What a form carries, `had`: what was seen when it was first shown; inside the wall."""
    first = read(request.POST.get(FIELD, "")) if request.method == "POST" else None
    return {"had": (first or seen(f"tenancy:{pk}", list(WRITTEN))).text}


def busy_with(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Who is busy with this tenancy, and whether that is the reader; inside the wall."""
    found = pickups([pk], timezone.now()).get(pk)
    return {"busy": found, "busy_self": found is not None and found.is_of(person_of(request).id)}


def busy_in(tenancy_ids: Collection[int]) -> dict[int, Pickup]:
    """The same for a list, in one question; inside the wall."""
    return pickups(tenancy_ids, timezone.now())


def save(
    request: HttpRequest,
    pk: int,
    write: Callable[[], T],
    *,
    same: Collection[str],
    refusals: tuple[type[Exception], ...],
) -> Saved[T]:
    """Do the action, unless a colleague wrote something that the form had not seen: `NotSeen`, for `refused`."""
    person = person_of(request)
    return save_together(
        organisation_id=person.organisation_id,
        actor=actor_of(request),
        user_id=person.id,
        tenancy_id=pk,
        had=read(request.POST.get(FIELD, "")),
        same=same,
        write=write,
        refusals=refusals,
        words=lambda events: versions(pk, events),
        now=timezone.now(),
        on=today(),
    )


def refused(
    request: HttpRequest,
    pk: int,
    late: NotSeen,
    *,
    typed: Sequence[str] = (),
    besides: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Both versions, what was typed kept in the form, and two ways on.

    `typed` says what was typed where it could not be written any more, `besides` are fields that the second try needs.
    """
    given = [(name, value) for name, values in request.POST.lists() if name not in _OWN for value in values]
    with organisation_scope(person_of(request).organisation_id):
        context = {
            "lease": lease(pk, today()),
            "theirs": late.theirs,
            "mine": late.mine,
            "typed": typed,
            "fields": [*given, *(besides or {}).items()],
            "had": late.now.text,
            "by_self": {one.who for one in late.theirs} == {person_of(request).name},
        }
        return render(request, "stale.html", context, status=409)
