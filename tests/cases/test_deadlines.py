"""The guarded terms: a talk by day 21, a decision by day 61, near before they are missed, missed until answered for."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.db import connection
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.cases.actions import evaluate
from tijdig.cases.actions_answer import NotAnswered, answer_for
from tijdig.cases.deadlines import Deadline, Guarded, State, due_by, guarded
from tijdig.cases.queries_day import order_on
from tijdig.cases.queries_deadlines import deadlines
from tijdig.policy.terms import Deadlines
from tijdig.rulings.actions import rule
from tijdig.rulings.kinds import Kind
from tijdig.rulings.values import Draft

TERMS = Deadlines(21, 61, 5, 7, 21)
SINCE = date(2026, 10, 1)
OPENED = date(2026, 10, 5)


def _stands(
    on: date, *, deadline: Deadline = Deadline.TALK, met: bool = False, answered: bool = False
) -> Guarded:
    return guarded(
        deadline,
        tenancy_id=1,
        since_on=SINCE,
        opened_on=SINCE + timedelta(days=2),
        on=on,
        terms=TERMS,
        met=met,
        answered=answered,
    )


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 10, 16), State.AHEAD),
        (date(2026, 10, 17), State.NEAR),
        (date(2026, 10, 22), State.NEAR),  # the last day itself is in time
        (date(2026, 10, 23), State.MISSED),
    ],
)
def test_a_term_is_near_before_it_is_missed(day: date, state: State) -> None:
    assert _stands(day).state is state


def test_a_term_that_is_met_stays_met_and_an_answer_ends_the_miss() -> None:
    late = date(2026, 12, 24)
    assert _stands(late, met=True).state is State.MET
    assert _stands(late, answered=True).state is State.ANSWERED
    assert _stands(late, deadline=Deadline.DECISION).due_on == date(2026, 12, 1)
    assert "01-12-2026" in _stands(late, deadline=Deadline.DECISION).sentence


@pytest.mark.parametrize(
    ("opened", "talk_by", "decide_by"),
    [
        (None, date(2026, 10, 22), date(2026, 12, 1)),
        (date(2026, 10, 15), date(2026, 10, 22), date(2026, 12, 1)),
        (date(2026, 10, 16), date(2026, 10, 23), date(2026, 12, 1)),
        (date(2027, 2, 1), date(2027, 2, 8), date(2027, 2, 22)),
    ],
)
def test_arrears_that_were_older_when_their_case_opened_have_days_from_then(
    opened: date | None, talk_by: date, decide_by: date
) -> None:
    assert due_by(Deadline.TALK, SINCE, opened, TERMS) == talk_by
    assert due_by(Deadline.DECISION, SINCE, opened, TERMS) == decide_by


def _night(organisation: int, on: date) -> None:
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id ORDER BY id) FROM tenancies_tenancy")
        evaluate(organisation_id=organisation, ids=np.array(cursor.fetchone()[0], np.int64), on=on, by="due")


def _seen(organisation: int, on: date) -> list[tuple[Deadline, State]]:
    with organisation_scope(organisation):
        return [(one.deadline, one.state) for one in deadlines(on)]


def test_terms_of_a_corporation_and_an_answer_by_name(organisation: int) -> None:
    tenancy = offices.tenant(organisation, months=1)  # behind since 1 October
    _night(organisation, OPENED)
    _night(organisation, date(2026, 10, 18))
    assert _seen(organisation, date(2026, 10, 18)) == [(Deadline.TALK, State.NEAR)]
    day = offices.TODAY
    _night(organisation, day)
    assert _seen(organisation, day) == [(Deadline.TALK, State.MISSED)]

    def answer(reason: str, deadline: Deadline = Deadline.TALK) -> int:
        return answer_for(
            organisation_id=organisation,
            actor="user:1",
            name="An",
            tenancy_id=tenancy,
            deadline=deadline,
            reason=reason,
            on=day,
        )

    assert _urgent(organisation, day) == 0
    with pytest.raises(NotAnswered, match="waarom"):
        answer("  ")
    with pytest.raises(NotAnswered, match="niet gemist"):
        answer("Te vroeg.", Deadline.DECISION)
    answer("Drie keer aan de deur; via de huismeester zoeken we verder.")
    assert _seen(organisation, day) == []
    assert _urgent(organisation, day) > 0
    with pytest.raises(NotAnswered):
        answer("Nog een keer.")
    assert _seen(organisation, date(2026, 12, 2)) == [(Deadline.DECISION, State.MISSED)]


def test_a_named_decision_meets_the_second_term_for_as_long_as_it_holds(organisation: int) -> None:
    tenancy = offices.tenant(organisation, months=1)
    day = date(2026, 12, 2)
    _night(organisation, OPENED)
    _night(organisation, day)
    assert (Deadline.DECISION, State.MISSED) in _seen(organisation, day)
    rule(
        organisation_id=organisation,
        actor="user:1",
        name="An",
        tenancy_id=tenancy,
        draft=Draft(kind=Kind.GO_ON, until_on=day + timedelta(days=20), reason="Betaalt elke maand iets."),
        codes=["call"],
        asked_as=uuid4(),
        now=offices.NOON,
        on=day,
    )
    assert (Deadline.DECISION, State.MISSED) not in _seen(organisation, day)
    assert (Deadline.DECISION, State.MISSED) in _seen(organisation, day + timedelta(days=21))


def test_who_was_behind_on_the_first_day_has_days_from_then(organisation: int) -> None:
    offices.tenant(organisation, months=1)
    first = date(2026, 12, 2)
    _night(organisation, first)
    assert _seen(organisation, first) == []
    assert _seen(organisation, first + timedelta(days=7)) == [(Deadline.TALK, State.NEAR)]
    assert _seen(organisation, first + timedelta(days=22)) == [
        (Deadline.TALK, State.MISSED),
        (Deadline.DECISION, State.MISSED),
    ]
    assert [_urgent(organisation, first + timedelta(days=days)) for days in (0, 7, 8)] == [3, 1, 0]


def _urgent(organisation: int, on: date) -> int:
    """The class by which the worklist is ordered."""
    with organisation_scope(organisation), connection.cursor() as cursor:
        order = order_on(on)
        cursor.execute(f"SELECT {order.urgent} FROM cases_standing s {order.joins}", order.params)
        return int(cursor.fetchone()[0])
