"""A replayed evaluation gives the same answer as on the day itself; before going live it is reconstructed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.cases.one_lease import RENT, Ledger

from tijdig.access.actions import create_organisation, go_live
from tijdig.cases.values import TenancyFile
from tijdig.ledger.kinds import Kind

SEP, OCT, NOV = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
TODAY = date(2026, 11, 12)


@pytest.fixture
def ledger(fresh_database: str) -> Ledger:
    """Committed, because moments differ only between transactions."""
    told = Ledger(create_organisation(name="Proef", slug="proef"))
    told.lease()
    return told


def _told(file: TenancyFile) -> tuple[object, ...]:
    """All of the answer that a later fact could change."""
    lines = [(line.entry_id, line.balance_cents, tuple(line.settles)) for line in file.lines]
    items = [(item.entry_id, item.open_cents) for item in file.open_items]
    return (
        file.balance_cents, file.overdue_cents, file.since_on, file.due_months, file.step_label, file.alert, file.why,
        file.would_stop, items, lines, file.chart,
    )  # fmt: skip


def _now() -> datetime:
    return datetime.now(UTC)


def test_a_replay_gives_the_answer_of_the_day_itself(ledger: Ledger) -> None:
    go_live(organisation_id=ledger.organisation, at=_now())
    ledger.rent(SEP, OCT, NOV)
    ledger.paid(SEP)
    then, on_the_day = _now(), _told(ledger.file(TODAY))
    ledger.paid(OCT)  # learned now, true a month ago
    ledger.post(Kind.REVERSAL, RENT, date(2026, 9, 20), to=f"1-PAYMENT-{SEP}")
    ledger.post(Kind.COLLECTION_COSTS, 4_000, date(2026, 10, 15))
    assert _told(ledger.file(TODAY, then)) == on_the_day
    assert _told(ledger.file(TODAY)) != on_the_day
    assert not ledger.file(TODAY, then).reconstructed


def test_every_moment_in_between_can_be_replayed(ledger: Ledger) -> None:
    go_live(organisation_id=ledger.organisation, at=_now())
    seen: list[tuple[datetime, tuple[object, ...]]] = []
    ledger.rent(SEP, OCT, NOV)
    for number in range(6):
        ledger.post(Kind.PAYMENT, -10_000, NOV - timedelta(days=10 * number))
        seen.append((_now(), _told(ledger.file(TODAY))))
    assert [_told(ledger.file(TODAY, moment)) for moment, _ in seen] == [told for _, told in seen]
    assert len({str(told) for _, told in seen}) == 6


def test_before_anything_was_recorded_nothing_was_known(ledger: Ledger) -> None:
    go_live(organisation_id=ledger.organisation, at=_now())
    moment = _now()
    ledger.rent(SEP)
    known = ledger.file(TODAY, moment)
    assert (known.balance_cents, known.lines, known.alert) == (0, [], False)


def test_before_going_live_history_is_reconstructed_by_its_booking_days(ledger: Ledger) -> None:
    ledger.rent(SEP, OCT)
    ledger.post(Kind.PAYMENT, -RENT, SEP, booked=date(2026, 10, 20))
    go_live(organisation_id=ledger.organisation, at=_now())
    before = ledger.file(date(2026, 10, 10), datetime(2026, 10, 10, 12, tzinfo=UTC))
    after = ledger.file(date(2026, 10, 25), datetime(2026, 10, 25, 12, tzinfo=UTC))
    assert (before.reconstructed, before.overdue_cents) == (True, 2 * RENT)
    assert (after.reconstructed, after.overdue_cents) == (True, RENT)
    assert {line.reconstructed for line in after.lines} == {True}


def test_an_organisation_that_never_went_live_is_reconstructed(ledger: Ledger) -> None:
    ledger.rent(SEP)
    assert ledger.file(TODAY, _now()).reconstructed


def test_going_live_is_set_once(ledger: Ledger) -> None:
    first = _now()
    go_live(organisation_id=ledger.organisation, at=first)
    ledger.night(TODAY)
    assert ledger.rows("SELECT live_since FROM access_organisation") == [(first,)]


def test_the_day_in_amsterdam_counts_when_history_is_reconstructed(ledger: Ledger) -> None:
    """Half past eleven at night in UTC is the next day in Amsterdam."""
    ledger.rent(SEP)
    ledger.post(Kind.PAYMENT, -RENT, SEP, booked=date(2026, 9, 11))
    late = datetime(2026, 9, 10, 23, 30, tzinfo=UTC)
    assert ledger.file(date(2026, 9, 11), late).overdue_cents == 0
    assert ledger.file(date(2026, 9, 11), late - timedelta(hours=2)).overdue_cents == RENT
