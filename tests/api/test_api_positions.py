"""Tenancies in, positions out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from doors import RENT_CENTS, Corporation, Program, payment
from tijdig.access.actions import go_live
from tijdig.access.scope import organisation_scope
from tijdig.base.days import AMSTERDAM

TENANCY: dict[str, Any] = {
    "key": "O9",
    "begin_on": "2020-01-01",
    "home": {
        "key": "E9",
        "street": "Verzonnenlaan",
        "house_number": "9",
        "postcode": "3511 AB",
        "city": "Utrecht",
    },
    "tenants": [{"key": "R9", "surname": "Bedacht", "initials": "A."}],
    "rents": [{"kind": "NET", "amount_cents": RENT_CENTS, "begin_on": "2020-01-01"}],
    "iban": "NL48TEST7000001111",
    "direct_debit_day": 25,
}


@pytest.fixture
def program(corporation: Corporation) -> Program:
    return Program(corporation.token())


def _rows(corporation: Corporation) -> list[int]:
    tables = ("tenancies_tenancy", "tenancies_party", "tenancies_rentpart", "tenancies_paymentmethod")
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(int(cursor.fetchone()[0]))
    return found


def test_a_tenancy_put_twice_is_there_once(corporation: Corporation, program: Program) -> None:
    first, again = program.put("C-9", TENANCY), program.put("C-9", TENANCY)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == {"contract_number": "C-9", "changed": True}
    assert again.json() == {"contract_number": "C-9", "changed": False}
    assert _rows(corporation) == [1, 1, 1, 1]


def test_a_tenancy_put_with_another_rent_is_changed(corporation: Corporation, program: Program) -> None:
    program.put("C-9", TENANCY)
    raised = {"kind": "NET", "amount_cents": RENT_CENTS + 1000, "begin_on": "2026-07-01"}
    again = program.put("C-9", TENANCY | {"rents": [*TENANCY["rents"], raised]})
    assert again.json()["changed"] is True
    assert _rows(corporation) == [1, 1, 2, 1]


def test_a_contract_with_another_key_is_refused(corporation: Corporation, program: Program) -> None:
    program.put("C-9", TENANCY)
    other = program.put("C-9", TENANCY | {"key": "O10"})
    assert (other.status_code, other.json()["code"]) == (409, "contract_taken")
    assert _rows(corporation)[0] == 1


def test_a_tenancy_that_ends_before_it_begins_is_refused(program: Program) -> None:
    answer = program.put("C-9", TENANCY | {"end_on": "2019-12-31"})
    assert (answer.status_code, answer.json()["code"]) == (422, "ends_before_begin")


def test_a_position_says_what_is_open_and_why(corporation: Corporation, program: Program) -> None:
    contract = corporation.lease(1)
    found = program.position(contract).json()
    assert (found["balance_cents"], found["overdue_cents"]) == (2 * RENT_CENTS, 2 * RENT_CENTS)
    assert found["oldest_due_on"] == f"{corporation.today - timedelta(days=45)}"
    assert (found["days_overdue"], found["due_months"], found["alert"]) == (45, 2, True)
    assert [item["open_cents"] for item in found["open_items"]] == [RENT_CENTS, RENT_CENTS]
    assert [rule["matched"] for rule in found["rules"]].count(True) == 1


def test_a_position_as_of_a_day_leaves_out_what_came_later(
    corporation: Corporation, program: Program
) -> None:
    contract = corporation.lease(1)
    program.post("sleutel-1", payment(contract, "b-1"))
    days = {age: f"{corporation.today - timedelta(days=age)}" for age in (60, 30, 10, 0)}
    overdue = {
        age: program.position(contract, as_of=day).json()["overdue_cents"] for age, day in days.items()
    }
    assert overdue == {60: 0, 30: RENT_CENTS, 10: 2 * RENT_CENTS, 0: RENT_CENTS}


def test_a_position_as_known_before_a_payment_leaves_it_out(
    corporation: Corporation, program: Program
) -> None:
    """After going live, known is what was recorded: a payment told today was not known this morning."""
    contract = corporation.lease(1)
    program.post("sleutel-1", payment(contract, "b-1"))
    yesterday = corporation.today - timedelta(days=2)
    before = program.position(contract, known_at=_moment(yesterday)).json()
    now = program.position(contract).json()
    assert (before["overdue_cents"], before["reconstructed"]) == (2 * RENT_CENTS, True)
    assert (now["overdue_cents"], now["reconstructed"], now["known_at"]) == (RENT_CENTS, False, None)


def test_a_position_as_known_after_going_live_holds_what_was_recorded(
    corporation: Corporation, program: Program
) -> None:
    go_live(
        organisation_id=corporation.organisation,
        at=datetime.combine(corporation.today - timedelta(days=5), datetime.min.time(), AMSTERDAM),
    )
    contract = corporation.lease(1)
    found = program.position(contract, known_at=_moment(corporation.today - timedelta(days=1))).json()
    assert (found["balance_cents"], found["reconstructed"]) == (0, False)


def test_a_moment_without_a_zone_is_refused(corporation: Corporation, program: Program) -> None:
    contract = corporation.lease(1)
    assert program.position(contract, known_at="2026-11-01T12:00:00").status_code == 422


def _moment(day: date) -> str:
    return datetime.combine(day, datetime.max.time(), AMSTERDAM).isoformat()


def test_a_position_that_is_read_is_written_down(program: Program, corporation: Corporation) -> None:
    contract = corporation.lease(1)
    for asked in (contract, "C-onbekend"):
        program.position(asked)
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute(
            "SELECT what, split_part(actor, ':', 1), split_part(subject, ':', 1) FROM history_reading"
        )
        assert cursor.fetchall() == [("export", "client", "tenancy")]
