"""A session holds while nobody ended it, its person was here not too long ago, and it is not too old."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.entrance.comers import AT, at_partner, colleague

from tijdig.access.actions_sessions import begin_session, end_session, end_sessions_of, see
from tijdig.access.people import Person
from tijdig.access.queries_sessions import signed_in, who_is_here
from tijdig.access.scope import as_person
from tijdig.access.sessions import How, browser

HOUR = timedelta(hours=1)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def anna(organisation: int) -> Person:
    return colleague(organisation)


def _begun(person: Person) -> int:
    return begin_session(person=person, how=How.PASSWORD, agent=FIREFOX, at=AT)


def _is_here(person: Person, session: int, after: timedelta = timedelta()) -> bool:
    return who_is_here(user_id=person.id, session_id=session, at=AT + after) is not None


def test_a_session_tells_who_is_here(anna: Person) -> None:
    here = who_is_here(user_id=anna.id, session_id=_begun(anna), at=AT)
    assert here is not None
    assert (here.person, here.seen_at) == (anna, AT)


@pytest.mark.parametrize(("hours", "holds"), [(7.9, True), (8.1, False)])
def test_a_colleague_who_does_nothing_for_eight_hours_is_signed_out(
    anna: Person, hours: float, holds: bool
) -> None:
    assert _is_here(anna, _begun(anna), hours * HOUR) is holds


@pytest.mark.parametrize(("minutes", "holds"), [(59, True), (61, False)])
def test_a_partners_person_who_does_nothing_for_an_hour_is_signed_out(
    organisation: int, minutes: int, holds: bool
) -> None:
    piet = at_partner(f"p-{organisation}")
    assert _is_here(piet, _begun(piet), timedelta(minutes=minutes)) is holds


def test_whoever_stays_busy_is_signed_out_after_twelve_hours(anna: Person) -> None:
    session = _begun(anna)
    see(person=anna, session_id=session, at=AT + 7 * HOUR)
    assert _is_here(anna, session, 11.9 * HOUR) is True
    see(person=anna, session_id=session, at=AT + 11.9 * HOUR)
    assert _is_here(anna, session, 12.1 * HOUR) is False


def test_who_signs_out_is_out_there_and_nowhere_else(anna: Person) -> None:
    here, there = _begun(anna), _begun(anna)
    end_session(person=anna, session_id=here, at=AT)
    assert (_is_here(anna, here), _is_here(anna, there)) == (False, True)


def test_all_sessions_end_but_the_one_that_is_kept(anna: Person) -> None:
    here, there = _begun(anna), _begun(anna)
    with as_person(anna):
        end_sessions_of(user_id=anna.id, keep=here)
    assert (_is_here(anna, here), _is_here(anna, there)) == (True, False)
    assert [one.id for one in signed_in(anna, AT)] == [here]


def test_a_session_is_of_one_person(anna: Person, organisation: int) -> None:
    bert = colleague(organisation, name="bert")
    session = _begun(anna)
    assert who_is_here(user_id=bert.id, session_id=session, at=AT) is None
    assert who_is_here(user_id=anna.id, session_id=0, at=AT) is None


def test_what_is_shown_says_browser_and_way(anna: Person) -> None:
    _begun(anna)
    (one,) = signed_in(anna, AT)
    assert (one.browser, one.how, one.begun_at) == ("Firefox op Windows", "met wachtwoord", AT)


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("", "een browser"),
        ("curl/8", "een browser"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36", "Chrome op Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge op Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari op iPhone"),
    ],
)
def test_a_browser_is_said_in_words(agent: str, said: str) -> None:
    assert browser(agent) == said


def test_what_ended_long_ago_is_gone_for_everybody_of_the_house(anna: Person, organisation: int) -> None:
    from django.db import connection

    _begun(colleague(organisation, name="bert"))
    begin_session(person=anna, how=How.PASSWORD, agent="", at=AT + timedelta(days=31))
    with as_person(anna), connection.cursor() as cursor:
        cursor.execute("SELECT user_id FROM access_session")
        assert cursor.fetchall() == [(anna.id,)]
