"""Posting: once, append-only, pointing back, and dirty in the same transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.ledger.actions import post
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind
from tijdig.tenancies.queries import tenancy_ids_by_contract

DAY = date(2026, 11, 1)
RENT = EntryDraft("104.233", Kind.RENT, 64205, DAY, DAY, "test", "huur-11", due_on=DAY)
PAID = EntryDraft("104.233", Kind.DIRECT_DEBIT, -64205, DAY, DAY, "test", "incasso-11")
BACK = EntryDraft(
    "104.233", Kind.REVERSAL, 64205, DAY, DAY, "test", "storno-11", target_reference="incasso-11"
)


def _post(organisation: int, *drafts: EntryDraft):
    return post(organisation_id=organisation, drafts=drafts, actor="test", on=DAY)


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_the_same_fact_twice_posts_once(lease: int) -> None:
    first = _post(lease, RENT)
    again = _post(lease, RENT, RENT)
    assert (first.count, again.count, again.duplicates, again.problems) == (1, 0, 2, [])
    assert _count("ledger_entry") == 1


def test_a_reused_reference_with_another_amount_is_a_problem(lease: int) -> None:
    _post(lease, RENT)
    other = _post(lease, replace(RENT, amount_cents=64206))
    assert [problem.code for problem in other.problems] == ["reference_reused"]
    assert _count("ledger_entry") == 1


def test_a_reference_twice_in_one_batch_with_another_amount_is_a_problem(lease: int) -> None:
    posted = _post(lease, RENT, replace(RENT, amount_cents=64206), RENT)
    assert (posted.count, posted.duplicates) == (1, 2)
    assert [problem.code for problem in posted.problems] == ["reference_reused"]


def test_a_reversal_may_point_into_its_own_batch(lease: int) -> None:
    posted = _post(lease, BACK, PAID)
    assert (posted.count, posted.problems) == (2, [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT role, target_id FROM ledger_entry WHERE kind = 22")
        assert cursor.fetchone() == (4, posted.first_id)


def test_a_reference_with_a_slash_is_meant_as_it_stands(lease: int) -> None:
    paid = replace(PAID, reference="2026/11")
    posted = _post(lease, paid, replace(BACK, target_reference="2026/11"))
    other = _post(
        lease, replace(BACK, source="bank", reference="s2", target_reference="test/2026/11", amount_cents=1)
    )
    assert (posted.count, posted.problems, other.count, other.problems) == (2, [], 1, [])


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (replace(RENT, contract_number="999"), "tenancy_unknown"),
        (replace(RENT, amount_cents=-1), "sign_wrong"),
        (replace(PAID, amount_cents=1), "sign_wrong"),
        (replace(RENT, amount_cents=0), "sign_wrong"),
        (replace(BACK, target_reference="nergens"), "target_unknown"),
    ],
)
def test_what_cannot_be_posted_is_a_problem_and_the_rest_posts(
    lease: int, draft: EntryDraft, code: str
) -> None:
    posted = _post(lease, replace(draft, reference="met een spatie"), replace(PAID, reference="los"))
    assert [(one.code, one.params["reference"]) for one in posted.problems] == [(code, "met een spatie")]
    assert posted.count == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE ledger_entry SET amount_cents = 1", "DELETE FROM ledger_entry"]
)
def test_the_database_refuses_to_change_an_entry(lease: int, statement: str) -> None:
    _post(lease, RENT)
    refused = pytest.raises(DatabaseError, match=r"append-only|permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert _count("ledger_entry") == 1


def test_posting_marks_the_tenancy_dirty_from_its_earliest_day(lease: int) -> None:
    _post(lease, RENT, replace(PAID, effective_on=date(2026, 10, 3)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT earliest_on FROM ledger_dirty")
        assert cursor.fetchall() == [(date(2026, 10, 3),)]


def test_another_organisation_sees_nothing_and_cannot_write_here(lease: int) -> None:
    from tijdig.access.actions import create_organisation

    _post(lease, RENT)
    other = create_organisation(name="Andere", slug="andere")
    with organisation_scope(other):
        assert _count("ledger_entry") == 0
        refused = pytest.raises(DatabaseError, match="row-level security")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO ledger_dirty (tenancy_id, organisation_id, earliest_on, marks) VALUES (1, %s, now(), 1)",
                [lease],
            )


def test_a_description_stands_apart_from_the_facts(lease: int) -> None:
    _post(lease, replace(RENT, description="M. de Vries, huur"))
    assert _count("ledger_entrytext") == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(e)::text FROM ledger_entry e")
        assert "Vries" not in cursor.fetchone()[0]


_RAW = """INSERT INTO ledger_entry (organisation_id, tenancy_id, kind, role, amount_cents, effective_on, due_on, booked_on,
               source, reference) VALUES (%s, %s, 1, 2, 100, '2026-11-01', '2026-11-01', '2026-11-01', 'raw', 'r1')"""


def _state(statement: str, *params: object) -> str:
    """The code with which the database refuses this."""
    with pytest.raises(DatabaseError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)
    return str(raised.value.__cause__.sqlstate)


def test_the_database_refuses_an_entry_of_a_tenancy_that_is_not_there(lease: int) -> None:
    assert _state(_RAW, lease, 999_999) == "23503"


def test_the_database_refuses_an_entry_on_the_tenancy_of_another_corporation(lease: int) -> None:
    tenancy = tenancy_ids_by_contract(["104.233"])["104.233"]
    other = create_organisation(name="Ander", slug="ander")
    with organisation_scope(other):
        assert _state(_RAW, other, tenancy) == "23503"


def test_a_tenancy_is_never_deleted(lease: int) -> None:
    assert _state("DELETE FROM tenancies_tenancy") == "23001"
