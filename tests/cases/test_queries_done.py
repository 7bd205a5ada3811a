"""What went out and what was handed over, as columns for many tenancies in one query."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from django.db import connection
from tests.cases.one_lease import Ledger

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.arrears.done import Done
from tijdig.arrears.imputation import NONE
from tijdig.base.days import day_number
from tijdig.cases.queries_done import done
from tijdig.steps.actions import Draft, note
from tijdig.steps.kinds import Kind
from tijdig.tenancies.queries import tenancy_ids_by_contract

TODAY = date(2026, 11, 12)


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def tenancies(organisation: int) -> list[int]:
    """Three tenancies, sorted."""
    ledger = Ledger(organisation)
    for number in "123":
        ledger.lease(number)
    with organisation_scope(organisation):
        found = tenancy_ids_by_contract(["1", "2", "3"])
    return sorted(found[number] for number in "123")


def _note(organisation: int, tenancy: int, kind: Kind, on: date, subject: str, **facts: object) -> None:
    with organisation_scope(organisation):
        note(
            organisation_id=organisation,
            actor="test",
            kind=kind,
            on=on,
            steps=[Draft(tenancy, subject, facts)],
        )


def _sent(organisation: int, tenancy: int, letter: str, on: date, number: int, ends: str = "") -> None:
    facts = {"letter_id": number, "letter_kind": letter, "fee_from_on": ends}
    _note(organisation, tenancy, Kind.LETTER_SENT, on, f"letter:{number}", **facts)


def _columns(organisation: int, tenancies: list[int], on: date = TODAY, *, narrow: bool = True) -> Done:
    with organisation_scope(organisation):
        return done(on, np.array(tenancies, np.int64), narrow=narrow)


def _first(organisation: int, tenancies: list[int], on: date = TODAY) -> dict[str, date | None]:
    """The columns of the first tenancy in which there is something, as days."""
    found = _columns(organisation, tenancies, on)
    one = {name: int(getattr(found, name)[0]) for name in Done.__slots__}
    return {name: date(1970, 1, 1) + timedelta(days=day) for name, day in one.items() if day != NONE}


def test_nothing_was_done_where_there_are_no_steps(organisation: int, tenancies: list[int]) -> None:
    found = _columns(organisation, tenancies)
    assert len(found) == 3
    assert all((getattr(found, name) == NONE).all() for name in Done.__slots__)


@pytest.mark.parametrize(
    ("letter", "columns"),
    [
        ("friendly_reminder", {"message"}),
        ("reminder", {"reminder"}),
        ("early_signal", {"reminder", "offer"}),  # each formal letter is a written reminder too
        ("fourteen_day", {"reminder", "fourteen_day"}),
        ("invitation", set()),
        ("handover_announced", set()),
    ],
)
def test_each_letter_counts_as_what_it_is(
    organisation: int, tenancies: list[int], letter: str, columns: set[str]
) -> None:
    _sent(organisation, tenancies[0], letter, _ago(5), 1)
    assert _first(organisation, tenancies) == dict.fromkeys(columns, _ago(5))


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        (Kind.SIGNAL_OBJECTED, "objected"),
        (Kind.SIGNAL_SENT, "signal"),
        (Kind.SIGNAL_ANSWERED, "answered"),
        (Kind.HANDED_OVER, "handed_over"),
        (Kind.HANDED_BACK, "handed_back"),
    ],
)
def test_each_act_has_a_column_with_its_last_day(
    organisation: int, tenancies: list[int], kind: Kind, column: str
) -> None:
    for days, subject in ((40, "a:1"), (9, "a:2"), (20, "a:3")):
        _note(organisation, tenancies[0], kind, _ago(days), subject)
    assert _first(organisation, tenancies) == {column: _ago(9)}


def test_the_term_is_that_of_the_last_letter(organisation: int, tenancies: list[int]) -> None:
    """Also where the term of an earlier one ends later."""
    _sent(organisation, tenancies[0], "fourteen_day", _ago(60), 1, ends="2027-01-31")
    _sent(organisation, tenancies[0], "fourteen_day", _ago(20), 2, ends="2026-11-10")
    found = _first(organisation, tenancies)
    assert (found["fourteen_day"], found["fourteen_day_ends"]) == (_ago(20), date(2026, 11, 10))


def test_a_letter_without_a_term_has_none(organisation: int, tenancies: list[int]) -> None:
    _sent(organisation, tenancies[0], "fourteen_day", _ago(20), 1)
    assert "fourteen_day_ends" not in _first(organisation, tenancies)


def test_what_was_done_before_everything_was_paid_asked_for_something_else(
    organisation: int, tenancies: list[int]
) -> None:
    """A collection that is taken back opens an instalment with its old due day: no letter of before named it."""
    first = tenancies[0]
    _sent(organisation, first, "fourteen_day", _ago(20), 1, ends="2026-11-10")
    _note(organisation, first, Kind.SIGNAL_SENT, _ago(18), "signal:1")
    _note(organisation, first, Kind.HANDED_OVER, _ago(17), "act:1")
    _closed(organisation, first, "small_amount", _ago(12))
    assert set(_first(organisation, tenancies)) == {
        "reminder",
        "fourteen_day",
        "fourteen_day_ends",
        "signal",
        "handed_over",
    }
    _closed(organisation, first, "nothing_open", _ago(10))
    assert set(_first(organisation, tenancies)) == {"handed_over"}
    assert "signal" in _first(organisation, tenancies, _ago(11))
    _sent(organisation, first, "fourteen_day", _ago(9), 2)
    assert _first(organisation, tenancies)["fourteen_day"] == _ago(9)


def _closed(organisation: int, tenancy: int, by: str, on: date) -> None:
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO cases_case (organisation_id, tenancy_id, opened_on, opened_at, stage, stage_since_on,
                                       policy_version, closed_on, closed_at, closed_by)
               VALUES (%s, %s, %s, now(), 'contact', %s, 'v5', %s, now(), %s)""",
            [organisation, tenancy, _ago(40), _ago(40), on, by],
        )


def test_a_letter_that_came_back_counts_for_nothing_from_that_day_on(
    organisation: int, tenancies: list[int]
) -> None:
    _sent(organisation, tenancies[0], "reminder", _ago(30), 1)
    _sent(organisation, tenancies[0], "reminder", _ago(10), 2)
    _note(organisation, tenancies[0], Kind.LETTER_BOUNCED, _ago(6), "letter:2")
    assert _first(organisation, tenancies)["reminder"] == _ago(30)
    assert _first(organisation, tenancies, _ago(7))["reminder"] == _ago(10)


def test_only_what_was_done_by_the_day_is_seen(organisation: int, tenancies: list[int]) -> None:
    _sent(organisation, tenancies[0], "reminder", TODAY, 1)
    assert _first(organisation, tenancies, _ago(1)) == {}
    assert _first(organisation, tenancies) == {"reminder": TODAY}


def test_a_letter_is_looked_back_for_a_year_and_a_month_and_a_hand_over_always(
    organisation: int, tenancies: list[int]
) -> None:
    _sent(organisation, tenancies[0], "reminder", _ago(400), 1)
    _note(organisation, tenancies[0], Kind.HANDED_OVER, _ago(900), "handover:1")
    assert _first(organisation, tenancies) == {"handed_over": _ago(900)}
    assert _first(organisation, tenancies, _ago(1))["reminder"] == _ago(400)


@pytest.mark.parametrize("narrow", [True, False])
def test_many_tenancies_have_each_their_own(organisation: int, tenancies: list[int], narrow: bool) -> None:
    for number, tenancy in enumerate(tenancies):
        _sent(organisation, tenancy, "friendly_reminder", _ago(number), number)
    wanted = tenancies if not narrow else tenancies[1:]
    found = _columns(organisation, wanted, narrow=narrow)
    days = [day_number(_ago(number)) for number in range(3)]
    assert found.message.tolist() == (days if not narrow else days[1:])


def test_the_letters_of_another_corporation_are_not_seen(organisation: int, tenancies: list[int]) -> None:
    _sent(organisation, tenancies[0], "reminder", _ago(5), 1)
    other = create_organisation(name="Ander", slug="ander")
    assert (_columns(other, tenancies).reminder == NONE).all()
