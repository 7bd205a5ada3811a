"""A talk is written down whole or not at all, and once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.cases.one_lease import RENT, Ledger

from tijdig.access.scope import organisation_scope
from tijdig.arrangements.plan import Ask
from tijdig.arrangements.values import NotAgreed
from tijdig.cases.actions_talk import Agreed, Written, write_down
from tijdig.cases.queries_arrange import ground
from tijdig.cases.queries_talk import Briefing, briefing
from tijdig.contacts.actions import NotLogged
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.values import ContactDraft
from tijdig.ledger.kinds import Kind
from tijdig.tenancies.queries import tenancy_ids_by_contract

TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
BEHIND = (date(2026, 10, 1), date(2026, 11, 1))


@pytest.fixture
def ledger(organisation: int) -> Ledger:
    """Two months behind."""
    made = Ledger(organisation)
    made.lease(begin=date(2026, 9, 1))
    made.rent(*BEHIND)
    made.evaluate(TODAY)
    return made


def _tenancy(ledger: Ledger) -> int:
    with organisation_scope(ledger.organisation):
        return tenancy_ids_by_contract(["1"])["1"]


def _agreed(ledger: Ledger, **changed: Any) -> Agreed:
    with organisation_scope(ledger.organisation):
        stands_on = ground(_tenancy(ledger), TODAY)
    assert stands_on is not None
    ask = Ask(2 * RENT, changed.pop("each", 20_000), TODAY)
    return Agreed(ask=ask, entries=[one.entry for one in stands_on.items], **changed)


def _talk(
    ledger: Ledger, agreed: Agreed | None = None, asked_as: UUID | None = None, **changed: Any
) -> Written:
    plain: dict[str, Any] = {
        "tenancy_id": _tenancy(ledger),
        "channel": Channel.PHONE,
        "direction": Direction.OUT,
        "reached": Reached.TALKED,
        "who": Who.TENANT,
        "outcome": Outcome.ARRANGEMENT_WANTED,
        "at": NOW,
    }
    return write_down(
        organisation_id=ledger.organisation,
        actor="user:1",
        draft=ContactDraft(**plain | changed),
        agreed=agreed,
        asked_as=asked_as or uuid4(),
        now=NOW,
        on=TODAY,
    )


def _counts(ledger: Ledger) -> tuple[int, int, int, int]:
    """Contacts, arrangements, lines of history about them, and marks."""
    (row,) = ledger.rows(
        """SELECT (SELECT count(*) FROM contacts_contact), (SELECT count(*) FROM arrangements_arrangement),
                  (SELECT count(*) FROM history_event WHERE verb LIKE 'contact%%' OR verb LIKE 'arrangement%%'),
                  (SELECT count(*) FROM ledger_dirty)"""
    )
    return row  # type: ignore[return-value]


def _briefing(ledger: Ledger, on: date = TODAY) -> Briefing:
    with organisation_scope(ledger.organisation):
        found = briefing(_tenancy(ledger), on)
    assert found is not None
    return found


def test_the_contact_and_the_arrangement_are_one(ledger: Ledger) -> None:
    written = _talk(ledger, _agreed(ledger))
    assert written.arrangement_id is not None
    assert _counts(ledger) == (1, 1, 2, 1)
    assert ledger.file(TODAY).step_code == "arrangement_kept"


def test_a_talk_without_an_arrangement_is_a_contact(ledger: Ledger) -> None:
    assert _talk(ledger, outcome=Outcome.CANNOT_PAY).arrangement_id is None
    assert _counts(ledger) == (1, 0, 1, 1)


def test_the_same_form_twice_is_one_talk(ledger: Ledger) -> None:
    form, agreed = uuid4(), _agreed(ledger)
    first = _talk(ledger, agreed, form)
    ledger.paid(TODAY, cents=5_000)  # another amount is open by now
    assert _talk(ledger, agreed, form) == first
    assert _counts(ledger)[:2] == (1, 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"each": 2_000},  # longer and lower than policy would have it, and no reason
        {"each": 0},
    ],
)
def test_what_is_refused_leaves_nothing(changed: dict[str, Any], ledger: Ledger) -> None:
    with pytest.raises(NotAgreed):
        _talk(ledger, _agreed(ledger, **changed))
    assert _counts(ledger) == (0, 0, 0, 0)


def test_another_amount_than_was_seen_leaves_nothing(ledger: Ledger) -> None:
    agreed = _agreed(ledger)
    ledger.paid(TODAY, cents=5_000)
    with pytest.raises(NotAgreed):
        _talk(ledger, agreed)
    assert _counts(ledger)[:3] == (0, 0, 0)


def test_a_contact_that_cannot_be_leaves_no_arrangement(ledger: Ledger) -> None:
    with pytest.raises(NotLogged):
        _talk(ledger, _agreed(ledger), reached=Reached.NONE)
    assert _counts(ledger)[:3] == (0, 0, 0)


def test_an_arrangement_belongs_to_its_outcome(ledger: Ledger) -> None:
    with pytest.raises(NotAgreed):
        _talk(ledger, _agreed(ledger), outcome=Outcome.CANNOT_PAY)
    assert _counts(ledger)[:3] == (0, 0, 0)


def test_one_that_runs_is_replaced_only_where_that_is_said(ledger: Ledger) -> None:
    _talk(ledger, _agreed(ledger))
    with pytest.raises(NotAgreed):
        _talk(ledger, _agreed(ledger))
    assert _counts(ledger)[:2] == (1, 1)
    assert _talk(ledger, _agreed(ledger, replace=True)).arrangement_id is not None
    assert _counts(ledger)[:2] == (2, 2)


def test_the_briefing_knows_why_we_call(ledger: Ledger) -> None:
    known = _briefing(ledger)
    assert (known.situation.overdue_cents, known.situation.rent_cents) == (2 * RENT, 2 * RENT)
    assert known.situation.months == BEHIND
    assert known.costs is not None
    _talk(ledger, _agreed(ledger))
    later = date(2026, 12, 20)
    ledger.evaluate(later)
    broken = _briefing(ledger, later)
    assert broken.situation.arrangement is not None
    assert broken.situation.arrangement.came_cents == 0
    assert broken.situation.talked_on == TODAY


def test_a_promise_that_was_not_kept_is_the_reason(ledger: Ledger) -> None:
    due_on = date(2026, 11, 20)
    _talk(ledger, outcome=Outcome.PROMISE, promise_cents=RENT, promise_on=due_on)
    assert _briefing(ledger).situation.promise is None
    broken = _briefing(ledger, date(2026, 11, 30)).situation.promise
    assert broken is not None
    assert (broken.asked_cents, broken.came_cents, broken.on) == (RENT, 0, due_on)


def test_costs_that_no_letter_made_due_are_not_asked(ledger: Ledger) -> None:
    ledger.post(Kind.COLLECTION_COSTS, 4_000, date(2026, 11, 5))
    known = _briefing(ledger)
    assert (known.file.overdue_cents, known.loose_cents) == (2 * RENT + 4_000, 4_000)
    assert known.situation.overdue_cents == 2 * RENT


def test_another_corporation_has_no_briefing(ledger: Ledger) -> None:
    number = _tenancy(ledger)
    with organisation_scope(ledger.organisation + 1_000_000):
        assert briefing(number, TODAY) is None
