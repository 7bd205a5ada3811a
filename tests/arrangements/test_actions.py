"""Arrangements in the database: agreed once, one at a time, watched against the ledger, never changed but added to."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.arrangements import models
from tijdig.arrangements.actions import activate, agree, cancel, end, freeze, resume
from tijdig.arrangements.kinds import EndReason, Kept, State
from tijdig.arrangements.plan import Ask
from tijdig.arrangements.queries import arrangements_of, running, watched
from tijdig.arrangements.values import Arrangement, Draft, NotAgreed
from tijdig.arrangements.watch import Watched
from tijdig.history.queries import of_subject
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.policy.terms import ArrangementTerms

TODAY = offices.TODAY  # 2 November 2026
TERMS = ArrangementTerms(longest_months=12, smallest_cents=2_500, grace_days=3, again_after_months=6)
DEBT = 2 * offices.RENT_CENTS
FIRST = date(2026, 11, 25)


def _draft(tenancy: int, each: int = 20_000, **more: object) -> Draft:
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id) FROM ledger_entry WHERE tenancy_id = %s", [tenancy])
        entries = tuple(cursor.fetchone()[0])
    given = {"tenancy_id": tenancy, "ask": Ask(DEBT, each, FIRST), "entries": entries} | more
    return Draft(**given)  # type: ignore[arg-type]


def _agree(
    organisation: int, draft: Draft, on: date = TODAY, *, replace: bool = False, asked_as: UUID | None = None
) -> int:
    return agree(
        organisation_id=organisation,
        actor="user:1",
        draft=draft,
        terms=TERMS,
        policy_version="v1",
        asked_as=asked_as or uuid4(),
        on=on,
        replace=replace,
    )


def _made(organisation: int, **more: object) -> tuple[int, int]:
    tenancy = offices.tenant(organisation)
    with organisation_scope(organisation):
        draft = _draft(tenancy, **more)  # type: ignore[arg-type]
    return tenancy, _agree(organisation, draft)


def _look(organisation: int, tenancy: int, as_of: date) -> Watched:
    with organisation_scope(organisation):
        (one,) = running([tenancy])
        return watched([one], as_of)[one.id]


def _one(organisation: int, tenancy: int) -> Arrangement:
    with organisation_scope(organisation):
        return arrangements_of([tenancy])[0]


def _codes(refused: pytest.ExceptionInfo[NotAgreed]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


def test_what_was_agreed_stands_with_its_plan_its_history_and_a_new_evaluation(organisation: int) -> None:
    tenancy, pk = _made(organisation)
    one = _one(organisation, tenancy)
    assert (one.id, one.state, one.debt_cents, one.grace_days) == (pk, State.ACTIVE, DEBT, 3)
    assert [row.cents for row in one.instalments] == [20_000] * 7
    assert one.last_on == date(2027, 5, 25)
    with organisation_scope(organisation), connection.cursor() as cursor:
        (event,) = (row for row in of_subject(f"tenancy:{tenancy}") if row.verb == "arrangement_active")
        assert event.facts == {"arrangement": pk, "debt_cents": DEBT}
        cursor.execute("SELECT marks FROM ledger_dirty WHERE tenancy_id = %s", [tenancy])
        assert cursor.fetchone()[0] >= 1


def test_the_same_form_twice_is_one_arrangement(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    with organisation_scope(organisation):
        draft, form = _draft(tenancy), uuid4()
    assert _agree(organisation, draft, asked_as=form) == _agree(organisation, draft, asked_as=form)
    assert models.Arrangement.objects.count() == 1


def test_one_runs_at_a_time_unless_another_replaces_it(organisation: int) -> None:
    tenancy, first = _made(organisation)
    with organisation_scope(organisation):
        draft = _draft(tenancy, each=30_000)
    with pytest.raises(NotAgreed) as refused:
        _agree(organisation, draft)
    assert _codes(refused) == ["runs"]
    second = _agree(organisation, draft, TODAY + timedelta(days=7), replace=True)
    with organisation_scope(organisation):
        new, old = arrangements_of([tenancy])
    assert (new.id, new.state, old.id, old.end_reason) == (second, State.ACTIVE, first, EndReason.REPLACED)


def test_the_database_holds_one_at_a_time_too(organisation: int) -> None:
    tenancy, pk = _made(organisation)
    with organisation_scope(organisation), pytest.raises(IntegrityError), transaction.atomic():
        row = models.Arrangement.objects.get(pk=pk)
        row.pk, row.asked_as = None, uuid4()
        row.save(force_insert=True)
    assert _one(organisation, tenancy).id == pk


def test_what_policy_would_have_otherwise_needs_a_reason_that_stays(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    with organisation_scope(organisation):
        draft = _draft(tenancy, each=2_000)
    with pytest.raises(NotAgreed) as refused:
        _agree(organisation, draft)
    assert _codes(refused) == ["reason_missing"]
    assert models.Arrangement.objects.count() == 0
    with organisation_scope(organisation):
        draft = _draft(tenancy, each=2_000, reason="De toeslag komt pas in maart.")
    _agree(organisation, draft)
    assert models.Arrangement.objects.get().warned == ["too_long", "too_small"]
    assert _one(organisation, tenancy).changes[0].reason == "De toeslag komt pas in maart."


def test_payments_after_it_are_watched_and_the_rent_beside_it(organisation: int) -> None:
    tenancy, _ = _made(organisation)
    offices.charge(organisation, "100001", EntryKind.RENT, offices.RENT_CENTS, date(2026, 12, 1))
    offices.pay(organisation, 1, 20_000, date(2026, 11, 24))
    assert _look(organisation, tenancy, date(2026, 11, 29)).kept is Kept.KEPT
    late = _look(organisation, tenancy, date(2026, 12, 4))
    assert (late.kept, late.short_cents) == (Kept.LATE, offices.RENT_CENTS)
    broken = _look(organisation, tenancy, date(2026, 12, 5))
    assert (broken.kept, broken.broken_on) == (Kept.BROKEN, date(2026, 12, 5))
    offices.pay(organisation, 1, offices.RENT_CENTS, date(2026, 12, 6))
    repaired = _look(organisation, tenancy, date(2026, 12, 6))
    assert (repaired.kept, repaired.breaks[0].repaired_on) == (Kept.KEPT, date(2026, 12, 6))


def test_money_of_before_it_counts_for_nothing_and_its_reversal_breaks_nothing(organisation: int) -> None:
    tenancy = offices.tenant(organisation, months=3)
    offices.pay(organisation, 1, offices.RENT_CENTS, date(2026, 10, 20), "oud")
    with organisation_scope(organisation):
        draft = _draft(tenancy)
    _agree(organisation, draft)
    assert _look(organisation, tenancy, TODAY).came_cents == 0
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT source || '/' || reference FROM ledger_entry WHERE amount_cents < 0")
        (target,) = cursor.fetchone()
    from tijdig.ledger.actions import post
    from tijdig.ledger.entry import EntryDraft

    back = EntryDraft(
        "100001",
        EntryKind.REVERSAL,
        offices.RENT_CENTS,
        TODAY,
        TODAY,
        "test",
        "terug",
        target_reference=target,
    )
    with organisation_scope(organisation):
        assert post(organisation_id=organisation, drafts=[back], actor="test", on=TODAY).problems == []
    assert _look(organisation, tenancy, TODAY).came_cents == 0


def test_money_that_is_learned_later_counts_from_the_day_of_the_agreement(organisation: int) -> None:
    tenancy, _ = _made(organisation)
    offices.pay(organisation, 1, 5_000, TODAY - timedelta(days=1), "laat bekend")
    assert _look(organisation, tenancy, TODAY).came_cents == 5_000


def test_money_that_stands_ready_for_a_later_day_is_still_to_come(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    offices.pay(organisation, 1, 20_000, TODAY + timedelta(days=1))
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id) FROM ledger_entry WHERE role = 2")
        draft = _draft(tenancy, entries=tuple(cursor.fetchone()[0]))
    _agree(organisation, draft)
    assert _look(organisation, tenancy, TODAY).came_cents == 0
    assert _look(organisation, tenancy, TODAY + timedelta(days=1)).came_cents == 20_000


def test_money_of_a_later_day_counts_also_when_something_was_booked_after_it(organisation: int) -> None:
    """The numbers of entries do not follow their days."""
    tenancy = offices.tenant(organisation)
    offices.pay(organisation, 1, 20_000, TODAY + timedelta(days=1))
    offices.pay(organisation, 1, 1_000, TODAY, "dezelfde dag")
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id) FROM ledger_entry WHERE role = 2")
        draft = _draft(tenancy, entries=tuple(cursor.fetchone()[0]))
    _agree(organisation, draft)
    assert _look(organisation, tenancy, TODAY).came_cents == 0
    assert _look(organisation, tenancy, TODAY + timedelta(days=1)).came_cents == 20_000


def test_frozen_until_a_day_and_resumed_before_it(organisation: int) -> None:
    tenancy, pk = _made(organisation)
    freeze(
        organisation_id=organisation,
        actor="user:1",
        arrangement_id=pk,
        until=date(2027, 1, 10),
        reason="Wacht op de toeslag.",
        on=date(2026, 11, 10),
    )
    assert _look(organisation, tenancy, date(2026, 12, 20)).kept is Kept.KEPT
    resume(organisation_id=organisation, actor="user:1", arrangement_id=pk, on=date(2026, 12, 1))
    assert _look(organisation, tenancy, date(2026, 12, 6)).kept is Kept.BROKEN
    assert [one.verb for one in _one(organisation, tenancy).changes] == ["active", "frozen", "resumed"]


@pytest.mark.parametrize("until", [date(2026, 11, 10), date(2027, 6, 1)])
def test_a_pause_has_an_end_that_is_near(organisation: int, until: date) -> None:
    _, pk = _made(organisation)
    with pytest.raises(NotAgreed) as refused:
        freeze(
            organisation_id=organisation,
            actor="user:1",
            arrangement_id=pk,
            until=until,
            reason="x",
            on=date(2026, 11, 10),
        )
    assert _codes(refused) == ["until_wrong"]


def test_it_ends_with_a_reason_and_only_once(organisation: int) -> None:
    tenancy, pk = _made(organisation)
    with pytest.raises(NotAgreed) as refused:
        end(
            organisation_id=organisation,
            actor="user:1",
            arrangement_id=pk,
            end_reason=EndReason.NOT_KEPT,
            on=TODAY,
        )
    assert _codes(refused) == ["reason_missing"]
    end(
        organisation_id=organisation, actor="user:1", arrangement_id=pk, end_reason=EndReason.NOT_KEPT,
        reason="Twee termijnen kwamen niet.", on=TODAY,
    )  # fmt: skip
    one = _one(organisation, tenancy)
    assert (one.state, one.end_reason, one.ended_on) == (State.ENDED, EndReason.NOT_KEPT, TODAY)
    with pytest.raises(NotAgreed) as refused:
        end(
            organisation_id=organisation,
            actor="user:1",
            arrangement_id=pk,
            end_reason=EndReason.PAID_OFF,
            on=TODAY,
        )
    assert _codes(refused) == ["moved_on"]
    assert "beëindigd" in str(refused.value)


def test_asked_for_then_agreed_or_withdrawn(organisation: int) -> None:
    tenancy, pk = _made(organisation, requested=True)
    with organisation_scope(organisation):
        assert running([tenancy]) == []
    activate(organisation_id=organisation, actor="user:1", arrangement_id=pk, on=TODAY)
    assert _one(organisation, tenancy).state is State.ACTIVE
    cancel(
        organisation_id=organisation, actor="user:1", arrangement_id=pk, reason="Verkeerde huurder.", on=TODAY
    )
    assert _one(organisation, tenancy).state is State.CANCELLED
    with organisation_scope(organisation):
        draft = _draft(tenancy)
    _agree(organisation, draft)  # there is room for another


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE arrangements_instalment SET cents = 1",
        "DELETE FROM arrangements_instalment",
        "UPDATE arrangements_change SET verb = 'ended'",
        "DELETE FROM arrangements_change",
    ],
)
def test_a_plan_and_what_became_of_it_are_never_changed(organisation: int, statement: str) -> None:
    _made(organisation)
    with (
        organisation_scope(organisation),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_another_corporation_sees_nothing_of_it(organisation: int) -> None:
    tenancy, _ = _made(organisation)
    with organisation_scope(create_organisation(name="Woonstichting Ander", slug="ander")):
        assert arrangements_of([tenancy]) == []
        assert models.Instalment.objects.count() == models.Change.objects.count() == 0
