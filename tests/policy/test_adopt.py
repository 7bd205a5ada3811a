"""Adopting a convention: by name, with a reason, from a day on; never changed afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.history.queries import of_subject
from tijdig.law.conventions import DEFAULT, Conventions, Rounding, Weekend
from tijdig.policy.actions import NotAdopted, adopt
from tijdig.policy.queries import adoptions, conventions

TODAY, JANUARY = date(2026, 11, 22), date(2027, 1, 1)
DOWN = Conventions(rounding=Rounding.DOWN)


def _adopt(
    organisation: int, chosen: Conventions = DOWN, from_on: date = JANUARY, reason: str = "zo besloten"
) -> int:
    return adopt(
        organisation_id=organisation,
        actor="user:1",
        from_on=from_on,
        conventions=chosen,
        reason=reason,
        on=TODAY,
    )


def test_what_was_adopted_holds_from_its_day_on_and_only_for_that_corporation(organisation: int) -> None:
    _adopt(organisation)
    other = create_organisation(name="Woonstichting Ander", slug="ander")
    with organisation_scope(organisation):
        assert (conventions(date(2026, 12, 31)), conventions(JANUARY)) == (DEFAULT, DOWN)
    with organisation_scope(other):
        assert (conventions(JANUARY), adoptions()) == (DEFAULT, [])


def test_a_correction_of_the_same_day_wins_and_both_stay(organisation: int) -> None:
    _adopt(organisation)
    right = Conventions(weekend=Weekend.NO_EXTENSION)
    _adopt(organisation, right, reason="dit was bedoeld")
    with organisation_scope(organisation):
        assert conventions(JANUARY) == right
        assert [(one.conventions, one.reason) for one in adoptions()] == [
            (right, "dit was bedoeld"),
            (DOWN, "zo besloten"),
        ]


def test_what_was_not_known_yet_did_not_hold(organisation: int) -> None:
    _adopt(organisation)
    with organisation_scope(organisation):
        assert conventions(JANUARY, known_at=datetime(2020, 1, 1, tzinfo=UTC)) == DEFAULT


def test_an_adoption_is_a_line_of_history_with_what_it_changed(organisation: int) -> None:
    number = _adopt(organisation)
    with organisation_scope(organisation):
        (event,) = of_subject(f"adoption:{number}")
    assert (event.verb, event.actor, event.effective_on) == ("conventions_adopted", "user:1", TODAY)
    assert event.facts["before"]["rounding"] == "half_up_per_part"
    assert event.facts["after"]["rounding"] == "down_per_part"


@pytest.mark.parametrize(
    ("chosen", "reason", "code"),
    [
        (DOWN, "  ", "reason_missing"),
        (DOWN, "x" * 401, "reason_long"),
        (DEFAULT, "zomaar", "nothing_changed"),
    ],
)
def test_an_adoption_without_reason_or_change_is_refused(
    organisation: int, chosen: Conventions, reason: str, code: str
) -> None:
    with pytest.raises(NotAdopted) as refused:
        _adopt(organisation, chosen, reason=reason)
    assert refused.value.code == code
    with organisation_scope(organisation):
        assert adoptions() == []


@pytest.mark.parametrize(
    "statement", ["UPDATE policy_adoption SET reason = 'x'", "DELETE FROM policy_adoption"]
)
def test_an_adoption_is_never_changed(organisation: int, statement: str) -> None:
    _adopt(organisation)
    refused = pytest.raises(DatabaseError, match=r"append-only|permission denied")
    with organisation_scope(organisation), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_a_convention_that_nobody_knows(organisation: int) -> None:
    refused = pytest.raises(DatabaseError, match="policy_adoption_rounding")
    with organisation_scope(organisation), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO policy_adoption (organisation_id, from_on, day_count, rounding, leap_anniversary,
                                            first_interest_day, weekend, made_by, reason)
               VALUES (%s, '2026-01-01', 'actual_365', 'up', 'march_1', 'due_day', 'extend', 'x', 'x')""",
            [organisation],
        )
