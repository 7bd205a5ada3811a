"""The door of a page: signed in, with the right, inside the corporation's wall. Every view passes through it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from tijdig.access.people import Person
from tijdig.access.reading import reading
from tijdig.access.roles import Right, may
from tijdig.access.scope import organisation_scope, read_scope, seated
from tijdig.history.actions import note_reading
from tijdig.history.reading import Reason
from tijdig.web.reads import Reads, renewed
from tijdig.web.why import reason_typed, why_page

View = Callable[..., HttpResponse]


def door(
    right: Right | None,
    *methods: str,
    or_right: Right | None = None,
    post_right: Right | None = None,
    own_scope: bool = False,
    reads: Reads | None = None,
) -> Callable[[View], View]:
    """Let in who may; others are sent to sign in, or told that this is not theirs.

    Without a right it is for whoever is signed in. `or_right` lets in for another reason too. `post_right` is asked
    beside it of whoever changes something. With `own_scope` the view opens the wall itself, because its action is a
    transaction of its own. What `reads` names is written down when the page is given: who looked at it, and when.
    """
    allowed = methods or ("GET",)

    def decorate(view: View) -> View:
        @wraps(view)
        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            person: Person | None = getattr(request, "person", None)
            if person is None:
                return HttpResponseRedirect(
                    f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}"
                )
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            if right and not any(may(person.role, one) for one in (right, or_right) if one):
                raise PermissionDenied
            if request.method == "POST" and post_right and not may(person.role, post_right):
                raise PermissionDenied
            if own_scope:
                with seated(person.role):
                    return _noted(view(request, *args, **kwargs), request, reads, kwargs)
            with (
                seated(person.role),
                organisation_scope(person.organisation_id),
                reading() if _only_reads(request) else nullcontext(),
            ):
                return _noted(view(request, *args, **kwargs), request, reads, kwargs)

        inside.right = right  # type: ignore[attr-defined]
        inside.post_right = post_right  # type: ignore[attr-defined]
        inside.methods = allowed  # type: ignore[attr-defined]
        inside.reads = reads  # type: ignore[attr-defined]
        return inside

    return decorate


def _noted(
    answer: HttpResponse, request: HttpRequest, reads: Reads | None, asked: dict[str, Any]
) -> HttpResponse:
    """The page, once it stands that this person looked: whoever cannot be written down sees nothing.

    A page that comes back with what is wrong in its form is a look too; what was not found is none, and neither is what an
    open page asks by itself. What asks for a reason is given to whoever said one; until then it is only looked whether it is
    there.
    """
    if reads is None or answer.status_code not in (200, 400) or renewed(request):
        return answer
    reason: Reason | str | None = reason_typed(request) if reads.asks else reads.reason(request)
    if isinstance(reason, str):
        return why_page(request, reason)
    organisation = asked.get("organisation") or person_of(request).organisation_id
    with read_scope(organisation):
        note_reading(
            organisation_id=organisation,
            actor=actor_of(request),
            what=reads.of(request),
            subject=reads.subject(asked),
            on=timezone.localdate(),
            at=timezone.now(),
            reason=reason,
        )
    return answer


def _only_reads(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD")


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; only behind a door."""
    person: Person = request.person  # type: ignore[attr-defined]
    return person


def actor_of(request: HttpRequest) -> str:
    return f"user:{person_of(request).id}"


def session_of(request: HttpRequest) -> int:
    """The number of the session that they are signed in by; only behind a door."""
    return int(request.session["session"])
