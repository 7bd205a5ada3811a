"""Every tenancy in exactly one place: what counts, what is in none, what is in two."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.caseload.people import consultant, leave
from tests.letters import offices

from doors import corporation as make
from tijdig.access.actions import create_user
from tijdig.access.queries import colleagues
from tijdig.access.scope import organisation_scope
from tijdig.caseload.actions_absence import report_absence
from tijdig.cases.actions import evaluate, evaluate_dirty
from tijdig.cases.actions_assign import assign_open
from tijdig.cases.proof import WHY, Stands, prove
from tijdig.cases.queries import WorkFilter, worklist
from tijdig.cases.queries_proof import proof
from tijdig.policy.words import BUCKET_LABEL, Bucket

TODAY = offices.TODAY
BUCKETS = st.sampled_from(Bucket)
STANDS = st.builds(Stands, st.integers(1, 99), st.none() | BUCKETS, BUCKETS, st.booleans(), st.booleans())


@given(st.lists(STANDS))
def test_every_tenancy_is_counted_once(stands: list[Stands]) -> None:
    found = prove(TODAY, stands)
    assert found.tenancies == len(stands)
    assert sum(found.buckets.values()) + len(found.in_none) + len(found.in_two) == len(stands)
    assert set(found.buckets) == set(BUCKET_LABEL.values())
    assert found.holds == (not found.in_none and not found.in_two)
    assert {one.why for one in (*found.in_none, *found.in_two)} <= set(WHY)


@pytest.mark.parametrize(
    ("stands", "none", "two"),
    [
        (Stands(1, Bucket.LIST, Bucket.LIST, True, True), [], []),
        (Stands(1, None, Bucket.NOTHING, False, False), [], []),
        (Stands(1, None, Bucket.LIST, False, True), ["unseen"], []),
        (Stands(1, Bucket.NOTHING, Bucket.LIST, False, True), ["moved"], []),
        (Stands(1, Bucket.LIST, Bucket.LIST, False, True), ["no_alert"], []),
        (Stands(1, Bucket.LIST, Bucket.LIST, True, False), ["no_owner"], []),
        (Stands(1, Bucket.ARRANGEMENT, Bucket.ARRANGEMENT, True, True), [], ["alert_open"]),
        (Stands(1, Bucket.TERM, Bucket.TERM, True, True), [], []),  # a message went out; the alert waits
    ],
)
def test_what_is_missed_and_what_is_double(stands: Stands, none: list[str], two: list[str]) -> None:
    found = prove(TODAY, [stands])
    assert ([one.why for one in found.in_none], [one.why for one in found.in_two]) == (none, two)
    assert all(one.sentence for one in (*found.in_none, *found.in_two))


def _night(organisation: int, on: date) -> None:
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id ORDER BY id) FROM tenancies_tenancy")
        evaluate(organisation_id=organisation, ids=np.array(cursor.fetchone()[0], np.int64), on=on, by="due")


def test_the_proof_finds_who_is_in_nobody_s_list_and_who_was_not_evaluated(organisation: int) -> None:
    offices.tenant(organisation, 1, months=1)
    offices.tenant(organisation, 2, months=0)
    _night(organisation, TODAY)
    with organisation_scope(organisation):
        assert [one.why for one in proof(TODAY).in_none] == ["no_owner"]
    create_user(
        organisation_id=organisation,
        email="a@a.example",
        name="An A",
        role="consultant",
        region="",
        hashed="x",
    )
    evaluate_dirty(organisation_id=organisation, on=TODAY)
    assert assign_open(organisation_id=organisation, on=TODAY, actor="test") == 1
    with organisation_scope(organisation):
        found = proof(TODAY)
        assert found.holds
        assert (found.buckets["in iemands lijst"], found.tenancies) == (1, 2)
    offices.pay(organisation, 1, offices.RENT_CENTS)  # and nobody evaluates it
    with organisation_scope(organisation):
        assert [one.why for one in proof(TODAY).in_none] == ["moved"]


def _missed(organisation: int, on: date) -> list[str]:
    """Why they are missed; as many as no consultant of today finds in a list of his own."""
    people = colleagues(organisation)
    lists = [worklist(WorkFilter(consultant=one.id), people, on) for one in people]
    shown = {row.tenancy_id for one in lists for row in one.rows}
    with organisation_scope(organisation):
        found = proof(on).in_none
    assert len(found) == worklist(WorkFilter(), people, on).total - len(shown)
    return [one.why for one in found]


def test_who_left_has_no_list_and_the_region_takes_it(organisation: int) -> None:
    corporation = make(organisation)
    corporation.lease(1)
    corporation.evaluate()
    anna, bert = (consultant(organisation, name, "Zuid") for name in ("Anna Aa", "Bert Be"))
    leave(bert)
    assert assign_open(organisation_id=organisation, on=corporation.today, actor="test") == 1
    bert = consultant(organisation, "Bert Ce", "Zuid")
    assert _missed(organisation, corporation.today) == []
    report_absence(
        organisation_id=organisation,
        actor="user:1",
        user_id=anna,
        from_on=corporation.today,
        until_on=None,
        stand_in=bert,
        on=corporation.today,
    )
    assert _missed(organisation, corporation.today) == []  # the stand-in has it
    leave(anna)
    assert _missed(organisation, corporation.today) == ["no_owner"]
    consultant(organisation, "Cora Ce", "Noord")
    assert _missed(organisation, corporation.today) == []
