"""The flow of a form that keeps one row of a list: kept and back to the list, or the same form with what was wrong."""

from __future__ import annotations

from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tijdig.base.not_done import NotDone
from tijdig.web.door import actor_of, person_of
from tijdig.web.scope import today


class Keep(Protocol):
    """What keeps a draft: raises `NotDone` with sentences."""

    def __call__(self, *, organisation_id: int, actor: str, draft: Any, pk: int | None, on: Any) -> int: ...


def kept(
    request: HttpRequest, keep: Keep, draft: object, pk: int | None, then: str
) -> tuple[HttpResponseRedirect | None, tuple[str, ...]]:
    """On a POST: where to go, or what is wrong. On a GET neither."""
    if request.method != "POST":
        return None, ()
    try:
        keep(
            organisation_id=person_of(request).organisation_id,
            actor=actor_of(request),
            draft=draft,
            pk=pk,
            on=today(),
        )
    except NotDone as refused:
        return None, refused.sentences
    messages.success(request, _("Bewaard."))
    return HttpResponseRedirect(reverse(then)), ()


def line(request: HttpRequest, name: str, most: int) -> str:
    """One line as it was typed, without the white space around and within it that says nothing."""
    return " ".join(request.POST.get(name, "").split())[:most]
