"""Who is asking, for which corporation: every request runs in one transaction inside that corporation's wall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from tijdig.access.actions_sessions import see
from tijdig.access.people import Person
from tijdig.access.queries import corporation, own_partner
from tijdig.access.queries_sessions import who_is_here
from tijdig.access.roles import LABEL, RIGHTS, Right, Role
from tijdig.access.scope import acting, read_scope
from tijdig.access.sessions import EXACT
from tijdig.contacts.queries_replies import waiting
from tijdig.web.left_out import left_out
from tijdig.web.reads import renewed
from tijdig.web.undo_offer import offered

Handler = Callable[[HttpRequest], HttpResponse]
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2999, 12, 31)  # as at the API


class OrganisationScope:
    """Load the signed-in user from a session that holds; the views open the wall themselves (`views.door`)."""

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = _signed_in(request)
        request.person = person  # type: ignore[attr-defined]
        if person is None or person.partner_id is None:
            return self._get_response(request)
        with acting(person.partner_id, person.id):
            return self._get_response(request)


# What an open page asks by itself: nobody is at it, so it does not keep a session alive.
_BY_ITSELF = ("/stroom", "/werkvoorraad/regel/", "/werkvoorraad/meldingen")


def _signed_in(request: HttpRequest) -> Person | None:
    """Who is here in full: somebody with a password and no second step yet is nobody."""
    user_id, session_id = request.session.get("user"), request.session.get("session")
    if not user_id or not session_id:
        return None
    at = now()
    here = who_is_here(user_id=int(user_id), session_id=int(session_id), at=at)
    if here is None:
        return None
    if at - here.seen_at > EXACT and not request.path.startswith(_BY_ITSELF) and not renewed(request):
        see(person=here.person, session_id=here.session_id, at=at)
    return here.person


class UserLanguage:
    """The user's own language, or the visitor's choice kept in the session; Dutch unless said otherwise."""

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person: Person | None = getattr(request, "person", None)
        language = request.session.get("language") or (person.language if person else "nl")
        with translation.override(language if language in ("nl", "en") else "nl"):
            response = self._get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def now() -> datetime:
    """The moment, read at the door."""
    return timezone.now()


def today() -> date:
    """The clock, read at the door."""
    return timezone.localdate()


def typed_day(text: str) -> date | None:
    """A day as typed or as a date field sends it; None where it is no day, or one that no ledger holds."""
    for shape in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            found = datetime.strptime(text.strip(), shape).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
        return found if _FIRST_DAY <= found <= _LAST_DAY else None
    return None


def whole(text: str, digits: int = 9) -> int | None:
    """What was typed as a whole number of at most so many digits; None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def typed_lines(request: HttpRequest, name: str) -> str:
    """What was written in a box, counted as in the form: a line end is one sign."""
    return request.POST.get(name, "").replace("\r\n", "\n")


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every page needs: who, today, and what this role may open."""
    person: Person | None = getattr(request, "person", None)
    if person is None:
        return {"who": None, "today": today()}
    role = Role(person.role)
    return {
        "who": {
            "id": person.id,
            "name": person.name,
            "initials": person.initials,
            "role": person.role,
            "role_label": LABEL[role],
            "organisation": _of(person),
            "rights": {right.value for right in RIGHTS[role]},
            "shortcuts": person.shortcuts,
        },
        "today": today(),
        "see_amounts": Right.SEE_TENANCY in RIGHTS[role],
        "undo": offered(request),
        "left_out": lambda: left_out(request),  # asked by a page that tells it
        "replies_waiting": lambda: _replies_waiting(person),  # asked by a page that shows the menu
    }


def _of(person: Person) -> str:
    """What the corporation or the partner is called."""
    return own_partner() if person.partner_id else corporation(person.organisation_id).name


def _replies_waiting(person: Person) -> int:
    if person.partner_id:
        return 0
    with read_scope(person.organisation_id):
        return waiting().all
