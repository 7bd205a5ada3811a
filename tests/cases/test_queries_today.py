"""Vandaag, line by line: the terms of both kinds, what ended and was not put right, promises that are still to come."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from tests.cases.one_lease import RENT, Ledger
from tests.contacts import calls
from tests.rulings.decided import HAND_OVER, PAUSE, SKIP, ruled, stopped

from tijdig.access.scope import organisation_scope
from tijdig.base.money import euro
from tijdig.cases.queries_today import _MOST, News, Today, today_of
from tijdig.cases.undo import REASON
from tijdig.contacts.actions import withdraw
from tijdig.ledger.kinds import Kind
from tijdig.rulings.kinds import Kind as Ruled
from tijdig.tenancies.queries import tenancy_ids_by_contract

YESTERDAY, TODAY = date(2026, 11, 11), date(2026, 11, 12)
SINCE = datetime(2100, 1, 1, tzinfo=UTC)  # no alert is newer
DAY = timedelta(days=1)


def _today(organisation: int, mine: set[int] | None = None, on: date = TODAY) -> Today:
    with organisation_scope(organisation):
        return today_of(None if mine is None else lambda besides: mine, SINCE, on)


def _news(organisation: int, kind: str, mine: set[int] | None = None, on: date = TODAY) -> list[News]:
    found = _today(organisation, mine, on)
    told = [one for one in found.news if one.kind == kind]
    assert found.counts.get(kind, 0) == len(told)
    return told


@pytest.fixture
def ledger(organisation: int) -> Ledger:
    return Ledger(organisation)


@pytest.fixture
def tenancy(ledger: Ledger) -> int:
    ledger.lease()
    return _id(ledger)


def _id(ledger: Ledger, contract: str = "1") -> int:
    with organisation_scope(ledger.organisation):
        return tenancy_ids_by_contract([contract])[contract]


# -- terms ---------------------------------------------------------------------------------------------------


def test_what_nears_is_shown_however_much_was_missed(ledger: Ledger) -> None:
    """A talk is asked by day 21: who is behind since September missed it, who is since late in October comes near."""
    near, missed = 3, _MOST + 2
    for number in range(missed + near):
        ledger.lease(f"{number}")
        due = date(2026, 9, 28) if number < missed else TODAY - timedelta(days=18)
        ledger.post(Kind.RENT, RENT, due, contract=f"{number}")
        ledger.evaluate(due + timedelta(days=10))
    ledger.night(TODAY)
    found = _today(ledger.organisation)
    assert (len(found.missed), found.missed_in_all) == (_MOST, missed)
    assert (len(found.near), found.near_in_all) == (near, near)
    assert all(name for _, name in [*found.near, *found.missed])


# -- what ended ----------------------------------------------------------------------------------------------


def test_what_ended_by_itself_held_through_its_last_day(ledger: Ledger, tenancy: int) -> None:
    ruled(ledger.organisation, tenancy, **PAUSE, until_on=YESTERDAY)
    (told,) = _news(ledger.organisation, "ended")
    assert told.sentence == "Gold tot en met 11-11-2026: Neemt de telefoon nooit op."
    assert _news(ledger.organisation, "ended", on=TODAY + DAY) == []


def test_what_a_person_ended_today_held_through_yesterday(ledger: Ledger, tenancy: int) -> None:
    number = ruled(ledger.organisation, tenancy, **PAUSE)
    stopped(ledger.organisation, number, on=TODAY)
    (told,) = _news(ledger.organisation, "ended")
    assert told.sentence.startswith("Gold tot en met 11-11-2026: ")


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (PAUSE, PAUSE, 0),
        (HAND_OVER, {**HAND_OVER, "kind": Ruled.HELP}, 0),  # of one case one decision holds
        (SKIP, PAUSE, 1),
    ],
)
@pytest.mark.parametrize("until_on", [YESTERDAY, date(2026, 11, 30)])
def test_what_another_one_replaced_is_not_over(
    ledger: Ledger,
    tenancy: int,
    first: dict[str, object],
    second: dict[str, object],
    told: int,
    until_on: date,
) -> None:
    number = ruled(ledger.organisation, tenancy, **first, until_on=until_on)
    ruled(ledger.organisation, tenancy, **second, on=TODAY)
    if told and until_on >= TODAY:
        stopped(ledger.organisation, number, on=TODAY)
    assert len(_news(ledger.organisation, "ended")) == told


def test_what_was_undone_never_held(ledger: Ledger, tenancy: int) -> None:
    number = ruled(ledger.organisation, tenancy, **PAUSE, on=TODAY)
    stopped(ledger.organisation, number, reason=REASON, on=TODAY)
    assert _news(ledger.organisation, "ended") == []


# -- promises ------------------------------------------------------------------------------------------------


def _promised(
    ledger: Ledger, tenancy: int, *, due_on: date = TODAY, cents: int = 10_000, days: int = 0
) -> int:
    at = calls.NOON + timedelta(days=days)
    asked = {**calls.PROMISE, "promise_cents": cents, "promise_on": due_on}
    return calls.logged(ledger.organisation, tenancy, at=at, asked_as=uuid4(), **asked)


def _pay(ledger: Ledger, cents: int, on: date) -> None:
    ledger.post(Kind.PAYMENT, -cents, on)


def test_a_promise_is_told_on_its_day_and_the_next(ledger: Ledger, tenancy: int) -> None:
    _promised(ledger, tenancy)
    told = {days: len(_news(ledger.organisation, "promise", on=TODAY + days * DAY)) for days in (-1, 0, 1, 2)}
    assert told == {-1: 0, 0: 1, 1: 1, 2: 0}
    _pay(ledger, 9_999, date(2026, 11, 9))
    (still,) = _news(ledger.organisation, "promise")
    assert (still.sentence, still.urgent) == (f"{euro(10_000)} beloofd voor 12-11-2026.", True)


def test_a_promise_that_was_kept_waits_for_nobody(ledger: Ledger, tenancy: int) -> None:
    _promised(ledger, tenancy)
    _pay(ledger, 10_000, date(2026, 11, 9))
    assert _news(ledger.organisation, "promise") == []


def test_of_two_promises_the_newer_one_is_told(ledger: Ledger, tenancy: int) -> None:
    _promised(ledger, tenancy)
    _promised(ledger, tenancy, cents=20_000, days=3)
    assert [one.sentence for one in _news(ledger.organisation, "promise")] == [
        f"{euro(20_000)} beloofd voor 12-11-2026."
    ]


def test_a_promise_that_was_taken_back_is_gone(ledger: Ledger, tenancy: int) -> None:
    number = _promised(ledger, tenancy)
    withdraw(
        organisation_id=ledger.organisation, actor="user:1", contact_id=number, reason="Andere huurder.",
        now=calls.NOW, on=calls.TODAY,
    )  # fmt: skip
    assert _news(ledger.organisation, "promise") == []


def test_the_money_is_looked_up_of_this_persons_tenants_alone(
    ledger: Ledger, tenancy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.lease("2")
    other = _id(ledger, "2")
    for one in (tenancy, other):
        _promised(ledger, one)
    asked: list[list[int]] = []

    def seen(ids: list[int], *, as_of: date) -> set[int]:
        asked.append(ids)
        return set()

    monkeypatch.setattr("tijdig.cases.queries_today.waited_for", seen)
    _today(ledger.organisation, {tenancy})
    _today(ledger.organisation, set())
    assert asked == [[tenancy]]
