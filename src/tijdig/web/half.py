"""Between the password and the second step: a half sign-in, which opens nothing.

It stands in the session under a name of its own, so that no page takes it for somebody who is signed in: `request.person`
stays None. It holds for ten minutes, and not when something of the person changed meanwhile.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from tijdig.access.actions_sessions import begin_session
from tijdig.access.people import Person
from tijdig.access.sessions import How
from tijdig.access.sign_in import person_of
from tijdig.entrance.queries import stamp_of

_HALF, _PENDING = "half", "pending_factor"
HOLDS = timedelta(minutes=10)


def begin_half(request: HttpRequest, person: Person, onward: str, at: datetime) -> None:
    """The password was right."""
    _empty(request)
    request.session[_HALF] = {
        "user": person.id,
        "stamp": stamp_of(person),
        "at": at.isoformat(),
        "next": onward,
    }


def half(request: HttpRequest, at: datetime) -> tuple[Person, str] | None:
    """Who is half signed in, and where they want to go; None where nobody is, or it took too long."""
    kept = request.session.get(_HALF)
    if not kept or at - datetime.fromisoformat(kept["at"]) > HOLDS:
        return None
    person = person_of(int(kept["user"]))
    if person is None or stamp_of(person) != kept["stamp"]:
        return None
    return person, str(kept["next"])


def finish(request: HttpRequest, person: Person, how: How, at: datetime) -> int:
    """They showed who they are in full: a new session begins, and what stood in the old one is gone."""
    session_id = begin_session(person=person, how=how, agent=request.headers.get("User-Agent", ""), at=at)
    _empty(request)
    request.session["user"] = person.id
    request.session["session"] = session_id
    rotate_token(request)
    return session_id


def keep_pending(request: HttpRequest, sealed: str) -> None:
    """The sealed secret of a second step that is being set up."""
    request.session[_PENDING] = sealed


def pending(request: HttpRequest) -> str:
    return str(request.session.get(_PENDING, ""))


def forget_pending(request: HttpRequest) -> None:
    request.session.pop(_PENDING, None)


def _empty(request: HttpRequest) -> None:
    """Another key, and nothing kept but the language that the visitor chose."""
    language = request.session.get("language")
    request.session.flush()
    if language:
        request.session["language"] = language
