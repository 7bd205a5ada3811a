"""What an arrear cost: sums with their sources, at the rates of their day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.cases import own_rates as rates
from tijdig.cases.account import Entry
from tijdig.cases.cost_meter import LEDGER, Cost, CostMeter, charged, letters, work
from tijdig.cases.own_rates import OwnRates, own_rates
from tijdig.ledger.kinds import Kind

DAY = date(2026, 11, 2)
SINCE = date(2026, 10, 1)


def _entry(number: int, kind: Kind, cents: int, on: date = DAY, target: int | None = None) -> Entry:
    moment = datetime(2026, 11, 2, tzinfo=UTC)
    return Entry(number, kind, cents, on, on, on, moment, "test", str(number), target, "", False)


def _told(costs: list[Cost]) -> list[tuple[str, int, int]]:
    return [(one.label, one.cents, one.paid_cents) for one in costs]


def test_what_the_account_charged_is_a_line_a_kind_with_what_was_paid() -> None:
    entries = [
        _entry(1, Kind.RENT, 70_000),
        _entry(2, Kind.COLLECTION_COSTS, 4_000),
        _entry(3, Kind.COLLECTION_COSTS, 6_000),
        _entry(4, Kind.INTEREST, 250),
        _entry(5, Kind.COLLECTION_COSTS, 9_900, date(2026, 9, 30)),  # before these arrears
    ]
    found = charged(entries, SINCE, {1: 70_000, 3: 1_000, 4: 250}, 0)
    assert _told(found) == [
        ("incassokosten in de rekening", 10_000, 9_000),
        ("rente in de rekening", 250, 0),
    ]
    assert {one.sources for one in found} == {(LEDGER,)}


def test_what_was_taken_off_again_cost_nothing() -> None:
    entries = [
        _entry(2, Kind.COLLECTION_COSTS, 4_000),
        _entry(3, Kind.CORRECTION, -1_500, target=2),
        _entry(4, Kind.BAILIFF_COSTS, 9_000),
        _entry(5, Kind.WRITE_OFF, -9_000, target=4),
    ]
    assert _told(charged(entries, SINCE, {2: 2_500}, 0)) == [("incassokosten in de rekening", 2_500, 0)]


def test_costs_without_a_letter_are_provisional() -> None:
    (one,) = charged([_entry(2, Kind.COLLECTION_COSTS, 4_000)], SINCE, {2: 4_000}, 4_000)
    assert one.provisional
    assert "€\u00a040,00" in one.doubts[0]


def test_minutes_cost_the_rate_of_an_hour() -> None:
    (one,) = work([(DAY, 6), (DAY, 1)])
    assert (one.label, one.cents) == ("2 contacten, 7 minuten", 700)
    assert one.sources == ("eigen afspraak vanaf 01-01-2026: €\u00a060,00 per uur",)
    assert work([]) == []


def test_letters_cost_their_price_by_channel() -> None:
    found = letters([(DAY, "print"), (DAY, "sms"), (DAY, "print")])
    assert [(one.label, one.cents) for one in found] == [("2 brieven op papier", 260), ("1 sms", 9)]
    assert found[0].sources == ("eigen afspraak vanaf 01-01-2026: €\u00a01,30 per stuk",)


@given(st.lists(st.integers(1, 600), min_size=1, max_size=20))
def test_the_minutes_of_one_rate_are_rounded_once(minutes: list[int]) -> None:
    (one,) = work((DAY, took) for took in minutes)
    exact_sixtieths = sum(minutes) * own_rates(DAY).hour_cents
    assert abs(60 * one.cents - exact_sixtieths) <= 30


def test_a_new_rate_counts_from_its_own_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    first = OwnRates(
        from_on=date(2026, 1, 1), source="eigen afspraak", hour_cents=6_000, letter_cents={"print": 100}
    )
    later = OwnRates(from_on=DAY, source="eigen afspraak", hour_cents=9_000, letter_cents={"print": 200})
    monkeypatch.setattr(rates, "_all", lambda: (first, later))
    before = date(2026, 11, 1)
    assert [one.cents for one in work([(before, 60), (DAY, 60)])] == [6_000, 9_000]
    assert [one.cents for one in letters([(DAY, "print"), (before, "print")])] == [100, 200]
    assert own_rates(date(2020, 1, 1)) is first


def test_every_rate_that_ships_has_a_price_for_every_channel() -> None:
    from tijdig.carriers.channel import Channel

    for one in rates._all():
        assert set(one.letter_cents) == {channel.value for channel in Channel}
        assert one.source == "eigen afspraak"


def test_the_sums_are_those_of_the_lines_and_what_comes_next_is_no_part_of_them() -> None:
    cost, ahead = Cost("a", 100, ("x",)), Cost("b", 900, ("y",), ("niet bevestigd",))
    meter = CostMeter(SINCE, (cost, cost), (cost,), (ahead,))
    assert (meter.tenant_cents, meter.corporation_cents) == (200, 100)
    assert ahead.provisional
