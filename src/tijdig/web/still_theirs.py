"""A file that goes back while somebody of the partner saves something in it: the database refuses, and a page says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import ProgrammingError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from psycopg.errors import InsufficientPrivilege

View = Callable[..., HttpResponse]


def still_theirs(view: View) -> View:
    """Back to the list where the partner's wall closed in between; nothing was saved."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ProgrammingError as error:
            if not isinstance(error.__cause__, InsufficientPrivilege):
                raise
            messages.error(request, _("Dit dossier is niet meer bij u. Er is niets bewaard."))
            return HttpResponseRedirect(reverse("files"))

    return inside
