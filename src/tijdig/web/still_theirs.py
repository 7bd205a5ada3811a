"""A file that goes back while somebody of the partner saves something in it: nothing is saved, and a page says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import ProgrammingError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from psycopg.errors import InsufficientPrivilege

from tijdig.access.scope import organisation_scope
from tijdig.bailiff.queries_partner import opened
from tijdig.bailiff.values import File
from tijdig.tenancies.actions_lock import lock_tenancy
from tijdig.web.scope import today

View = Callable[..., HttpResponse]


class WentBack(Exception):  # noqa: N818 - it says what happened
    """The file was theirs when the page was asked for, and is not any more."""


@contextmanager
def while_theirs(file: File) -> Iterator[None]:
    """Nobody takes the file back until the end. Raises `WentBack` where somebody did just before."""
    with organisation_scope(file.organisation_id):
        if not lock_tenancy(file.tenancy_id) or opened(file.id, today()) is None:
            raise WentBack
        yield


def still_theirs(view: View) -> View:
    """Back to the list where the partner's wall closed in between; nothing was saved."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except WentBack:
            pass
        except ProgrammingError as error:  # the database closed its wall in between
            if not isinstance(error.__cause__, InsufficientPrivilege):
                raise
        messages.error(request, _("Dit dossier is niet meer bij u. Er is niets bewaard."))
        return HttpResponseRedirect(reverse("files"))

    return inside
